package dev.zhifu.rules.lives.refund;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.refund.RefundEffect.*;
import static dev.zhifu.rules.lives.refund.RefundEvent.*;
import static dev.zhifu.rules.lives.refund.RefundFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The life of a refund case: one for each frozen account. */
public final class RefundTable {

  /** States in which nothing has been paid and the case can still be refused. */
  public static final Set<RefundState> BEFORE_PAYMENT =
      Set.copyOf(
          EnumSet.of(
              RefundState.OPENED,
              RefundState.TRACED,
              RefundState.SINGLE,
              RefundState.TIMESTAMP,
              RefundState.PRORATA,
              RefundState.NOTICE,
              RefundState.OBJECTION,
              RefundState.PREPARED,
              RefundState.APPROVED));

  /**
   * States in which the bank has the notice and has not begun to pay: the notice can be called
   * back. From EXECUTING on the money may have left, and only the bank's answer says so.
   */
  public static final Set<RefundState> AT_THE_BANK =
      Set.copyOf(
          EnumSet.of(
              RefundState.ISSUED,
              RefundState.BANK_CHECK,
              RefundState.SUPPLEMENT,
              RefundState.FAILED_ACCOUNT));

  private static final LifeTable<RefundState, RefundEvent, RefundFact, RefundEffect> LAW =
      LifeTable.of(new Words("资金返还", "refund case"), RefundState.class, RefundState::words, rows());

  private RefundTable() {}

  /** The table. */
  public static LifeTable<RefundState, RefundEvent, RefundFact, RefundEffect> law() {
    return LAW;
  }

  private static List<Row<RefundState, RefundEvent, RefundFact, RefundEffect>> rows() {
    Rows<RefundState, RefundEvent, RefundFact, RefundEffect> table = new Rows<>();
    table
        .fresh()
        .on(RefundEvent.OPENED)
        .when(
            RefundFact.FREEZE_IN_FORCE,
            RefundFact.VICTIM_ID_OK,
            RefundFact.AGENT_POWER_OK,
            RefundFact.ACT_VERIFIED)
        .to(RefundState.OPENED)
        .effects(TELL_VICTIMS)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_5);
    table
        .from(RefundState.OPENED, RefundState.REOPENED)
        .on(RefundEvent.FLOW_TABLE_BUILT)
        .when(RefundFact.EVERY_HOP_PROVED, RefundFact.ACT_VERIFIED)
        .to(RefundState.TRACED)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.TRACED)
        .on(RefundEvent.FOUND_SINGLE)
        .when(RefundFact.ONE_CREDIT, RefundFact.ACT_VERIFIED)
        .to(RefundState.SINGLE)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.TRACED)
        .on(RefundEvent.FOUND_BY_TIMESTAMP)
        .when(RefundFact.TIMESTAMPS_DECIDE, RefundFact.ACT_VERIFIED)
        .to(RefundState.TIMESTAMP)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.TRACED)
        .on(RefundEvent.FOUND_PRORATA)
        .when(RefundFact.ACT_VERIFIED)
        .to(RefundState.PRORATA)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.PRORATA)
        .on(RefundEvent.PUBLISHED)
        .when(RefundFact.NOTICE_PUBLISHED, RefundFact.ACT_VERIFIED)
        .to(RefundState.NOTICE)
        .effects(START_NOTICE)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.NOTICE, RefundState.OBJECTION)
        .on(RefundEvent.OBJECTED)
        .when(RefundFact.WITHIN_NOTICE)
        .to(RefundState.OBJECTION)
        .effects(RECOMPUTE)
        .by(VICTIM, HOLDER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.OBJECTION)
        .on(RefundEvent.OBJECTION_DECIDED)
        .when(RefundFact.REASON_GIVEN, RefundFact.ACT_VERIFIED)
        .to(RefundState.OBJECTION)
        .by(CASE_OFFICER, LEGAL_REVIEWER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.NOTICE, RefundState.OBJECTION)
        .on(RefundEvent.NOTICE_ENDED)
        .when(RefundFact.TERM_OVER)
        .same()
        .effects(ALARM_NOTICE_OVER)
        .by(CLOCK)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.NOTICE, RefundState.OBJECTION)
        .on(RefundEvent.PREPARED)
        .when(
            RefundFact.NOTICE_OVER,
            RefundFact.OBJECTIONS_DECIDED,
            RefundFact.OWNERSHIP_CLEAR,
            RefundFact.SUM_WITHIN_FROZEN,
            RefundFact.EACH_WITHIN_LOSS,
            RefundFact.PAID_TO_VICTIM,
            RefundFact.ACT_VERIFIED)
        .to(RefundState.PREPARED)
        .effects(COMPUTE_SUMS)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.SINGLE, RefundState.TIMESTAMP)
        .on(RefundEvent.PREPARED)
        .when(
            RefundFact.OWNERSHIP_CLEAR,
            RefundFact.SUM_WITHIN_FROZEN,
            RefundFact.EACH_WITHIN_LOSS,
            RefundFact.PAID_TO_VICTIM,
            RefundFact.ACT_VERIFIED)
        .to(RefundState.PREPARED)
        .effects(COMPUTE_SUMS)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.PREPARED)
        .on(RefundEvent.APPROVED)
        .when(
            RefundFact.HEAD_APPROVED,
            RefundFact.FREEZE_IN_FORCE,
            RefundFact.SUM_WITHIN_FROZEN,
            RefundFact.ACT_VERIFIED)
        .to(RefundState.APPROVED)
        .effects(MAKE_DECISION)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_234);
    table
        .from(RefundState.APPROVED)
        .on(RefundEvent.SERVED)
        .when(
            RefundFact.TWO_OFFICERS,
            RefundFact.NOTICE_TO_BANK,
            RefundFact.FREEZE_IN_FORCE,
            RefundFact.SUM_WITHIN_FROZEN,
            RefundFact.PAID_TO_VICTIM,
            RefundFact.ACT_VERIFIED)
        .to(RefundState.ISSUED)
        .effects(SEND_TO_BANK, START_EXECUTION)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_SERVICE);
    table
        .from(RefundState.ISSUED)
        .on(RefundEvent.BANK_EXAMINES)
        .when(RefundFact.OWN_REFUND)
        .to(RefundState.BANK_CHECK)
        .by(BANK)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.BANK_CHECK)
        .on(RefundEvent.BANK_ASKS_MORE)
        .when(RefundFact.OWN_REFUND)
        .to(RefundState.SUPPLEMENT)
        .effects(END_EXECUTION)
        .by(BANK)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.SUPPLEMENT)
        .on(RefundEvent.SUPPLEMENTED)
        .when(RefundFact.ACT_VERIFIED)
        .to(RefundState.BANK_CHECK)
        .effects(SEND_TO_BANK, START_EXECUTION)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.BANK_CHECK)
        .on(RefundEvent.BANK_ACCEPTS)
        .when(RefundFact.OWN_REFUND)
        .to(RefundState.EXECUTING)
        .by(BANK)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.ISSUED, RefundState.BANK_CHECK, RefundState.EXECUTING)
        .on(RefundEvent.EXECUTION_LATE)
        .when(RefundFact.TERM_OVER)
        .same()
        .effects(ALARM_EXECUTION)
        .by(CLOCK)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.EXECUTING)
        .on(RefundEvent.BANK_PAID)
        .when(RefundFact.OWN_REFUND, RefundFact.RECEIPT_ADDS_UP, RefundFact.SUM_WITHIN_FROZEN)
        .to(RefundState.EXECUTED)
        .effects(END_EXECUTION, REDUCE_FREEZE, TELL_VICTIMS)
        .by(BANK)
        .under(Clause.REFUND_12);
    table
        .from(RefundState.EXECUTING)
        .on(RefundEvent.CANNOT_RECEIVE)
        .when(RefundFact.OWN_REFUND)
        .to(RefundState.FAILED_ACCOUNT)
        .effects(END_EXECUTION)
        .by(BANK)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.FAILED_ACCOUNT)
        .on(RefundEvent.OTHER_ACCOUNT_NAMED)
        .when(RefundFact.SAME_VICTIM, RefundFact.ACT_VERIFIED)
        .to(RefundState.EXECUTING)
        .effects(SEND_TO_BANK, START_EXECUTION)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.EXECUTED)
        .on(RefundEvent.REST_KEPT)
        .when(RefundFact.MONEY_LEFT)
        .to(RefundState.RESIDUE_HELD)
        .effects(KEEP_FROZEN)
        .by(ENGINE)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.RESIDUE_HELD)
        .on(RefundEvent.NEW_VICTIM)
        .when(RefundFact.VICTIM_ID_OK, RefundFact.FREEZE_IN_FORCE, RefundFact.ACT_VERIFIED)
        .to(RefundState.REOPENED)
        .effects(TELL_VICTIMS)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(BEFORE_PAYMENT)
        .on(RefundEvent.REFUSED)
        .when(RefundFact.REASON_GIVEN, RefundFact.ACT_VERIFIED)
        .to(RefundState.REJECTED)
        .effects(GIVE_REASONS)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.GOOD_FAITH);
    table
        .from(AT_THE_BANK)
        .on(RefundEvent.REFUSED)
        .when(RefundFact.REASON_GIVEN, RefundFact.ACT_VERIFIED)
        .to(RefundState.REJECTED)
        .effects(GIVE_REASONS, RECALL_NOTICE, END_EXECUTION)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.GOOD_FAITH);
    table
        .from(RefundState.EXECUTED, RefundState.RESIDUE_HELD)
        .on(RefundEvent.CLOSED)
        .when(RefundFact.NOTHING_LEFT, RefundFact.ACT_VERIFIED)
        .to(RefundState.CLOSED)
        .by(CASE_OFFICER)
        .under(Clause.REFUND_8);
    table
        .from(RefundState.EXECUTED, RefundState.RESIDUE_HELD)
        .on(RefundEvent.CLOSED)
        .when(RefundFact.COURT_RULED, RefundFact.ACT_VERIFIED)
        .to(RefundState.CLOSED)
        .by(CASE_OFFICER)
        .under(Clause.CPL_245);
    return table.done();
  }
}
