package dev.zhifu.stack.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
  private static final Instant DECIDED = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant LONG_AGO = DECIDED.minus(Duration.ofHours(2));
  private static final String TOPIC = "bank.transactions";

  @Test
  void aRecordThatCanBeReadByNowGoesBackToItsTopicUnderItsOwnIdByteForByte() {
    BankTransaction payment = payment("t1", LONG_AGO, 100);
    DeadLetter letter = letter(TOPIC, DeadLetterReason.UNKNOWN_SCHEMA_ID, bytes(payment));

    Replay replay = plan().of(letter, null);

    assertThat(replay.isSent()).as(replay.refused()).isTrue();
    assertThat(replay.topic()).isEqualTo(TOPIC);
    assertThat(replay.eventId()).isEqualTo(payment.getEventId());
    assertThat(replay.value()).isEqualTo(bytes(payment));
    assertThat(replay.key()).isEqualTo("k".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCorrectionKeepsTheEventId() {
    DeadLetter letter =
        letter(TOPIC, DeadLetterReason.NEGATIVE_AMOUNT, bytes(payment("t1", LONG_AGO, -1)));

    assertThat(plan().of(letter, null).refused()).contains("NEGATIVE_AMOUNT");
    assertThat(plan().of(letter, payment("t1", LONG_AGO, 100)).isSent()).isTrue();
    assertThat(plan().of(letter, payment("t2", LONG_AGO, 100)).refused())
        .contains("it must stay B01:t1:COMPLETED");
  }

  @Test
  void bytesThatNobodyCanReadNeedACorrection() {
    DeadLetter letter =
        letter(TOPIC, DeadLetterReason.UNDECODABLE, "noise".getBytes(StandardCharsets.UTF_8));

    assertThat(plan().of(letter, null).refused()).contains("it still cannot be read");
    assertThat(plan().of(letter, payment("t1", LONG_AGO, 100)).isSent()).isTrue();
  }

  @Test
  void whatAHitCouldStillRestOnIsNotSentAgainSoThatNoSignatureCanFollow() {
    Instant edge = DECIDED.minus(ReplayPlan.MOST_LATE);

    assertThat(replayOf(edge).isSent()).isTrue();
    assertThat(replayOf(edge.plusMillis(1)).refused())
        .contains("a hit could rest on it", "once clock.echo has passed");
    assertThat(new ReplayPlan(new Plain(), null).of(letterAt(LONG_AGO), null).isSent()).isFalse();
  }

  @Test
  void whatCanSignOrDecideIsNeverSentAgain() {
    for (String topic :
        new String[] {
          "officer.acts",
          "stop.authorisations",
          "bank.B01.inbound",
          "bank.B01.orders",
          "rules.publications",
          "clock.ticks",
          "list.entries",
          "victim.reports"
        }) {
      DeadLetter letter = letter(topic, DeadLetterReason.UNDECODABLE, new byte[] {1});
      assertThat(plan().of(letter, null).refused()).as(topic).contains("never sent again");
    }
  }

  @Test
  void aContradictionStaysTurnedAway() {
    DeadLetter letter =
        letter(TOPIC, DeadLetterReason.SAME_ID_OTHER_CONTENT, bytes(payment("t1", LONG_AGO, 100)));

    assertThat(plan().of(letter, null).refused()).contains("the first record of this id stands");
  }

  private static Replay replayOf(Instant at) {
    return plan().of(letterAt(at), null);
  }

  private static DeadLetter letterAt(Instant at) {
    return letter(TOPIC, DeadLetterReason.UNKNOWN_SCHEMA_ID, bytes(payment("t1", at, 100)));
  }

  private static ReplayPlan plan() {
    return new ReplayPlan(new Plain(), DECIDED);
  }

  private static DeadLetter letter(String topic, DeadLetterReason reason, byte[] value) {
    return DeadLetter.newBuilder()
        .setDeadLetterId(EventIds.deadLetterId(topic, 0, 7))
        .setTopic(topic)
        .setPartition(0)
        .setOffset(7)
        .setRecordedAt(DECIDED)
        .setReason(reason)
        .setExplanation("")
        .setKey(ByteBuffer.wrap("k".getBytes(StandardCharsets.UTF_8)))
        .setValue(ByteBuffer.wrap(value))
        .build();
  }

  private static BankTransaction payment(String id, Instant at, long fen) {
    return BankTransaction.newBuilder()
        .setEventId(EventIds.transactionEventId("B01", id, TransactionPhase.COMPLETED))
        .setSource("B01")
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setAmountFen(fen)
        .setCurrency("CNY")
        .setPayer(account("a", "B01"))
        .setPayee(account("b", "B02"))
        .setChannel(Channel.WEB)
        .build();
  }

  private static AccountRef account(String id, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(id)
        .setHolderToken(id)
        .setBank(bank)
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  private static byte[] bytes(BankTransaction transaction) {
    try {
      ByteBuffer buffer = transaction.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Avro's own single-object form in place of a registry. */
  private static final class Plain implements ReplayPlan.Wire {
    @Override
    public ReplayPlan.Read read(String topic, byte[] bytes, Class<? extends SpecificRecord> type) {
      try {
        return new ReplayPlan.Read(BankTransaction.fromByteBuffer(ByteBuffer.wrap(bytes)), null);
      } catch (IOException | AvroRuntimeException e) {
        return new ReplayPlan.Read(null, e.getMessage());
      }
    }

    @Override
    public byte[] write(String topic, SpecificRecord record) {
      return bytes((BankTransaction) record);
    }
  }
}
