package dev.zhifu.desk.view;

import dev.zhifu.wire.WarningTier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;

/**
 * Which cases of the queue, and from where on.
 *
 * @param filter by what waits and by whose it is
 * @param tier of the warning, a name of {@link WarningTier}; empty for any
 * @param bank of an order of the case; empty for any
 * @param after the last line of the page before, as {@link #after(double, String)} writes it; empty
 *     for the first page
 */
public record QueueQuery(QueueFilter filter, String tier, String bank, String after) {
  private static final Pattern AFTER =
      Pattern.compile("(-?[0-9]+\\.[0-9]+(?:E-?[0-9]+)?)~([0-9A-Za-z_-]{1,80})");

  private static final Pattern BANK = Pattern.compile("[0-9A-Za-z]{1,16}");

  /** From an address or a form: what none of them can mean counts as not said. */
  public static QueueQuery of(String filter, String tier, String bank, String after) {
    return new QueueQuery(
        QueueFilter.of(filter),
        tiers().contains(String.valueOf(tier)) ? tier : "",
        bank != null && BANK.matcher(bank).matches() ? bank : "",
        after != null && AFTER.matcher(after).matches() ? after : "");
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
    return new QueueQuery(other, tier, bank, "");
  }

  /** The same cases from behind a line on; from the first on with an empty one. */
  public QueueQuery from(String line) {
    return new QueueQuery(filter, tier, bank, line);
  }

  /** The part of an address that {@link #of} reads. */
  public String address() {
    return (tier.isEmpty() ? "" : "tier=" + tier + "&")
        + (bank.isEmpty() ? "" : "bank=" + bank + "&")
        + (after.isEmpty() ? "" : "after=" + after + "&")
        + "filter="
        + filter.word();
  }

  /** A line's place: its priority, which stands still while the clock goes, and its case. */
  static String after(double priority, String caseId) {
    return priority + "~" + caseId;
  }

  /** The condition of {@code q} and {@code a} that {@link #bind} fills. */
  String condition() {
    return filter.condition()
        + (tier.isEmpty() ? "" : " and q.warning_tier = :tier")
        + (bank.isEmpty() ? "" : " and q.banks @> array[cast(:bank as text)]")
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
    Matcher from = AFTER.matcher(after);
    if (from.matches()) {
      query.bind("priority", Double.parseDouble(from.group(1))).bind("case", from.group(2));
    }
    return query;
  }
}
