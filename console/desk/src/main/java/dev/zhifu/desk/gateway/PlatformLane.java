package dev.zhifu.desk.gateway;

import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.TopicFeed;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportAnswers;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.schemas.crypto.OrderVerdict;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bank behind the statutory platform: one thread reads its orders into the store, one carries
 * them to the platform and writes the bank's answers to its inbound topic, as the bank (ADR-0105,
 * ADR-0155, ADR-0156). What recovery asks of the bank by the platform it carries too, and writes
 * the answers to recovery.answers. Of one account only the oldest unanswered order is under way.
 * What is sent again is the same message under the same application id; state lies in the store, so
 * that a restart doubles and loses nothing.
 */
final class PlatformLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformLane.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** An order that nobody has answered this long past its last moment is given up; ours. */
  private static final Duration GIVEN_UP = Duration.ofHours(1);

  /** Stops of an account that may take effect (Yinfa [2016] 86, as quoted by others). */
  private static final int STOPS_MAX = 2;

  private static final long PAUSE_SECONDS_MAX = 20;
  private static final int POSTS = 16;
  private static final long JOIN_MILLIS = 5_000;

  private final PlatformAccess access;
  private final MessageStore messages;
  private final PlatformStore kept;
  private final PlatformLine line;
  private final TopicPen centre;
  private final OrderVerifier verifier;
  private final String authority;
  private final WallClock clock;
  private final Thread reader;
  private final Thread sender;
  private volatile boolean stopping;

  PlatformLane(
      PlatformAccess access,
      MessageStore messages,
      PlatformStore kept,
      PlatformLine line,
      TopicPen centre,
      OrderVerifier verifier,
      String authority,
      WallClock clock) {
    this.access = access;
    this.messages = messages;
    this.kept = kept;
    this.line = line;
    this.centre = centre;
    this.verifier = verifier;
    this.authority = authority;
    this.clock = clock;
    this.reader = new Thread(this::read, "platform-read-" + access.bank());
    this.sender = new Thread(this::send, "platform-send-" + access.bank());
    reader.setDaemon(true);
    sender.setDaemon(true);
  }

  void start() {
    reader.start();
    sender.start();
  }

  private void read() {
    while (!stopping) {
      try (TopicFeed feed = access.feed().get()) {
        feed.seek(messages.positions(access.bank()));
        while (!stopping) {
          List<TopicRecord> records =
              feed.poll(POLL).stream().filter(record -> record.value() != null).toList();
          if (!records.isEmpty()) {
            messages.take(access.bank(), records, messages.read(records), clock.get());
          }
        }
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("orders of bank {} are not read now: {}", access.bank(), e.toString());
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private void send() {
    while (!stopping) {
      int done = 0;
      try {
        done = step();
      } catch (RuntimeException | AssertionError e) {
        LOG.warn("orders of bank {} stand still: {}", access.bank(), e.toString());
      }
      if (done == 0) {
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** Carries what is due; returns how many orders left the queue. */
  private int step() {
    List<MessageStore.Due> orders = messages.due(access.bank(), clock.get(), POSTS);
    List<ChannelRequest> requests = kept.requests(access.bank(), clock.get(), POSTS);
    // Read after what is due: a time of before would let out what is stale by now.
    Optional<Instant> tick = kept.tick();
    if (tick.isEmpty()) {
      // Without the law's time nobody knows whether an order is stale: none leaves.
      return 0;
    }
    int done = 0;
    for (MessageStore.Due due : orders) {
      if (due.stream().equals("orders") && !carried(due, tick.get())) {
        long pause = Math.min(PAUSE_SECONDS_MAX, 1L << Math.min(6, due.tries()));
        messages.again(access.bank(), due, clock.get().plusSeconds(pause));
      } else {
        messages.delivered(access.bank(), List.of(due), clock.get());
        done++;
      }
    }
    for (ChannelRequest asked : requests) {
      done += asked(asked, tick.get()) ? 1 : 0;
    }
    return done;
  }

  /** True when the request needs no further sending. */
  private boolean asked(ChannelRequest asked, Instant tick) {
    PlatformStore.Key key = PlatformStore.Key.of(asked);
    Instant late = asked.getTickAt().plus(GIVEN_UP);
    if (tick.isAfter(late) && !PlatformRequests.lifts(asked) && !kept.accepted(key)) {
      return stale(asked, key, tick);
    }
    Optional<OfficerAct> act =
        asked.getCode().equals(MessageCode.LIFT_STOP.code())
            ? kept.act(asked.getAuthorisation())
            : Optional.empty();
    int sendings = kept.sending(key, clock.get());
    PlatformLine.Reply reply = line.send(PlatformRequests.message(asked, act, authority));
    Optional<ChannelAnswer> answer = answer(asked, reply, tick);
    boolean person = reply.code().then() == TransportCode.Then.PERSON;
    boolean ended = answer.isPresent() && !person;
    if (ended) {
      centre.write("recovery.answers", asked.getObjectId(), answer.get());
      if (answer.get().getEvent().equals(PlatformRequests.LIFTED)) {
        kept.lifted(asked, answer.get());
      }
    }
    String before = kept.result(key, reply, ended ? clock.get() : null);
    if (person && answer.isPresent() && !before.equals(reply.code().code())) {
      centre.write("recovery.answers", asked.getObjectId(), answer.get());
    }
    if (!ended) {
      long pause = Math.min(PAUSE_SECONDS_MAX, 1L << Math.min(6, sendings - 1));
      kept.again(key, clock.get().plusSeconds(pause));
    }
    return ended;
  }

  /** A freeze that the platform did not take in time is asked for anew by people, who are told. */
  private boolean stale(ChannelRequest asked, PlatformStore.Key key, Instant tick) {
    String words =
        asked.getCode()
            + " was asked for at "
            + asked.getTickAt()
            + " and the platform did not take it within "
            + GIVEN_UP;
    LOG.error("a request about {} goes out no more: {}", asked.getObjectId(), words);
    centre.write(
        "recovery.answers", asked.getObjectId(), PlatformRequests.undelivered(asked, words, tick));
    kept.givenUp(key, clock.get());
    return true;
  }

  private static Optional<ChannelAnswer> answer(
      ChannelRequest asked, PlatformLine.Reply reply, Instant tick) {
    if (reply.feedback().isEmpty()) {
      return TransportAnswers.of(asked, reply.code(), tick)
          .map(
              answer ->
                  ChannelAnswer.newBuilder(answer)
                      .setRemark(reply.code().code() + " " + reply.words())
                      .build());
    }
    try {
      return Optional.of(PlatformRequests.answer(asked, reply.feedback(), tick));
    } catch (FieldException e) {
      // Nothing is assumed from a feedback that cannot be read; the same question is asked again.
      LOG.error("the feedback about {} cannot be read: {}", asked.getObjectId(), e.getMessage());
      return Optional.empty();
    }
  }

  /** True when the order needs no further sending. */
  private boolean carried(MessageStore.Due due, Instant tick) {
    OrderEnvelope envelope = Bodies.read(due.body(), OrderEnvelope.class);
    OrderVerdict verdict = verifier.verify(envelope, tick);
    StopPaymentOrder order = verdict.order();
    if (order == null) {
      // As a bank does: the answer names what came by its hash alone, and the engine raises it.
      LOG.error(
          "an order of bank {} at offset {} does not leave: {}",
          access.bank(),
          due.offset(),
          verdict.sentence());
      write(
          PlatformOrders.inbound(
              StopPaymentReceipt.newBuilder()
                  .setOrderId("")
                  .setApplicationId("")
                  .setAccountToken("")
                  .setBank(access.bank())
                  .setPayloadSha256(verdict.payloadSha256())
                  .setResult(verdict.refusal())
                  .setAt(tick)
                  .setRemark(verdict.sentence())
                  .build()));
      return true;
    }
    boolean sent = kept.sent(PlatformStore.Key.of(order));
    if (!sent && !verdict.accepted()) {
      return refused(order, verdict.payloadSha256(), verdict.refusal(), verdict.sentence(), tick);
    }
    if (!sent && kept.stops(order) >= STOPS_MAX) {
      return refused(
          order,
          verdict.payloadSha256(),
          ReceiptResult.OUTSIDE_AUTHORISATION,
          "STOP_LIMIT: this bank has stopped the account twice already",
          tick);
    }
    if (sent && tick.isAfter(order.getNotAfter().plus(GIVEN_UP))) {
      LOG.error(
          "order {} was not answered until {} after its last moment; ask bank {}",
          order.getOrderId(),
          GIVEN_UP,
          order.getBank());
      return true;
    }
    return exchanged(envelope, order, verdict.payloadSha256(), tick);
  }

  private boolean refused(
      StopPaymentOrder order, String sha256, ReceiptResult result, String why, Instant tick) {
    LOG.warn("order {} does not leave for the platform: {}", order.getOrderId(), why);
    write(PlatformOrders.inbound(PlatformOrders.refusal(order, sha256, result, why, tick)));
    return true;
  }

  private boolean exchanged(
      OrderEnvelope envelope, StopPaymentOrder order, String sha256, Instant tick) {
    PlatformMessage message = PlatformOrders.message(envelope, order, authority);
    kept.sending(PlatformStore.Key.of(order), clock.get());
    PlatformLine.Reply reply = line.send(message);
    Optional<BankInbound> answer = answer(order, sha256, reply, tick);
    answer.ifPresent(this::write);
    kept.result(PlatformStore.Key.of(order), reply, answer.isPresent() ? clock.get() : null);
    if (reply.code().then() == TransportCode.Then.PERSON) {
      tell(order, reply, tick);
    }
    return answer.isPresent();
  }

  private Optional<BankInbound> answer(
      StopPaymentOrder order, String sha256, PlatformLine.Reply reply, Instant tick) {
    if (!reply.feedback().isEmpty()) {
      try {
        return Optional.of(PlatformOrders.receipt(order, sha256, reply.feedback(), tick));
      } catch (FieldException e) {
        // No stop is assumed from a feedback that cannot be read; the same question is asked again.
        LOG.error(
            "the feedback to order {} cannot be read: {}", order.getOrderId(), e.getMessage());
        return Optional.empty();
      }
    }
    return switch (reply.code()) {
      case FORMAT -> refusal(order, sha256, ReceiptResult.FORMAT_ERROR, reply, tick);
      case NOT_FOUND -> refusal(order, sha256, ReceiptResult.ACCOUNT_NOT_FOUND, reply, tick);
      default -> Optional.empty();
    };
  }

  private static Optional<BankInbound> refusal(
      StopPaymentOrder order,
      String sha256,
      ReceiptResult result,
      PlatformLine.Reply reply,
      Instant tick) {
    String remark = reply.code().code() + " " + reply.words();
    return Optional.of(
        PlatformOrders.inbound(PlatformOrders.refusal(order, sha256, result, remark, tick)));
  }

  /**
   * Written down first, as a bank's own posting: what the broker did not take is written again, and
   * whoever reads the topic takes the same answer twice as once.
   */
  private void write(BankInbound inbound) {
    StopPaymentReceipt receipt = (StopPaymentReceipt) inbound.getBody();
    String answerId =
        "platform:"
            + Sha256.hex(receipt.getOrderId() + receipt.getPayloadSha256() + receipt.getResult())
                .substring(0, 32);
    String objectId =
        receipt.getOrderId().isEmpty() ? receipt.getPayloadSha256() : receipt.getOrderId();
    messages.note(
        access.bank(),
        answerId,
        receipt.getPayloadSha256(),
        objectId,
        receipt.getResult().name(),
        receipt.getAt());
    access.pen().write("bank." + access.bank() + ".inbound", objectId, inbound);
    messages.sent(access.bank(), answerId);
  }

  /**
   * The platform does not take it: a person hears of it now, once, and not when the tries are
   * spent. An order can get here before the desk has read which case it is: then after a later try.
   */
  private void tell(StopPaymentOrder order, PlatformLine.Reply reply, Instant tick) {
    PlatformStore.Key key = PlatformStore.Key.of(order);
    Optional<String> caseId =
        kept.told(key, reply.code()) ? Optional.empty() : kept.caseOf(order.getOrderId());
    if (caseId.isEmpty()) {
      return;
    }
    centre.write(
        "recovery.answers",
        order.getOrderId(),
        ChannelAnswer.newBuilder()
            .setAnswerId(Sha256.hex(order.getApplicationId() + reply.code().code()))
            .setCode(PlatformOrders.code(order).feedback())
            .setChannel(OrderChannel.PLATFORM)
            .setKind(LifeKind.STOP_ORDER)
            .setObjectId(order.getOrderId())
            .setCaseId(caseId.get())
            .setApplicationId(order.getApplicationId())
            .setBank(order.getBank())
            .setEvent(TransportAnswers.NOT_DELIVERED)
            .setRemark(reply.code().code() + " " + reply.words())
            .setAt(tick)
            .build());
    kept.tells(key, reply.code());
  }

  @Override
  public void close() {
    stopping = true;
    try {
      reader.join(JOIN_MILLIS);
      sender.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
