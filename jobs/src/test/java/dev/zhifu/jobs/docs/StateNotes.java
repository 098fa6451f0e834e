package dev.zhifu.jobs.docs;

import static dev.zhifu.rules.features.FeatureDeclaration.Entity.HOLDER;
import static dev.zhifu.rules.features.FeatureDeclaration.Entity.PAYEE_ACCOUNT;
import static dev.zhifu.rules.features.FeatureDeclaration.Entity.PAYER_ACCOUNT;

import dev.zhifu.jobs.features.RouterOperator;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.recovery.RecoveryPipeline;
import dev.zhifu.jobs.refund.Loss;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.shadow.ShadowOverlap;
import dev.zhifu.rules.features.FeatureDeclaration.Entity;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.lives.order.StopClock;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.wire.Environment;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What no snapshot can tell of a state: who clears it, what bounds it, and a full or usual element
 * to weigh.
 */
final class StateNotes {
  private static final ScoreSettings SCORE = ScoreSettings.defaults();
  private static final OrderSettings ORDERS = OrderSettings.defaults(Environment.DEMO);
  private static final String HIT_MEMORY =
      "event-time timer, " + hours(SCORE.hitMemoryMs()) + " after the hit";
  private static final String CASE_MEMORY =
      "event-time timer, " + hours(SCORE.caseMemoryMs()) + " after the newest evidence";

  private static final String ENDED =
      "with the watermark, " + Places.REMEMBERED_MS / 1000 + " s after a version ended";
  private static final String IN_FORCE = "versions in force and to come, and those just ended";

  private static final String TIMER_BYTES = "about 45";
  private static final String INDEX = "one, with an id and a time for each entry of its map";

  private final Map<String, Note> notes = new TreeMap<>();

  /**
   * One note.
   *
   * @param cleared who clears it and when
   * @param bound most elements under one key
   * @param element an element to weigh, of the value's class, or of the class of a map's values;
   *     null when weighed elsewhere
   * @param bytes bytes of a key, when {@code element} is null
   */
  record Note(String cleared, String bound, Object element, String bytes) {}

  StateNotes() {
    features("payee-features", "account", PAYEE_ACCOUNT);
    features("payer-features", "account", PAYER_ACCOUNT);
    features("holder-features", "holder", HOLDER);
    router();
    match();
    scoring();
    ends();
    timers();
    recovery();
    traces();
    shapes();
    refunds();
  }

  private void recovery() {
    weighed(
        "recovery.lives.v1",
        "never: a term may run for years; the file of a risk hold an hour after its end",
        "at most " + thousands(LifeDesk.LIVES_MAX),
        Specimens.life());
    weighed("recovery.chain.v1", "never", "one", Specimens.chainHead());
    said(
        "recovery.early.v1",
        "with its hold, or after 25 h",
        "answers read before their hold",
        "about 130");
    weighed(
        "recovery.waiting.v1",
        "with the first tick after the record is read",
        "what arrives until then",
        Specimens.recoveryInput());
    said(
        "recovery.broadcast.v1", "never", "one mark, of clocks given to older refunds", "about 30");
    weighed("stop-watch.clock.v1", "never", "one", StopClock.NONE);
    weighed("stop-watch.order.v1", "never", "one", Specimens.stopRequest());
    weighed("stop-watch.paperwork.v1", "never", "one", Specimens.paperwork());
    said("stop-watch.broadcast.v1", "nothing is kept in it", "none", "0");
    said(
        "stop-watch _timer_state/event_user-timers",
        "fires",
        "one for each change of the next clock",
        TIMER_BYTES);
    weighed("report-join.cases.v1", "never", "cases of one report", Boolean.TRUE);
    weighed("report-join.act.v1", "never", "one", Specimens.recoveryAcceptance());
    weighed("audit-roots.heads.v1", "never", "one a case", Specimens.chainHead());
    weighed("audit-roots.changed.v1", "each minute", "cases of a minute", Specimens.chainHead());
    weighed("audit-roots.last.v1", "never", "one", Specimens.chainHead());
    weighed("audit-roots.minute.v1", "never", "one", 1L);
    said(
        "recovery _timer_state/event_user-timers",
        "fires",
        "one for each change of the next clock",
        TIMER_BYTES);
    said("report-join _timer_state/event_user-timers", "none set", "none", "0");
    said("audit-roots _timer_state/event_user-timers", "none set", "none", "0");
  }

  private void traces() {
    said(
        "ledger.days.v1",
        "event-time timer, " + RecoveryPipeline.KEPT_DAYS + " days after the day",
        "one a day, " + thousands(LedgerDay.MOST) + " movements in each",
        "37 a movement on a day of a hundred");
    weighed(
        "ledger.account.v1", "with the last day of the ledger", "one", Specimens.traceAccount());
    said(
        "ledger.trace.v1",
        "with the last day of the ledger",
        "one, for an account that a trace has reached",
        "about 250 for each message heard or sent");
    weighed("ledger.lists.v1", "never", "one an entry of the lists", Specimens.listEntry());
    said("ledger.waits.v1", "when the lists are read", "one", "1");
    said("ledger.epoch.v1", "replaced by each snapshot", "one a subtask", "8");
    said(
        "ledger-trace _timer_state/event_user-timers",
        "fires",
        "one a day of the ledger",
        TIMER_BYTES);
    weighed(
        "trace-claims.accounts.v1",
        "never: a trace is part of its case",
        "accounts of a trace, by the limits of depth and breadth",
        Specimens.stated());
    weighed("trace-claims.asked.v1", "never", "as the accounts", Specimens.followOn());
    weighed("trace-claims.claim.v1", "never", "one", Specimens.traceClaim());
    weighed("trace-claims.number.v1", "never", "one", 1L);
    said("trace-claims _timer_state/event_user-timers", "none set", "none", "0");
  }

  private void shapes() {
    NetworkSettings bounds = NetworkSettings.defaults();
    said(
        "network.paid.v1",
        "event-time timer once a window, 180 days after the newest payment to it",
        "at most " + thousands(bounds.partners()) + " accounts that it has paid",
        "8");
    said(
        "network.steps.v1",
        "event-time timer once a window, when no step and no partner is left",
        "one, with "
            + bounds.steps()
            + " first payments in and out at most, "
            + bounds.trails()
            + " trails with each that came in",
        "3 at rest; docs/network.md gives usual and largest");
    weighed("network.lists.v1", "never", "one an entry of the lists", Specimens.listEntry());
    said("network.began.v1", "replaced by each snapshot", "one a subtask", "8");
    said(
        "network-shapes _timer_state/event_user-timers",
        "fires",
        "one, while the account is known",
        TIMER_BYTES);
  }

  private void refunds() {
    weighed("recovery.plans.v1", "never", "freezes of the case", Specimens.refundPlan());
    weighed(
        "ledger.frozen.v1",
        "with the end of the freeze",
        "freezes of the account",
        Specimens.examined());
    weighed("refund.freezes.v1", "never", "one a freeze", Specimens.life());
    said("refund.accounts.v1", "never", "one a frozen account", "about 70 a freeze");
    weighed("refund.cases.v1", "never", "one a freeze", Specimens.life());
    said("refund.waiting.v1", "when the freeze is read", "none at rest", "as a life each");
    weighed("refund.stops.v1", "never", "one an order", Specimens.stopRequest());
    said("refund.holds.v1", "never", "one a risk hold", "about 130");
    weighed("refund.examined.v1", "never", "one a freeze", Specimens.examined());
    weighed("refund.plans.v1", "never", "one a freeze", Specimens.refundPlan());
    weighed("refund.claims.v1", "never", "one a report", new Loss("v".repeat(32), 4_000_000));
    said("refund.victims.v1", "never", "one a victim", "about 250");
    said("refund.books.v1", "never", "one a restricted account", "about 100, and 80 an entry");
    weighed("refund.unsettled.v1", "when both lives have spoken", "none at rest", 1L);
    weighed("refund.minute.v1", "never", "one", 1L);
    said("refunds _timer_state/event_user-timers", "none set", "none", "0");
  }

  /** The note of a state; null when there is none. */
  Note of(KeptState state) {
    Note own = notes.get(state.uid() + " " + state.name());
    return own == null ? notes.get(state.name()) : own;
  }

  private void features(String uid, String entity, Entity kind) {
    said(
        uid + "." + entity + ".v1",
        "event-time timer: " + kind.kept(),
        "one; every list in it is bounded",
        "usual " + kind.ordinaryBytes() + " or less, most " + thousands(kind.mostBytes()));
    said(
        uid + " _timer_state/event_expiry",
        "fires; set anew while the entity lives",
        "one",
        TIMER_BYTES);
  }

  private void router() {
    said("valid-events.history-cut.v1", "never", "one a subtask", "8");
    weighed("router.publications.v1", ENDED, IN_FORCE, Specimens.publication());
    said(
        "rule-gate.rules.v1",
        "never",
        "one for each rule ever published, whatever the number of its versions",
        "about 160");
    weighed("router.listings.v1", "never", "list entries of the city", Specimens.listEntry());
    weighed(
        "router.held.v1",
        "when rules and lists have been read",
        thousands(RouterOperator.MOST_HELD) + " events a subtask",
        Specimens.enriched());
  }

  private void match() {
    said(
        "match.record.v1",
        "event-time timer, when nothing is under way",
        "events of the tail, 50 waiting first events of each rule, hits announced and not final",
        "empty for a key without relevant events");
    said(
        "match.bases.v1",
        "as `match.record.v1`; a withdrawn version at its end",
        MatchSettings.DEFAULT.maxPartials() + " partial matches of each rule",
        "grows with partial matches; over the bound the key's rule overflows and is cleared");
    weighed(
        "match.held.v1",
        "when the rules have been read",
        "events that came before",
        Specimens.enrichedBytes());
    weighed("match.publications.v1", ENDED, IN_FORCE, Specimens.publication());
    said(
        "match.schemas.v1",
        "never",
        "one text for each version of the event's schema",
        "size of the schema, about 20 kB");
    said("match.progress.v1", "replaced by each snapshot", "one a subtask", "under 100");
    said(
        "_timer_state/event_match-timers",
        "fires",
        "one for each time at which something is decided",
        TIMER_BYTES);
  }

  private void scoring() {
    String most = SCORE.maxHits() + " a case, the oldest leave";
    weighed("score-holder.hits.v1", HIT_MEMORY, most, Specimens.hit());
    weighed(
        "score-holder.holds.v1",
        "lifted, or with the head",
        "one for each transfer under a live hit",
        Specimens.placedHold());
    weighed("score-holder.head.v1", CASE_MEMORY, "one", Specimens.caseHead());
    weighed("score-account.hits.v1", HIT_MEMORY, most, Specimens.hit());
    weighed("score-account.links.v1", HIT_MEMORY, most, Specimens.link());
    weighed("score-account.reports.v1", CASE_MEMORY, most, Specimens.reported());
    for (String map : new String[] {"score-holder.hits", "score-holder.holds"}) {
      weighed(map + "-index.v1", "with the head", INDEX, Specimens.stateIndex());
    }
    for (String map : new String[] {"hits", "links", "reports"}) {
      weighed("score-account." + map + "-index.v1", "with the head", INDEX, Specimens.stateIndex());
    }
    for (String step : new String[] {"score-holder", "score-account"}) {
      said(
          step + ".curbs.v1",
          "replaced by the next decision about the same thing",
          "one for each limited rule and suppressed subject, and the kill switch",
          "about 120");
      said(step + ".limited.v1", "with its hit", SCORE.maxHits() + " a case", "about 75");
      said(
          step + ".passed.v1",
          "with the next hit, one span after",
          "a limited rule's share of its limit",
          "about 25");
    }
    said(
        "shadow-overlap.hits.v1",
        "event-time timer, " + hours(ShadowOverlap.WINDOW_MS) + " after the hit",
        ShadowOverlap.MOST + " a subject, the oldest leave",
        "about 150");
    said(
        "shadow-totals.sum.v1",
        "never",
        "one for each version ever in shadow or behind a wrong stop",
        "about 60");
    said("shadow-totals.wrong.v1", "never", "one for each stop found wrong", "about 80");
    weighed("score-account.head.v1", CASE_MEMORY, "one", Specimens.caseHead());
    weighed("score-account.hold.v1", "lifted, or with the head", "one", Specimens.placedHold());
    said("score-account.cleared.v1", "event-time timer, 30 d after the verdict", "one", "8");
    weighed("score-account.proposal.v1", "with the head", "one", Specimens.proposal());
    weighed(
        "decision-join.parts.v1",
        "processing-time timer, 60 s after the answer",
        "one",
        Specimens.joinState());
  }

  private void ends() {
    said(
        "stop-orders.account.v1",
        "never: the two stops of the law have no end in time",
        ORDERS.ordersMax() + " orders, " + ORDERS.waitingReceiptsMax() + " waiting answers",
        "about "
            + thousands(Specimens.bytesOfOneOrder())
            + " for each order; nothing for an account without one");
    said(
        "stop-orders.control.v1",
        "pruned by each tick; the lists never",
        "one element: a day's automatic orders, wrong stops, lists, authorisations",
        "about " + Specimens.bytesOfControl() + " with one of each");
    said("stop-orders.broadcast.v1", "always empty", "none", "0");
    said(
        "read-to-end.offsets.v1",
        "replaced by each snapshot",
        "one line for each topic partition",
        "about 30");
    said("order-ticks.last.v1", "replaced by each snapshot", "two numbers", "8");
    said("rule-gate-clock.last.v1", "replaced by each snapshot", "two numbers", "8");
  }

  private void timers() {
    said("shadow-overlap _timer_state/event_user-timers", "fires", "one for each hit", TIMER_BYTES);
    said(
        "shadow-totals _timer_state/event_user-timers",
        "fires with the next watermark",
        "one",
        TIMER_BYTES);
    said(
        "score-holder _timer_state/event_user-timers",
        "fires; set anew while the case lives",
        "one",
        TIMER_BYTES);
    said(
        "score-account _timer_state/event_user-timers",
        "fires; set anew while the case lives",
        "one",
        TIMER_BYTES);
    said(
        "stop-orders _timer_state/event_user-timers",
        "fires",
        "the next deadline of the account",
        TIMER_BYTES);
    said("decision-join _timer_state/processing_user-timers", "fires", "two at most", TIMER_BYTES);
    said("decision-join _timer_state/event_user-timers", "none set", "none", "0");
    said("_timer_state/processing_user-timers", "none set", "none", "0");
    said("_timer_state/processing_expiry", "none set", "none", "0");
    said("_timer_state/processing_match-timers", "none set", "none", "0");
  }

  private void weighed(String name, String cleared, String bound, Object element) {
    notes.put(name, new Note(cleared, bound, element, null));
  }

  private void said(String name, String cleared, String bound, String bytes) {
    notes.put(name, new Note(cleared, bound, null, bytes));
  }

  private static String hours(long ms) {
    long hours = ms / 3_600_000;
    return hours % 24 == 0 && hours > 24 ? hours / 24 + " d" : hours + " h";
  }

  private static String thousands(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
