package dev.zhifu.rules.lives.holds;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.holds.VictimHoldEffect.*;
import static dev.zhifu.rules.lives.holds.VictimHoldEvent.*;
import static dev.zhifu.rules.lives.holds.VictimHoldFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The life of a protective stop on a victim's own accounts: credits only, with an end. */
public final class VictimHoldTable {

  /** States in which the account is restricted. */
  public static final Set<VictimHoldState> LIVE =
      Set.copyOf(EnumSet.of(VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE));

  private static final LifeTable<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect>
      LAW =
          LifeTable.of(
              new Words("保护性止付", "victim hold"),
              VictimHoldState.class,
              VictimHoldState::words,
              rows());

  private VictimHoldTable() {}

  /** The table. */
  public static LifeTable<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect>
      law() {
    return LAW;
  }

  private static List<Row<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect>>
      rows() {
    Rows<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect> table = new Rows<>();
    table
        .fresh()
        .on(VictimHoldEvent.PROPOSED)
        .when(
            VictimHoldFact.OWN_ACCOUNT_OF_VICTIM,
            VictimHoldFact.REASON_GIVEN,
            VictimHoldFact.TERM_WITHIN_LIMIT,
            VictimHoldFact.CASE_IS_HERE,
            VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.PROPOSED)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.PROPOSED)
        .on(VictimHoldEvent.APPROVED)
        .when(VictimHoldFact.REASON_GIVEN, VictimHoldFact.CASE_IS_HERE, VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.APPROVED)
        .effects(ASK_BANK)
        .by(DUTY_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.PROPOSED)
        .on(VictimHoldEvent.REFUSED)
        .when(VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.REFUSED)
        .by(DUTY_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.APPROVED)
        .on(VictimHoldEvent.BANK_APPLIED)
        .to(VictimHoldState.ACTIVE)
        .effects(START_TERM, GIVE_NOTICE)
        .by(BANK)
        .under(Clause.FRAUD_32);
    table
        .from(VictimHoldState.APPROVED)
        .on(VictimHoldEvent.BANK_DECLINED)
        .to(VictimHoldState.DECLINED)
        .by(BANK)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.ACTIVE)
        .on(VictimHoldEvent.HARDSHIP_ALLOWED)
        .when(VictimHoldFact.HARDSHIP_PURPOSE, VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.HARDSHIP_RELEASE)
        .effects(ASK_TO_PAY)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.HARDSHIP_RELEASE)
        .on(VictimHoldEvent.BANK_PAID)
        .to(VictimHoldState.ACTIVE)
        .by(BANK)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE)
        .on(VictimHoldEvent.END_NEAR)
        .same()
        .effects(WARN_OF_END)
        .by(CLOCK)
        .under(Clause.OWN);
    table
        .from(VictimHoldState.APPROVED, VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE)
        .on(VictimHoldEvent.LIFT_DECIDED)
        .when(VictimHoldFact.VISITED_AND_CONVINCED, VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.LIFTED)
        .effects(ASK_TO_LIFT, END_TERM, END_NOTICE)
        .by(DUTY_OFFICER, CASE_OFFICER)
        .under(Clause.FRAUD_32);
    table
        .from(VictimHoldState.APPROVED, VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE)
        .on(VictimHoldEvent.APPEAL_UPHELD)
        .when(VictimHoldFact.ACT_VERIFIED)
        .to(VictimHoldState.LIFTED)
        .effects(ASK_TO_LIFT, END_TERM, END_NOTICE)
        .by(DUTY_OFFICER, CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE)
        .on(VictimHoldEvent.TERM_ENDED)
        .when(VictimHoldFact.TERM_OVER)
        .to(VictimHoldState.EXPIRED)
        .effects(END_TERM, END_NOTICE)
        .by(CLOCK)
        .under(Clause.OWN);
    return table.done();
  }
}
