package dev.zhifu.jobs.orders;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.List;
import java.util.Optional;

/**
 * All of stop-orders without Flink: takes one input at a time and says what the account's state is
 * afterwards.
 */
final class OrderKeeper {

  private final OrderControls controls;
  private final OrderKeys keys;
  private final Proposals proposals;
  private final OfficerActs acts;
  private final Receipts receipts;
  private final RecordReader record;
  private final OrderClock clock;

  OrderKeeper(OrderControls controls, OrderKeys keys, List<SigningGuard> guards) {
    this.controls = controls;
    this.keys = keys;
    Signing signing = new Signing(new SigningGuards(guards), keys);
    proposals = new Proposals(signing);
    Extensions extensions = new Extensions(keys);
    acts = new OfficerActs(signing, keys, extensions);
    receipts = new Receipts(extensions);
    record = new RecordReader(keys, receipts);
    clock = new OrderClock(proposals, acts);
  }

  OrderControls controls() {
    return controls;
  }

  /** Takes an input about one account. */
  Kept take(AccountOrders state, OrderInput input, OrderOutput output) {
    OrderTurn turn = turn(input.accountToken(), state, output);
    switch (input.kind()) {
      case PROPOSAL -> proposals.take(turn, input.proposal());
      case ACT -> acts.take(turn, input.act());
      case RECEIPT -> receipts.take(turn, input.receipt());
      case RECORD -> record.take(turn, input);
      case REQUEST -> sawRequest(turn, input);
      case TYPED -> receipts.typed(turn, input.receipt());
      case FREEZE -> Conversions.heard(turn, input.freeze());
      case WRONG -> OfficerActs.upheld(turn, input.wrong());
      case PASSED -> {
        // Only where it was read matters.
      }
    }
    Conversions.settle(turn);
    if (!input.topic().isEmpty()) {
      controls.read(input.topic() + ":" + input.partition(), input.offset());
    }
    return kept(turn);
  }

  private static void sawRequest(OrderTurn turn, OrderInput input) {
    StopPaymentRequest request = input.request();
    int ordinal = request.getOrdinal();
    OrderBook book = turn.book();
    if (ordinal < 1
        || ordinal > turn.settings().ordersMax()
        || !EventIds.orderId(turn.accountToken(), ordinal).equals(request.getOrderId())) {
      return;
    }
    book.sawSequence(ordinal, request.getSequence());
    Optional<OrderLife> life = book.byOrderId(request.getOrderId());
    if (life.isEmpty()) {
      book.keepTold(request);
    } else if (life.get().proposal() == null && life.get().request().getCaseIds().isEmpty()) {
      // Adopted from the order alone, which names no case: what follows is audited under its cases.
      book.put(life.get().with(OrderMaker.copyBasis(life.get().request(), request)));
    }
  }

  /** Does what is due on one account by the tick clock. */
  Kept ring(String accountToken, AccountOrders state, OrderOutput output) {
    OrderTurn turn = turn(accountToken, state, output);
    clock.ring(turn);
    return kept(turn);
  }

  private OrderTurn turn(String accountToken, AccountOrders state, OrderOutput output) {
    return new OrderTurn(accountToken, new OrderBook(state), controls, output);
  }

  private Kept kept(OrderTurn turn) {
    return new Kept(turn.book().state(), clock.next(turn));
  }

  /** Takes what concerns all accounts. */
  void control(OrderControl control, OrderOutput output) {
    switch (control.kind()) {
      case TICK -> controls.tick(control.tick());
      case AUTHORISATION -> authorise(control.authorisation(), output);
      case KILL_SWITCH -> kill(control.act(), output);
      case LIST -> controls.list(control.entry());
      case READ_BACK_DONE -> controls.awaitEnds(control.ends());
      case PASSED -> {
        // Only where it was read matters.
      }
    }
    if (!control.position().isEmpty()) {
      controls.read(control.position(), control.offset());
    }
  }

  private void authorise(StandingAuthorisation given, OrderOutput output) {
    if (!controls.knows(given) && !genuine(given)) {
      alarm(
          OrderAlarm.Kind.AUTHORISATION_REFUSED,
          "authorisation "
              + given.getAuthorisationId()
              + " revision "
              + given.getRevision()
              + " is kept out: its signature does not verify in the environment of the engine's"
              + " key",
          given.getAuthorisationId(),
          output);
      return;
    }
    controls.authorise(given);
    if (given.getRevoked()) {
      alarm(
          OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF,
          "authorisation "
              + given.getAuthorisationId()
              + " is revoked by officer "
              + given.getOfficerId(),
          given.getAuthorisationId(),
          output);
    }
  }

  private boolean genuine(StandingAuthorisation given) {
    Environment own = keys.engineEnvironment();
    return keys.environmentOf(given.getKeyId()).filter(own::equals).isPresent()
        && keys.verifies(given);
  }

  private void kill(OfficerAct act, OrderOutput output) {
    if (act.getKind() != ActKind.KILL_SWITCH || !acts.genuine(act)) {
      alarm(
          OrderAlarm.Kind.ACT_REFUSED,
          act.getKind()
              + " "
              + act.getActId()
              + " does not switch signing off: its signature does not verify in the environment of"
              + " the engine's key",
          act.getActId(),
          output);
      return;
    }
    controls.kill(act.getAt().toEpochMilli());
    alarm(
        OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF,
        "officer "
            + act.getOfficerId()
            + " switched automatic signing off: "
            + act.getReason()
            + "; only an authorisation valid from a later time signs again",
        act.getActId(),
        output);
  }

  private void alarm(OrderAlarm.Kind kind, String words, String cause, OrderOutput output) {
    output.alarm(new OrderAlarm(kind, "", "", "", "", words, cause, controls.nowMs()));
  }

  /**
   * What an account looks like after an input.
   *
   * @param state to be kept
   * @param nextMs when something is next due; 0: nothing is
   */
  record Kept(AccountOrders state, long nextMs) {}
}
