package dev.zhifu.bank;

import java.time.Instant;

/**
 * A transfer as the bank booked it on one of its accounts.
 *
 * @param bankTransactionId the bank's own id
 * @param accountNumber the account that received it
 * @param amountFen amount, fen
 * @param bookedAt when the bank booked it, its own clock
 */
public record BankTransfer(
    String bankTransactionId, String accountNumber, long amountFen, Instant bookedAt) {}
