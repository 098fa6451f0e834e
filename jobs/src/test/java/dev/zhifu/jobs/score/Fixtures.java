package dev.zhifu.jobs.score;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Hits and transactions for the scoring tests; time starts at {@link #T0}. */
final class Fixtures {
  static final long T0 = 1_780_000_000_000L;
  static final String VICTIM = "victim-1";
  static final String MULE = "mule-1";

  private Fixtures() {}

  static BankTransaction transfer(String id, String payer, String payee, long yuan, long atMs) {
    return BankTransaction.newBuilder()
        .setEventId("B01:" + id + ":COMPLETED")
        .setSource("B01")
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(Instant.ofEpochMilli(atMs))
        .setReceivedAt(Instant.ofEpochMilli(atMs))
        .setAmountFen(yuan * 100)
        .setCurrency("CNY")
        .setPayer(account(payer, "B01"))
        .setPayee(account(payee, "B02"))
        .setPayeeBooking(
            Booking.newBuilder()
                .setBank("B02")
                .setBankTransactionId("B02-" + id)
                .setBookedAt(Instant.ofEpochMilli(atMs))
                .build())
        .build();
  }

  static AccountRef account(String name, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(name)
        .setHolderToken("h-" + name)
        .setBank(bank)
        .setCipher(ByteBuffer.wrap(new byte[] {1}))
        .setBalanceBeforeFen(0L)
        .build();
  }

  static RuleHit hit(
      String rule,
      RuleFamily family,
      double weight,
      KeyKind kind,
      String key,
      BankTransaction transaction,
      ActionCode... actions) {
    return RuleHit.newBuilder()
        .setHitId("hit-" + rule + "-" + key + "-" + transaction.getTransactionId())
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(false)
        .setRuleId(rule)
        .setRuleVersion(1)
        .setFamily(family)
        .setWeight(weight)
        .setActions(Arrays.asList(actions))
        .setMonotone(true)
        .setKeyKind(kind)
        .setKey(key)
        .setEvidence(
            List.of(
                Evidence.newBuilder()
                    .setStep("out")
                    .setEventId(transaction.getEventId())
                    .setOccurredAt(transaction.getOccurredAt())
                    .setSide(Side.DEBIT)
                    .build()))
        .setOccurredAt(transaction.getOccurredAt())
        .setCauseEventId(transaction.getEventId())
        .setTransaction(transaction)
        .build();
  }

  static RuleHit retracted(RuleHit hit) {
    return RuleHit.newBuilder(hit)
        .setRevision(hit.getRevision() + 1)
        .setHolds(false)
        .setRetractedBecause("a late event")
        .build();
  }
}
