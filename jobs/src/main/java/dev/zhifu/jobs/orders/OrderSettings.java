package dev.zhifu.jobs.orders;

import dev.zhifu.wire.Environment;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Settings of stop-orders. The law's own numbers (48 h, two stops) are constants; these here are
 * engineering defaults of ours. All times are milliseconds counted by the tick clock.
 *
 * @param environment environment that the engine's key must have, default DEMO
 * @param stopLimitScope whom the two stops count for, default ACCOUNT, the strictest reading
 * @param evidenceMaxAgeMs oldest newest evidence that is still signed on, default 10 min, 1 s to 1
 *     h
 * @param clockSkewMs how far evidence may lie ahead of the ticks, default 60 s, 0 to 10 min
 * @param renewalMaxAgeMs oldest renewal of a standing authorisation, default 30 s, 1 s to 5 min
 * @param balanceMaxAgeMs oldest known balance that proportionality rests on, default 24 h, 1 min to
 *     24 h
 * @param tracedShareMin least traced money over last known balance, default 0.5, 0.01 to 1
 * @param wrongStopsMax upheld wrong stops within a day that turn automatic signing off, default 2,
 *     1 to 10
 * @param answerMs wait for a bank's answer before a try is repeated, default 60 s, 1 s to 10 min
 * @param tries tries of one order in all, default 3, 1 to 10
 * @param orderLifeMs time from applicationTime after which a bank refuses to execute, default 30
 *     min, 1 min to 24 h
 * @param judgeAgainMs how often a fresh draft is judged again, default 1 s, 100 ms to 60 s
 * @param ordersMax order objects kept for one account, default 20, 2 to 100
 * @param waitingReceiptsMax answers that wait for their order to be read back, an account, default
 *     8, 1 to 100
 * @param signingRoles roles that may sign orders, default DUTY_OFFICER, SHIFT_LEADER, HEAD
 * @param twoPersons whether a signature needs a second officer, default false
 */
public record OrderSettings(
    Environment environment,
    StopLimitScope stopLimitScope,
    long evidenceMaxAgeMs,
    long clockSkewMs,
    long renewalMaxAgeMs,
    long balanceMaxAgeMs,
    double tracedShareMin,
    int wrongStopsMax,
    long answerMs,
    int tries,
    long orderLifeMs,
    long judgeAgainMs,
    int ordersMax,
    int waitingReceiptsMax,
    List<String> signingRoles,
    boolean twoPersons)
    implements Serializable {

  /** Term of a stop from the bank's own start time (银发〔2016〕86号): 48 h. */
  public static final long TERM_MS = Duration.ofHours(48).toMillis();

  /** Stops that may take effect (银发〔2016〕86号): two. */
  public static final int STOPS_MAX = 2;

  /** Whom the two stops count for. The clause says "the same account" without naming a case. */
  public enum StopLimitScope {
    ACCOUNT,
    ACCOUNT_CASE
  }

  /** The defaults, for keys of {@code environment}. */
  public static OrderSettings defaults(Environment environment) {
    return new OrderSettings(
        environment,
        StopLimitScope.ACCOUNT,
        Duration.ofMinutes(10).toMillis(),
        Duration.ofSeconds(60).toMillis(),
        Duration.ofSeconds(30).toMillis(),
        Duration.ofHours(24).toMillis(),
        0.5,
        2,
        Duration.ofSeconds(60).toMillis(),
        3,
        Duration.ofMinutes(30).toMillis(),
        Duration.ofSeconds(1).toMillis(),
        20,
        8,
        List.of("DUTY_OFFICER", "SHIFT_LEADER", "HEAD"),
        false);
  }

  public OrderSettings {
    if (environment == null || stopLimitScope == null) {
      throw new IllegalArgumentException("environment or stopLimitScope is missing; name both");
    }
    within("evidenceMaxAgeMs", evidenceMaxAgeMs, 1_000, Duration.ofHours(1).toMillis());
    within("clockSkewMs", clockSkewMs, 0, Duration.ofMinutes(10).toMillis());
    within("renewalMaxAgeMs", renewalMaxAgeMs, 1_000, Duration.ofMinutes(5).toMillis());
    within("balanceMaxAgeMs", balanceMaxAgeMs, 60_000, Duration.ofHours(24).toMillis());
    within("tracedShareMin", tracedShareMin, 0.01, 1);
    within("wrongStopsMax", wrongStopsMax, 1, 10);
    within("answerMs", answerMs, 1_000, Duration.ofMinutes(10).toMillis());
    within("tries", tries, 1, 10);
    within("orderLifeMs", orderLifeMs, 60_000, Duration.ofHours(24).toMillis());
    within("judgeAgainMs", judgeAgainMs, 100, 60_000);
    within("ordersMax", ordersMax, 2, 100);
    within("waitingReceiptsMax", waitingReceiptsMax, 1, 100);
    signingRoles = List.copyOf(signingRoles);
    if (signingRoles.isEmpty()) {
      throw new IllegalArgumentException(
          "signingRoles is empty; name at least one role that may sign orders");
    }
  }

  /** These settings with another greatest age of evidence, milliseconds. */
  public OrderSettings withEvidenceMaxAgeMs(long ageMs) {
    return new OrderSettings(
        environment,
        stopLimitScope,
        ageMs,
        clockSkewMs,
        renewalMaxAgeMs,
        balanceMaxAgeMs,
        tracedShareMin,
        wrongStopsMax,
        answerMs,
        tries,
        orderLifeMs,
        judgeAgainMs,
        ordersMax,
        waitingReceiptsMax,
        signingRoles,
        twoPersons);
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must lie between " + least + " and " + most);
    }
  }
}
