package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.order.OrderEffect;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One input meeting one account: the only place where an order changes state, always through {@link
 * OrderTable}. Every transition leaves as a request under (orderId, sequence).
 */
final class OrderTurn {

  private final String accountToken;
  private final OrderBook book;
  private final OrderControls controls;
  private final OrderOutput output;
  private OfficerAct acting;

  OrderTurn(String accountToken, OrderBook book, OrderControls controls, OrderOutput output) {
    this.accountToken = accountToken;
    this.book = book;
    this.controls = controls;
    this.output = output;
  }

  String accountToken() {
    return accountToken;
  }

  OrderBook book() {
    return book;
  }

  OrderControls controls() {
    return controls;
  }

  OrderSettings settings() {
    return controls.settings();
  }

  /** The officer's act that is carried out: what follows in this turn is told as that officer's. */
  void carriesOut(OfficerAct act) {
    acting = act;
  }

  long nowMs() {
    return controls.nowMs();
  }

  /** The first transition of an order object. */
  Optional<OrderLife> begin(OrderLife life, OrderEvent event, Set<OrderFact> facts, String cause) {
    return move(life, null, event, facts, cause);
  }

  /**
   * Applies an event to an order.
   *
   * @param life the order with what the input already changed in it besides the state
   * @return the order after it, kept and emitted; empty when no row of the table allows it, then
   *     nothing has changed
   */
  Optional<OrderLife> apply(OrderLife life, OrderEvent event, Set<OrderFact> facts, String cause) {
    return move(life, life.state(), event, facts, cause);
  }

  private Optional<OrderLife> move(
      OrderLife life, OrderState from, OrderEvent event, Set<OrderFact> facts, String cause) {
    Optional<Row<OrderState, OrderEvent, OrderFact, OrderEffect>> row =
        OrderTable.law().step(from, event, facts);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    StopPaymentRequest next = StopPaymentRequest.newBuilder(life.request()).build();
    next.setSequence(book.nextSequence(life.ordinal()));
    next.setFromState(from);
    next.setState(row.get().to());
    next.setCause(cause);
    next.setTickAt(Instant.ofEpochMilli(nowMs()));
    Movers.of(life, row.get(), acting).tell(next);
    if (row.get().to() != OrderState.DRAFT) {
      next.setUnsigned(List.of());
    }
    OrderLife after = life.with(next);
    for (OrderEffect effect : row.get().effects()) {
      after = work(after, effect, cause);
    }
    book.put(after);
    output.request(StopPaymentRequest.newBuilder(after.request()).build());
    return Optional.of(after);
  }

  private OrderLife work(OrderLife life, OrderEffect effect, String cause) {
    OrderClocks clocks = life.clocks();
    switch (effect) {
      case SEND_ENVELOPE -> output.order(addressed(life));
      case START_ANSWER_CLOCK -> {
        return life.with(clocks.tried(nowMs() + settings().answerMs()));
      }
      case STOP_ANSWER_CLOCK -> {
        return life.with(clocks.answerDue(0));
      }
      case START_TERM -> {
        return life.with(clocks.answerDue(0).expires(clocks.startMs() + OrderSettings.TERM_MS));
      }
      case GIVE_NOTICE -> output.notice(Notices.given(life));
      case END_NOTICE -> output.notice(Notices.ended(life, Math.max(nowMs(), clocks.startMs())));
      case END_TERM -> {
        return life.with(clocks.expires(0));
      }
      case PROPOSE_RELEASE -> {
        alarm(
            OrderAlarm.Kind.RELEASE_PROPOSED,
            life,
            "its evidence no longer suffices; an officer decides on release",
            cause);
        return life.releaseProposed(true);
      }
      case PHONE_BANK ->
          alarm(
              OrderAlarm.Kind.NO_ANSWER,
              life,
              "no answer after "
                  + clocks.tries()
                  + " tries; phone the bank's duty desk, and reject the request here if it did not"
                  + " stop",
              cause);
      case CORRECT_DATA ->
          alarm(
              OrderAlarm.Kind.TURNED_AWAY,
              life,
              "answered "
                  + life.state()
                  + "; nothing is stopped; correct the data, which makes a new order",
              cause);
      case LIFT_AT_BANK ->
          alarm(
              OrderAlarm.Kind.LIFT_AT_BANK,
              life,
              "released; tell the bank by its duty desk or the platform (100103) to lift the stop",
              cause);
      case ALARM_LATE_STOP ->
          alarm(
              OrderAlarm.Kind.LATE_STOP,
              life,
              "the bank stopped although the order had been given up; it counts as a stop",
              cause);
      case ALARM_GAP ->
          alarm(
              OrderAlarm.Kind.FREEZE_GAP,
              life,
              "the freeze did not take effect; when the stop ends the money can leave",
              cause);
      case COPY_FIELDS, COUNT_STOP, FOLLOW_MONEY -> {
        // Said by the request itself: its fields, its start time in the clocks, its state
        // ACTIVE_ZERO.
      }
      case ESCALATE, WARN_OF_END, PREPARE_RELEASE -> {
        // The recovery job's, which reads every transition.
      }
    }
    return life;
  }

  private static AddressedOrder addressed(OrderLife life) {
    SignedOrder signed = life.signed();
    return new AddressedOrder(
        signed.order().getBank(), signed.order().getAccountToken(), signed.envelope());
  }

  /** Sends an order that is no transition: an extension, whose answer is one. */
  void order(AddressedOrder order) {
    output.order(order);
  }

  /** Tells the rules' statistics of a stop found wrong. */
  void wrong(WrongStop wrong) {
    output.wrong(wrong);
  }

  void alarm(OrderAlarm.Kind kind, OrderLife life, String words, String cause) {
    alarm(
        kind,
        life.orderId(),
        life.request().getTarget().getBank(),
        "order " + life.orderId() + " " + words,
        cause);
  }

  void alarm(OrderAlarm.Kind kind, String orderId, String bank, String words, String cause) {
    String caseId =
        book.byOrderId(orderId)
            .flatMap(life -> life.request().getCaseIds().stream().findFirst())
            .orElse("");
    output.alarm(new OrderAlarm(kind, accountToken, orderId, caseId, bank, words, cause, nowMs()));
  }
}
