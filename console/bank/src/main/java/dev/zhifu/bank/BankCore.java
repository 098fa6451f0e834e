package dev.zhifu.bank;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bank's own systems, as the library needs them. Every placing call is idempotent by its id:
 * the library may repeat it after a crash, and gets the first answer again. Calls come from the one
 * thread that steps the library.
 */
public interface BankCore {
  /** The bank's clock. */
  Instant now();

  /** The account with this number. */
  Optional<BankAccount> account(String accountNumber);

  /** The transfer that the bank booked under its own id. */
  Optional<BankTransfer> transfer(String bankTransactionId);

  /**
   * Places a stop; the second call with one order id changes nothing and returns the first result.
   * Late paperwork takes the bank's own stop over: {@link StopCommand#latePaperwork}.
   */
  StopPlaced placeStop(StopCommand command);

  /**
   * Lifts the stop of an order at once; false when there is none, or none any more. Other stops and
   * holds of the account stay.
   */
  boolean liftStop(String orderId);

  /**
   * Places a risk hold or declines it.
   *
   * @return fen kept in place, 0 or more; empty when the bank declines
   */
  OptionalLong placeHold(HoldCommand command);

  /** Lifts a risk hold; false when there is none, or none any more. */
  boolean liftHold(String holdId);
}
