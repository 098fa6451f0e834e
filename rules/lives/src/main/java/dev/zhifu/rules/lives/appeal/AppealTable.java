package dev.zhifu.rules.lives.appeal;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.appeal.AppealEffect.*;
import static dev.zhifu.rules.lives.appeal.AppealEvent.*;
import static dev.zhifu.rules.lives.appeal.AppealFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The life of an appeal against a restriction: accepted, checked, upheld or rejected; upheld lifts
 * at once.
 */
public final class AppealTable {

  /** States in which nothing has been decided. */
  public static final Set<AppealState> OPEN =
      Set.copyOf(EnumSet.of(AppealState.SUBMITTED, AppealState.ACCEPTED, AppealState.CHECKING));

  private static final LifeTable<AppealState, AppealEvent, AppealFact, AppealEffect> LAW =
      LifeTable.of(new Words("申诉", "appeal"), AppealState.class, AppealState::words, rows());

  private AppealTable() {}

  /** The table. */
  public static LifeTable<AppealState, AppealEvent, AppealFact, AppealEffect> law() {
    return LAW;
  }

  private static List<Row<AppealState, AppealEvent, AppealFact, AppealEffect>> rows() {
    Rows<AppealState, AppealEvent, AppealFact, AppealEffect> table = new Rows<>();
    table
        .fresh()
        .on(AppealEvent.SUBMITTED)
        .when(AppealFact.RESTRICTION_KNOWN)
        .to(AppealState.SUBMITTED)
        .effects(START_ACCEPTANCE)
        .by(HOLDER)
        .under(Clause.FRAUD_32);
    table
        .from(AppealState.SUBMITTED)
        .on(AppealEvent.ACCEPTANCE_LATE)
        .when(AppealFact.TERM_OVER)
        .to(AppealState.SUBMITTED)
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(AppealState.SUBMITTED)
        .on(AppealEvent.ACCEPTED)
        .when(AppealFact.ACT_VERIFIED)
        .to(AppealState.ACCEPTED)
        .effects(END_ACCEPTANCE, START_CHECK)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(AppealState.ACCEPTED)
        .on(AppealEvent.CHECK_BEGUN)
        .when(
            AppealFact.EVIDENCE_AND_HARM_ATTACHED,
            AppealFact.DECIDING_OFFICER_NAMED,
            AppealFact.ACT_VERIFIED)
        .to(AppealState.CHECKING)
        .effects(TO_DECIDING_OFFICER)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(AppealState.ACCEPTED, AppealState.CHECKING)
        .on(AppealEvent.CHECK_LATE)
        .when(AppealFact.TERM_OVER)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(AppealState.SUBMITTED, AppealState.ACCEPTED, AppealState.CHECKING)
        .on(AppealEvent.UPHELD)
        .when(AppealFact.CAUSE_GIVEN, AppealFact.ACT_VERIFIED)
        .to(AppealState.UPHELD)
        .effects(END_ACCEPTANCE, END_CHECK, LIFT_AT_ONCE, COUNT_WRONG_STOP, FEED_RULES, TELL_HOLDER)
        .by(DUTY_OFFICER, CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(AppealState.CHECKING)
        .on(AppealEvent.REJECTED)
        .when(AppealFact.REASONS_AND_REMEDY_GIVEN, AppealFact.ACT_VERIFIED)
        .to(AppealState.REJECTED)
        .effects(END_CHECK, TELL_HOLDER)
        .by(DUTY_OFFICER, CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    return table.done();
  }
}
