package dev.zhifu.rules.lives.order;

import static dev.zhifu.rules.lives.order.OrderEffect.*;
import static dev.zhifu.rules.lives.order.OrderEvent.*;
import static dev.zhifu.rules.lives.order.OrderFact.*;
import static dev.zhifu.wire.OrderState.*;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Rows;
import dev.zhifu.rules.lives.Words;
import dev.zhifu.wire.OrderState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The life of a stop-payment order (银发〔2016〕86号 第二条, anti-fraud law art. 20 and 32). SIGNED is the
 * law's sealed state with our digital signature; the statutory electronic seal is the platform's.
 */
public final class OrderTable {

  /** States in which an account is kept from paying out, or a conversion of that is under way. */
  public static final Set<OrderState> IN_FORCE =
      Set.copyOf(EnumSet.of(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING));

  /** States in which a signed order is out and may still take effect at its bank. */
  public static final Set<OrderState> UNANSWERED = Set.copyOf(EnumSet.of(SIGNED, SENT));

  /** States in which an order object still stands in the way of another one. */
  public static final Set<OrderState> OPEN =
      Set.copyOf(EnumSet.of(DRAFT, SIGNED, SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING));

  private static final LifeTable<OrderState, OrderEvent, OrderFact, OrderEffect> LAW =
      LifeTable.of(
          new Words("紧急止付", "stop-payment order"), OrderState.class, OrderWords::of, lawRows());

  private OrderTable() {}

  /** The table. */
  public static LifeTable<OrderState, OrderEvent, OrderFact, OrderEffect> law() {
    return LAW;
  }

  private static List<Row<OrderState, OrderEvent, OrderFact, OrderEffect>> lawRows() {
    Rows<OrderState, OrderEvent, OrderFact, OrderEffect> table = new Rows<>();

    table
        .fresh()
        .on(PROPOSED)
        .when(STOPS_LEFT, NO_OTHER_ORDER_LIVE, NEWER_EVIDENCE)
        .to(DRAFT)
        .effects(COPY_FIELDS)
        .by(Role.ENGINE)
        .under(Clause.N86);
    table
        .from(WITHDRAWN)
        .on(PROPOSED)
        .when(STOPS_LEFT, NO_OTHER_ORDER_LIVE)
        .to(DRAFT)
        .effects(COPY_FIELDS)
        .by(Role.ENGINE)
        .under(Clause.N86);
    table
        .from(DRAFT)
        .on(JUDGED_AGAIN)
        .to(DRAFT)
        .effects(COPY_FIELDS)
        .by(Role.ENGINE)
        .under(Clause.OWN);
    table
        .from(DRAFT)
        .on(OFFICER_SIGNED)
        .when(LEGAL_GUARDS_HOLD, OFFICER_VERIFIED)
        .to(SIGNED)
        .by(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)
        .under(Clause.N86);
    table
        .from(DRAFT)
        .on(AUTHORISATION_COVERED)
        .when(AUTOMATIC_GUARDS_HOLD)
        .to(SIGNED)
        .by(Role.ENGINE)
        .under(Clause.OWN);
    table
        .from(DRAFT)
        .on(REQUEST_REJECTED)
        .when(OFFICER_VERIFIED)
        .to(REJECTED)
        .by(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)
        .under(Clause.OWN);
    table.from(DRAFT).on(EVIDENCE_WITHDRAWN).to(WITHDRAWN).by(Role.ENGINE).under(Clause.OWN);

    table
        .from(SIGNED)
        .on(SENT_TO_BANK)
        .to(SENT)
        .effects(SEND_ENVELOPE, START_ANSWER_CLOCK)
        .by(Role.ENGINE)
        .under(Clause.N86);
    table
        .fresh()
        .on(FOUND_IN_RECORD)
        .when(RECORD_VERIFIED)
        .to(SENT)
        .effects(START_ANSWER_CLOCK)
        .by(Role.ENGINE)
        .under(Clause.OWN);
    table
        .from(DRAFT, WITHDRAWN, REJECTED)
        .on(FOUND_IN_RECORD)
        .when(RECORD_VERIFIED)
        .to(SENT)
        .effects(START_ANSWER_CLOCK)
        .by(Role.ENGINE)
        .under(Clause.OWN);

    table
        .from(SENT)
        .on(RETRY_DUE)
        .when(TRIES_LEFT)
        .to(SENT)
        .effects(SEND_ENVELOPE, START_ANSWER_CLOCK)
        .by(Role.CLOCK)
        .under(Clause.OWN);
    table
        .from(SENT)
        .on(TRIES_SPENT)
        .when(NO_TRIES_LEFT)
        .to(TIMEOUT)
        .effects(STOP_ANSWER_CLOCK, PHONE_BANK)
        .by(Role.CLOCK)
        .under(Clause.OWN);
    table.from(SENT).on(BANK_HAS_IT).when(OWN_PAYLOAD).to(SENT).by(Role.BANK).under(Clause.N86);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_TURNED_AWAY)
        .when(OWN_PAYLOAD)
        .to(REJECTED_FORMAT)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_NOT_FOUND)
        .when(OWN_PAYLOAD)
        .to(NOT_FOUND)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_MISMATCH)
        .when(OWN_PAYLOAD)
        .to(MISMATCH)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_ALREADY_FROZEN)
        .when(OWN_PAYLOAD)
        .to(REJECTED)
        .effects(STOP_ANSWER_CLOCK)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(SENT)
        .on(BANK_STOPPED)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE)
        .effects(STOP_ANSWER_CLOCK, COUNT_STOP, START_TERM, GIVE_NOTICE)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(SENT)
        .on(BANK_STOPPED_ZERO)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE_ZERO)
        .effects(STOP_ANSWER_CLOCK, COUNT_STOP, START_TERM, GIVE_NOTICE, FOLLOW_MONEY)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(TIMEOUT, REJECTED_FORMAT)
        .on(BANK_STOPPED)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE, ALARM_LATE_STOP)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(TIMEOUT, REJECTED_FORMAT)
        .on(BANK_STOPPED_ZERO)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE_ZERO)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE, FOLLOW_MONEY, ALARM_LATE_STOP)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(TIMEOUT)
        .on(REQUEST_REJECTED)
        .when(OFFICER_VERIFIED)
        .to(REJECTED)
        .by(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)
        .under(Clause.OWN);

    table
        .from(SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING, TIMEOUT)
        .on(EVIDENCE_WITHDRAWN)
        .same()
        .effects(PROPOSE_RELEASE)
        .by(Role.ENGINE)
        .under(Clause.OWN);
    table
        .from(SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING, TIMEOUT)
        .on(EVIDENCE_RESTORED)
        .same()
        .by(Role.ENGINE)
        .under(Clause.OWN);

    table
        .from(ACTIVE, ACTIVE_ZERO)
        .on(EXTENSION_SENT)
        .when(OFFICER_VERIFIED, STOPS_LEFT)
        .same()
        .by(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)
        .under(Clause.N86);
    table
        .from(ACTIVE, ACTIVE_ZERO)
        .on(EXTENSION_UNANSWERED)
        .when(NO_TRIES_LEFT)
        .same()
        .by(Role.CLOCK)
        .under(Clause.OWN);
    table
        .from(ACTIVE, ACTIVE_ZERO)
        .on(FOUND_IN_RECORD)
        .when(RECORD_VERIFIED)
        .same()
        .by(Role.ENGINE)
        .under(Clause.OWN);
    table
        .from(ACTIVE, ACTIVE_ZERO)
        .on(STOP_EXTENDED)
        .when(START_TIME_GIVEN, STOPS_LEFT)
        .to(EXTENDED)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE)
        .by(Role.BANK)
        .under(Clause.N86);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED)
        .on(FREEZE_SENT)
        .when(CASE_FILED)
        .to(CONVERTING)
        .by(Role.ENGINE)
        .under(Clause.PROCEDURE_178);
    table
        .from(CONVERTING)
        .on(FREEZE_TOOK_EFFECT)
        .when(BEFORE_EXPIRY)
        .to(CONVERTED)
        .effects(END_TERM, END_NOTICE)
        .by(Role.BANK)
        .under(Clause.PROCEDURE_239);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_ACTIVE)
        .to(ACTIVE)
        .effects(ALARM_GAP)
        .by(Role.BANK)
        .under(Clause.OWN);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_ACTIVE_ZERO)
        .to(ACTIVE_ZERO)
        .effects(ALARM_GAP)
        .by(Role.BANK)
        .under(Clause.OWN);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_EXTENDED)
        .to(EXTENDED)
        .effects(ALARM_GAP)
        .by(Role.BANK)
        .under(Clause.OWN);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(TERM_OVER)
        .to(EXPIRED)
        .effects(END_TERM, END_NOTICE, ALARM_GAP)
        .by(Role.BANK)
        .under(Clause.OWN);

    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING)
        .on(RELEASE_DECIDED)
        .when(OFFICER_VERIFIED)
        .to(RELEASED)
        .effects(END_TERM, END_NOTICE, LIFT_AT_BANK)
        .by(Role.DUTY_OFFICER, Role.CASE_OFFICER, Role.COUNTY_HEAD, Role.CITY_HEAD)
        .under(Clause.FRAUD_32);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED)
        .on(TERM_ENDED)
        .when(TERM_OVER)
        .to(EXPIRED)
        .effects(END_TERM, END_NOTICE)
        .by(Role.CLOCK)
        .under(Clause.N86);
    table
        .from(CONVERTING)
        .on(TERM_ENDED)
        .when(TERM_OVER)
        .to(EXPIRED)
        .effects(END_TERM, END_NOTICE, ALARM_GAP)
        .by(Role.CLOCK)
        .under(Clause.N86);
    table.from(SENT).on(ANSWER_LATE).same().effects(ESCALATE).by(Role.CLOCK).under(Clause.OWN);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING)
        .on(END_NEAR)
        .when(BEFORE_EXPIRY)
        .same()
        .effects(WARN_OF_END)
        .by(Role.CLOCK)
        .under(Clause.OWN);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING)
        .on(RELEASE_FELL_DUE)
        .same()
        .effects(PREPARE_RELEASE)
        .by(Role.ENGINE)
        .under(Clause.FRAUD_32);
    return table.done();
  }
}
