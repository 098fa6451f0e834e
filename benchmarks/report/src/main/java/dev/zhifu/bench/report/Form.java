package dev.zhifu.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a benchmark measures: which configurations, how often, how long.
 *
 * @param name full, quick or chosen
 * @param entries configurations in the order in which a round takes them
 * @param cpuSeconds CPU seconds of one measurement
 * @param warmupSeconds CPU seconds of running in before it, at most
 * @param verify live events of the finite stream whose hits are compared, in the first round
 * @param residents of the city
 * @param days of the city
 * @param seed of the city
 */
public record Form(
    String name,
    List<Entry> entries,
    int cpuSeconds,
    int warmupSeconds,
    int verify,
    int residents,
    int days,
    long seed) {

  /** Starting a JVM, a mini cluster, and ending both, seconds by the wall on quiet cores. */
  private static final double START_SECONDS = 6;

  /** Making a thousand rules and giving them to four operators, more seconds. */
  private static final double THOUSAND_RULES_SECONDS = 10;

  /** Living the city once, seconds a resident and day. */
  private static final double CITY_SECONDS = 0.0005;

  /** Playing the days before, through features that nothing is compiled for yet, a resident. */
  private static final double HISTORY_SECONDS = 0.0002;

  /** Filling 72 h of windows, seconds. */
  private static final double FILL_SECONDS = 12;

  /**
   * Cores that a run keeps busy, as measured: reading and matching wait for each other a little.
   */
  private static final double CORES = 1.9;

  /** Part of the longest running in that most runs need. */
  private static final double RUNNING_IN = 0.7;

  /** Events a second of the finite stream, on one subtask and mostly not compiled yet. */
  private static final double VERIFY_PER_SECOND = 5_000;

  private static final double VERIFY_PER_SECOND_OF_CEP = 2_000;

  private static final int RESIDENTS = 30_000;

  /** CPU seconds after which the compiler has mostly done with some twenty operators. */
  private static final int WARM = 150;

  /**
   * One configuration.
   *
   * @param config by name
   * @param rounds how often
   */
  public record Entry(String config, int rounds) {}

  /**
   * What the note of a release quotes: about 90 minutes on two quiet cores. The engine's many
   * operators are compiled for more than a minute; what is measured before is the compiler.
   */
  public static Form full(long seed) {
    Map<String, Integer> rounds = new LinkedHashMap<>();
    // What targets compare most closely stands side by side and comes most often.
    for (String config :
        List.of(
            "noop-37",
            "engine-37",
            "engine-37+shadow",
            "rocks-37",
            "one-exchange",
            "single-10",
            "esper-10")) {
      rounds.put(config, 3);
    }
    for (String config :
        List.of(
            "match@pairs+window1m",
            "match@pairs+window72h",
            "engine-37@uniform+late0s",
            "engine-37@uniform+late60s",
            "rocks-37@uniform",
            "engine-37@uniform",
            "rocks-37@zipf",
            "engine-37@zipf",
            "engine-1000",
            "cep-proc-37",
            "cep-prefilter-37",
            "cep-event-37")) {
      rounds.put(config, 2);
    }
    rounds.put("match-37", 1);
    Sweep.configs(Sweep.ENGINE).forEach(config -> rounds.putIfAbsent(config, 1));
    return new Form("full", entries(rounds), 14, WARM, 40_000, RESIDENTS, 3, seed);
  }

  /** One round of what the targets need: at most 6 minutes on two quiet cores. */
  public static Form quick(long seed) {
    Map<String, Integer> rounds = new LinkedHashMap<>();
    for (String config :
        List.of(
            "noop-37",
            "engine-37",
            "engine-37+shadow",
            "rocks-37",
            "one-exchange",
            "single-10",
            "esper-10",
            "match@pairs+window1m",
            "match@pairs+window72h",
            "engine-37@uniform+late0s",
            "engine-37@uniform+late60s",
            "engine-1000",
            "cep-proc-37",
            "cep-prefilter-37",
            "cep-event-37")) {
      rounds.put(config, 1);
    }
    return new Form("quick", entries(rounds), 8, 16, 30_000, RESIDENTS, 1, seed);
  }

  /** The city as the source; nothing is compared. */
  public static Form city(boolean quick, long seed) {
    return new Form(
        quick ? "quick" : "full",
        List.of(new Entry("engine-37@live", quick ? 1 : 3)),
        quick ? 10 : 30,
        quick ? 40 : WARM,
        0,
        RESIDENTS,
        3,
        seed);
  }

  private static List<Entry> entries(Map<String, Integer> rounds) {
    List<Entry> entries = new ArrayList<>();
    rounds.forEach((config, times) -> entries.add(new Entry(config, times)));
    return List.copyOf(entries);
  }

  /** The same over other configurations, each as often as the form's first. */
  public Form withConfigs(List<String> configs) {
    int rounds = rounds();
    return with(configs.stream().map(config -> new Entry(config, rounds)).toList());
  }

  /** The same with so many rounds of everything. */
  public Form withRounds(int rounds) {
    return with(entries.stream().map(entry -> new Entry(entry.config, rounds)).toList());
  }

  private Form with(List<Entry> other) {
    return new Form("chosen", other, cpuSeconds, warmupSeconds, verify, residents, days, seed);
  }

  /** The same with other lengths. */
  public Form withLengths(int newCpuSeconds, int newVerify) {
    return new Form(
        "chosen", entries, newCpuSeconds, warmupSeconds, newVerify, residents, days, seed);
  }

  /** The same with another bound on running in, CPU seconds. */
  public Form withRunningIn(int most) {
    return new Form("chosen", entries, cpuSeconds, most, verify, residents, days, seed);
  }

  /** Rounds of what comes most often. */
  public int rounds() {
    return entries.stream().mapToInt(Entry::rounds).max().orElse(0);
  }

  /** Measurements in all. */
  public int runs() {
    return entries.stream().mapToInt(Entry::rounds).sum();
  }

  /** Configurations of one round, counted from 1. */
  public List<String> round(int round) {
    return entries.stream().filter(entry -> entry.rounds >= round).map(Entry::config).toList();
  }

  /** True when some other configuration of the form should find the same hits. */
  public boolean verifies(String config) {
    return verify > 0
        && Compared.compares(config)
        && entries.stream()
            .anyMatch(
                entry ->
                    !entry.config.equals(config)
                        && Compared.group(config).equals(Compared.group(entry.config)));
  }

  /** How long it takes on two quiet cores, minutes, if nothing of it was done before. */
  public double plannedMinutes() {
    double seconds = CITY_SECONDS * residents * days;
    for (Entry entry : entries) {
      seconds += entry.rounds * plannedSeconds(entry.config) + verifySeconds(entry.config);
    }
    return seconds / 60;
  }

  private double plannedSeconds(String config) {
    return START_SECONDS
        + (config.contains("-1000") ? THOUSAND_RULES_SECONDS : 0)
        + (config.matches("engine[^@]*|.*@live") ? HISTORY_SECONDS * residents : 0)
        + (config.matches(".*(filled|window72h)") ? FILL_SECONDS : 0)
        + (RUNNING_IN * warmupSeconds + cpuSeconds) / CORES;
  }

  private double verifySeconds(String config) {
    if (!verifies(config)) {
      return 0;
    }
    return verify / (config.startsWith("cep-event") ? VERIFY_PER_SECOND_OF_CEP : VERIFY_PER_SECOND);
  }
}
