package dev.zhifu.jobs.io;

import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.schemas.wire.Subjects;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Records on the wire, with a registry in memory that knows every contract. */
public final class Wire {
  public static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");

  /** Of no schema that was ever registered. */
  static final byte[] UNKNOWN_ID = {0, 0x7f, 0, 0, 0, 1};

  public static final byte[] GARBAGE = {'n', 'o', 't', ' ', 'a', 'v', 'r', 'o'};

  private static final AvroCodec CODEC = make();

  private Wire() {}

  private static AvroCodec make() {
    SchemaRegistry registry = SchemaRegistry.inMemory();
    Subjects.all().forEach(subject -> registry.register(subject, Subjects.schemaOf(subject)));
    return new AvroCodec(registry);
  }

  public static AvroCodec codec() {
    return CODEC;
  }

  public static RawRecord raw(String topic, long offset, SpecificRecord value) {
    return raw(topic, offset, value == null ? null : CODEC.serialize(topic, value));
  }

  public static RawRecord raw(String topic, long offset, byte[] value) {
    return new RawRecord(topic, 0, offset, T0.toEpochMilli(), new byte[] {'k'}, value);
  }

  static BankTransaction transfer(String id) {
    return BankTransaction.newBuilder()
        .setEventId("B01:" + id + ":COMPLETED")
        .setSource("B01")
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(T0)
        .setReceivedAt(T0.plusSeconds(1))
        .setAmountFen(4_000_000)
        .setCurrency("CNY")
        .setPayer(account("victim-1", "B01"))
        .setPayee(account("mule-1", "B02"))
        .build();
  }

  static AccountRef account(String token, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank(bank)
        .setHolderToken("h-" + token)
        .build();
  }
}
