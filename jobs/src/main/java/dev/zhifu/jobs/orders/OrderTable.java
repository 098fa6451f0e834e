package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.OrderEffect.*;
import static dev.zhifu.jobs.orders.OrderEvent.*;
import static dev.zhifu.jobs.orders.OrderFact.*;
import static dev.zhifu.wire.OrderState.*;

import dev.zhifu.jobs.orders.OrderRow.Driver;
import dev.zhifu.wire.OrderState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The life of a stop-payment order as a table that can be read beside the law (银发〔2016〕86号 第二条,
 * anti-fraud law art. 20 and 32). SIGNED is the law's sealed state with our digital signature; the
 * statutory electronic seal is the platform's. Pure: the same state, event and facts always give
 * the same row; what no row allows does not happen.
 */
final class OrderTable {

  /** States in which an account is kept from paying out, or a conversion of that is under way. */
  static final Set<OrderState> IN_FORCE =
      Set.copyOf(EnumSet.of(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING));

  /** States in which a signed order is out and may still take effect at its bank. */
  static final Set<OrderState> UNANSWERED = Set.copyOf(EnumSet.of(SIGNED, SENT));

  /** States in which an order object still stands in the way of another one. */
  static final Set<OrderState> OPEN =
      Set.copyOf(EnumSet.of(DRAFT, SIGNED, SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING));

  private static final OrderTable LAW = new OrderTable(lawRows());

  private final List<OrderRow> rows;

  private OrderTable(List<OrderRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table. */
  static OrderTable law() {
    return LAW;
  }

  List<OrderRow> rows() {
    return rows;
  }

  /**
   * The row that applies.
   *
   * @param from state before; null when there is no order yet
   * @param event what happened
   * @param facts what has been established; all else does not hold
   * @return the first row whose guard holds; empty: the event changes nothing
   */
  Optional<OrderRow> step(OrderState from, OrderEvent event, Set<OrderFact> facts) {
    return rows.stream()
        .filter(row -> row.speaksOf(from, event) && facts.containsAll(row.guard()))
        .findFirst();
  }

  private static List<OrderRow> lawRows() {
    Rows table = new Rows();

    table
        .fresh()
        .on(PROPOSED)
        .when(STOPS_LEFT, NO_OTHER_ORDER_LIVE, NEWER_EVIDENCE)
        .to(DRAFT)
        .effects(COPY_FIELDS);
    table
        .from(WITHDRAWN)
        .on(PROPOSED)
        .when(STOPS_LEFT, NO_OTHER_ORDER_LIVE)
        .to(DRAFT)
        .effects(COPY_FIELDS);
    table.from(DRAFT).on(JUDGED_AGAIN).to(DRAFT).effects(COPY_FIELDS);
    table.from(DRAFT).on(OFFICER_SIGNED).when(LEGAL_GUARDS_HOLD, OFFICER_VERIFIED).to(SIGNED);
    table.from(DRAFT).on(AUTHORISATION_COVERED).when(AUTOMATIC_GUARDS_HOLD).to(SIGNED);
    table.from(DRAFT).on(REQUEST_REJECTED).when(OFFICER_VERIFIED).to(REJECTED);
    table.from(DRAFT).on(EVIDENCE_WITHDRAWN).to(WITHDRAWN);

    table.from(SIGNED).on(SENT_TO_BANK).to(SENT).effects(SEND_ENVELOPE, START_ANSWER_CLOCK);
    table.fresh().on(FOUND_IN_RECORD).when(RECORD_VERIFIED).to(SENT).effects(START_ANSWER_CLOCK);
    table
        .from(DRAFT, WITHDRAWN, REJECTED)
        .on(FOUND_IN_RECORD)
        .when(RECORD_VERIFIED)
        .to(SENT)
        .effects(START_ANSWER_CLOCK);

    table
        .from(SENT)
        .on(RETRY_DUE)
        .when(TRIES_LEFT)
        .to(SENT)
        .effects(SEND_ENVELOPE, START_ANSWER_CLOCK);
    table
        .from(SENT)
        .on(TRIES_SPENT)
        .when(NO_TRIES_LEFT)
        .to(TIMEOUT)
        .effects(STOP_ANSWER_CLOCK, PHONE_BANK);
    table.from(SENT).on(BANK_HAS_IT).when(OWN_PAYLOAD).to(SENT);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_TURNED_AWAY)
        .when(OWN_PAYLOAD)
        .to(REJECTED_FORMAT)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_NOT_FOUND)
        .when(OWN_PAYLOAD)
        .to(NOT_FOUND)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_MISMATCH)
        .when(OWN_PAYLOAD)
        .to(MISMATCH)
        .effects(STOP_ANSWER_CLOCK, CORRECT_DATA);
    table
        .from(SENT, TIMEOUT)
        .on(BANK_ALREADY_FROZEN)
        .when(OWN_PAYLOAD)
        .to(REJECTED)
        .effects(STOP_ANSWER_CLOCK);
    table
        .from(SENT)
        .on(BANK_STOPPED)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE)
        .effects(STOP_ANSWER_CLOCK, COUNT_STOP, START_TERM, GIVE_NOTICE);
    table
        .from(SENT)
        .on(BANK_STOPPED_ZERO)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE_ZERO)
        .effects(STOP_ANSWER_CLOCK, COUNT_STOP, START_TERM, GIVE_NOTICE, FOLLOW_MONEY);
    table
        .from(TIMEOUT, REJECTED_FORMAT)
        .on(BANK_STOPPED)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE, ALARM_LATE_STOP);
    table
        .from(TIMEOUT, REJECTED_FORMAT)
        .on(BANK_STOPPED_ZERO)
        .when(OWN_PAYLOAD, START_TIME_GIVEN)
        .to(ACTIVE_ZERO)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE, FOLLOW_MONEY, ALARM_LATE_STOP);
    table.from(TIMEOUT).on(REQUEST_REJECTED).when(OFFICER_VERIFIED).to(REJECTED);

    table
        .from(SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING, TIMEOUT)
        .on(EVIDENCE_WITHDRAWN)
        .same()
        .effects(PROPOSE_RELEASE);
    table
        .from(SENT, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING, TIMEOUT)
        .on(EVIDENCE_RESTORED)
        .same();

    table
        .from(ACTIVE, ACTIVE_ZERO)
        .on(STOP_EXTENDED)
        .when(START_TIME_GIVEN, STOPS_LEFT)
        .to(EXTENDED)
        .effects(COUNT_STOP, START_TERM, GIVE_NOTICE)
        .by(Driver.RECOVERY);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED)
        .on(FREEZE_SENT)
        .when(CASE_FILED)
        .to(CONVERTING)
        .by(Driver.RECOVERY);
    table
        .from(CONVERTING)
        .on(FREEZE_TOOK_EFFECT)
        .when(BEFORE_EXPIRY)
        .to(CONVERTED)
        .effects(END_TERM, END_NOTICE)
        .by(Driver.RECOVERY);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_ACTIVE)
        .to(ACTIVE)
        .effects(ALARM_GAP)
        .by(Driver.RECOVERY);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_ACTIVE_ZERO)
        .to(ACTIVE_ZERO)
        .effects(ALARM_GAP)
        .by(Driver.RECOVERY);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(BEFORE_EXPIRY, STOP_WAS_EXTENDED)
        .to(EXTENDED)
        .effects(ALARM_GAP)
        .by(Driver.RECOVERY);
    table
        .from(CONVERTING)
        .on(FREEZE_REFUSED)
        .when(TERM_OVER)
        .to(EXPIRED)
        .effects(END_TERM, END_NOTICE, ALARM_GAP)
        .by(Driver.RECOVERY);

    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING)
        .on(RELEASE_DECIDED)
        .when(OFFICER_VERIFIED)
        .to(RELEASED)
        .effects(END_TERM, END_NOTICE, LIFT_AT_BANK);
    table
        .from(ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING)
        .on(TERM_ENDED)
        .when(TERM_OVER)
        .to(EXPIRED)
        .effects(END_TERM, END_NOTICE);
    return table.done();
  }

  /** Collects rows while they are being written; a row ends where the next begins. */
  private static final class Rows {
    private final List<OrderRow> rows = new ArrayList<>();
    private Collection<OrderState> from;
    private OrderEvent event;
    private Set<OrderFact> guard;
    private int first;

    Rows fresh() {
      return begin(Set.of());
    }

    Rows from(OrderState... states) {
      return begin(EnumSet.copyOf(List.of(states)));
    }

    private Rows begin(Collection<OrderState> states) {
      from = states;
      guard = Set.of();
      first = rows.size();
      return this;
    }

    Rows on(OrderEvent happened) {
      event = happened;
      return this;
    }

    Rows when(OrderFact... facts) {
      guard = Set.copyOf(EnumSet.copyOf(List.of(facts)));
      return this;
    }

    Rows to(OrderState state) {
      rows.add(new OrderRow(Set.copyOf(from), event, guard, state, List.of(), Driver.STOP_ORDERS));
      return this;
    }

    /** One row a state: the state stays as it is. */
    Rows same() {
      for (OrderState state : from) {
        rows.add(new OrderRow(Set.of(state), event, guard, state, List.of(), Driver.STOP_ORDERS));
      }
      return this;
    }

    Rows effects(OrderEffect... effects) {
      for (int i = first; i < rows.size(); i++) {
        OrderRow row = rows.get(i);
        rows.set(
            i,
            new OrderRow(
                row.from(), row.event(), row.guard(), row.to(), List.of(effects), row.driver()));
      }
      return this;
    }

    Rows by(Driver driver) {
      for (int i = first; i < rows.size(); i++) {
        OrderRow row = rows.get(i);
        rows.set(
            i, new OrderRow(row.from(), row.event(), row.guard(), row.to(), row.effects(), driver));
      }
      return this;
    }

    List<OrderRow> done() {
      return rows;
    }
  }
}
