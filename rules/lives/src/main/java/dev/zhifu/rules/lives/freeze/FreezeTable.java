package dev.zhifu.rules.lives.freeze;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.freeze.FreezeEffect.*;
import static dev.zhifu.rules.lives.freeze.FreezeEvent.*;
import static dev.zhifu.rules.lives.freeze.FreezeFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The life of a freeze. What the law makes due becomes RELEASE_DUE: the paper ready, an alarm, the
 * head's signature; only expiry by law ends by itself.
 */
public final class FreezeTable {

  /** States in which the freeze is in force and nothing has made its release due. */
  public static final Set<FreezeState> LIVE =
      Set.copyOf(
          EnumSet.of(
              FreezeState.ACTIVE,
              FreezeState.VERIFY_DUE,
              FreezeState.RENEW_REVIEW,
              FreezeState.RENEWED,
              FreezeState.PARTIAL));

  /** States in which the bank keeps the money frozen. */
  public static final Set<FreezeState> HOLDING =
      Set.copyOf(
          EnumSet.of(
              FreezeState.ACTIVE,
              FreezeState.VERIFY_DUE,
              FreezeState.RENEW_REVIEW,
              FreezeState.RENEWED,
              FreezeState.PARTIAL,
              FreezeState.RELEASE_DUE));

  /** States of a freeze that was put forward and that the bank has not answered: a batch. */
  public static final Set<FreezeState> AT_ONCE =
      Set.copyOf(EnumSet.of(FreezeState.LEGAL_REVIEW, FreezeState.APPROVED, FreezeState.SENT));

  /** States in which a freeze is over, or came to nothing. */
  public static final Set<FreezeState> ENDED =
      Set.copyOf(EnumSet.of(FreezeState.REJECTED, FreezeState.RELEASED, FreezeState.EXPIRED));

  private static final LifeTable<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> LAW =
      LifeTable.of(new Words("冻结", "freeze"), FreezeState.class, FreezeState::words, rows());

  private FreezeTable() {}

  /** The table. */
  public static LifeTable<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> law() {
    return LAW;
  }

  private static List<Row<FreezeState, FreezeEvent, FreezeFact, FreezeEffect>> rows() {
    Rows<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> table = new Rows<>();
    table
        .fresh()
        .on(FreezeEvent.PROPOSED)
        .when(
            FreezeFact.CASE_FILED,
            FreezeFact.MONEY_LINKED,
            FreezeFact.NO_GOOD_FAITH,
            FreezeFact.NOT_POOLED,
            FreezeFact.NOT_FROZEN_HERE,
            FreezeFact.ACT_VERIFIED)
        .to(FreezeState.DRAFT)
        .by(CASE_OFFICER)
        .under(Clause.N22_2);
    table
        .from(FreezeState.DRAFT)
        .on(FreezeEvent.SUBMITTED)
        .when(
            FreezeFact.NOTICE_COMPLETE,
            FreezeFact.WITHIN_TRACED,
            FreezeFact.WHOLE_REASON_GIVEN,
            FreezeFact.ACT_VERIFIED)
        .to(FreezeState.LEGAL_REVIEW)
        .effects(COUNT_IN_CASE)
        .by(CASE_OFFICER)
        .under(Clause.PROCEDURE_239);
    table
        .from(FreezeState.LEGAL_REVIEW)
        .on(FreezeEvent.REVIEWED)
        .when(FreezeFact.NOT_REVIEWED, FreezeFact.ACT_VERIFIED)
        .same()
        .effects(NOTE_REVIEW)
        .by(LEGAL_REVIEWER)
        .under(Clause.N22);
    table
        .from(FreezeState.LEGAL_REVIEW)
        .on(FreezeEvent.APPROVED)
        .when(
            FreezeFact.CASE_FILED,
            FreezeFact.LEGAL_REVIEW_DONE,
            FreezeFact.HEAD_APPROVED,
            FreezeFact.CITY_HEAD_OR_FEW_ACCOUNTS,
            FreezeFact.CITY_HEAD_OR_SHORT_TERM,
            FreezeFact.ACT_VERIFIED)
        .to(FreezeState.APPROVED)
        .effects(MAKE_NOTICE)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_239);
    table
        .from(FreezeState.LEGAL_REVIEW, FreezeState.APPROVED)
        .on(FreezeEvent.REFUSED)
        .when(FreezeFact.REASON_GIVEN, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.REJECTED)
        .by(LEGAL_REVIEWER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.N22_2);
    table
        .from(FreezeState.APPROVED)
        .on(FreezeEvent.SENT)
        .when(FreezeFact.CASE_FILED, FreezeFact.CHANNEL_LAWFUL, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.SENT)
        .effects(SEND_FREEZE, START_ANSWER_CLOCK)
        .by(CASE_OFFICER)
        .under(Clause.N22_4);
    table
        .from(FreezeState.SENT, FreezeState.RENEW_REVIEW, FreezeState.RELEASED)
        .on(FreezeEvent.ANSWER_LATE)
        .same()
        .effects(ESCALATE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(FreezeState.SENT)
        .on(FreezeEvent.BANK_QUEUED)
        .when(FreezeFact.OWN_FREEZE)
        .to(FreezeState.QUEUED)
        .effects(END_ANSWER_CLOCK)
        .by(BANK)
        .under(Clause.PROCEDURE_242);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.BANK_FROZE)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.START_TIME_GIVEN, FreezeFact.ABOVE_ASKED)
        .to(FreezeState.ACTIVE)
        .effects(
            END_ANSWER_CLOCK,
            START_TERM,
            START_VERIFY,
            GIVE_NOTICE,
            CONVERT_STOP,
            ALARM_ABOVE_ASKED,
            PREPARE_REST,
            START_RELEASE_CLOCK)
        .by(BANK)
        .under(Clause.N22_2);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.BANK_FROZE)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.START_TIME_GIVEN, FreezeFact.WITHIN_ASKED)
        .to(FreezeState.ACTIVE)
        .effects(END_ANSWER_CLOCK, START_TERM, START_VERIFY, GIVE_NOTICE, CONVERT_STOP)
        .by(BANK)
        .under(Clause.PROCEDURE_243);
    table
        .from(FreezeState.RELEASE_DUE)
        .on(FreezeEvent.BANK_FROZE)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.START_TIME_GIVEN, FreezeFact.NOT_FROZEN_YET)
        .to(FreezeState.RELEASE_DUE)
        .effects(END_ANSWER_CLOCK, START_TERM, GIVE_NOTICE)
        .by(BANK)
        .under(Clause.PROCEDURE_243);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.BANK_REFUSED)
        .when(FreezeFact.OWN_FREEZE)
        .to(FreezeState.REJECTED)
        .effects(END_ANSWER_CLOCK, ALARM_REFUSED)
        .by(BANK)
        .under(Clause.PROCEDURE_239);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.CASE_DROPPED)
        .to(FreezeState.RELEASE_DUE)
        .effects(PREPARE_RELEASE, START_RELEASE_CLOCK)
        .by(ENGINE)
        .under(Clause.PROCEDURE_187);

    table
        .from(FreezeState.ACTIVE, FreezeState.VERIFY_DUE, FreezeState.RENEWED, FreezeState.PARTIAL)
        .on(FreezeEvent.VERIFIED_PART)
        .when(FreezeFact.VERIFIED_BELOW_FROZEN, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.PARTIAL)
        .effects(REDUCE, END_VERIFY, PREPARE_REST, START_RELEASE_CLOCK)
        .by(CASE_OFFICER)
        .under(Clause.N22_2);
    table
        .from(FreezeState.ACTIVE, FreezeState.VERIFY_DUE)
        .on(FreezeEvent.VERIFIED_ALL)
        .when(FreezeFact.VERIFIED_ALL_FROZEN, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.ACTIVE)
        .effects(END_VERIFY)
        .by(CASE_OFFICER)
        .under(Clause.N22);
    table
        .from(FreezeState.RENEWED)
        .on(FreezeEvent.VERIFIED_ALL)
        .when(FreezeFact.VERIFIED_ALL_FROZEN, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RENEWED)
        .effects(END_VERIFY)
        .by(CASE_OFFICER)
        .under(Clause.N22);
    table
        .from(LIVE)
        .on(FreezeEvent.REST_RELEASE_SIGNED)
        .when(FreezeFact.REST_DUE, FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .same()
        .effects(SEND_REST_RELEASE)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_241);
    table
        .from(HOLDING)
        .on(FreezeEvent.REST_LIFTED)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.NOTHING_FROZEN)
        .to(FreezeState.RELEASED)
        .effects(END_REST, END_ANSWER_CLOCK, END_TERM, END_VERIFY, END_NOTICE)
        .by(BANK)
        .under(Clause.PROCEDURE_247);
    table
        .from(HOLDING)
        .on(FreezeEvent.REST_LIFTED)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.STILL_FROZEN)
        .same()
        .effects(END_REST)
        .by(BANK)
        .under(Clause.PROCEDURE_247);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.FOUND_UNRELATED)
        .when(FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASE_DUE)
        .effects(PREPARE_RELEASE, START_RELEASE_CLOCK)
        .by(CASE_OFFICER)
        .under(Clause.PROCEDURE_247);
    table
        .from(LIVE)
        .on(FreezeEvent.FOUND_UNRELATED)
        .when(FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASE_DUE)
        .effects(END_VERIFY, PREPARE_RELEASE, START_RELEASE_CLOCK)
        .by(CASE_OFFICER)
        .under(Clause.PROCEDURE_247);
    table
        .from(FreezeState.ACTIVE, FreezeState.RENEWED)
        .on(FreezeEvent.MONTH_OVER)
        .when(FreezeFact.WHOLE_OR_RELATED, FreezeFact.VERIFY_TIME_OVER, FreezeFact.NOT_VERIFIED)
        .to(FreezeState.VERIFY_DUE)
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.N22);
    table
        .from(FreezeState.RENEW_REVIEW)
        .on(FreezeEvent.MONTH_OVER)
        .when(FreezeFact.WHOLE_OR_RELATED, FreezeFact.VERIFY_TIME_OVER, FreezeFact.NOT_VERIFIED)
        .same()
        .effects(KEEP_STATE, ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.N22);
    table
        .from(FreezeState.VERIFY_DUE)
        .on(FreezeEvent.VERIFY_EXTENDED)
        .when(FreezeFact.REASON_GIVEN, FreezeFact.WITHIN_THREE_MONTHS, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.VERIFY_DUE)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.N22);
    table
        .from(LIVE)
        .on(FreezeEvent.THREE_MONTHS_OVER)
        .when(FreezeFact.VERIFY_TIME_OVER, FreezeFact.NOT_VERIFIED)
        .to(FreezeState.RELEASE_DUE)
        .effects(END_VERIFY, PREPARE_RELEASE, START_RELEASE_CLOCK)
        .by(CLOCK)
        .under(Clause.N22);

    table
        .from(HOLDING)
        .on(FreezeEvent.END_NEAR)
        .when(FreezeFact.BEFORE_EXPIRY)
        .same()
        .effects(WARN_OF_END)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(FreezeState.ACTIVE, FreezeState.RENEWED, FreezeState.PARTIAL, FreezeState.VERIFY_DUE)
        .on(FreezeEvent.REVIEWED)
        .when(FreezeFact.NOT_REVIEWED, FreezeFact.BEFORE_EXPIRY, FreezeFact.ACT_VERIFIED)
        .same()
        .effects(NOTE_REVIEW)
        .by(LEGAL_REVIEWER)
        .under(Clause.N22);
    table
        .from(FreezeState.ACTIVE, FreezeState.RENEWED, FreezeState.PARTIAL, FreezeState.VERIFY_DUE)
        .on(FreezeEvent.RENEWAL_ASKED)
        .when(
            FreezeFact.TEN_DAYS_AHEAD,
            FreezeFact.LEGAL_REVIEW_DONE,
            FreezeFact.ORIGINAL_AUTHORITY,
            FreezeFact.CITY_HEAD_OR_SHORT_TERM,
            FreezeFact.CASE_FILED,
            FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RENEW_REVIEW)
        .effects(KEEP_STATE, SEND_RENEWAL, START_ANSWER_CLOCK)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.N22);
    table
        .from(FreezeState.RENEW_REVIEW)
        .on(FreezeEvent.BANK_RENEWED)
        .when(FreezeFact.OWN_FREEZE, FreezeFact.BEFORE_EXPIRY)
        .to(FreezeState.RENEWED)
        .effects(END_ANSWER_CLOCK, START_TERM)
        .by(BANK)
        .under(Clause.PROCEDURE_240);
    refusedRenewal(table, FreezeFact.WAS_VERIFY_DUE, FreezeState.VERIFY_DUE);
    refusedRenewal(table, FreezeFact.WAS_RENEWED, FreezeState.RENEWED);
    refusedRenewal(table, FreezeFact.WAS_PARTIAL, FreezeState.PARTIAL);
    refusedRenewal(table, FreezeFact.WAS_IN_FORCE, FreezeState.ACTIVE);
    table
        .from(HOLDING)
        .on(FreezeEvent.TERM_ENDED)
        .when(FreezeFact.TERM_OVER)
        .to(FreezeState.EXPIRED)
        .effects(END_TERM, END_VERIFY, END_RELEASE_CLOCK, END_NOTICE)
        .by(CLOCK)
        .under(Clause.PROCEDURE_240);

    table
        .from(
            FreezeState.ACTIVE,
            FreezeState.VERIFY_DUE,
            FreezeState.RENEW_REVIEW,
            FreezeState.RENEWED,
            FreezeState.PARTIAL,
            FreezeState.RELEASE_DUE)
        .on(FreezeEvent.REFUND_EXECUTED)
        .when(FreezeFact.WITHIN_FROZEN, FreezeFact.NOTHING_LEFT)
        .to(FreezeState.RELEASED)
        .effects(
            REDUCE_BY_REFUND,
            SEND_RELEASE,
            START_ANSWER_CLOCK,
            END_TERM,
            END_VERIFY,
            END_RELEASE_CLOCK,
            END_NOTICE)
        .by(ENGINE)
        .under(Clause.CPL_245);
    table
        .from(FreezeState.RELEASE_DUE)
        .on(FreezeEvent.REFUND_EXECUTED)
        .when(FreezeFact.WITHIN_FROZEN, FreezeFact.MONEY_LEFT)
        .to(FreezeState.RELEASE_DUE)
        .effects(REDUCE_BY_REFUND)
        .by(ENGINE)
        .under(Clause.CPL_245);
    table
        .from(FreezeState.RENEW_REVIEW)
        .on(FreezeEvent.REFUND_EXECUTED)
        .when(FreezeFact.WITHIN_FROZEN, FreezeFact.MONEY_LEFT)
        .to(FreezeState.RENEW_REVIEW)
        .effects(REDUCE_BY_REFUND, KEEP_STATE)
        .by(ENGINE)
        .under(Clause.CPL_245);
    table
        .from(FreezeState.ACTIVE, FreezeState.VERIFY_DUE, FreezeState.RENEWED, FreezeState.PARTIAL)
        .on(FreezeEvent.REFUND_EXECUTED)
        .when(FreezeFact.WITHIN_FROZEN, FreezeFact.MONEY_LEFT)
        .to(FreezeState.PARTIAL)
        .effects(REDUCE_BY_REFUND)
        .by(ENGINE)
        .under(Clause.CPL_245);

    // Upheld by whoever may sign the release, the freeze is lifted by that act; upheld by an
    // officer, it waits for nothing but the head's signature (procedure art. 241).
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.APPEAL_UPHELD)
        .when(FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASED)
        .effects(END_ANSWER_CLOCK, SEND_RELEASE, START_ANSWER_CLOCK)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(HOLDING)
        .on(FreezeEvent.APPEAL_UPHELD)
        .when(FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASED)
        .effects(
            END_ANSWER_CLOCK,
            SEND_RELEASE,
            START_ANSWER_CLOCK,
            END_TERM,
            END_VERIFY,
            END_RELEASE_CLOCK,
            END_NOTICE)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED, FreezeState.RELEASE_DUE)
        .on(FreezeEvent.APPEAL_UPHELD)
        .when(FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASE_DUE)
        .effects(PREPARE_RELEASE, START_RELEASE_AT_ONCE)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(LIVE)
        .on(FreezeEvent.APPEAL_UPHELD)
        .when(FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASE_DUE)
        .effects(END_VERIFY, PREPARE_RELEASE, START_RELEASE_AT_ONCE)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(LIVE)
        .on(FreezeEvent.CASE_DROPPED)
        .to(FreezeState.RELEASE_DUE)
        .effects(END_VERIFY, PREPARE_RELEASE, START_RELEASE_CLOCK)
        .by(ENGINE)
        .under(Clause.PROCEDURE_187);
    table
        .from(FreezeState.DRAFT, FreezeState.LEGAL_REVIEW, FreezeState.APPROVED)
        .on(FreezeEvent.CASE_DROPPED)
        .to(FreezeState.REJECTED)
        .by(ENGINE)
        .under(Clause.PROCEDURE_174);
    table
        .from(HOLDING)
        .on(FreezeEvent.RELEASE_OVERDUE)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.PROCEDURE_247);
    table
        .from(FreezeState.RELEASE_DUE)
        .on(FreezeEvent.RELEASE_SIGNED)
        .when(FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASED)
        .effects(
            SEND_RELEASE, START_ANSWER_CLOCK, END_TERM, END_VERIFY, END_RELEASE_CLOCK, END_NOTICE)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_241);
    table
        .from(FreezeState.SENT, FreezeState.QUEUED)
        .on(FreezeEvent.RELEASE_SIGNED)
        .when(FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASED)
        .effects(END_ANSWER_CLOCK, SEND_RELEASE, START_ANSWER_CLOCK)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_241);
    table
        .from(LIVE)
        .on(FreezeEvent.RELEASE_SIGNED)
        .when(FreezeFact.NO_REST_DUE, FreezeFact.HEAD_APPROVED, FreezeFact.ACT_VERIFIED)
        .to(FreezeState.RELEASED)
        .effects(
            SEND_RELEASE, START_ANSWER_CLOCK, END_TERM, END_VERIFY, END_RELEASE_CLOCK, END_NOTICE)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_241);
    table
        .from(FreezeState.RELEASED)
        .on(FreezeEvent.BANK_LIFTED)
        .when(FreezeFact.OWN_FREEZE)
        .to(FreezeState.RELEASED)
        .effects(END_ANSWER_CLOCK)
        .by(BANK)
        .under(Clause.PROCEDURE_241);
    return table.done();
  }

  /** A freeze whose renewal is refused goes on to its end as what it was. */
  private static void refusedRenewal(
      Rows<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> table,
      FreezeFact was,
      FreezeState to) {
    table
        .from(FreezeState.RENEW_REVIEW)
        .on(FreezeEvent.BANK_REFUSED_RENEWAL)
        .when(FreezeFact.OWN_FREEZE, was)
        .to(to)
        .effects(END_ANSWER_CLOCK, ALARM_REFUSED)
        .by(BANK)
        .under(Clause.PROCEDURE_240);
  }
}
