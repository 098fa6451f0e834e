package dev.zhifu.bank;

import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.OrderVerdict;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Handles orders: verify, open, compare, stop, write down, answer. */
final class OrderDesk {
  /** Types of an order that follows a stop that the bank has made itself. */
  private static final Set<String> LATE_PAPERWORK = Set.of("04", "05");

  private final String bank;
  private final BankCore core;
  private final OrderVerifier verifier;
  private final AccountOpener opener;
  private final FourFieldMatcher matcher;
  private final BankLedger ledger;

  OrderDesk(
      BankSettings settings,
      BankCore core,
      OrderVerifier verifier,
      AccountOpener opener,
      BankLedger ledger) {
    this.bank = settings.bank();
    this.core = core;
    this.verifier = verifier;
    this.opener = opener;
    this.matcher = new FourFieldMatcher(settings.toleranceSeconds());
    this.ledger = ledger;
  }

  StopPaymentReceipt handle(OrderEnvelope envelope) {
    OrderVerdict verdict = verifier.verify(envelope, core.now());
    if (verdict.refusal() == ReceiptResult.DUPLICATE) {
      return ledger.receiptOf(verdict.order().getOrderId()).orElseThrow();
    }
    boolean executable = verdict.accepted() || interrupted(verdict);
    StopPaymentReceipt receipt = executable ? execute(verdict) : refuse(verdict);
    writeDown(verdict, receipt);
    return receipt;
  }

  StopPaymentReceipt answerUnreadable(BankMessage.Unreadable message) {
    OrderVerdict verdict =
        new OrderVerdict(ReceiptResult.FORMAT_ERROR, message.why(), null, message.valueSha256());
    return refuse(verdict);
  }

  /** Verified before a crash; what passed since, such as its term, must not leave it half done. */
  private boolean interrupted(OrderVerdict verdict) {
    return verdict.order() != null
        && ledger.intended(verdict.order().getOrderId(), verdict.payloadSha256());
  }

  /**
   * An order's id is taken only by an order of ours: what is untrusted, misdirected or of another
   * environment must not keep the true order from being executed, nor a replay change its answer.
   * An order past its term or without authorisation does take it: a new attempt needs a new order.
   */
  private void writeDown(OrderVerdict verdict, StopPaymentReceipt receipt) {
    boolean ours =
        verdict.order() != null
            && verdict.refusal() != ReceiptResult.WRONG_BANK
            && verdict.refusal() != ReceiptResult.WRONG_ENVIRONMENT
            && verdict.refusal() != ReceiptResult.REPLAYED;
    if (ours) {
      ledger.order(receipt);
    } else {
      ledger.untrusted(receipt);
    }
  }

  private StopPaymentReceipt execute(OrderVerdict verdict) {
    StopPaymentOrder order = verdict.order();
    ClearAccount named;
    try {
      named = opener.open(order.getCipher(), order.getAccountToken());
    } catch (CryptoException e) {
      return answer(verdict, ReceiptResult.FORMAT_ERROR, e.getMessage());
    }
    Optional<BankAccount> account = core.account(named.number());
    if (account.isEmpty()) {
      return answer(verdict, ReceiptResult.ACCOUNT_NOT_FOUND, "this bank has no such account");
    }
    Match match =
        matcher.match(order, named, account.get(), core.transfer(order.getBankTransactionId()));
    if (!match.exact()) {
      return answer(verdict, match.mismatch(), match.sentence());
    }
    if (account.get().frozen()) {
      return answer(verdict, ReceiptResult.ALREADY_FROZEN, "a freeze already lies on the account");
    }
    return stop(verdict, account.get());
  }

  private StopPaymentReceipt stop(OrderVerdict verdict, BankAccount account) {
    StopPaymentOrder order = verdict.order();
    Instant start = core.now();
    ledger.intend(order.getOrderId(), verdict.payloadSha256(), start);
    StopPlaced placed =
        core.placeStop(
            new StopCommand(
                order.getOrderId(),
                account.number(),
                start,
                start.plus(Duration.ofHours(order.getTermHours())),
                LATE_PAPERWORK.contains(order.getApplicationType())));
    boolean empty = placed.balanceBeforeFen() <= 0;
    StopPaymentReceipt receipt =
        answer(verdict, empty ? ReceiptResult.STOPPED_ZERO : ReceiptResult.STOPPED, "");
    receipt.setBalanceBeforeFen(placed.balanceBeforeFen());
    receipt.setStartTime(placed.startTime());
    receipt.setExpireTime(placed.expireTime());
    return receipt;
  }

  private StopPaymentReceipt refuse(OrderVerdict verdict) {
    return answer(verdict, verdict.refusal(), verdict.sentence());
  }

  private StopPaymentReceipt answer(OrderVerdict verdict, ReceiptResult result, String remark) {
    StopPaymentOrder order = verdict.order();
    return StopPaymentReceipt.newBuilder()
        .setOrderId(order == null ? "" : order.getOrderId())
        .setApplicationId(order == null ? "" : order.getApplicationId())
        .setAccountToken(order == null ? "" : order.getAccountToken())
        .setBank(bank)
        .setPayloadSha256(verdict.payloadSha256())
        .setResult(result)
        .setAt(core.now())
        .setRemark(remark)
        .build();
  }
}
