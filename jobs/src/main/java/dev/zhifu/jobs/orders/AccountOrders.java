package dev.zhifu.jobs.orders;

import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.List;
import java.util.Map;

/**
 * All that stop-orders keeps of one account. Public for Flink's serializer. Never cleared: the
 * law's two stops have no end in time; bounded by {@link OrderSettings#ordersMax} and {@link
 * OrderSettings#waitingReceiptsMax}.
 *
 * @param lives order objects by ordinal
 * @param waitingReceipts answers to orders that have not been read back yet
 * @param sequences highest transition number of each ordinal, made here or read back
 * @param refusedCause cause of the last proposal that was refused with an alarm, so that its copy
 *     stays silent
 * @param told newest transition that the record tells of each object that is not known here: a
 *     start without savepoint learns from it on which cases the object stands; null in a state of
 *     before
 * @param freezes newest word on each freeze of the account; null in a state of before
 */
public record AccountOrders(
    List<OrderLife> lives,
    List<StopPaymentReceipt> waitingReceipts,
    Map<Integer, Long> sequences,
    String refusedCause,
    List<StopPaymentRequest> told,
    List<FreezeWord> freezes) {

  static AccountOrders none() {
    return new AccountOrders(List.of(), List.of(), Map.of(), "", List.of(), List.of());
  }
}
