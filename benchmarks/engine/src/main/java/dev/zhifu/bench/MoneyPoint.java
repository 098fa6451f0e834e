package dev.zhifu.bench;

import dev.zhifu.workload.CitySettings;

/**
 * One point of {@code bench recovery}: who does what, and how fast.
 *
 * @param name of the point
 * @param rules true with the catalogue, false with no rule in force: reports alone
 * @param authorisation true when the standing authorisation is renewed, false when officers sign
 *     all
 * @param officerSeconds median time of an officer to accept a report, and again to sign a request
 * @param bankP50Seconds median time of a bank to stop or hold an account once it is told
 * @param bankP99Seconds 99th percentile of the same; between them a log-normal
 * @param connectedBanks of the city's twelve
 */
public record MoneyPoint(
    String name,
    boolean rules,
    boolean authorisation,
    double officerSeconds,
    double bankP50Seconds,
    double bankP99Seconds,
    int connectedBanks) {
  /** Enough that no report or request waits for a free officer: the curve is over response time. */
  static final int OFFICERS = 64;

  /** 99th percentile of the standard normal distribution. */
  private static final double Z99 = 2.326347874;

  /** Checks ranges; the error names the setting, its value and the rule broken. */
  public MoneyPoint {
    check(officerSeconds > 0, "officer", officerSeconds, "above 0");
    check(bankP50Seconds > 0, "bank-p50", bankP50Seconds, "above 0");
    check(bankP99Seconds >= bankP50Seconds, "bank-p99", bankP99Seconds, "bank-p50 or more");
    check(connectedBanks >= 0 && connectedBanks <= 12, "connected", connectedBanks, "0 to 12");
  }

  private static void check(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + rule);
    }
  }

  /** The city with these officers. */
  CitySettings officersOf(CitySettings city) {
    return city.withOfficers(OFFICERS, officerSeconds, officerSeconds);
  }

  /** Spread of a bank's times: the standard deviation of their logarithm. */
  double bankSigma() {
    return StrictMath.log(bankP99Seconds / bankP50Seconds) / Z99;
  }
}
