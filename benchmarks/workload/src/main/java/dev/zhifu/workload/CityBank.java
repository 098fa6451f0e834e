package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The core system of one of the city's banks: it knows its customers in clear and its own
 * transactions, and stops or holds accounts. An act takes effect at city time, which is the end of
 * the step in which its evidence was sent: that wait is the bank's reaction, and it is the same
 * however fast the city runs. Placing twice under one id changes nothing and gives the first answer
 * again. Safe to call from several threads.
 */
public final class CityBank {
  /** How long a stop lasts from the moment it takes effect (notice 86 of 2016). */
  public static final Duration STOP_TERM = Duration.ofHours(48);

  private final World world;
  private final Object lock;
  private final int bank;
  private final Map<String, Placed> placed = new HashMap<>();
  private final Map<String, Account> accountById = new HashMap<>();

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
   * @param credit true when money came in, false when it left
   * @param amountFen amount, above 0
   * @param bookedAt this bank's booking time
   */
  public record CityBooking(
      String bankTransactionId,
      String accountNumber,
      boolean credit,
      long amountFen,
      Instant bookedAt) {}

  /**
   * What a stop or hold did.
   *
   * @param balanceBeforeFen balance when it took effect
   * @param startTime when it took effect
   * @param endTime when it ends unless lifted
   */
  public record Placed(long balanceBeforeFen, Instant startTime, Instant endTime) {}

  /** Code of the bank, B01 to B12. */
  public String code() {
    return Messages.bankCode(bank);
  }

  /** Whether it is connected to the centre: see {@link City#disconnect}. */
  public boolean connected() {
    return world.connections.has(bank);
  }

  /** The bank's clock: city time. */
  public Instant now() {
    synchronized (lock) {
      return Instant.ofEpochMilli(world.schedule.now());
    }
  }

  /** The account with this number, if this bank has it. */
  public Optional<CityAccount> account(String number) {
    synchronized (lock) {
      return find(number)
          .map(
              account ->
                  new CityAccount(
                      number,
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
      if (entry < 0 || world.ledger.entryAccount(entry).bank != bank) {
        return Optional.empty();
      }
      long fen = world.ledger.entryFen(entry);
      return Optional.of(
          new CityBooking(
              bankTransactionId,
              world.ledger.entryAccount(entry).number(),
              fen > 0,
              Math.abs(fen),
              Instant.ofEpochMilli(world.ledger.entryAt(entry))));
    }
  }

  /** The ledger's entry behind an id, or -1. */
  private int entry(String id) {
    if (!id.matches(code() + "-[0-9]{9}")) {
      return -1;
    }
    int entry = Integer.parseInt(id.substring(code().length() + 1));
    return world.ledger.hasEntry(entry) ? entry : -1;
  }

  /**
   * Stops all debits of an account for {@link #STOP_TERM}; credits still come in.
   *
   * @param number account number
   * @param orderId the order, which a lift names again
   * @param notBefore when it starts at the earliest; past times mean now
   * @throws IllegalArgumentException if this bank has no such account
   */
  public Placed placeStop(String number, String orderId, Instant notBefore) {
    synchronized (lock) {
      Placed first = placed.get(orderId);
      if (first != null) {
        return first;
      }
      long start = Math.max(world.schedule.now(), notBefore.toEpochMilli());
      Account account = existing(number);
      Placed stop = place(account, orderId, true, start, start + STOP_TERM.toMillis());
      when(account, orderId, start, now -> world.effects.stopped(account, orderId, now));
      return stop;
    }
  }

  /**
   * Holds all debits of an account as the bank's own measure.
   *
   * @param number account number
   * @param holdId the hold, which a lift names again
   * @param bankTransactionId this bank's own id of the payment behind it; null when not known
   * @param endsAt when it ends at the latest
   * @throws IllegalArgumentException if this bank has no such account
   */
  public Placed placeHold(String number, String holdId, String bankTransactionId, Instant endsAt) {
    return placeHold(number, holdId, bankTransactionId, Instant.EPOCH, endsAt);
  }

  /**
   * The same by a bank that takes its time.
   *
   * @param notBefore when it starts at the earliest; past times mean now
   */
  public Placed placeHold(
      String number, String holdId, String bankTransactionId, Instant notBefore, Instant endsAt) {
    synchronized (lock) {
      Placed first = placed.get(holdId);
      if (first != null) {
        return first;
      }
      Account account = existing(number);
      long start = Math.max(world.schedule.now(), notBefore.toEpochMilli());
      Placed hold = place(account, holdId, false, start, Math.max(start, endsAt.toEpochMilli()));
      int entry = bankTransactionId == null ? -1 : entry(bankTransactionId);
      Story payment = entry < 0 ? null : world.truth.storyOfEntry(entry);
      when(account, holdId, start, now -> world.effects.riskHold(account, payment));
      return hold;
    }
  }

  private Placed place(Account account, String id, boolean stop, long start, long end) {
    account.restrict(new Account.Restriction(id, stop, start, end));
    world.schedule.at(end, now -> account.lift(id));
    Placed done =
        new Placed(account.balanceFen, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    placed.put(id, done);
    accountById.put(id, account);
    return done;
  }

  /** At once when the time has come; else later, if the restriction still stands. */
  private void when(Account account, String id, long start, Schedule.Act act) {
    if (start <= world.schedule.now()) {
      act.run(start);
      return;
    }
    world.schedule.at(
        start,
        now -> {
          if (account.has(id)) {
            act.run(now);
          }
        });
  }

  /**
   * Lifts a stop or hold by its id, at once.
   *
   * @return false when this bank has none of that id in force
   */
  public boolean lift(String id) {
    synchronized (lock) {
      Account account = accountById.get(id);
      boolean lifted = account != null && account.lift(id);
      if (lifted && !account.restricts(world.schedule.now(), true)) {
        world.ledger.unkeep(account);
      }
      return lifted;
    }
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
