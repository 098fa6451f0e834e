package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The core system of one of the city's banks: it knows its customers in clear and its own
 * transactions, and stops or holds accounts. Safe to call from other threads between the city's
 * steps.
 */
public final class CityBank {
  /** How long a stop lasts from the moment it takes effect (notice 86 of 2016). */
  public static final Duration STOP_TERM = Duration.ofHours(48);

  private final World world;
  private final Object lock;
  private final int bank;

  CityBank(World world, Object lock, int bank) {
    this.world = world;
    this.lock = lock;
    this.bank = bank;
  }

  /**
   * A customer's account.
   *
   * @param number account number in clear
   * @param name registered name
   * @param kind as registered
   * @param balanceFen balance now
   * @param availableFen of it, what no asked or held transfer reserves
   */
  public record CityAccount(
      String number, String name, AccountKind kind, long balanceFen, long availableFen) {}

  /**
   * One booking.
   *
   * @param bankTransactionId this bank's own id
   * @param accountNumber account booked on
   * @param amountFen amount
   * @param bookedAt this bank's booking time
   */
  public record CityBooking(
      String bankTransactionId, String accountNumber, long amountFen, Instant bookedAt) {}

  /**
   * What a stop or hold did.
   *
   * @param balanceBeforeFen balance when it was placed
   * @param startTime when it takes effect
   * @param endTime when it ends unless lifted
   */
  public record Placed(long balanceBeforeFen, Instant startTime, Instant endTime) {}

  /** Code of the bank, B01 to B12. */
  public String code() {
    return Messages.bankCode(bank);
  }

  /** The account with this number, if this bank has it. */
  public Optional<CityAccount> account(String number) {
    synchronized (lock) {
      return find(number)
          .map(
              account ->
                  new CityAccount(
                      account.number(),
                      account.name(),
                      account.kind,
                      account.balanceFen,
                      account.availableFen()));
    }
  }

  /** The booking with this id, if this bank made it. */
  public Optional<CityBooking> transaction(String bankTransactionId) {
    synchronized (lock) {
      int entry = entry(bankTransactionId);
      if (entry < 0 || entry >= world.ledger.entries()) {
        return Optional.empty();
      }
      Account account = world.ledger.entryAccount(entry);
      if (account.bank != bank) {
        return Optional.empty();
      }
      return Optional.of(
          new CityBooking(
              bankTransactionId,
              account.number(),
              world.ledger.entryFen(entry),
              Instant.ofEpochMilli(world.ledger.entryAt(entry))));
    }
  }

  private int entry(String id) {
    String prefix = code() + "-";
    if (!id.startsWith(prefix) || id.length() != prefix.length() + 9) {
      return -1;
    }
    int entry = 0;
    for (int i = prefix.length(); i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      entry = entry * 10 + digit;
    }
    return entry;
  }

  /**
   * Stops all debits of an account for {@link #STOP_TERM}. It takes effect at the basis plus the
   * engine's latency plus this bank's drawn reaction, never before city time.
   *
   * @param number account number
   * @param orderId the order, which a lift names again
   * @param basisAt event time of the newest act or event that the order rests on (its
   *     applicationTime)
   * @throws IllegalArgumentException if this bank has no such account
   */
  public Placed placeStop(String number, String orderId, Instant basisAt) {
    synchronized (lock) {
      Account account = existing(number);
      long start = effectAt(basisAt, orderId);
      long end = start + STOP_TERM.toMillis();
      long before = account.balanceFen;
      account.restrict(new Account.Restriction(orderId, true, start, end));
      world.schedule.at(
          start,
          now -> {
            if (account.has(orderId)) {
              world.effects.stopped(account, orderId, now);
            }
          });
      world.schedule.at(end, now -> account.lift(orderId));
      return new Placed(before, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    }
  }

  /**
   * Holds all debits of an account as the bank's own measure.
   *
   * @param number account number
   * @param holdId the hold, which a lift names again
   * @param basisAt event time of the evidence
   * @param endsAt not later than 24 hours after the evidence
   * @throws IllegalArgumentException if this bank has no such account
   */
  public Placed placeHold(String number, String holdId, Instant basisAt, Instant endsAt) {
    synchronized (lock) {
      Account account = existing(number);
      long start = effectAt(basisAt, holdId);
      long end = Math.max(start, endsAt.toEpochMilli());
      long before = account.balanceFen;
      account.restrict(new Account.Restriction(holdId, false, start, end));
      world.schedule.at(
          start,
          now -> {
            if (account.has(holdId)) {
              world.effects.riskHold(account, null);
            }
          });
      return new Placed(before, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    }
  }

  /**
   * Lifts a stop or hold by its id.
   *
   * @return false when there was none
   */
  public boolean lift(String number, String id) {
    synchronized (lock) {
      return find(number).map(account -> liftStop(account, id)).orElse(false);
    }
  }

  private boolean liftStop(Account account, String id) {
    boolean lifted = account.lift(id);
    if (lifted && !account.restricts(world.schedule.now(), true)) {
      world.ledger.unkeep(account);
    }
    return lifted;
  }

  private long effectAt(Instant basisAt, String id) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "bank-reaction", id);
    return world.effects.effectAt(
        basisAt.toEpochMilli(),
        Draws.delayMs(random, world.settings.banks().reactionSecondsMedian(), 0.6));
  }

  private Account existing(String number) {
    return find(number)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Bank "
                        + code()
                        + " has no account ending in "
                        + number.substring(Math.max(0, number.length() - 4))
                        + ": ask account(number) first"));
  }

  private Optional<Account> find(String number) {
    int index = Account.indexOf(number);
    if (index < 0 || index >= world.ledger.accounts().size()) {
      return Optional.empty();
    }
    Account account = world.ledger.accounts().get(index);
    return account.bank == bank && account.number().equals(number)
        ? Optional.of(account)
        : Optional.empty();
  }
}
