package dev.zhifu.bank;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Systems whose process dies right after they placed a stop. */
record DyingCore(BankCore systems) implements BankCore {
  @Override
  public Instant now() {
    return systems.now();
  }

  @Override
  public Optional<BankAccount> account(String accountNumber) {
    return systems.account(accountNumber);
  }

  @Override
  public Optional<BankTransfer> transfer(String bankTransactionId) {
    return systems.transfer(bankTransactionId);
  }

  @Override
  public StopPlaced placeStop(StopCommand command) {
    systems.placeStop(command);
    throw new IllegalStateException("the process dies here");
  }

  @Override
  public boolean liftStop(String orderId) {
    return systems.liftStop(orderId);
  }

  @Override
  public OptionalLong placeHold(HoldCommand command) {
    return systems.placeHold(command);
  }

  @Override
  public boolean liftHold(String holdId) {
    return systems.liftHold(holdId);
  }
}
