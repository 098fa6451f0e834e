package dev.zhifu.jobs.network;

import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TrailsTold;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * The shapes on one screen, for a job to take in. The job brings transactions and messages and
 * carries the main output back as messages; only transactions carry watermarks, messages and lists
 * the maximum.
 */
public final class NetworkTopology {
  private NetworkTopology() {}

  /** Transfers that can be part of a shape, for the account that pays. */
  public static SingleOutputStreamOperator<NetworkStep> payments(
      DataStream<BankTransaction> transactions) {
    return transactions
        .flatMap(NetworkTopology::payment)
        .returns(TypeInformation.of(NetworkStep.class))
        .uid("network-payments")
        .name("payments between accounts");
  }

  /**
   * Booked transfers between accounts of two holders, of whom neither serves the public by its
   * bank's kind.
   */
  public static void payment(BankTransaction transaction, Collector<NetworkStep> out) {
    AccountRef payer = transaction.getPayer();
    AccountRef payee = transaction.getPayee();
    boolean moves =
        transaction.getPhase() == TransactionPhase.COMPLETED
            && transaction.getKind() == TransactionKind.TRANSFER
            && payer != null
            && payee != null;
    if (moves && !isOwn(payer, payee) && !servesThePublic(payer) && !servesThePublic(payee)) {
      out.collect(
          NetworkStep.pays(
              new TrailMessage(
                  transaction.getEventId(),
                  transaction.getOccurredAt().toEpochMilli(),
                  transaction.getAmountFen(),
                  payer.getAccountToken(),
                  payee.getAccountToken(),
                  List.of())));
    }
  }

  private static boolean isOwn(AccountRef payer, AccountRef payee) {
    return payer.getAccountToken().equals(payee.getAccountToken())
        || payer.getHolderToken() != null && payer.getHolderToken().equals(payee.getHolderToken());
  }

  private static boolean servesThePublic(AccountRef account) {
    AccountKind kind = account.getKind();
    return switch (kind) {
      case MERCHANT, PAYROLL, MEDICAL, GOVERNMENT, UTILITY, POOLED -> true;
      case UNKNOWN, PERSONAL, COMPANY -> false;
    };
  }

  /** A message from its topic, for the account that was paid. */
  public static NetworkStep told(TrailsTold record) {
    return NetworkStep.told(NetworkRecords.message(record));
  }

  /** What accounts say, for the topic. */
  public static SingleOutputStreamOperator<TrailsTold> messages(DataStream<NetworkStep> said) {
    return said.map(step -> NetworkRecords.record(step.message()))
        .returns(TypeInformation.of(TrailsTold.class))
        .uid("network-trails-out")
        .name("trails out");
  }

  /**
   * The shapes.
   *
   * @param payments what accounts pay
   * @param told what accounts are told
   * @param listings the lists, then the mark of their end
   * @param learning event time from the first movement in which payments only teach who pays whom
   */
  public static SingleOutputStreamOperator<NetworkStep> shapes(
      DataStream<NetworkStep> payments,
      DataStream<NetworkStep> told,
      DataStream<TraceListing> listings,
      NetworkSettings settings,
      Duration learning) {
    return payments
        .union(told)
        .keyBy(NetworkStep::account)
        .connect(listings.broadcast(NetworkShapes.LISTS))
        .process(new NetworkShapes(settings, learning), TypeInformation.of(NetworkStep.class))
        .uid(NetworkShapes.UID)
        .name("shapes among accounts");
  }
}
