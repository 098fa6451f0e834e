package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.util.List;

/**
 * What the watch on stop-payment orders reads, keyed by order; and by account, what is said of its
 * bank's own stop. Public for Flink's serializer.
 *
 * @param key the order, or the account's token
 * @param request a transition; null otherwise
 * @param receipt the bank's answer; null otherwise
 * @param reportId a bank's report of its own stop; null otherwise
 * @param stopped the transfer of that report whose payee the bank has stopped; null otherwise
 */
public record StopWatchInput(
    String key,
    StopPaymentRequest request,
    StopPaymentReceipt receipt,
    String reportId,
    ReportedTransfer stopped) {

  /** True for what is said of an account. */
  boolean isOfAccount() {
    return stopped != null || request != null && !request.getOrderId().equals(key);
  }

  static StopWatchInput of(StopPaymentRequest request) {
    return new StopWatchInput(request.getOrderId(), request, null, null, null);
  }

  static StopWatchInput of(StopPaymentReceipt receipt) {
    return new StopWatchInput(receipt.getOrderId(), null, receipt, null, null);
  }

  /** A transition, for the account that the order is on. */
  static StopWatchInput onAccount(StopPaymentRequest request) {
    return new StopWatchInput(request.getTarget().getAccountToken(), request, null, null, null);
  }

  /** The stops that a bank reports to have made itself. */
  static List<StopWatchInput> ownStops(VictimReport report) {
    return report.getTransfers().stream()
        .filter(transfer -> transfer.getOwnStop() != null)
        .map(
            transfer ->
                new StopWatchInput(
                    transfer.getPayee().getAccountToken(),
                    null,
                    null,
                    report.getReportId(),
                    transfer))
        .toList();
  }
}
