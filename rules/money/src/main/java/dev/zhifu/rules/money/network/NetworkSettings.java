package dev.zhifu.rules.money.network;

import java.io.Serializable;

/**
 * Bounds of the shapes: engineering defaults that no law gives.
 *
 * @param windowMs how far back a shape reaches, milliseconds
 * @param deepest most transfers of a trail
 * @param trails most trails that one movement carries on
 * @param partners most accounts that an account remembers to have paid; the longest unpaid is
 *     forgotten first
 * @param steps most first payments, in and out each, that an account keeps in the window
 * @param hub accounts paid ever, or new partners within the window, from which an account is a hub:
 *     it neither begins nor hands on trails and is no end of a shape
 * @param fan distinct payers and then payees that make a gather and scatter
 * @param fanMs longest time from the first to the last of these payers, and of these payees,
 *     milliseconds
 * @param between distinct accounts between two ends that make a scatter and gather
 * @param shortestCycle least transfers of a cycle
 * @param chain least transfers of a layered chain
 * @param chainDwellMs longest rest on one account of a layered chain, milliseconds
 * @param chainShare least part of what came that a layered chain hands on
 */
public record NetworkSettings(
    long windowMs,
    int deepest,
    int trails,
    int partners,
    int steps,
    int hub,
    int fan,
    long fanMs,
    int between,
    int shortestCycle,
    int chain,
    long chainDwellMs,
    double chainShare)
    implements Serializable {
  private static final long HOUR = 3_600_000L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the setting that is out of range
   */
  public NetworkSettings {
    check("windowMs", windowMs, 1, 60 * 24 * HOUR);
    check("deepest", deepest, 2, 32);
    check("trails", trails, 1, 256);
    check("partners", partners, 16, 100_000);
    check("steps", steps, 4, 1_000);
    check("hub", hub, 4, 100_000);
    check("fan", fan, 2, steps);
    check("fanMs", fanMs, 1, windowMs);
    check("between", between, 2, steps);
    check("shortestCycle", shortestCycle, 2, deepest);
    check("chain", chain, 2, deepest);
    check("chainDwellMs", chainDwellMs, 1, windowMs);
    if (!(chainShare > 0 && chainShare <= 1)) {
      throw new IllegalArgumentException(
          "Network setting chainShare is " + chainShare + "; it must be above 0 and at most 1");
    }
  }

  /**
   * Seven days; trails of ten transfers, sixteen a movement; hubs from forty partners; fans of four
   * within twelve hours, three accounts between two ends, cycles from three, chains from four that
   * rest a day at most and hand on four fifths. Fans of a whole day are what any account shows that
   * has not been watched for long: on AMLSim 36 of 37 of their transfers were innocent.
   */
  public static NetworkSettings defaults() {
    return new NetworkSettings(
        7 * 24 * HOUR, 10, 16, 512, 64, 40, 4, 12 * HOUR, 3, 3, 4, 24 * HOUR, 0.8);
  }

  /** The same shapes under other bounds. */
  public NetworkSettings within(
      long windowMs, int deepest, int trails, int partners, int steps, int hub) {
    return new NetworkSettings(
        windowMs,
        deepest,
        trails,
        partners,
        steps,
        hub,
        fan,
        fanMs,
        between,
        shortestCycle,
        chain,
        chainDwellMs,
        chainShare);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Network setting " + name + " is " + value + "; it must be " + least + " to " + most);
    }
  }
}
