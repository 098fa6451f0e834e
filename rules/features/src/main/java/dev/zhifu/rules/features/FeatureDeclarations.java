package dev.zhifu.rules.features;

import dev.zhifu.rules.features.FeatureDeclaration.Entity;
import dev.zhifu.wire.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Every feature, declared once: type, unit and meaning stand with the field in the contract, entity
 * and window here. Prints {@code docs/features.md}.
 */
public final class FeatureDeclarations {
  private static final String UNIT = "Unit: ";

  /** Where a feature comes from and how far it looks back. */
  private record Origin(Entity entity, String window) {}

  private static final Map<String, Origin> ORIGINS = new TreeMap<>();

  static {
    from(Entity.PAYEE_ACCOUNT, "1 h", "payeeInDegree1h", "payeeQrPayers1h");
    from(Entity.PAYEE_ACCOUNT, "15 d", "payeeCreditFen15d");
    from(Entity.PAYEE_ACCOUNT, "24 h", "payeeQrSameAmountShare24h");
    from(Entity.PAYEE_ACCOUNT, "24 h of ids", "phaseRepeats");
    from(Entity.PAYEE_ACCOUNT, "366 d", "payeeDaysSinceCredit");
    from(Entity.PAYEE_ACCOUNT, "this event", "payeeAccountAgeDays");
    from(Entity.LISTS, "this event", "payeeListed", "payerListed", "payeeCryptoTrader");
    from(Entity.PAYER_ACCOUNT, "180 calendar days", "payeeFirstSeen");
    from(Entity.PAYER_ACCOUNT, "366 d", "payerDaysSinceActivity");
    from(Entity.PAYER_ACCOUNT, "this event", "ownTransfer", "payerAccountAgeDays");
    from(Entity.PAYER_ACCOUNT, "this event", "shareOfBalance", "payerResidueFen");
    from(Entity.PAYER_ACCOUNT, "60 min", "payerCreditFen60m", "payerDebitFen60m");
    from(Entity.PAYER_ACCOUNT, "60 min", "passThroughShare60m", "dwellMinutes");
    from(Entity.PAYER_ACCOUNT, "60 min", "payerInDegree60m", "payerLargestCreditFen60m");
    from(Entity.PAYER_ACCOUNT, "30 min", "payerOutDegree30m");
    from(Entity.PAYER_ACCOUNT, "today and 6 calendar days", "payerNightShare7d", "payerNights7d");
    from(Entity.PAYER_ACCOUNT, "5 d", "ownSources5d");
    from(Entity.PAYER_ACCOUNT, "60 min", "payerQrPayers60m", "payerQrSameAmountShare60m");
    from(Entity.PAYER_ACCOUNT, "366 d", "payerKnownHours");
    from(Entity.PAYER_ACCOUNT, "broken in 24 h", "payerSilenceDays24h");
    from(Entity.PAYER_ACCOUNT, "7 d", "payerInDegree7d");
    from(Entity.PAYER_ACCOUNT, "24 h", "payerReceivedFen24h", "payerSentFen24h");
    from(Entity.PAYER_ACCOUNT, "24 h", "payerCashFen24h");
    from(Entity.PAYER_ACCOUNT, "7 d", "payerReceivedFen7d", "payerSentFen7d");
    from(Entity.PAYER_ACCOUNT, "7 d", "payerSimilarTransfers7d");
    from(Entity.HOLDER, "4 h", "callActive", "secondsSinceCall", "screenShareActive");
    from(Entity.HOLDER, "4 h", "callerFirstContact", "callerPrefix");
    from(Entity.HOLDER, "4 h, ended 30 min", "callSeconds");
    from(Entity.HOLDER, "24 h", "lenders24h", "callsWithPeer24h");
    from(Entity.HOLDER, "24 h", "strangerTalkSeconds24h", "strangerCalls24h", "silencedCalls24h");
    from(Entity.HOLDER, "60 min", "newPayeeFen60m");
    from(Entity.HOLDER, "24 h", "risingNewPayees24h", "risingFirstFen24h", "cashFen24h");
    from(Entity.HOLDER, "24 h", "accountBalanceDayAgoFen", "drainedShare24h");
    from(Entity.HOLDER, "60 d", "baitFen60d", "baitDays60d", "riskyAppDays60d");
    from(Entity.HOLDER, "90 d", "transferMedianFen90d");
    from(Entity.HOLDER, "90 d without the last 24 h", "cashMeanFen90d");
    from(Entity.HOLDER, "24 h", "secondsSinceForward");
    from(Entity.HOLDER, "72 h", "secondsSinceSim");
    from(Entity.NUMBER, "24 h", "numberCalls24h", "numberOutShare24h");
    from(Entity.NUMBER, "24 h", "numberPeersPerCall24h", "numberUnansweredShare24h");
    from(Entity.DEVICE, "24 h", "deviceHolders24h");
  }

  private FeatureDeclarations() {}

  private static void from(Entity entity, String window, String... names) {
    for (String name : names) {
      ORIGINS.put(name, new Origin(entity, window));
    }
  }

  /**
   * All features in the order of the contract.
   *
   * @throws IllegalStateException naming the feature that stands in only one of contract and this
   *     class
   */
  public static List<FeatureDeclaration> all() {
    List<FeatureDeclaration> declared = new ArrayList<>();
    for (Schema.Field field : Features.getClassSchema().getFields()) {
      declared.add(of(field));
    }
    if (declared.size() != ORIGINS.size()) {
      throw new IllegalStateException(
          "FeatureDeclarations names features that the contract does not have: "
              + ORIGINS.keySet());
    }
    return declared;
  }

  private static FeatureDeclaration of(Schema.Field field) {
    Origin origin = ORIGINS.get(field.name());
    if (origin == null) {
      throw new IllegalStateException(
          "Feature "
              + field.name()
              + " stands in the contract but not in FeatureDeclarations; add its entity and window");
    }
    String doc = field.doc() == null ? "" : field.doc();
    int unitAt = doc.indexOf(UNIT);
    String meaning = (unitAt < 0 ? doc : doc.substring(0, unitAt)).strip();
    String unit = unitAt < 0 ? "" : doc.substring(unitAt + UNIT.length()).replaceAll("\\.$", "");
    return new FeatureDeclaration(
        field.name(), type(field.schema()), unit, origin.window(), meaning, origin.entity());
  }

  private static String type(Schema union) {
    Schema value =
        union.getTypes().stream()
            .filter(each -> each.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow();
    return switch (value.getType()) {
      case LONG -> "int";
      case DOUBLE -> "double";
      case BOOLEAN -> "bool";
      default -> value.getName();
    };
  }

  /** The page {@code docs/features.md}. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Entity entity : Entity.values()) {
      page.append("\n## ").append(entity.words()).append("\n\n");
      page.append("Kept: ").append(entity.kept()).append(".").append(bytes(entity)).append("\n\n");
      page.append("| feature | type | unit | window | meaning |\n|---|---|---|---|---|\n");
      all().stream().filter(each -> each.entity() == entity).forEach(each -> row(page, each));
    }
    return page.append(fixed()).append(limits()).toString();
  }

  private static String bytes(Entity entity) {
    return entity.mostBytes() == 0
        ? ""
        : " State: %,d bytes or less for an ordinary customer, %,d at most."
            .formatted(entity.ordinaryBytes(), entity.mostBytes());
  }

  private static void row(StringBuilder page, FeatureDeclaration feature) {
    page.append("| `").append(feature.name()).append("` | ").append(feature.type());
    page.append(" | ").append(feature.unit()).append(" | ").append(feature.window());
    page.append(" | ").append(feature.meaning()).append(" |\n");
  }

  private static String fixed() {
    return FIXED
        + fixed("baitFen60d", "most that bait is", yuan(HolderMoney.BAIT_MOST_FEN), "V02", BAIT)
        + fixed("baitFen60d", "comes back within", days(HolderMoney.BAIT_BACK), "V02", BAIT)
        + fixed(
            "baitFen60d",
            "comes back as",
            "1/%1$d to %1$d times as much".formatted(HolderMoney.BAIT_TIMES),
            "V02",
            BAIT)
        + fixed("baitFen60d", "remembered for", days(HolderMoney.BAIT_WINDOW), "V02", BAIT)
        + fixed(
            "payerSimilarTransfers7d",
            "amounts are alike within",
            100 / PayerWeek.ALIKE_PART + " % of the newer one",
            "M14",
            "a rule compares an event with a number and counts nothing itself")
        + fixed(
            "transferMedianFen90d",
            "least transfers for a median",
            String.valueOf(HolderMoneyView.LEAST_FOR_MEDIAN),
            "V14",
            "a middle of fewer says nothing; null tells a rule so");
  }

  private static String fixed(
      String feature, String what, String value, String rule, String because) {
    return "| `%s` | %s | %s | %s | %s |\n".formatted(feature, what, value, rule, because);
  }

  private static String yuan(long fen) {
    return "%,d yuan".formatted(fen / 100);
  }

  private static String days(long millis) {
    return millis / Windows.DAY + " days";
  }

  private static String limits() {
    return TAIL
        + limit(PayeeState.LIMIT_IDS, PayeeState.MOST_IDS, "the oldest id is forgotten")
        + limit(PayeeState.LIMIT_CREDITS, PayeeState.MOST_CREDITS, "the oldest credit is forgotten")
        + limit(PayeeState.LIMIT_QR, PayeeState.MOST_QR, "the share is of the newest ones")
        + limit(PayeeState.LIMIT_SUMS, PayeeState.MOST_SUMS, "sums are added up by the hour")
        + limit(PayeeState.LIMIT_CALLS, PayeeState.MOST_CALLS, "the shares are of the newest calls")
        + limit(
            PayeeState.LIMIT_HOLDERS,
            PayeeState.MOST_HOLDERS,
            "the holder seen longest ago is forgotten")
        + limit(PayerState.LIMIT_MOVES, PayerState.MOST_MOVES, "the oldest movement is forgotten")
        + limit(PayerState.LIMIT_WEEK, PayerState.MOST_WEEK, "the oldest movement is forgotten")
        + limit(PayerState.LIMIT_OWN, PayerState.MOST_OWN, "the oldest source is forgotten")
        + limit(
            PayerState.LIMIT_PAYEES,
            PayerState.MOST_PAYEES,
            "the payee paid longest ago is forgotten")
        + limit(HolderState.LIMIT_CALLS, HolderState.MOST_CALLS, "the oldest call is forgotten")
        + limit(HolderState.LIMIT_SESSIONS, HolderState.MOST_SESSIONS, "the oldest is forgotten")
        + limit(HolderState.LIMIT_LOANS, HolderState.MOST_LOANS, "the oldest loan is forgotten")
        + limit(HolderState.LIMIT_SILENCED, HolderState.MOST_SILENCED, "the oldest is forgotten")
        + limit(
            HolderState.LIMIT_NEW_PAYEES,
            HolderState.MOST_NEW_PAYEES,
            "the oldest payment is forgotten")
        + limit(
            HolderState.LIMIT_BALANCES,
            HolderState.MOST_BALANCES,
            "the oldest movement is forgotten")
        + limit(HolderState.LIMIT_BAITS, HolderState.MOST_BAITS, "the oldest is forgotten")
        + limit(
            RuleTimeline.LIMIT_CHANGES,
            RuleTimeline.MOST_CHANGES,
            "the oldest change is forgotten");
  }

  private static String limit(String name, int most, String passing) {
    return "| `" + name + "` | " + most + " | " + passing + " |\n";
  }

  private static final String HEAD =
      """
      # Features

      What the engine knew at an event. Made from the code by `FeatureDeclarations`; a test fails when this page is stale and says how to make it anew.

      - Computed once, when the event arrives, as of the event's own time over what that entity was seen to do until then. It travels with the event and is never computed again for it.
      - A window of *w* at time *t* is (t − w, t]: what happened exactly *w* ago is out.
      - Null means that the data were not there. A condition on a null feature is false.
      - Only a COMPLETED movement moves state. An AWAITING or HELD one is enriched as if it were about to be booked: its own amount and parties count in its own features and in nobody else's. A REVERSED one does not count itself, and undoes the last known balance but no count and no sum: that the money came and went is what rules look for.
      - Telecom signals always move state; a call or session without an end is taken as over after 4 h.
      - An unknown holder is another holder; where the bank gives no holder the account stands for him.
      - *Kept* says how long state matters. Whoever outlived that once is looked at once a week, so that it may stay a week longer; no feature sees it ([ADR-0062](adr/0062-state-is-touched-when-it-must-be.md)).
      - Calendar days and nights are China's (UTC+8).
      - On streams in order the values equal a computation over the whole history (tested). For an event that overtakes an earlier one of the same entity they may differ; the test prints the share.
      """;

  private static final String BAIT =
      "what counts as bait is decided when the money comes back, long before the event that the rule judges";

  private static final String FIXED =
      """

      ## Thresholds fixed in code

      Rules name their thresholds as parameters with a grade. These stand in the computation of a feature: another value takes a change of code, its test and another feature's name, since events on record carry the old one. All are engineering defaults without a source. Windows are in the table above.

      | feature | threshold | value | rule | why in code |
      |---|---|---|---|---|
      """;

  private static final String TAIL =
      """

      ## Limits

      Every list in state is bounded. Passing a limit is counted in the metric `limit.<name>` of its step.

      | limit | most | passing it |
      |---|---|---|
      """;
}
