package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.AccountQueries.Query;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.Offer;
import dev.zhifu.desk.view.FlowGraph.Flow;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A case page.
 *
 * @param about the case as it stands
 * @param sentence who is in danger and what happens, in one sentence
 * @param moneyFen still reachable
 * @param assigned who works on it; null while nobody does
 * @param reasons why: one a rule
 * @param timeline events, those that matched marked
 * @param flow where the money went
 * @param trace what the trace says of it; null while it says nothing
 * @param orders its orders
 * @param holds risk holds on the accounts concerned
 * @param warnings warnings of the victim
 * @param lives what recovery keeps of it: its own life, freezes, refunds, victim holds, appeals
 * @param history what happened to the case, with actors and hashes
 * @param queries what its victim's bank is asked about masked accounts and has not answered
 */
public record CaseView(
    FraudCase about,
    String sentence,
    long moneyFen,
    String assigned,
    List<Reason> reasons,
    List<Moment> timeline,
    Flow flow,
    Traced.Trace trace,
    List<OrderView> orders,
    List<HoldView> holds,
    List<VictimWarning> warnings,
    List<LifeTransition> lives,
    List<Past> history,
    List<Query> queries) {

  /**
   * One rule's share.
   *
   * @param ruleId the rule
   * @param version its version
   * @param name in the page's language
   * @param plain what it looks for
   * @param weight of the hit in the score
   * @param isFinal true when no event can change the hit
   * @param features what the engine knew at the last event, of a shape its transfers: name,
   *     meaning, value
   */
  public record Reason(
      String ruleId,
      int version,
      String name,
      String plain,
      double weight,
      boolean isFinal,
      List<Known> features) {}

  /** One feature's value. */
  public record Known(String name, String meaning, String value) {}

  /**
   * One event.
   *
   * @param at event time
   * @param text in words
   * @param steps rule and step that it matched; empty for context
   */
  public record Moment(Instant at, String text, List<String> steps) {}

  /**
   * One order.
   *
   * @param order its newest transition
   * @param receipt the bank's newest answer; null without one
   * @param offers what may be asked for, or why not
   * @param act the newest act asked for about it here; null without one
   * @param bank its bank
   * @param tracedShare traced money over the balance found, 0 to 1; -1 when unknown
   * @param inBulk true when it may be signed with others
   * @param traceWords why the trace asks for it, in one sentence; empty while it says nothing
   * @param correction whether what the bank did not find as stated can be corrected here
   * @param paper the newest paper about it; null while none goes on paper
   * @param lift what its bank answered to its release; null while there is no release to answer
   * @param silent since when its bank owes an answer to it; null when it owes none, or by paper
   */
  public record OrderView(
      StopPaymentRequest order,
      StopPaymentReceipt receipt,
      List<Offer> offers,
      Act act,
      BankDirectory.Bank bank,
      double tracedShare,
      boolean inBulk,
      String traceWords,
      Correction correction,
      LifeTransition paper,
      Lifts.Lift lift,
      Instant silent) {}

  /** Whether an order that failed on its data can be made anew with better ones. */
  public enum Correction {
    /** It did not fail, or a newer order has followed it. */
    NONE,
    /** The name that the report stated differs: an officer corrects it. */
    OPEN,
    /** What differs is a bank's own word: that bank must be asked. */
    BY_BANK
  }

  /**
   * A risk hold.
   *
   * @param hold the newest message of it
   * @param outcome the bank's word about it, a name of HoldResult; empty while there is none
   * @param answeredAt the bank's time of that; null while there is none
   */
  public record HoldView(RiskHold hold, String outcome, Instant answeredAt) {
    private static final Set<String> OVER = Set.of("DECLINED", "RELEASED", "EXPIRED");

    /** True while it is asked for or in force, so that its end counts. */
    public boolean runs() {
      return hold.getAction() == HoldAction.PLACE && !OVER.contains(outcome);
    }
  }

  /**
   * One thing that happened.
   *
   * @param at event or tick time
   * @param who actor: a person, two of them, the engine or a bank
   * @param role the role that the actor had, in words; empty where the actor has one alone
   * @param what in words
   * @param cause why, in words or as the id of what caused it; empty where nothing more is known
   * @param proof hash under which it is on record: of a signed act, of the audit's chain, of the
   *     desk's own record; empty where none is kept
   */
  public record Past(
      Instant at, String who, String role, String what, String cause, String proof) {}
}
