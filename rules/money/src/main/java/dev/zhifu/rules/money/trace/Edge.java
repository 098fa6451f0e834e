package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;

/**
 * One transfer.
 *
 * @param id source + ":" + transaction id; empty when a victim names a transfer that is not found
 *     yet
 * @param at event time, UTC milliseconds
 * @param fen amount
 * @param payer who paid
 * @param payee who was paid; {@link Party#CASH} for cash
 * @param means how
 * @param bankId own id of the bank of the account that states it; empty when unknown
 */
public record Edge(
    String id, long at, long fen, Party payer, Party payee, Means means, String bankId) {

  /** The transfer that a debit of {@code payer} is. */
  public static Edge ofDebit(Party payer, Movement debit) {
    return new Edge(
        debit.id(), debit.at(), debit.fen(), payer, debit.other(), debit.means(), debit.bankId());
  }

  /** As a credit of the payee, for a ledger that has not got it. */
  Movement credit() {
    return new Movement(
        id, at, Movement.NO_SERIAL, true, fen, payer, means, "", Movement.NO_BALANCE);
  }
}
