package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReportedTransfer;
import java.util.ArrayList;
import java.util.List;

/**
 * A victim's accepted report, whose money is to be followed.
 *
 * @param claim id of the report
 * @param caseId case that stands on it
 * @param act the officer's act that accepted it, whose signature holds
 */
public record TraceClaim(String claim, String caseId, OfficerAct act) {

  /** The transfers that the victim named, as messages to the accounts that were paid. */
  List<AccountRecord> losses() {
    List<AccountRecord> losses = new ArrayList<>();
    long lossFen = 0;
    for (ReportedTransfer transfer : act.getReport().getTransfers()) {
      lossFen = Math.addExact(lossFen, transfer.getAmountFen());
    }
    long reportedAt = act.getReport().getReportedAt().toEpochMilli();
    for (ReportedTransfer transfer : act.getReport().getTransfers()) {
      HopMessage loss = HopMessage.loss(claim, caseId, reportedAt, lossFen, edge(transfer), 1);
      losses.add(AccountRecord.message(transfer.getPayee().getAccountToken(), Codec.bytes(loss)));
    }
    return losses;
  }

  /**
   * Without an id: the ledger finds it by payer, amount and time. An id of the paying bank would be
   * another than the ledger's where the payee's bank has reported the transfer.
   */
  private static Edge edge(ReportedTransfer transfer) {
    String bankId = transfer.getPayeeBankTransactionId();
    return new Edge(
        "",
        transfer.getOccurredAt().toEpochMilli(),
        transfer.getAmountFen(),
        LedgerFeed.party(transfer.getPayer()),
        LedgerFeed.party(transfer.getPayee()),
        Means.TRANSFER,
        bankId == null ? "" : bankId);
  }
}
