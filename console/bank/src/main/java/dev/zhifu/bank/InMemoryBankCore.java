package dev.zhifu.bank;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A bank's systems in memory: the reference of {@link BankCore} for tests and demo. The city moves
 * its money from one thread while the library acts from another, so every call is synchronized.
 */
public final class InMemoryBankCore implements BankCore {
  private final Supplier<Instant> clock;
  private final Map<String, BankAccount> accounts = new HashMap<>();
  private final Map<String, BankTransfer> transfers = new HashMap<>();
  private final Map<String, StopPlaced> stops = new HashMap<>();
  private final Map<String, StopCommand> inForce = new HashMap<>();
  private final Map<String, HoldCommand> holds = new HashMap<>();
  private final Map<String, StopPlaced> ownStops = new HashMap<>();

  /**
   * @param clock the bank's clock; the caller decides how it runs
   */
  public InMemoryBankCore(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** Opens an account, or replaces what is known of it. */
  public synchronized void open(BankAccount account) {
    accounts.put(account.number(), account);
  }

  /**
   * Books a credit under the bank's own id; credits go in whatever is stopped.
   *
   * @throws IllegalArgumentException if the account is not this bank's
   */
  public synchronized void credit(BankTransfer transfer) {
    add(transfer.accountNumber(), transfer.amountFen());
    transfers.put(transfer.bankTransactionId(), transfer);
  }

  /**
   * Books a debit unless a stop, freeze or hold keeps the money.
   *
   * @return whether it was booked
   */
  public synchronized boolean debit(String accountNumber, long amountFen) {
    if (availableFen(accountNumber) < amountFen) {
      return false;
    }
    add(accountNumber, -amountFen);
    return true;
  }

  /**
   * Stops the account by the bank's own decision, before any order, as it reports with 100401.
   *
   * @param start when it took effect; past or now
   * @param expire when the bank lets go unless an order has followed
   */
  public synchronized StopPlaced stopByItself(String accountNumber, Instant start, Instant expire) {
    StopPlaced stop = new StopPlaced(require(accountNumber).balanceFen(), start, expire);
    ownStops.put(accountNumber, stop);
    return stop;
  }

  /** What can leave the account now, fen: nothing while it is stopped or frozen. */
  public synchronized long availableFen(String accountNumber) {
    BankAccount account = require(accountNumber);
    boolean stopped =
        inForce.values().stream()
            .anyMatch(
                stop ->
                    stop.accountNumber().equals(accountNumber)
                        && clock.get().isBefore(stop.expireTime()));
    if (stopped || account.frozen() || ownStop(accountNumber).isPresent()) {
      return 0;
    }
    return Math.max(0, account.balanceFen() - heldFen(accountNumber));
  }

  @Override
  public Instant now() {
    return clock.get();
  }

  @Override
  public synchronized Optional<BankAccount> account(String accountNumber) {
    return Optional.ofNullable(accounts.get(accountNumber));
  }

  @Override
  public synchronized Optional<BankTransfer> transfer(String bankTransactionId) {
    return Optional.ofNullable(transfers.get(bankTransactionId));
  }

  @Override
  public synchronized StopPlaced placeStop(StopCommand command) {
    return stops.computeIfAbsent(command.orderId(), unseen -> newStop(command));
  }

  @Override
  public synchronized boolean liftStop(String orderId) {
    StopCommand stop = inForce.remove(orderId);
    if (stop != null && stop.latePaperwork()) {
      ownStops.remove(stop.accountNumber());
    }
    return stop != null && clock.get().isBefore(stop.expireTime());
  }

  @Override
  public synchronized OptionalLong placeHold(HoldCommand command) {
    holds.putIfAbsent(command.holdId(), command);
    long balance = require(command.accountNumber()).balanceFen();
    return OptionalLong.of(Math.max(0, Math.min(balance, command.amountFen())));
  }

  @Override
  public synchronized boolean liftHold(String holdId) {
    return holds.remove(holdId) != null;
  }

  private StopPlaced newStop(StopCommand command) {
    Optional<StopPlaced> own =
        command.latePaperwork() ? ownStop(command.accountNumber()) : Optional.empty();
    Instant start = own.map(StopPlaced::startTime).orElse(command.startTime());
    Instant expire = start.plus(Duration.between(command.startTime(), command.expireTime()));
    long before =
        own.map(StopPlaced::balanceBeforeFen)
            .orElseGet(() -> require(command.accountNumber()).balanceFen());
    inForce.put(
        command.orderId(),
        new StopCommand(
            command.orderId(), command.accountNumber(), start, expire, own.isPresent()));
    return new StopPlaced(before, start, expire);
  }

  private Optional<StopPlaced> ownStop(String accountNumber) {
    return Optional.ofNullable(ownStops.get(accountNumber))
        .filter(stop -> clock.get().isBefore(stop.expireTime()));
  }

  private long heldFen(String accountNumber) {
    return holds.values().stream()
        .filter(hold -> hold.accountNumber().equals(accountNumber))
        .filter(hold -> clock.get().isBefore(hold.endsAt()))
        .mapToLong(HoldCommand::amountFen)
        .sum();
  }

  private void add(String accountNumber, long amountFen) {
    BankAccount old = require(accountNumber);
    accounts.put(
        accountNumber,
        new BankAccount(
            old.number(),
            old.name(),
            old.accountType(),
            Math.addExact(old.balanceFen(), amountFen),
            old.frozen()));
  }

  private BankAccount require(String accountNumber) {
    BankAccount account = accounts.get(accountNumber);
    if (account == null) {
      throw new IllegalArgumentException("This bank has no account " + accountNumber + "; open it");
    }
    return account;
  }
}
