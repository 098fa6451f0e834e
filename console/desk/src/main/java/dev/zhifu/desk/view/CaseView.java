package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.AccountQueries.Query;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActState;
import dev.zhifu.desk.acts.Offer;
import dev.zhifu.desk.view.FlowGraph.Flow;
import dev.zhifu.desk.view.Sendings.Sending;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    Part<Moment> timeline,
    Flow flow,
    Traced.Trace trace,
    Part<OrderView> orders,
    List<HoldView> holds,
    List<VictimWarning> warnings,
    List<LifeTransition> lives,
    Part<Past> history,
    List<Query> queries) {

  /** What its life says of the body that it was handed to; null while it is here. */
  public CaseDetail handedOver() {
    return lives.stream()
        .filter(life -> life.getObjectId().equals(about.getCaseId()))
        .map(LifeTransition::getDetail)
        .filter(CaseDetail.class::isInstance)
        .map(CaseDetail.class::cast)
        .filter(detail -> !detail.getReceivingBody().isEmpty())
        .findFirst()
        .orElse(null);
  }

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
   * @param harm what it does to the holder and to others
   * @param appeal an appeal against it that is not decided; null without one
   * @param sendings what went to the statutory platform about it, the oldest first; none for a bank
   *     that is not behind it
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
      Instant silent,
      Harm harm,
      String appeal,
      List<Sending> sendings) {

    /** True when it may be asked for with others and nobody has asked yet. */
    public boolean isFree() {
      return inBulk
          && (act == null || act.state() != ActState.ASKED && act.state() != ActState.SENT);
    }

    /** When an answer that stays out goes up, level by level; nothing when its bank owes none. */
    public List<Rung> ladder() {
      List<Rung> ladder = new ArrayList<>();
      if (silent != null) {
        for (int i = 0; i < LEVELS.size(); i++) {
          ladder.add(new Rung(LEVELS.get(i), silent.plus(LegalTerms.ESCALATION.get(i))));
        }
      }
      return ladder;
    }
  }

  /**
   * Orders that a page offers to ask for together: of the report of the first that is free, as many
   * as one press can ask for.
   *
   * @return their ids
   */
  public static List<String> together(List<OrderView> orders) {
    List<StopPaymentRequest> free =
        orders.stream().filter(OrderView::isFree).map(OrderView::order).toList();
    return free.stream()
        .filter(order -> Objects.equals(order.getReportId(), free.get(0).getReportId()))
        .limit(ActDesk.MANY)
        .map(StopPaymentRequest::getOrderId)
        .toList();
  }

  /** To whom an order without an answer goes up, in this order. */
  private static final List<String> LEVELS = List.of("BANK", "BANNER", "CITY");

  /**
   * One step of the ladder; our own service level.
   *
   * @param level BANK, BANNER or CITY
   * @param dueAt when it is due, tick time
   */
  public record Rung(String level, Instant dueAt) {}

  /**
   * What a stop, freeze or hold does to the holder and to others.
   *
   * @param balanceFen on the account when its bank last said so; null when it has not
   * @param tracedFen traced to victims into the account, fen, part of which may have left; 0 when
   *     nothing is
   * @param payroll PAYROLL for an account that pays wages, WAGES where wages come in, UNKNOWN
   *     otherwise: when and how much is due stands in no stream and is asked of bank or holder
   * @param stated harm as appeals against it state it, the oldest first; none without one
   */
  public record Harm(Long balanceFen, long tracedFen, String payroll, List<String> stated) {
    /** What of the balance was traced to victims, fen; null while no balance is known. */
    public Long tracedThereFen() {
      return balanceFen == null ? null : Math.min(balanceFen, tracedFen);
    }

    /** What is kept and was not traced to a victim, fen; null while no balance is known. */
    public Long restFen() {
      return balanceFen == null ? null : Math.max(0, balanceFen - tracedFen);
    }

    /** The traced part of the balance, 0 to 1; -1 when it is not known. */
    public double share() {
      return balanceFen == null || balanceFen <= 0 || tracedFen <= 0
          ? -1
          : Math.min(1.0, tracedFen / (double) balanceFen);
    }
  }

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
