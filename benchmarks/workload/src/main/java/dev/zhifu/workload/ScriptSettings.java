package dev.zhifu.workload;

import java.util.Map;

/**
 * How fraudsters play their scripts. Shares lie in 0..1.
 *
 * @param pace multiplies waiting times and lengths of talks
 * @param callers where fraudsters call from, shares by class of number
 * @param simBankShare of the callers with a domestic mobile number, those who sit at a SIM bank
 * @param busyWarningShare of the talks, those during which another centre's warning call finds the
 *     line busy
 * @param screenShare of the talks that want the screen, those that get it
 * @param fraudListed applications that the platform has on its list already
 * @param linkSeen false pages that the carrier recognises
 * @param complained calls whose number has complaints already
 * @param codeBurst talks in which codes come in a burst
 * @param smallTest talks in which some yuan go first
 * @param paidTasks most tasks that a task fraud pays for before the linked ones
 * @param corporate of the frauds on staff, those that reach the firm's account
 * @param channels how victims enter their payments, by channel's name
 */
public record ScriptSettings(
    double pace,
    Map<String, Double> callers,
    double simBankShare,
    double busyWarningShare,
    double screenShare,
    double fraudListed,
    double linkSeen,
    double complained,
    double codeBurst,
    double smallTest,
    int paidTasks,
    double corporate,
    Map<String, Double> channels) {

  /** Checks ranges. */
  public ScriptSettings {
    CitySettings.check(pace >= 0.2 && pace <= 5, "scripts.pace", pace, "0.2 to 5");
    CitySettings.check(paidTasks >= 1 && paidTasks <= 9, "scripts.paidTasks", paidTasks, "1 to 9");
  }
}
