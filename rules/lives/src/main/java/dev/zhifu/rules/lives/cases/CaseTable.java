package dev.zhifu.rules.lives.cases;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.cases.CaseEffect.*;
import static dev.zhifu.rules.lives.cases.CaseEvent.*;
import static dev.zhifu.rules.lives.cases.CaseFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import dev.zhifu.wire.CaseState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The life of a case. No freeze may be sent unless its case is in {@link #FILED_STATES}. */
public final class CaseTable {

  /** Before the number of the application form among the documents of an acceptance. */
  public static final String FORM = "form:";

  /** Before the number of the victim's identity document among them. */
  public static final String IDENTITY = "id:";

  /** States in which the case is filed and neither withdrawn nor closed: a freeze is possible. */
  public static final Set<CaseState> FILED_STATES =
      Set.copyOf(EnumSet.of(CaseState.FILED, CaseState.INVESTIGATING, CaseState.SOLVED));

  /** States in which a case with an accepted report takes further ones. */
  public static final Set<CaseState> TAKES_REPORTS =
      Set.copyOf(
          EnumSet.of(
              CaseState.ACCEPTED,
              CaseState.EMERGENCY,
              CaseState.FILED,
              CaseState.INVESTIGATING,
              CaseState.SOLVED));

  private static final LifeTable<CaseState, CaseEvent, CaseFact, CaseEffect> LAW =
      LifeTable.of(new Words("案件", "case"), CaseState.class, CaseWords::of, rows());

  private CaseTable() {}

  /** The table. */
  public static LifeTable<CaseState, CaseEvent, CaseFact, CaseEffect> law() {
    return LAW;
  }

  private static List<Row<CaseState, CaseEvent, CaseFact, CaseEffect>> rows() {
    Rows<CaseState, CaseEvent, CaseFact, CaseEffect> table = new Rows<>();
    table
        .fresh()
        .on(CaseEvent.SCORE_REACHED)
        .when(CaseFact.VICTIM_KNOWN)
        .to(CaseState.ALERT)
        .effects(CREATE_TASK)
        .by(ENGINE)
        .under(Clause.FRAUD_34);
    table.fresh().on(CaseEvent.ACCOUNT_SUSPECTED).to(CaseState.ALERT).by(ENGINE).under(Clause.OWN);
    table
        .fresh()
        .on(CaseEvent.VICTIM_REPORTED)
        .to(CaseState.REPORTED)
        .effects(START_ENTRY_CLOCK)
        .by(VICTIM, ENGINE)
        .under(Clause.PLATFORM_2016);
    table
        .from(CaseState.ALERT)
        .on(CaseEvent.DISPATCHED)
        .when(CaseFact.OFFICER_NAMED, CaseFact.ACT_VERIFIED)
        .to(CaseState.DISSUADING)
        .effects(WARN_VICTIM)
        .by(DISPATCHER, DUTY_OFFICER)
        .under(Clause.FRAUD_34);
    table
        .from(CaseState.ALERT, CaseState.DISSUADING)
        .on(CaseEvent.NO_FRAUD_FOUND)
        .when(CaseFact.NOTE_WRITTEN, CaseFact.ACT_VERIFIED)
        .to(CaseState.FALSE_ALARM)
        .effects(LIFT_RISK_HOLDS, FEED_RULES)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(CaseState.DISSUADING)
        .on(CaseEvent.NOT_REACHED)
        .when(CaseFact.TRIED_TWICE, CaseFact.ACT_VERIFIED)
        .to(CaseState.DISSUADING)
        .effects(ESCALATE_VISIT)
        .by(DUTY_OFFICER, DISPATCHER)
        .under(Clause.OWN);
    table
        .from(CaseState.DISSUADING)
        .on(CaseEvent.CONVINCED)
        .when(CaseFact.FOLLOW_UP_SET, CaseFact.ACT_VERIFIED)
        .to(CaseState.AVERTED)
        .effects(START_REMINDERS, FEED_RULES)
        .by(DUTY_OFFICER, DISPATCHER)
        .under(Clause.FRAUD_34);
    table
        .from(CaseState.AVERTED)
        .on(CaseEvent.REMINDER_DUE)
        .to(CaseState.AVERTED)
        .effects(CREATE_TASK)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(CaseState.ALERT, CaseState.DISSUADING, CaseState.AVERTED, CaseState.FALSE_ALARM)
        .on(CaseEvent.VICTIM_REPORTED)
        .to(CaseState.REPORTED)
        .effects(START_ENTRY_CLOCK)
        .by(VICTIM, ENGINE)
        .under(Clause.PLATFORM_2016);
    table
        .from(CaseState.DISSUADING)
        .on(CaseEvent.LOSS_SEEN)
        .to(CaseState.REPORTED)
        .effects(START_ENTRY_CLOCK)
        .by(ENGINE)
        .under(Clause.OWN);
    table
        .from(CaseState.REPORTED)
        .on(CaseEvent.REPORT_ACCEPTED)
        .when(CaseFact.FORM_AND_ID_COMPLETE, CaseFact.ACT_VERIFIED)
        .to(CaseState.ACCEPTED)
        .effects(GIVE_RECEIPT)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.PROCEDURE_171);
    // Several victims of one case are normal life: each has a receipt, the case goes on as it is.
    table
        .from(TAKES_REPORTS)
        .on(CaseEvent.FURTHER_REPORT_ACCEPTED)
        .when(CaseFact.FORM_AND_ID_COMPLETE, CaseFact.ACT_VERIFIED)
        .same()
        .effects(GIVE_RECEIPT)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.PROCEDURE_171);
    table
        .from(CaseState.ACCEPTED)
        .on(CaseEvent.LOSS_ENTERED)
        .when(CaseFact.FIRST_ACCOUNT_KNOWN, CaseFact.ACT_VERIFIED)
        .to(CaseState.EMERGENCY)
        .effects(END_ENTRY_CLOCK)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.PLATFORM_2016);
    table
        .from(CaseState.REPORTED, CaseState.ACCEPTED)
        .on(CaseEvent.ENTRY_OVERDUE)
        .same()
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.PLATFORM_2016);

    table
        .from(CaseState.EMERGENCY)
        .on(CaseEvent.FILED)
        .when(CaseFact.COUNTY_HEAD_APPROVED, CaseFact.ACT_VERIFIED)
        .to(CaseState.FILED)
        .effects(ALLOW_FREEZES)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_178);
    table
        .from(CaseState.EMERGENCY)
        .on(CaseEvent.NOT_FILED)
        .when(CaseFact.COUNTY_HEAD_APPROVED, CaseFact.ACT_VERIFIED)
        .to(CaseState.NOT_FILED)
        .effects(RELEASE_ALL_DUE, TELL_REPORTER)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_178);
    table
        .from(CaseState.EMERGENCY)
        .on(CaseEvent.TRANSFERRED)
        .when(CaseFact.RECEIVING_BODY_NAMED, CaseFact.ACT_VERIFIED)
        .to(CaseState.TRANSFERRED)
        .effects(START_TRANSFER_CLOCK, HAND_OVER_ORDERS)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_175);
    table
        .from(CaseState.TRANSFERRED)
        .on(CaseEvent.TRANSFER_OVERDUE)
        .to(CaseState.TRANSFERRED)
        .effects(ALARM_OVERDUE)
        .by(CLOCK)
        .under(Clause.PROCEDURE_175);
    table
        .from(CaseState.TRANSFERRED)
        .on(CaseEvent.HANDED_OVER)
        .when(CaseFact.ACT_VERIFIED)
        .to(CaseState.TRANSFERRED)
        .effects(END_TRANSFER_CLOCK)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_175);
    table
        .from(CaseState.FILED)
        .on(CaseEvent.INVESTIGATION_BEGUN)
        .when(CaseFact.ACT_VERIFIED)
        .to(CaseState.INVESTIGATING)
        .by(CASE_OFFICER)
        .under(Clause.PROCEDURE_178);
    table
        .from(CaseState.INVESTIGATING)
        .on(CaseEvent.FACTS_VERIFIED)
        .when(CaseFact.ACT_VERIFIED)
        .to(CaseState.SOLVED)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.OWN);
    table
        .from(CaseState.FILED, CaseState.INVESTIGATING, CaseState.SOLVED)
        .on(CaseEvent.CLOSED)
        .when(CaseFact.NOTHING_LIVE, CaseFact.ACT_VERIFIED)
        .to(CaseState.CLOSED)
        .effects(ARCHIVE)
        .by(CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.AML_34);
    table
        .from(CaseState.FILED, CaseState.INVESTIGATING, CaseState.SOLVED)
        .on(CaseEvent.WITHDRAWN)
        .when(CaseFact.COUNTY_HEAD_APPROVED, CaseFact.ACT_VERIFIED)
        .to(CaseState.WITHDRAWN)
        .effects(RELEASE_ALL_DUE, TELL_REPORTER)
        .by(COUNTY_HEAD, CITY_HEAD)
        .under(Clause.PROCEDURE_187);
    return table.done();
  }
}
