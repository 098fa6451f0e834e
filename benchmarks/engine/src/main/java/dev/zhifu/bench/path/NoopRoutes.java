package dev.zhifu.bench.path;

import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TransactionPhase;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Which events the no-op lets through where the engine's router decides by rules: every awaiting
 * transfer, and of the others a share told by the event's id alone.
 */
final class NoopRoutes implements FlatMapFunction<EnrichedEvent, Routed> {
  private static final long serialVersionUID = 1L;

  /** One event in so many makes a request. */
  static final int EVENTS_A_REQUEST = 500;

  /** One event in so many is relevant to some rule: about what the catalogue lets through. */
  private static final int EVENTS_A_ROUTE = 16;

  @Override
  public void flatMap(EnrichedEvent event, Collector<Routed> out) {
    if (isRelevant(event)) {
      boolean bank = event.getEvent() instanceof BankTransaction;
      out.collect(
          Routed.of(
              KeyKind.HOLDER,
              bank ? StepKeys.payer(event) : StepKeys.holder(event),
              bank ? Side.DEBIT : Side.SUBJECT,
              event));
    }
  }

  static boolean isRelevant(EnrichedEvent event) {
    return asks(event) || requests(event) || draw(event) % EVENTS_A_ROUTE == 0;
  }

  static boolean asks(EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction transaction
        && transaction.getPhase() == TransactionPhase.AWAITING;
  }

  static boolean requests(EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction && draw(event) % EVENTS_A_REQUEST == 0;
  }

  private static int draw(EnrichedEvent event) {
    return event.getEventId().hashCode() * 0x9E3779B9 >>> 8;
  }
}
