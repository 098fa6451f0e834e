package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.Channel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CityBankTest {
  private final World world =
      new World(
          CitySettings.defaults().withResidents(500).withEnrichment(0), new HashIdentity(), false);
  private final Holder payer = world.people.residents.get(0);
  private final Account other = world.people.residents.get(1).main;
  private final CityBank bank = new CityBank(world, new Object(), payer.main.bank);
  private final Instant now = Instant.ofEpochMilli(world.schedule.now());

  @BeforeEach
  void money() {
    world.ledger.endow(payer.main, 100_000_00L);
  }

  private Payment pay(long fen) {
    Payment payment = Payment.transfer(payer.main, other, fen).by(Channel.MOBILE_APP, null);
    world.payments.pay(payment);
    return payment;
  }

  private void liveTo(long at) {
    while (world.schedule.next() <= at) {
      world.schedule.runNext();
    }
    world.schedule.advanceTo(at);
    world.payments.settle(at);
  }

  @Test
  void findsItsOwnAccountsAndNoOthers() {
    assertThat(bank.account(payer.main.number()))
        .hasValueSatisfying(
            account -> {
              assertThat(account.name()).isEqualTo(payer.name());
              assertThat(account.balanceFen()).isEqualTo(payer.main.balanceFen);
            });
    CityBank elsewhere = new CityBank(world, new Object(), (payer.main.bank + 1) % Ledger.BANKS);
    assertThat(elsewhere.account(payer.main.number())).isEmpty();
    assertThat(bank.account("12345")).isEmpty();
    assertThatThrownBy(() -> bank.placeStop("12345", "O-1", now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no account ending in 2345");
  }

  @Test
  void aStopBlocksDebitsUntilItIsLifted() {
    CityBank.Placed stop = bank.placeStop(payer.main.number(), "O-1", now);
    assertThat(stop.startTime()).isEqualTo(now);
    assertThat(Duration.between(stop.startTime(), stop.endTime())).isEqualTo(Duration.ofHours(48));
    assertThat(pay(100).state).isEqualTo(Payment.State.REFUSED);

    assertThat(bank.placeStop(payer.main.number(), "O-1", now.plusSeconds(9))).isEqualTo(stop);
    assertThat(bank.lift("O-1")).isTrue();
    assertThat(bank.lift("O-1")).isFalse();
    assertThat(pay(100).state).isEqualTo(Payment.State.DONE);
  }

  @Test
  void aHoldEndsByItself() {
    bank.placeHold(payer.main.number(), "H-1", null, now.plusSeconds(60));
    assertThat(pay(100).state).isEqualTo(Payment.State.REFUSED);
    liveTo(now.toEpochMilli() + 60_000);
    assertThat(pay(100).state).isEqualTo(Payment.State.DONE);
    assertThat(world.effects.wrongHolds()).containsEntry("ORDINARY", 1);
  }

  @Test
  void aLargeTransferWaitsForTheAnswerAndPassesWithoutOne() {
    long before = payer.main.balanceFen;
    Payment payment = pay(50_000_00L);
    assertThat(payment.state).isEqualTo(Payment.State.ASKED);
    assertThat(payer.main.balanceFen).isEqualTo(before);
    assertThat(payer.main.availableFen()).isEqualTo(before - 50_000_00L);
    assertThat(world.payments.nextSettlement()).isEqualTo(now.toEpochMilli() + 1000);

    liveTo(now.toEpochMilli() + 1000);
    assertThat(payment.state).isEqualTo(Payment.State.DONE);
    assertThat(payer.main.balanceFen).isEqualTo(before - 50_000_00L);
  }

  @Test
  void aHeldTransferKeepsTheMoneyUntilConfirmedOrCancelled() {
    Payment held = pay(50_000_00L);
    assertThat(world.payments.answer(bank.code(), held.transactionId, true)).isTrue();
    assertThat(world.payments.answer(bank.code(), held.transactionId, false))
        .as("at most once")
        .isFalse();
    liveTo(now.toEpochMilli() + 1000);
    assertThat(held.state).isEqualTo(Payment.State.HELD);
    long balance = payer.main.balanceFen;

    world.payments.cancel(held);
    assertThat(held.state).isEqualTo(Payment.State.CANCELLED);
    assertThat(payer.main.availableFen()).isEqualTo(balance);
    world.ledger.checkConserved();
  }
}
