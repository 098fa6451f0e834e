package dev.zhifu.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.CaughtFindings.CaseAlert;
import dev.zhifu.jobs.backtest.CityScore;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import dev.zhifu.workload.Alert;
import dev.zhifu.workload.Caught;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.TruthStory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Figures of one city.
 *
 * @param seed of the city
 * @param residents of it
 * @param days lived
 * @param enrichment how many times denser fraud is than outside
 * @param events live events
 * @param caught stories by kind, with a victim in all, by alerts
 * @param typologies stories by kind
 * @param cases distinct cases that reached the tier of an action
 * @param casesRight of these, on subjects of a fraud
 * @param casesFalse the others, by whom they trouble
 * @param warnings first warnings of each tier of a case
 * @param urgent of these, urgent ones: a visit or a call at once
 * @param warningsToVictims of the warnings, to victims
 * @param warningsToMules of the others, to holders of mule accounts, which are as dense as fraud is
 * @param needlessByRule the rest, by the rule that says the typology
 * @param needless the same by whom they trouble
 * @param urgentToFraud of the urgent ones, to victims and mules
 * @param urgentNeedlessByRule the other urgent ones by rule
 * @param urgentNeedless the same by whom they trouble
 * @param holdsRight risk holds and answers HOLD on frauds
 * @param holdsWrong the others, by whom they trouble
 * @param holdsWrongByRule the same by whose case is behind them and by its rules
 * @param holdsWrongByFate the same by what became of them, and whether a hit behind them lasted
 * @param casesBehindWrongHolds distinct cases behind them: one can hold many payments
 * @param requests stop-payment requests to police, unsigned ones included
 * @param orders orders signed under the standing authorisation
 * @param ordersWrongOfFraud wrong ones among them that rest on a fraud's report, by whom
 * @param ordersWrong other wrong ones
 * @param rules final hits of each rule
 * @param missed frauds with a victim that nothing was said about, by kind
 * @param late those about which something was said at their last payment or later
 * @param metrics what is reported of every calibration set, over this city ({@link CityScore})
 */
record CaughtFigures(
    long seed,
    int residents,
    int days,
    double enrichment,
    long events,
    Caught.Count caught,
    Map<String, Caught.Count> typologies,
    int cases,
    int casesRight,
    Map<String, Integer> casesFalse,
    int warnings,
    int urgent,
    int warningsToVictims,
    int warningsToMules,
    Map<String, Integer> needlessByRule,
    Map<String, Integer> needless,
    int urgentToFraud,
    Map<String, Integer> urgentNeedlessByRule,
    Map<String, Integer> urgentNeedless,
    int holdsRight,
    Map<String, Integer> holdsWrong,
    Map<String, Integer> holdsWrongByRule,
    Map<String, Integer> holdsWrongByFate,
    int casesBehindWrongHolds,
    long requests,
    int orders,
    Map<String, Integer> ordersWrongOfFraud,
    Map<String, Integer> ordersWrong,
    Map<String, RuleCount> rules,
    Map<String, List<String>> missed,
    Map<String, List<String>> late,
    ObjectNode metrics) {

  private static final long MINUTE_MS = 60_000;

  /**
   * Final hits of one rule.
   *
   * @param hits all
   * @param right on a subject of a fraud
   * @param stories frauds with a victim that they lead to
   */
  record RuleCount(int hits, int right, int stories) {}

  static CaughtFigures of(CitySettings settings, CaughtFindings findings) {
    CaughtTruth truth = CaughtTruth.of(findings.city());
    double enrichment = settings.enrichmentFactor();
    List<Alert> all = new ArrayList<>();
    Map<String, Alert> firstOfCase = new LinkedHashMap<>();
    for (CaseAlert alert : findings.alerts()) {
      Alert one = new Alert(subject(alert.kind()), alert.subject(), alert.atMs());
      all.add(one);
      firstOfCase.putIfAbsent(alert.caseId(), one);
    }
    Caught stories = Caught.of(truth.stories(), all, enrichment);
    Caught cases = Caught.of(truth.stories(), List.copyOf(firstOfCase.values()), enrichment);
    Map<String, Integer> needlessByRule = new TreeMap<>();
    Map<String, Integer> urgentNeedlessByRule = new TreeMap<>();
    Map<String, Integer> urgentNeedless = new TreeMap<>();
    Map<String, Integer> needless = new TreeMap<>();
    int urgent = 0;
    int urgentToFraud = 0;
    int toVictims = 0;
    int toMules = 0;
    Set<String> told = new HashSet<>();
    List<VictimWarning> warnings =
        findings.warnings().stream().filter(one -> told.add(one.getWarningId())).toList();
    for (VictimWarning warning : warnings) {
      boolean now = warning.getTier() == WarningTier.URGENT;
      urgent += now ? 1 : 0;
      String whom = truth.needless(warning.getHolderToken());
      if (whom == null || whom.equals(CaughtTruth.MULE)) {
        toVictims += whom == null ? 1 : 0;
        toMules += whom == null ? 0 : 1;
        urgentToFraud += now ? 1 : 0;
      } else {
        count(needlessByRule, warning.getTypology());
        count(needless, whom);
        if (now) {
          count(urgentNeedlessByRule, warning.getTypology());
          count(urgentNeedless, whom);
        }
      }
    }
    Map<String, Integer> holdsWrong = new TreeMap<>();
    Map<String, Integer> holdsWrongByRule = new TreeMap<>();
    int holdsRight = 0;
    Map<String, Integer> holdsWrongByFate = new TreeMap<>();
    Set<String> casesBehind = new HashSet<>();
    HoldGrounds grounds = new HoldGrounds(findings);
    for (RiskHold hold : findings.holds()) {
      String whom = truth.wrong(hold);
      holdsRight += whom == null ? 1 : 0;
      if (whom != null) {
        HoldGrounds.Ground ground = grounds.of(hold);
        count(holdsWrong, whom);
        count(holdsWrongByRule, ground.rules());
        count(holdsWrongByFate, fate(hold, findings.liftedAt(hold.getHoldId())) + said(ground));
        casesBehind.add(ground.subject());
      }
    }
    for (TransferDecision held : findings.heldTransfers()) {
      String whom = truth.wrong(held);
      holdsRight += whom == null ? 1 : 0;
      if (whom != null) {
        HoldGrounds.Ground ground = grounds.of(held);
        count(holdsWrong, whom);
        count(holdsWrongByRule, ground.rules());
        count(holdsWrongByFate, "answer HOLD" + said(ground));
        casesBehind.add(ground.subject());
      }
    }
    Map<String, Integer> ordersWrongOfFraud = new TreeMap<>();
    Map<String, Integer> ordersWrong = new TreeMap<>();
    for (StopPaymentRequest order : findings.orders()) {
      String whom = truth.wrong(order);
      if (whom != null) {
        count(truth.ofFraud(order) ? ordersWrongOfFraud : ordersWrong, whom);
      }
    }
    return new CaughtFigures(
        settings.run().seed(),
        settings.run().residents(),
        settings.run().days(),
        enrichment,
        findings.events(),
        stories.all(),
        stories.byKind(),
        cases.alerts(),
        cases.trueAlerts(),
        cases.falseByStory(),
        warnings.size(),
        urgent,
        toVictims,
        toMules,
        needlessByRule,
        needless,
        urgentToFraud,
        urgentNeedlessByRule,
        urgentNeedless,
        holdsRight,
        holdsWrong,
        holdsWrongByRule,
        holdsWrongByFate,
        casesBehind.size(),
        findings.requests(),
        findings.orders().size(),
        ordersWrongOfFraud,
        ordersWrong,
        rules(findings.hits(), truth, enrichment),
        Missed.of(truth.stories(), all, false),
        Missed.of(truth.stories(), all, true),
        metrics(findings, truth));
  }

  private static ObjectNode metrics(CaughtFindings findings, CaughtTruth truth) {
    truth.tell(findings.city(), findings.score());
    return findings.score().figures(findings.hits());
  }

  private static Alert.Subject subject(SubjectKind kind) {
    return switch (kind) {
      case HOLDER -> Alert.Subject.HOLDER;
      case ACCOUNT -> Alert.Subject.ACCOUNT;
      case NUMBER -> Alert.Subject.NUMBER;
    };
  }

  private static void count(Map<String, Integer> counts, String what) {
    counts.merge(what, 1, Integer::sum);
  }

  static String fate(RiskHold hold, Long liftedAtMs) {
    if (liftedAtMs == null) {
      return "risk hold to its term";
    }
    return liftedAtMs - hold.getOccurredAt().toEpochMilli() <= MINUTE_MS
        ? "risk hold lifted within a minute"
        : "risk hold lifted later";
  }

  private static String said(HoldGrounds.Ground ground) {
    return ground.lasted() ? "" : ", on a hit that was retracted";
  }

  private static Map<String, RuleCount> rules(
      List<RuleHit> hits, CaughtTruth truth, double enrichment) {
    Map<String, List<Alert>> byRule = new TreeMap<>();
    for (RuleHit hit : hits) {
      Alert alert = alert(hit);
      if (alert != null) {
        byRule.computeIfAbsent(hit.getRuleId(), any -> new ArrayList<>()).add(alert);
      }
    }
    Map<String, RuleCount> rules = new TreeMap<>();
    byRule.forEach(
        (rule, alerts) -> {
          Caught caught = Caught.of(truth.stories(), alerts, enrichment);
          rules.put(
              rule, new RuleCount(caught.alerts(), caught.trueAlerts(), caught.all().caught()));
        });
    return rules;
  }

  private static Alert alert(RuleHit hit) {
    long at = hit.getOccurredAt().toEpochMilli();
    if (hit.getKeyKind() == KeyKind.HOLDER) {
      return new Alert(Alert.Subject.HOLDER, hit.getKey(), at);
    }
    if (hit.getKeyKind() == KeyKind.NUMBER) {
      return new Alert(Alert.Subject.NUMBER, hit.getKey(), at);
    }
    if (hit.getKeyKind() == KeyKind.ACCOUNT) {
      return new Alert(Alert.Subject.ACCOUNT, hit.getKey(), at);
    }
    var link = hit.getTransaction();
    var side =
        link == null
            ? null
            : link.getPayee() == null || hit.getKeyKind() == KeyKind.DEVICE
                ? link.getPayer()
                : link.getPayee();
    return side == null ? null : new Alert(Alert.Subject.ACCOUNT, side.getAccountToken(), at);
  }

  /** Stories that were not caught, or too late, one by one. */
  private static final class Missed {
    private Missed() {}

    static Map<String, List<String>> of(
        List<TruthStory> stories, List<Alert> alerts, boolean onlyLate) {
      Map<String, List<String>> ids = new TreeMap<>();
      for (TruthStory story : stories) {
        if (story.fraud() && story.victimHolderToken() != null) {
          Caught.Count one = Caught.of(List.of(story), alerts, 1).all();
          boolean late = one.caught() == 1 && one.inTime() == 0;
          boolean missed = one.stories() == 1 && one.caught() == 0;
          if (onlyLate ? late : missed) {
            ids.computeIfAbsent(story.kind(), any -> new ArrayList<>()).add(story.storyId());
          }
        }
      }
      return ids;
    }
  }
}
