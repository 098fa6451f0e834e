package dev.zhifu.bank;

import java.time.Instant;

/**
 * A risk hold that the engine asks for; the bank's own measure.
 *
 * @param holdId the hold
 * @param accountNumber the account
 * @param bankTransactionId the bank's own id of the payment; null when it is not known
 * @param amountFen amount of the payment, fen
 * @param endsAt when it ends at the latest
 */
public record HoldCommand(
    String holdId,
    String accountNumber,
    String bankTransactionId,
    long amountFen,
    Instant endsAt) {}
