package dev.zhifu.rules.money;

import java.util.Comparator;
import java.util.Objects;

/**
 * One side of one transaction, as it stands on one account. Both sides carry the same id.
 *
 * @param id source + ":" + transaction id
 * @param at event time, UTC milliseconds
 * @param serial the account-holding bank's serial number within the account; {@link #NO_SERIAL}
 *     when it gives none
 * @param credit true when the money arrives
 * @param fen amount, above 0
 * @param other who is at the other end
 * @param means how it moved
 * @param bankId the account-holding bank's own id of it; empty when unknown
 * @param balanceBefore available balance right before, fen; {@link #NO_BALANCE} when unknown
 */
public record Movement(
    String id,
    long at,
    long serial,
    boolean credit,
    long fen,
    Party other,
    Means means,
    String bankId,
    long balanceBefore) {

  /** The bank gives no serial number. */
  public static final long NO_SERIAL = Long.MIN_VALUE;

  /** The bank gives no balance. */
  public static final long NO_BALANCE = Long.MIN_VALUE;

  /**
   * The total order of one account's movements: event time, bank serial, id. It makes a history the
   * same everywhere; among movements of one time without serials it says nothing about which came
   * first, and attribution never uses it so.
   */
  public static final Comparator<Movement> ORDER =
      Comparator.comparingLong(Movement::at)
          .thenComparingLong(Movement::serial)
          .thenComparing(Movement::id);

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public Movement {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(means, "means");
    Objects.requireNonNull(bankId, "bankId");
    if (fen <= 0) {
      throw new IllegalArgumentException(
          "Movement " + id + " is of " + fen + " fen; a movement must be above 0");
    }
  }

  /** Money that arrives by transfer, nothing else known. */
  public static Movement credit(String id, long at, long fen, Party from) {
    return new Movement(id, at, NO_SERIAL, true, fen, from, Means.TRANSFER, "", NO_BALANCE);
  }

  /** Money that leaves by transfer, nothing else known. */
  public static Movement debit(String id, long at, long fen, Party to) {
    return new Movement(id, at, NO_SERIAL, false, fen, to, Means.TRANSFER, "", NO_BALANCE);
  }

  /** True when the bank gives a serial number. */
  public boolean hasSerial() {
    return serial != NO_SERIAL;
  }

  /** True when the bank gives a balance. */
  public boolean hasBalance() {
    return balanceBefore != NO_BALANCE;
  }

  /** The same with a serial number. */
  public Movement withSerial(long number) {
    return new Movement(id, at, number, credit, fen, other, means, bankId, balanceBefore);
  }

  /** The same moved another way. */
  public Movement withMeans(Means way) {
    return new Movement(id, at, serial, credit, fen, other, way, bankId, balanceBefore);
  }

  /** The same with the balance before it. */
  public Movement withBalanceBefore(long balance) {
    return new Movement(id, at, serial, credit, fen, other, means, bankId, balance);
  }

  /** The same under the account-holding bank's own id. */
  public Movement withBankId(String own) {
    return new Movement(id, at, serial, credit, fen, other, means, own, balanceBefore);
  }
}
