package dev.zhifu.stack.demo;

import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankCore;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.HoldCommand;
import dev.zhifu.bank.StopCommand;
import dev.zhifu.bank.StopPlaced;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.workload.CityBank;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One of the city's banks as the bank library sees it. */
final class CityBankCore implements BankCore {
  private static final String PERSONAL = "01";
  private static final String CORPORATE = "02";

  private final CityBank bank;

  CityBankCore(CityBank bank) {
    this.bank = bank;
  }

  @Override
  public Instant now() {
    return bank.now();
  }

  @Override
  public Optional<BankAccount> account(String number) {
    return bank.account(number)
        .map(
            account ->
                new BankAccount(
                    account.number(),
                    account.name(),
                    account.kind() == AccountKind.PERSONAL ? PERSONAL : CORPORATE,
                    account.balanceFen(),
                    false));
  }

  @Override
  public Optional<BankTransfer> transfer(String bankTransactionId) {
    return bank.transaction(bankTransactionId)
        .filter(CityBank.CityBooking::credit)
        .map(
            booking ->
                new BankTransfer(
                    booking.bankTransactionId(),
                    booking.accountNumber(),
                    booking.amountFen(),
                    booking.bookedAt()));
  }

  @Override
  public boolean liftStop(String orderId) {
    return bank.lift(orderId);
  }

  @Override
  public StopPlaced placeStop(StopCommand command) {
    CityBank.Placed placed =
        bank.placeStop(command.accountNumber(), command.orderId(), command.startTime());
    return new StopPlaced(placed.balanceBeforeFen(), placed.startTime(), placed.endTime());
  }

  @Override
  public OptionalLong placeHold(HoldCommand command) {
    CityBank.Placed placed =
        bank.placeHold(
            command.accountNumber(),
            command.holdId(),
            command.bankTransactionId(),
            command.endsAt());
    return OptionalLong.of(Math.max(0, Math.min(placed.balanceBeforeFen(), command.amountFen())));
  }

  @Override
  public boolean liftHold(String holdId) {
    return bank.lift(holdId);
  }
}
