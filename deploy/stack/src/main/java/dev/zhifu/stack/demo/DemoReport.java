package dev.zhifu.stack.demo;

import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.workload.CitySummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * The result of a demo. What engine and banks did is counted from the topics; what that came to
 * (money, wrong and late orders, outcomes of stories) is told by the city's truth, which no topic
 * carries.
 */
final class DemoReport {
  private static final int REFUSALS_TOLD = 10;

  private final DemoPlan plan;
  private final Tally tally;
  private final CityTruth truth;

  DemoReport(DemoPlan plan, Tally tally, CityTruth truth) {
    this.plan = plan;
    this.tally = tally;
    this.truth = truth;
  }

  /**
   * As JSON.
   *
   * @param rules ids of the rules published
   * @param startedMs when the launcher started, UTC milliseconds
   * @param residentMiB highest resident memory of all processes together
   * @param loadAverage of the machine over the last minute
   */
  Map<String, Object> json(
      List<String> rules, long startedMs, long residentMiB, double loadAverage) {
    Map<String, Object> json = new LinkedHashMap<>();
    run(json, rules);
    json.put("events", tally.events());
    json.put("historyEvents", tally.history());
    json.put("eventsPerSecond", round(tally.eventsPerSecond()));
    json.put("hitsByRule", tally.hitsByRule());
    json.put("hitsRetracted", tally.retractedHits());
    json.put("cases", tally.cases());
    json.put("warnings", tally.warnings());
    json.put("decisions", decisions());
    json.put("riskHolds", tally.riskHolds());
    json.put("riskHoldsByResult", tally.holdResults());
    json.put("lifts", tally.lifts().json());
    json.put("requests", tally.requests());
    json.put("ordersSigned", tally.orders());
    json.put("ordersByOrigin", tally.ordersByOrigin());
    json.put("ordersByState", tally.ordersByState());
    json.put("receiptsByResult", tally.receiptsByResult());
    json.put("deadLetters", tally.deadLetters());
    json.put("deadLettersByReason", tally.deadLettersByReason());
    truth(json);
    json.put("decisionLatencyMs", tally.decisionLatency().quantiles());
    json.put("requestLatencyMs", tally.requestLatency().quantiles());
    json.put("orderLatencyMs", tally.orderLatency().quantiles());
    json.put("secondsToFirstEvent", seconds(tally.firstEventMs(), startedMs));
    json.put("secondsToFirstOrder", seconds(tally.firstOrderMs(), startedMs));
    json.put("firstOrderAt", tally.firstOrderAt() == null ? null : tally.firstOrderAt().toString());
    json.put("residentMiB", residentMiB);
    json.put("loadAverage", loadAverage);
    return json;
  }

  private void run(Map<String, Object> json, List<String> rules) {
    json.put("set", plan.set());
    json.put("seed", plan.seed());
    json.put("residents", plan.residents());
    json.put("cityFrom", truth.start());
    json.put("cityTo", truth.end());
    json.put("speed", plan.speed() == 0 ? "as the engine follows" : plan.speed());
    json.put("authorisation", plan.authorisation() ? "on" : "off");
    json.put("rules", rules);
  }

  private Map<String, Object> decisions() {
    Map<String, Object> decisions = new LinkedHashMap<>();
    decisions.put("pass", tally.decisions(DecisionKind.PASS));
    decisions.put("hold", tally.decisions(DecisionKind.HOLD));
    decisions.put("late", tally.unanswered() + truth.summary().lateAnswers());
    return decisions;
  }

  private void truth(Map<String, Object> json) {
    CitySummary city = truth.summary();
    json.put("storiesByOutcome", city.storiesByOutcome());
    json.put("storiesByTypology", city.storiesByTypology());
    json.put("enrichment", round(city.enrichment()));
    // The loss that money kept is measured against is that of the same city without an engine.
    json.put("victimLossFen", truth.withoutEngine().victimLossFen());
    json.put("victimPaidFen", city.victimLossFen());
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("heldBack", city.heldBackFen());
    kept.put("stopped", city.stoppedFen());
    json.put("victimMoneyKeptFen", kept);
    json.put("stoppedCeilingFen", city.stoppedCeilingFen());
    json.put("balanceStoppedFen", city.balanceStoppedFen());
    json.put("balanceStoppedByReceiptsFen", tally.stoppedBalanceFen());
    json.put("frozenFen", tally.frozenFen());
    json.put("refundedFen", tally.refundedFen());
    Map<String, Object> money = new LinkedHashMap<>();
    money.put("withEngine", money(city, tally.frozenFen(), tally.refundedFen()));
    // Nobody stops anything in the same city alone, so nobody freezes or pays back there.
    money.put("withoutEngine", money(truth.withoutEngine(), 0, 0));
    json.put("moneyFen", money);
    json.put("recovery", recovery());
    json.put("wrongOrders", city.wrongOrders());
    json.put("lateOrders", city.lateOrders());
    json.put("rightHolds", city.rightHolds());
    json.put("wrongHoldsByStory", city.wrongHoldsByStory());
    json.put("wrongOrdersByStory", city.wrongOrdersByStory());
    json.put("networks", city.networks());
    json.put("reportsAccepted", city.reportsAccepted());
    json.put("requestsSignedByOfficers", city.requestsSigned());
    json.put("requestsRejectedByOfficers", city.requestsRejected());
  }

  /**
   * What the office of the demo came to, and each victim's share: what came back of the reported
   * loss. Its steps are the law's, its delays a day's (ADR-0168).
   */
  private Map<String, Object> recovery() {
    Map<String, Object> recovery = new LinkedHashMap<>();
    recovery.put("cases", tally.livesByState(LifeKind.CASE));
    recovery.put("freezes", tally.livesByState(LifeKind.FREEZE));
    recovery.put("refunds", tally.livesByState(LifeKind.REFUND));
    recovery.put("papers", tally.livesByState(LifeKind.PAPER));
    recovery.put("actsRefused", tally.refused().size());
    recovery.put("refusedWhy", tally.refused().stream().limit(REFUSALS_TOLD).toList());
    recovery.put("victims", tally.victims().size());
    recovery.put("victimsPaid", paid().size());
    recovery.put("reportedLossFen", sum(tally.victims(), VictimFile::getLossFen));
    recovery.put(
        "victimsPaidFen",
        paid().stream()
            .map(file -> Map.of("lossFen", file.getLossFen(), "refundedFen", file.getRefundedFen()))
            .toList());
    return recovery;
  }

  private List<VictimFile> paid() {
    return tally.victims().stream().filter(file -> file.getRefundedFen() > 0).toList();
  }

  private static long sum(Collection<VictimFile> files, ToLongFunction<VictimFile> what) {
    return files.stream().mapToLong(what).sum();
  }

  /** The middle victim's share of those who were paid, per cent of the reported loss. */
  private double middleShare() {
    double[] shares =
        paid().stream()
            .mapToDouble(file -> 100.0 * file.getRefundedFen() / file.getLossFen())
            .sorted()
            .toArray();
    return shares.length == 0 ? 0 : shares[shares.length / 2];
  }

  private List<String> recoveryLines() {
    List<VictimFile> paid = paid();
    return List.of(
        String.format(
            "recovery         cases %s; freezes %s; refunds %s; %d acts refused",
            tally.livesByState(LifeKind.CASE),
            tally.livesByState(LifeKind.FREEZE),
            tally.livesByState(LifeKind.REFUND),
            tally.refused().size()),
        String.format(
            "victims paid     %d of %d, %s of their %s reported (the middle one %.1f %%); delays"
                + " are one day's, the steps the law's",
            paid.size(),
            tally.victims().size(),
            Yuan.of(sum(paid, VictimFile::getRefundedFen)),
            Yuan.of(sum(paid, VictimFile::getLossFen)),
            middleShare()));
  }

  /**
   * One city's money: what victims lost for good, what of theirs was kept, and apart from it what
   * was stopped, frozen and paid back, whoever's it is.
   */
  private static Map<String, Long> money(CitySummary city, long frozenFen, long refundedFen) {
    Map<String, Long> money = new LinkedHashMap<>();
    money.put("lost", lostFen(city));
    money.put("kept", city.heldBackFen() + city.stoppedFen());
    money.put("balanceStopped", city.balanceStoppedFen());
    money.put("frozen", frozenFen);
    money.put("refunded", refundedFen);
    return money;
  }

  /** Paid by victims and neither stopped nor held on the accounts that it came to. */
  private static long lostFen(CitySummary city) {
    return city.victimLossFen() - city.stoppedFen() - city.heldBackOnMulesFen();
  }

  private static Double seconds(OptionalLong atMs, long startedMs) {
    return atMs.isPresent() ? (atMs.getAsLong() - startedMs) / 1000.0 : null;
  }

  private static String moneyLine(String which, CitySummary city, Tally tally) {
    return String.format(
        "%s: %s lost, %s kept, balance stopped %s, frozen %s, refunded %s",
        which,
        Yuan.of(lostFen(city)),
        Yuan.of(city.heldBackFen() + city.stoppedFen()),
        Yuan.of(city.balanceStoppedFen()),
        Yuan.of(tally == null ? 0 : tally.frozenFen()),
        Yuan.of(tally == null ? 0 : tally.refundedFen()));
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** For the terminal. */
  List<String> lines(Map<String, Object> json) {
    CitySummary city = truth.summary();
    long kept = city.heldBackFen() + city.stoppedFen();
    long loss = truth.withoutEngine().victimLossFen();
    List<String> lines = new ArrayList<>();
    lines.add(String.format("city time        %s to %s", truth.start(), truth.end()));
    lines.add(
        String.format(
            "events           %,d live, %,d of history; %s a second",
            tally.events(), tally.history(), json.get("eventsPerSecond")));
    lines.add(
        "hits             " + tally.hitsByRule() + ", " + tally.retractedHits() + " retracted");
    lines.add(String.format("cases            %,d; %,d warnings", tally.cases(), tally.warnings()));
    lines.add("decisions        " + json.get("decisions"));
    lines.add(String.format("risk holds       %,d %s", tally.riskHolds(), tally.holdResults()));
    lines.add(String.format("requests         %,d %s", tally.requests(), tally.ordersByState()));
    lines.add(
        String.format(
            "orders signed    %,d %s; receipts %s",
            tally.orders(), tally.ordersByOrigin(), tally.receiptsByResult()));
    lines.add(
        String.format(
            "stories          %s; fraud %.1f times as dense as outside",
            city.storiesByOutcome(), city.enrichment()));
    lines.add(
        String.format(
            "victims' money   %s lost without the engine, %s kept (held back %s, stopped %s)%s",
            Yuan.of(loss),
            Yuan.of(kept),
            Yuan.of(city.heldBackFen()),
            Yuan.of(city.stoppedFen()),
            loss == 0 ? "" : String.format(": %.1f %%", 100.0 * kept / loss)));
    lines.add("money            " + moneyLine("with the engine", city, tally));
    lines.add("                 " + moneyLine("without it", truth.withoutEngine(), null));
    lines.addAll(recoveryLines());
    lines.add(
        String.format(
            "wrong and late   %d wrong orders, %d late orders, wrong holds %s",
            city.wrongOrders(), city.lateOrders(), city.wrongHoldsByStory()));
    lines.add("dead letters     " + tally.deadLetters() + " " + tally.deadLettersByReason());
    lines.add(
        "latency ms       decision "
            + json.get("decisionLatencyMs")
            + ", request "
            + json.get("requestLatencyMs")
            + ", order "
            + json.get("orderLatencyMs"));
    lines.add(
        String.format(
            "first order      %s s after the start, first live event after %s s; memory %s MiB at"
                + " most",
            json.get("secondsToFirstOrder"),
            json.get("secondsToFirstEvent"),
            json.get("residentMiB")));
    return lines;
  }
}
