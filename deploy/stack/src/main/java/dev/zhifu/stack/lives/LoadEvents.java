package dev.zhifu.stack.lives;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.Random;

/**
 * An invented stream of a fixed population, by seed: transfers among accounts, one in twenty of
 * them awaiting an answer, and strangers' calls. The population is as large as a city with that
 * many events a second, and everybody pays a few people again and again: among fewer people, or
 * strangers alone, every account would soon look like a mule's. Not for several threads.
 */
final class LoadEvents {
  /** Ids of awaiting transfers begin so and go on with the planned millisecond. */
  static final String PLANNED = "p";

  private static final int PEOPLE = 2_000_000;

  /** Whom one person pays. */
  private static final int CONTACTS = 10;

  private static final int BANKS = 12;
  private static final long ANSWER_MS = 3_000;

  private final Random random;
  private long serial;

  LoadEvents(long seed) {
    random = new Random(seed);
  }

  /** True when the next event should be a call: one in fifty. */
  boolean nextIsCall() {
    return random.nextInt(50) == 0;
  }

  TelecomEvent call(Instant at) {
    int person = random.nextInt(PEOPLE);
    return TelecomEvent.newBuilder()
        .setEventId("CARRIER1:" + serial++)
        .setSource("CARRIER1")
        .setKind(TelecomKind.CALL_START)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken("number-" + person)
        .setHolderToken("holder-" + person)
        .setSessionId("session-" + serial)
        .setPeerToken("stranger-" + serial % 1000)
        .setPeerPrefix(PrefixClass.INTERNATIONAL)
        .setIncoming(true)
        .setFirstContact(true)
        .build();
  }

  BankTransaction transfer(Instant at) {
    boolean asks = random.nextInt(20) == 0;
    String id = PLANNED + at.toEpochMilli() + "-" + serial++;
    int payer = random.nextInt(PEOPLE);
    int payee = contact(payer, random.nextInt(CONTACTS));
    TransactionPhase phase = asks ? TransactionPhase.AWAITING : TransactionPhase.COMPLETED;
    BankTransaction.Builder transfer =
        BankTransaction.newBuilder()
            .setEventId(bank(payer) + ":" + id + ":" + phase)
            .setSource(bank(payer))
            .setTransactionId(id)
            .setKind(TransactionKind.TRANSFER)
            .setPhase(phase)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(100L * (10 + random.nextInt(8_000)))
            .setCurrency("CNY")
            .setPayer(account(payer))
            .setPayee(account(payee))
            .setChannel(Channel.MOBILE_APP);
    if (asks) {
      return transfer.setAnswerBy(at.plusMillis(ANSWER_MS)).build();
    }
    return transfer
        .setPayerBooking(new Booking(bank(payer), bank(payer) + "-" + id, at, null))
        .setPayeeBooking(new Booking(bank(payee), bank(payee) + "-" + id, at, null))
        .build();
  }

  /** The same few people for one payer, spread over all; never the payer. */
  private static int contact(int payer, int which) {
    long spread = (payer * (long) CONTACTS + which + 1) * 0x9E3779B97F4A7C15L >>> 1;
    return (int) ((payer + 1 + spread % (PEOPLE - 1)) % PEOPLE);
  }

  private static AccountRef account(int person) {
    return AccountRef.newBuilder()
        .setAccountToken("account-" + person)
        .setHolderToken("holder-" + person)
        .setBank(bank(person))
        .setBalanceBeforeFen(5_000_000L)
        .build();
  }

  private static String bank(int person) {
    return "B%02d".formatted(person % BANKS + 1);
  }
}
