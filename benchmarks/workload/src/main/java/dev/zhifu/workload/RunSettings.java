package dev.zhifu.workload;

import java.time.LocalDate;

/**
 * What a run usually changes.
 *
 * @param seed same seed, same city
 * @param residents number of residents, 500 to 3,000,000
 * @param days live days, 1 to {@value #MOST_DAYS}
 * @param firstDay first live day, ISO-8601, the city's calendar
 * @param rate multiplies every ordinary activity
 * @param enrichment multiplies the number of fraud stories
 * @param historyDays days of compact history
 * @param stepSeconds the closed loop waits for the engine at least this often
 * @param engineLatencyMs latency of the engine as measured at 1:1
 */
public record RunSettings(
    long seed,
    int residents,
    int days,
    String firstDay,
    double rate,
    double enrichment,
    int historyDays,
    int stepSeconds,
    int engineLatencyMs) {

  /** Live days that a city lasts at most. */
  public static final int MOST_DAYS = 60;

  /** Checks ranges; the error names the setting, its value and the rule broken. */
  public RunSettings {
    CitySettings.check(
        residents >= 500 && residents <= 3_000_000, "residents", residents, "500 to 3000000");
    CitySettings.check(days >= 1 && days <= MOST_DAYS, "days", days, "1 to " + MOST_DAYS);
    CitySettings.check(rate > 0 && rate <= 20, "rate", rate, "above 0, at most 20");
    CitySettings.check(enrichment >= 0 && enrichment <= 100, "enrichment", enrichment, "0 to 100");
    CitySettings.check(
        historyDays >= 1 && historyDays <= 365, "historyDays", historyDays, "1 to 365");
    CitySettings.check(
        stepSeconds >= 1 && stepSeconds <= 3600, "stepSeconds", stepSeconds, "1 to 3600");
    CitySettings.check(engineLatencyMs >= 0, "engineLatencyMs", engineLatencyMs, "0 or more");
    LocalDate.parse(firstDay);
  }

  RunSettings withSeed(long seed) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withResidents(int residents) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withDays(int days) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withRate(double rate) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withEnrichment(double enrichment) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withEngineLatencyMs(int engineLatencyMs) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }

  RunSettings withStepSeconds(int stepSeconds) {
    return new RunSettings(
        seed,
        residents,
        days,
        firstDay,
        rate,
        enrichment,
        historyDays,
        stepSeconds,
        engineLatencyMs);
  }
}
