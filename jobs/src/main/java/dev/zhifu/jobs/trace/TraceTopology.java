package dev.zhifu.jobs.trace;

import dev.zhifu.jobs.io.RecordsWritten;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceHop;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * The trace on one screen, for a job to take in. The job brings transactions and hop messages and
 * carries the main output back as hop messages; only transactions carry watermarks, hop messages
 * the maximum.
 */
public final class TraceTopology {
  private TraceTopology() {}

  /** Both sides of every booked or undone transaction, keyed by account. */
  public static SingleOutputStreamOperator<AccountRecord> sides(
      DataStream<BankTransaction> transactions) {
    return transactions
        .flatMap(TraceTopology::split)
        .returns(TypeInformation.of(AccountRecord.class))
        .uid("ledger-sides")
        .name("sides of transactions");
  }

  /** One side a record. */
  public static void split(BankTransaction transaction, Collector<AccountRecord> out) {
    for (LedgerFeed.Side side : LedgerFeed.sides(transaction)) {
      LedgerDay entry = new LedgerDay();
      side.putOn(entry);
      AccountRef account =
          transaction.getPayer() != null
                  && transaction.getPayer().getAccountToken().equals(side.account())
              ? transaction.getPayer()
              : transaction.getPayee();
      out.collect(new AccountRecord(side.account(), side.day(), entry.toBytes(), lasting(account)));
    }
  }

  /** What of an account does not change by the day. */
  private static AccountRef lasting(AccountRef account) {
    return AccountRef.newBuilder(account)
        .setBalanceBeforeFen(null)
        .setHolderAgeYears(null)
        .setRegion(null)
        .build();
  }

  /** Hop messages and reported losses from their topic, for the accounts that were paid. */
  public static SingleOutputStreamOperator<AccountRecord> hops(DataStream<TraceHop> topic) {
    return topic
        .map(HopRecords::toAccount)
        .returns(TypeInformation.of(AccountRecord.class))
        .uid("trace-hops-in")
        .name("hop messages in");
  }

  /** What accounts say, for the topic. */
  public static SingleOutputStreamOperator<TraceHop> messages(DataStream<AccountRecord> said) {
    return said.map(HopRecords::toTopic)
        .returns(TypeInformation.of(TraceHop.class))
        .uid("trace-hops-out")
        .name("hop messages out");
  }

  /**
   * Ledgers and traces.
   *
   * @param sides what banks booked, by account
   * @param hops hop messages and reported losses, by the account that was paid
   * @param listings the lists, then the mark of their end, under the maximum watermark
   * @param keptDays days of event time that a movement is kept
   * @param written records of the topics that messages and traces go to
   */
  public static SingleOutputStreamOperator<AccountRecord> trace(
      DataStream<AccountRecord> sides,
      DataStream<AccountRecord> hops,
      DataStream<TraceListing> listings,
      TraceSettings settings,
      int keptDays,
      RecordsWritten written) {
    return sides
        .union(hops)
        .keyBy(AccountRecord::key)
        .connect(listings.broadcast(LedgerTrace.LISTS))
        .process(
            new LedgerTrace(settings, keptDays, written), TypeInformation.of(AccountRecord.class))
        .uid(LedgerTrace.UID)
        .name("ledger and trace");
  }

  /** Claims to the accounts that the victims paid. */
  public static SingleOutputStreamOperator<AccountRecord> losses(DataStream<TraceClaim> claims) {
    return claims
        .flatMap(
            (TraceClaim claim, Collector<AccountRecord> out) ->
                claim.losses().forEach(out::collect))
        .returns(TypeInformation.of(AccountRecord.class))
        .uid("trace-losses")
        .name("reported losses");
  }

  /**
   * What the accounts state of each claim, put together; follow-on requests aside.
   *
   * @param stated statements of accounts
   * @param claims accepted reports; of two with one id the first counts
   */
  public static SingleOutputStreamOperator<TraceCase> claims(
      DataStream<Stated> stated, DataStream<TraceClaim> claims) {
    return stated
        .connect(claims)
        .keyBy(Stated::claim, TraceClaim::claim)
        .process(new TraceClaims(), TypeInformation.of(TraceCase.class))
        .uid(TraceClaims.UID)
        .name("traces of claims");
  }
}
