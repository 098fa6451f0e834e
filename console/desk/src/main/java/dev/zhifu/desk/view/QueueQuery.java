package dev.zhifu.desk.view;

import dev.zhifu.wire.WarningTier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/**
 * Which cases of the queue, and from where on.
 *
 * @param filter by what waits and by whose it is
 * @param tier of the warning, a name of {@link WarningTier}; empty for any
 * @param bank of an order of the case; empty for any
 * @param typology what the victim was deceived by: as the report says it, without that by the rules
 *     whose hits hold; empty for any
 * @param place where the payer's branch is or, asked at intake, the victim lives
 * @param after the last line of the page before, as {@link #after(double, String)} writes it; empty
 *     for the first page
 */
public record QueueQuery(
    QueueFilter filter, String tier, String bank, String typology, QueuePlace place, String after) {
  private static final Pattern AFTER =
      Pattern.compile("(-?[0-9]+\\.[0-9]+(?:E-?[0-9]+)?)~([0-9A-Za-z_-]{1,80})");

  /** Of an unknown value that much is told. */
  private static final int TOLD_MAX = 40;

  /**
   * What the queue can be narrowed to, in the order shown.
   *
   * @param banks of the directory
   * @param typologies rules' ids
   * @param places banners and townships
   */
  public record Choices(
      List<BankDirectory.Bank> banks, List<String> typologies, List<QueuePlace> places) {}

  /**
   * What was asked.
   *
   * @param query of what is known
   * @param unknown what is not, as the address has it: such a part narrows nothing
   */
  public record Asked(QueueQuery query, List<Unknown> unknown) {}

  /**
   * A part of an address that says nothing.
   *
   * @param part filter, tier, bank, typology, place or after
   * @param value the beginning of what it is
   */
  public record Unknown(String part, String value) {}

  /**
   * From an address or a form.
   *
   * @param part gives the value of a part; null or empty when it is not said
   * @param choices what there is to choose from
   */
  public static Asked read(UnaryOperator<String> part, Choices choices) {
    List<Unknown> unknown = new ArrayList<>();
    List<String> filters = Arrays.stream(QueueFilter.values()).map(QueueFilter::word).toList();
    String filter = known("filter", part, filters, unknown);
    String tier = known("tier", part, tiers(), unknown);
    List<String> banks = choices.banks().stream().map(BankDirectory.Bank::code).toList();
    String bank = known("bank", part, banks, unknown);
    String typology = known("typology", part, choices.typologies(), unknown);
    List<String> places = choices.places().stream().map(QueuePlace::code).toList();
    String place = known("place", part, places, unknown);
    String after = said("after", part);
    if (!after.isEmpty() && !AFTER.matcher(after).matches()) {
      unknown.add(unknown("after", after));
      after = "";
    }
    return new Asked(
        new QueueQuery(
            QueueFilter.of(filter),
            tier,
            bank,
            typology,
            choices.places().stream()
                .filter(one -> one.code().equals(place))
                .findFirst()
                .orElse(QueuePlace.ANY),
            after),
        List.copyOf(unknown));
  }

  private static String said(String part, UnaryOperator<String> values) {
    String value = values.apply(part);
    return value == null ? "" : value;
  }

  private static String known(
      String part, UnaryOperator<String> values, Collection<String> all, List<Unknown> unknown) {
    String value = said(part, values);
    if (value.isEmpty() || all.contains(value)) {
      return value;
    }
    unknown.add(unknown(part, value));
    return "";
  }

  private static Unknown unknown(String part, String value) {
    return new Unknown(part, value.substring(0, Math.min(TOLD_MAX, value.length())));
  }

  /** Tiers to choose from, the most urgent first. */
  public static List<String> tiers() {
    return Arrays.stream(WarningTier.values())
        .map(Enum::name)
        .sorted((one, other) -> WarningTier.valueOf(other).compareTo(WarningTier.valueOf(one)))
        .toList();
  }

  /** The same cases by another filter, from the first on. */
  public QueueQuery with(QueueFilter other) {
    return new QueueQuery(other, tier, bank, typology, place, "");
  }

  /** The same cases from behind a line on; from the first on with an empty one. */
  public QueueQuery from(String line) {
    return new QueueQuery(filter, tier, bank, typology, place, line);
  }

  /** What {@link #read} reads, without what is not said. */
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("tier", tier);
    parts.put("bank", bank);
    parts.put("typology", typology);
    parts.put("place", place.code());
    parts.put("after", after);
    parts.put("filter", filter.word());
    parts.values().removeIf(String::isEmpty);
    return parts;
  }

  /** The part of an address that {@link #read} reads. */
  public String address() {
    return parts().entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining("&"));
  }

  /** A line's place: its priority, which stands still while the clock goes, and its case. */
  static String after(double priority, String caseId) {
    return priority + "~" + caseId;
  }

  /** True when a bank, a typology or a place is asked for, which no order by priority finds. */
  boolean narrowed() {
    return !bank.isEmpty() || !typology.isEmpty() || !place.covers().isEmpty();
  }

  /** The condition of {@code q} and {@code a} that {@link #bind} fills. */
  String condition() {
    return filter.condition()
        + (tier.isEmpty() ? "" : " and q.warning_tier = :tier")
        + (bank.isEmpty() ? "" : " and q.banks @> array[cast(:bank as text)]")
        + (typology.isEmpty() ? "" : " and q.typologies @> array[cast(:typology as text)]")
        + (place.covers().isEmpty() ? "" : " and q.places && cast(:places as text[])")
        + (after.isEmpty() ? "" : " and (q.priority, q.case_id) < (:priority, :case)")
        + " and (cast(:person as text) is not null)";
  }

  Query bind(Query query, String personId) {
    query.bind("person", personId);
    if (!tier.isEmpty()) {
      query.bind("tier", tier);
    }
    if (!bank.isEmpty()) {
      query.bind("bank", bank);
    }
    if (!typology.isEmpty()) {
      query.bind("typology", typology);
    }
    if (!place.covers().isEmpty()) {
      query.bindArray("places", String.class, place.covers());
    }
    Matcher from = AFTER.matcher(after);
    if (from.matches()) {
      query.bind("priority", Double.parseDouble(from.group(1))).bind("case", from.group(2));
    }
    return query;
  }
}
