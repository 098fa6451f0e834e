package dev.zhifu.workload;

import java.util.List;
import java.util.Map;

/**
 * What gangs have and how they move money. Shares lie in 0..1.
 *
 * @param stories victims a crew
 * @param accountsPerStory mule accounts at each level, for each of these victims
 * @param straightOut chance at each level that money is cashed there
 * @param lent mule accounts that residents lend, the others come from elsewhere
 * @param fresh opened in the last weeks
 * @param dormant opened long ago and silent for more than 180 days
 * @param studentShare crews that also borrow the everyday account of a young person
 * @param sharedDevice crews that work their accounts from few devices
 * @param cardTest of the receiving accounts, those tried with a trifle before the money comes
 * @param nightShift crews whose accounts moved money in the nights before
 * @param styles how crews move money, by share
 * @param cashOut how mules turn money into something else, by share
 * @param scoreRunners collectors of small code payments, a day for 30,000 residents
 * @param simBankCalls calls a number of a SIM bank makes around one victim
 */
public record CrewSettings(
    int stories,
    List<Integer> accountsPerStory,
    List<Double> straightOut,
    double lent,
    double fresh,
    double dormant,
    double studentShare,
    double sharedDevice,
    double cardTest,
    double nightShift,
    Map<MuleStyle, Double> styles,
    CitySettings.CashOut cashOut,
    double scoreRunners,
    int simBankCalls) {

  /** Checks that there are four levels, as the city's money knows them. */
  public CrewSettings {
    CitySettings.check(
        accountsPerStory.size() == 4, "crews.accountsPerStory", accountsPerStory, "4 values");
    CitySettings.check(straightOut.size() == 4, "crews.straightOut", straightOut, "4 values");
    CitySettings.check(
        fresh + dormant <= 1, "crews.fresh + crews.dormant", fresh + dormant, "at most 1");
  }
}
