package dev.zhifu.stack.e2e;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records of every kind that the job must turn away, and where each was written. */
final class BadInput {
  private static final byte[] NOISE = "no record at all".getBytes(StandardCharsets.UTF_8);
  private static final int UNKNOWN_ID = 99_999;

  /**
   * One of them.
   *
   * @param reason what the dead letter must say
   * @param topic where it was written
   * @param partition partition
   * @param offset offset
   * @param bytes what was written
   */
  record Sent(DeadLetterReason reason, String topic, int partition, long offset, byte[] bytes) {
    String id() {
      return EventIds.deadLetterId(topic, partition, offset);
    }

    @Override
    public String toString() {
      return reason + " at " + id();
    }
  }

  private final Rig rig;
  private final Story story;
  private final Officers officers;
  private final Movement good;
  private final List<Sent> sent = new ArrayList<>();

  BadInput(Rig rig, Cast cast, Officers officers, Story story) {
    this.rig = rig;
    this.story = story;
    this.officers = officers;
    this.good = new Movement("bad", cast.person("P", "B01"), cast.person("Q", "B02"), 100);
  }

  List<Sent> sendAll() {
    bytesThatAreNoRecord();
    transactionsThatMakeNoSense();
    whatNobodySigned();
    aClockThatLeaps();
    return List.copyOf(sent);
  }

  /** Reasons seen, each once. */
  String reasons() {
    TreeSet<DeadLetterReason> reasons = new TreeSet<>();
    sent.forEach(one -> reasons.add(one.reason()));
    reasons.add(DeadLetterReason.SAME_ID_OTHER_CONTENT);
    return reasons.toString();
  }

  private void bytesThatAreNoRecord() {
    byte[] whole = rig.pen("city").bytes(Story.TRANSACTIONS, good.completed(story.now()));
    byte[] unknown = whole.clone();
    ByteBuffer.wrap(unknown).putInt(1, UNKNOWN_ID);
    TelecomEvent call = story.strangerCalls(good.payer(), "bad", story.now());
    city(DeadLetterReason.UNDECODABLE, NOISE);
    city(DeadLetterReason.UNDECODABLE, Arrays.copyOf(whole, whole.length / 2));
    city(DeadLetterReason.UNKNOWN_SCHEMA_ID, unknown);
    city(DeadLetterReason.WRONG_SCHEMA, rig.pen("city").bytes(Story.TELECOM, call));
    raw("city", DeadLetterReason.UNDECODABLE, Story.TELECOM, NOISE);
    raw("city", DeadLetterReason.UNDECODABLE, "bank.access", NOISE);
    raw("city", DeadLetterReason.UNDECODABLE, "list.entries", NOISE);
    raw("clock", DeadLetterReason.UNDECODABLE, "clock.ticks", NOISE);
    raw("officers", DeadLetterReason.UNDECODABLE, "officer.acts", NOISE);
    raw("bank-B01", DeadLetterReason.UNDECODABLE, "bank.B01.inbound", NOISE);
  }

  private void transactionsThatMakeNoSense() {
    transaction(DeadLetterReason.MISSING_FIELD, base().setPayee(null).setPayeeBooking(null));
    transaction(
        DeadLetterReason.CONTRADICTORY_FIELDS,
        base().setPayee(good.payer().account()).setPayeeBooking(null));
    transaction(DeadLetterReason.NEGATIVE_AMOUNT, base().setAmountFen(-1));
    transaction(DeadLetterReason.ABSURD_TIME, base().setOccurredAt(Instant.EPOCH));
    transaction(
        DeadLetterReason.ABSURD_TIME, base().setOccurredAt(story.now().plus(Duration.ofDays(9))));
    transaction(DeadLetterReason.UNKNOWN_CURRENCY, base().setCurrency("USD"));
    transaction(DeadLetterReason.UNKNOWN_BANK, base().setSource("bank one"));
  }

  private void whatNobodySigned() {
    OfficerAct act = officers.accept("report-forged", good, story.now(), story.now());
    act.setReason("changed after it was signed");
    raw(
        "officers",
        DeadLetterReason.BAD_SIGNATURE,
        "officer.acts",
        rig.pen("officers").bytes("officer.acts", act));
    RulePublication rule =
        Rules.live(rig.stack().layout().catalogue(), story.now().plusSeconds(600)).get(0);
    rule.setVersion(rule.getVersion() + 1);
    raw(
        "rules-cli",
        DeadLetterReason.BAD_SIGNATURE,
        "rules.publications",
        rig.pen("rules-cli").bytes("rules.publications", rule));
    BankInbound foreign =
        new BankInbound(
            "B02", new RiskHoldOutcome("hold", "B02", HoldResult.APPLIED, 0L, story.now(), ""));
    raw(
        "bank-B01",
        DeadLetterReason.FOREIGN_TOPIC,
        "bank.B01.inbound",
        rig.pen("bank-B01").bytes("bank.B01.inbound", foreign));
  }

  private void aClockThatLeaps() {
    Instant wrong = story.now().plus(Duration.ofHours(50));
    ClockTick leap = new ClockTick(wrong, story.now().getEpochSecond() + 1, "story", false);
    raw(
        "clock",
        DeadLetterReason.CLOCK_JUMP,
        "clock.ticks",
        rig.pen("clock").bytes("clock.ticks", leap));
  }

  /** Sends one event and then, under its id, another; returns the letter about the second. */
  DeadLetter contradict(BiFunction<String, String, Person> payees) {
    Movement first = new Movement("twice", good.payer(), payees.apply("Twice", "B02"), 100);
    Movement second = new Movement("twice", good.payer(), first.payee(), 200);
    story.send(first.completed(story.now()));
    BankTransaction other = second.completed(story.now());
    story.send(other);
    DeadLetter letter =
        story.eventually(
            "dead letter of " + other.getEventId(),
            () ->
                rig.tail("operator", DeadLetter.class, "dead.letters")
                    .catchUp()
                    .newest(
                        one ->
                            one.getExplanation()
                                .contains(second.eventId(TransactionPhase.COMPLETED)))
                    .map(Tail.Seen::value));
    if (letter.getReason() != DeadLetterReason.SAME_ID_OTHER_CONTENT
        || !letter.getTopic().equals(Story.TRANSACTIONS)
        || letter.getPartition() < 0
        || letter.getOffset() < 0) {
      throw new AssertionError("the letter about " + other.getEventId() + " is " + letter);
    }
    return letter;
  }

  private BankTransaction.Builder base() {
    return BankTransaction.newBuilder(good.completed(story.now()));
  }

  private void transaction(DeadLetterReason reason, BankTransaction.Builder bad) {
    city(reason, rig.pen("city").bytes(Story.TRANSACTIONS, bad.build()));
  }

  private void city(DeadLetterReason reason, byte[] bytes) {
    raw("city", reason, Story.TRANSACTIONS, bytes);
  }

  private void raw(String principal, DeadLetterReason reason, String topic, byte[] bytes) {
    RecordMetadata at = rig.pen(principal).raw(topic, "bad-" + sent.size(), bytes);
    sent.add(new Sent(reason, topic, at.partition(), at.offset(), bytes));
  }
}
