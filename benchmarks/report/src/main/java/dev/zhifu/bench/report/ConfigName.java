package dev.zhifu.bench.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an engine configuration says: {@code kind[-rules][@stream][+variation…]}.
 * Whatever the name leaves out is at the base point: 37 rules, the city, as many entities in the
 * cache of each feature step and subtask as its heap allows, lateness of {@value
 * #BASE_LATENESS_SECONDS} s, nothing in shadow, event time as far as running in goes.
 *
 * @param kind of pipeline, one of {@link #KINDS}
 * @param rules in force, 1 to {@value #MOST_RULES}
 * @param stream city, live, uniform, zipf or pairs
 * @param cacheEntities entities of one step that stay decoded on one subtask's heap; {@value
 *     #BASE_CACHE} for as many as it allows
 * @param latenessMs how far the watermark stays behind the newest event
 * @param shadow true when as many rules again are in shadow
 * @param windowMs window of the one rule of stream pairs
 * @param filled true when event time advances by 1.2 of the longest window before measuring
 */
public record ConfigName(
    String kind,
    int rules,
    String stream,
    int cacheEntities,
    long latenessMs,
    boolean shadow,
    long windowMs,
    boolean filled) {
  /** As a feature step takes it: by the heap. */
  static final int BASE_CACHE = 0;

  static final int BASE_LATENESS_SECONDS = 5;
  static final int MOST_RULES = 10_000;

  /** The ceilings, the engine whole and in part, stock Flink CEP in its three forms, Esper. */
  public static final List<String> KINDS =
      List.of(
          "noop",
          "rocks",
          "one-exchange",
          "engine",
          "match",
          "single",
          "cep-event",
          "cep-prefilter",
          "cep-proc",
          "esper");

  private static final Pattern NAME =
      Pattern.compile("([a-z]+(?:-[a-z]+)*)(?:-(\\d+))?(?:@([a-z]+))?((?:\\+[a-z0-9]+)*)");
  private static final Pattern VARIATION = Pattern.compile("([a-z]+)(?:(\\d{1,9})([smh]?))?");
  private static final List<String> STREAMS = List.of("city", "live", "uniform", "zipf", "pairs");

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException naming the configuration, the part that means nothing, and
   *     what may stand there
   */
  public static ConfigName of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "configuration '"
              + name
              + "' is not of the form kind[-rules][@stream][+variation]; such as"
              + " engine-37@zipf+cache1");
    }
    if (!KINDS.contains(parts.group(1))) {
      throw new IllegalArgumentException(
          "configuration '" + name + "': no kind '" + parts.group(1) + "'; kinds: " + KINDS);
    }
    String stream = parts.group(3) == null ? "city" : parts.group(3);
    if (!STREAMS.contains(stream)) {
      throw new IllegalArgumentException(
          "configuration '" + name + "': no stream '" + stream + "'; streams: " + STREAMS);
    }
    ConfigName base =
        new ConfigName(
            parts.group(1),
            parts.group(2) == null ? 37 : rules(name, parts.group(2)),
            stream,
            BASE_CACHE,
            BASE_LATENESS_SECONDS * 1000L,
            false,
            Duration.ofHours(72).toMillis(),
            false);
    List<String> variations = new ArrayList<>(List.of(parts.group(4).split("\\+")));
    variations.removeIf(String::isEmpty);
    for (String variation : variations) {
      base = base.with(name, variation);
    }
    if (base.kind.equals("esper") && !(stream.equals("city") && variations.isEmpty())) {
      throw new IllegalArgumentException(
          "configuration '" + name + "': Esper runs over the city as it is; such as esper-10");
    }
    return base;
  }

  private static int rules(String name, String digits) {
    int rules = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (rules < 1 || rules > MOST_RULES) {
      throw new IllegalArgumentException(
          "configuration '" + name + "': " + digits + " rules; there can be 1 to " + MOST_RULES);
    }
    return rules;
  }

  private ConfigName with(String name, String variation) {
    Matcher parts = VARIATION.matcher(variation);
    boolean known = parts.matches();
    String what = known ? parts.group(1) : "";
    boolean number = known && parts.group(2) != null;
    if (what.equals("cache") && number && parts.group(3).isEmpty()) {
      return new ConfigName(
          kind,
          rules,
          stream,
          Integer.parseInt(parts.group(2)),
          latenessMs,
          shadow,
          windowMs,
          filled);
    }
    if (what.equals("late") && number && !parts.group(3).isEmpty()) {
      return new ConfigName(
          kind, rules, stream, cacheEntities, millis(parts), shadow, windowMs, filled);
    }
    if (what.equals("window") && number && !parts.group(3).isEmpty() && stream.equals("pairs")) {
      return new ConfigName(
          kind, rules, stream, cacheEntities, latenessMs, shadow, millis(parts), filled);
    }
    if (variation.equals("shadow") && kind.equals("engine")) {
      return new ConfigName(kind, rules, stream, cacheEntities, latenessMs, true, windowMs, filled);
    }
    if (variation.equals("filled")) {
      return new ConfigName(kind, rules, stream, cacheEntities, latenessMs, shadow, windowMs, true);
    }
    throw new IllegalArgumentException(
        "configuration '"
            + name
            + "': no variation '+"
            + variation
            + "'; variations: +cacheN, +late60s, +filled, with kind engine +shadow, with stream"
            + " pairs +window72h or +window1m");
  }

  private static long millis(Matcher parts) {
    long count = Long.parseLong(parts.group(2));
    return switch (parts.group(3)) {
      case "s" -> count * 1_000;
      case "m" -> count * 60_000;
      default -> count * 3_600_000;
    };
  }

  /** True when events come from the city, made or live. */
  public boolean ofCity() {
    return stream.equals("city") || stream.equals("live");
  }
}
