package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.BankTransaction;
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
  static void split(BankTransaction transaction, Collector<AccountRecord> out) {
    for (LedgerFeed.Side side : LedgerFeed.sides(transaction)) {
      LedgerDay entry = new LedgerDay();
      side.putOn(entry);
      out.collect(new AccountRecord(side.account(), side.day(), entry.toBytes()));
    }
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
   * @param keptDays days of event time that a movement is kept
   */
  public static SingleOutputStreamOperator<AccountRecord> trace(
      DataStream<AccountRecord> sides,
      DataStream<AccountRecord> hops,
      TraceSettings settings,
      int keptDays) {
    return sides
        .connect(hops)
        .keyBy(AccountRecord::key, AccountRecord::key)
        .process(new LedgerTrace(settings, keptDays), TypeInformation.of(AccountRecord.class))
        .uid(LedgerTrace.UID)
        .name("ledger and trace");
  }
}
