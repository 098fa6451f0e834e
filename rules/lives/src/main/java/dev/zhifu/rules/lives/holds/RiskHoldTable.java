package dev.zhifu.rules.lives.holds;

import static dev.zhifu.rules.lives.Role.*;
import static dev.zhifu.rules.lives.holds.RiskHoldEffect.*;
import static dev.zhifu.rules.lives.holds.RiskHoldEvent.*;
import static dev.zhifu.rules.lives.holds.RiskHoldFact.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The life of a bank's own measure at our request; 24 h at most, renewed never. */
public final class RiskHoldTable {

  /** States in which the bank may be keeping the money in place. */
  public static final Set<RiskHoldState> LIVE =
      Set.copyOf(EnumSet.of(RiskHoldState.REQUESTED, RiskHoldState.APPLIED, RiskHoldState.LIFTING));

  private static final LifeTable<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect> LAW =
      LifeTable.of(
          new Words("银行风险管控", "risk hold"), RiskHoldState.class, RiskHoldState::words, rows());

  private RiskHoldTable() {}

  /** The table. */
  public static LifeTable<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect> law() {
    return LAW;
  }

  private static List<Row<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect>> rows() {
    Rows<RiskHoldState, RiskHoldEvent, RiskHoldFact, RiskHoldEffect> table = new Rows<>();
    table
        .fresh()
        .on(RiskHoldEvent.ASKED)
        .when(RiskHoldFact.ENDS_WITHIN_24H, RiskHoldFact.FIRST_ON_PAYMENT, RiskHoldFact.NOTICE_MADE)
        .to(RiskHoldState.REQUESTED)
        .effects(ASK_BANK, START_TERM, GIVE_NOTICE)
        .by(ENGINE)
        .under(Clause.FRAUD_18);
    table
        .from(RiskHoldState.REQUESTED)
        .on(RiskHoldEvent.BANK_APPLIED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.APPLIED)
        .by(BANK)
        .under(Clause.FRAUD_18);
    table
        .from(RiskHoldState.REQUESTED)
        .on(RiskHoldEvent.BANK_DECLINED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.DECLINED)
        .effects(END_TERM, END_NOTICE)
        .by(BANK)
        .under(Clause.FRAUD_18);
    table
        .from(RiskHoldState.LIFTING)
        .on(RiskHoldEvent.BANK_APPLIED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.LIFTING)
        .effects(ASK_TO_LIFT)
        .by(BANK)
        .under(Clause.FRAUD_32);
    table
        .from(RiskHoldState.LIFTING)
        .on(RiskHoldEvent.BANK_DECLINED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.DECLINED)
        .effects(END_TERM)
        .by(BANK)
        .under(Clause.FRAUD_18);
    table
        .from(RiskHoldState.REQUESTED, RiskHoldState.APPLIED)
        .on(RiskHoldEvent.LIFT_ASKED)
        .to(RiskHoldState.LIFTING)
        .effects(ASK_TO_LIFT, END_NOTICE)
        .by(ENGINE)
        .under(Clause.FRAUD_32);
    table
        .from(RiskHoldState.REQUESTED, RiskHoldState.APPLIED)
        .on(RiskHoldEvent.APPEAL_UPHELD)
        .when(RiskHoldFact.ACT_VERIFIED)
        .to(RiskHoldState.LIFTING)
        .effects(ASK_TO_LIFT, END_NOTICE)
        .by(DUTY_OFFICER, CASE_OFFICER, COUNTY_HEAD, CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(RiskHoldState.REQUESTED, RiskHoldState.APPLIED, RiskHoldState.LIFTING)
        .on(RiskHoldEvent.BANK_RELEASED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.RELEASED)
        .effects(END_TERM, END_NOTICE)
        .by(BANK)
        .under(Clause.FRAUD_32);
    table
        .from(RiskHoldState.REQUESTED, RiskHoldState.APPLIED, RiskHoldState.LIFTING)
        .on(RiskHoldEvent.BANK_ENDED)
        .when(RiskHoldFact.OWN_HOLD)
        .to(RiskHoldState.EXPIRED)
        .effects(END_TERM, END_NOTICE)
        .by(BANK)
        .under(Clause.FRAUD_18);
    table
        .from(RiskHoldState.REQUESTED, RiskHoldState.APPLIED, RiskHoldState.LIFTING)
        .on(RiskHoldEvent.TERM_ENDED)
        .when(RiskHoldFact.TERM_OVER)
        .to(RiskHoldState.EXPIRED)
        .effects(END_TERM, END_NOTICE)
        .by(CLOCK)
        .under(Clause.OWN);
    return table.done();
  }
}
