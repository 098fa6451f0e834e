package dev.zhifu.workload;

import java.util.List;

/**
 * How far stories, crews and banks of one set depart from what the scripts say. Sets A and B play
 * the scripts as written; set C draws its own manners, wider than theirs, because no published
 * figure says how far one fraud differs from the next.
 *
 * @param frauds how stories of fraud differ from their scripts
 * @param lookAlikes how innocent stories differ from theirs
 * @param fraudHours weight of each hour, local time, for first contacts; empty: the city's own
 *     curve
 * @param lookAlikesFromHour hour of the day from which look-alikes begin, 0 to 23
 * @param lookAlikesToHour hour until which they begin, at most 24
 * @param growth each of the growing parts of a fraud is so many times the one before, 1 to 4
 * @param keepsNothing share of the moves after which a mule keeps nothing, 0 to below 1
 * @param keepRate what the other mules keep, at most: this times the rest of the draw, 0 to 1
 * @param depthSigma how far crews differ in cashing early or late, standard deviation of a
 *     logarithm
 * @param hasteSigma how far crews differ in how long money rests, the same measure; the drawn
 *     mixture is multiplied by it
 * @param bankWeights share of each bank among everybody's accounts; empty: all alike
 * @param muleBankWeights the same for accounts of mules
 */
public record MannerSettings(
    Spread frauds,
    Spread lookAlikes,
    List<Double> fraudHours,
    double lookAlikesFromHour,
    double lookAlikesToHour,
    double growth,
    double keepsNothing,
    double keepRate,
    double depthSigma,
    double hasteSigma,
    List<Double> bankWeights,
    List<Double> muleBankWeights) {

  /** Checks ranges and lengths. */
  public MannerSettings {
    CitySettings.check(
        fraudHours.isEmpty() || fraudHours.size() == 24,
        "manners.fraudHours",
        fraudHours.size(),
        "24 values or none");
    CitySettings.check(
        lookAlikesFromHour >= 0 && lookAlikesFromHour < lookAlikesToHour && lookAlikesToHour <= 24,
        "manners.lookAlikesFromHour",
        lookAlikesFromHour,
        "0 or more and before lookAlikesToHour, which is at most 24");
    CitySettings.check(growth >= 1 && growth <= 4, "manners.growth", growth, "1 to 4");
    CitySettings.check(
        keepsNothing >= 0 && keepsNothing < 1,
        "manners.keepsNothing",
        keepsNothing,
        "0 to below 1");
    CitySettings.check(keepRate >= 0 && keepRate <= 1, "manners.keepRate", keepRate, "0 to 1");
    sigma("depthSigma", depthSigma);
    sigma("hasteSigma", hasteSigma);
    banks("bankWeights", bankWeights);
    banks("muleBankWeights", muleBankWeights);
  }

  private static void sigma(String name, double sigma) {
    CitySettings.check(sigma >= 0 && sigma <= 1, "manners." + name, sigma, "0 to 1");
  }

  private static void banks(String name, List<Double> weights) {
    CitySettings.check(
        weights.isEmpty() || weights.size() == Ledger.BANKS,
        "manners." + name,
        weights.size(),
        Ledger.BANKS + " values or none");
  }

  /**
   * Medians and log-normal spreads of the factors that one story draws for itself. Medians lie in
   * 0.2 to 5, sigmas in 0 to 1; 1 and 0 play every script as written.
   *
   * @param pace multiplies waits
   * @param paceSigma its spread
   * @param talks multiplies lengths of calls and sessions
   * @param talksSigma its spread
   * @param sums multiplies amounts that the script names; a fraud's loss is drawn apart and stays
   * @param sumsSigma its spread
   * @param counts multiplies numbers of payments, payers and accounts
   * @param countsSigma its spread
   */
  public record Spread(
      double pace,
      double paceSigma,
      double talks,
      double talksSigma,
      double sums,
      double sumsSigma,
      double counts,
      double countsSigma) {

    /** Checks ranges. */
    public Spread {
      median("pace", pace);
      sigma("paceSigma", paceSigma);
      median("talks", talks);
      sigma("talksSigma", talksSigma);
      median("sums", sums);
      sigma("sumsSigma", sumsSigma);
      median("counts", counts);
      sigma("countsSigma", countsSigma);
    }

    private static void median(String name, double median) {
      CitySettings.check(median >= 0.2 && median <= 5, "manners." + name, median, "0.2 to 5");
    }
  }
}
