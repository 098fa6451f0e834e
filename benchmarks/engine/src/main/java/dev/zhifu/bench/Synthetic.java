package dev.zhifu.bench;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Transfers among many accounts, drawn uniformly or by Zipf's law with exponent 1, each event a
 * function of seed and number alone.
 *
 * @param accounts how many there are
 * @param zipf true when the account of rank r is drawn r times less often than the first
 * @param perSecond events per second of event time
 * @param filled true to fill every feature, as the feature steps would
 * @param seed of all draws
 * @param most events at most; negative for no end
 */
record Synthetic(int accounts, boolean zipf, int perSecond, boolean filled, long seed, long most)
    implements Feed {
  /** Event time of the first event: 2026-03-02T00:00:00Z. */
  static final long START_MS = 1_772_409_600_000L;

  static final long GOLDEN = 0x9E3779B97F4A7C15L;

  @Override
  public Cursor open(int subtask, int parallelism) {
    return new Cursor() {
      private long at = subtask;

      @Override
      public EnrichedEvent next() {
        if (most >= 0 && at >= most) {
          return null;
        }
        EnrichedEvent event = event(at);
        at += parallelism;
        return event;
      }
    };
  }

  private EnrichedEvent event(long number) {
    long draws = mix(seed * GOLDEN + number);
    int payer = account(unit(draws));
    int payee = account(unit(mix(draws + 1)));
    long amountFen = 100 + (long) Math.exp(9.2 + 2 * gauss(mix(draws + 2)));
    return transfer(number, payer, payee, amountFen, START_MS + number * 1000 / perSecond, filled);
  }

  /**
   * One completed transfer.
   *
   * @param filled true to fill every feature
   */
  static EnrichedEvent transfer(
      long number, int payer, int payee, long amountFen, long atMs, boolean filled) {
    Instant at = Instant.ofEpochMilli(atMs);
    String id = "S" + number;
    EnrichedEvent event =
        EnrichedEvents.of(
            new BankTransaction(
                "B01:" + id + ":COMPLETED",
                "B01",
                id,
                TransactionKind.TRANSFER,
                TransactionPhase.COMPLETED,
                at,
                at,
                amountFen,
                "CNY",
                ref(payer, amountFen * 3),
                ref(payee, amountFen),
                Channel.MOBILE_APP,
                token('d', payer),
                null,
                null,
                List.of(),
                new Booking("B01", id, at, number),
                new Booking("B02", id, at, number),
                null));
    if (filled) {
      event.setFeatures(features(amountFen));
    }
    return event;
  }

  private static AccountRef ref(int account, long balanceFen) {
    return new AccountRef(
        token('a', account),
        null,
        "B01",
        token('h', account),
        AccountKind.PERSONAL,
        LocalDate.ofEpochDay(15_000 + account % 5_000),
        balanceFen,
        20 + account % 60,
        "150200");
  }

  /** What a payer, a payee and a holder without a past would be given: every field a value. */
  private static Features features(long amountFen) {
    Features features = new Features();
    features.setPayeeInDegree1h(1L);
    features.setPayeeCreditFen15d(amountFen);
    features.setPayeeAccountAgeDays(900L);
    features.setPayeeDaysSinceCredit(3L);
    features.setPayeeQrPayers1h(0L);
    features.setPayeeFirstSeen(true);
    features.setOwnTransfer(false);
    features.setPayerDaysSinceActivity(3L);
    features.setPayerAccountAgeDays(900L);
    features.setShareOfBalance(0.3);
    features.setPayerResidueFen(amountFen * 2);
    features.setPayerCreditFen60m(0L);
    features.setPayerDebitFen60m(amountFen);
    features.setPayerOutDegree30m(1L);
    features.setPayerInDegree60m(0L);
    features.setPayerLargestCreditFen60m(0L);
    features.setPayerNightShare7d(0.1);
    features.setPayerNights7d(0L);
    features.setCallActive(false);
    features.setCallerPrefix(PrefixClass.UNKNOWN);
    features.setScreenShareActive(false);
    features.setLenders24h(0L);
    features.setOwnSources5d(0L);
    features.setPhaseRepeats(false);
    return features;
  }

  private int account(double unit) {
    // With exponent 1 the ranks' logarithm is uniform.
    int rank = zipf ? (int) Math.pow(accounts, unit) - 1 : (int) (unit * accounts);
    return Math.min(accounts - 1, Math.max(0, rank));
  }

  /** Thirty-two digits, as a token has. */
  private static String token(char kind, int number) {
    long hash = mix(number * GOLDEN + kind);
    return hex(hash) + hex(mix(hash));
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }

  static double unit(long draws) {
    return (draws >>> 11) * 0x1.0p-53;
  }

  /** Near enough to a normal draw for amounts: the sum of three uniform ones. */
  private static double gauss(long draws) {
    return 2 * (unit(draws) + unit(mix(draws + 3)) + unit(mix(draws + 4))) - 3;
  }

  static long mix(long value) {
    long h = value;
    h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    return h ^ (h >>> 31);
  }
}
