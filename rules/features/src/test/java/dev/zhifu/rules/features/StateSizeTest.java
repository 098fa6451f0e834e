package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.features.FeatureDeclaration.Entity;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import org.junit.jupiter.api.Test;

/** The sizes that docs/features.md states. */
class StateSizeTest {
  private static final int MANY = 4_000;

  private final PayeeState payee = new PayeeState();
  private final PayerState payer = new PayerState();
  private final HolderState holder = new HolderState();
  private final PayeeState number = new PayeeState();
  private final PayeeState device = new PayeeState();

  @Test
  void anOrdinaryCustomersStateIsAsSmallAsStated() {
    for (int day = 0; day < 30; day++) {
      credit(day, day * Windows.DAY, "payer" + day % 4, TransactionKind.TRANSFER);
      debit(day, day * Windows.DAY, "shop" + day % 12);
      call(day, day * 8 * Windows.HOUR);
      number(day, day * 3 * Windows.HOUR);
      login(day, day * 3 * Windows.HOUR, "me");
    }

    assertThat(payee.toBytes().length).isLessThanOrEqualTo(Entity.PAYEE_ACCOUNT.ordinaryBytes());
    assertThat(payer.toBytes().length).isLessThanOrEqualTo(Entity.PAYER_ACCOUNT.ordinaryBytes());
    assertThat(holder.toBytes().length).isLessThanOrEqualTo(Entity.HOLDER.ordinaryBytes());
    assertThat(number.toBytes().length).isLessThanOrEqualTo(Entity.NUMBER.ordinaryBytes());
    assertThat(device.toBytes().length).isLessThanOrEqualTo(Entity.DEVICE.ordinaryBytes());
    print("ordinary");
  }

  @Test
  void noStateGrowsPastItsMost() {
    for (int i = 0; i < MANY; i++) {
      credit(i, i * 10 * Windows.MINUTE, "payer" + i, TransactionKind.QR_PAYMENT);
      debit(i, i * 10 * Windows.MINUTE, "shop" + i);
    }
    long end = MANY * 10 * Windows.MINUTE;
    for (int i = 0; i < MANY; i++) {
      credit(MANY + i, end + i, "payer" + i, TransactionKind.QR_PAYMENT);
      debit(MANY + i, end + i, "other" + i);
      call(MANY + i, end + i);
      number(i, i * Windows.MINUTE);
      login(i, i * Windows.MINUTE, "customer" + i);
    }

    assertThat(payee.toBytes().length).isLessThanOrEqualTo(Entity.PAYEE_ACCOUNT.mostBytes());
    assertThat(payer.toBytes().length).isLessThanOrEqualTo(Entity.PAYER_ACCOUNT.mostBytes());
    assertThat(holder.toBytes().length).isLessThanOrEqualTo(Entity.HOLDER.mostBytes());
    assertThat(number.toBytes().length).isLessThanOrEqualTo(Entity.NUMBER.mostBytes());
    assertThat(device.toBytes().length).isLessThanOrEqualTo(Entity.DEVICE.mostBytes());
    print("full");
  }

  private void print(String which) {
    System.out.printf(
        "state bytes, %s: payee account %d, payer account %d, holder %d, number %d, device %d%n",
        which,
        payee.toBytes().length,
        payer.toBytes().length,
        holder.toBytes().length,
        number.toBytes().length,
        device.toBytes().length);
  }

  private void number(int i, long at) {
    first(number, Events.placed(TelecomKind.CALL_START, "n" + i, at, "me", "peer" + i));
    first(number, Events.placed(TelecomKind.CALL_END, "n" + i, at + 50_000, "me", "peer" + i));
  }

  private void login(int i, long at, String who) {
    first(device, Events.login("a" + i, at, who, "phone"));
  }

  private static void first(PayeeState state, EnrichedEvent event) {
    new Dedupe(Limits.UNHEARD).judge(state, event);
    new PayeeAccountFeatures(Limits.UNHEARD).enrich(state, event);
  }

  private void credit(int i, long at, String from, TransactionKind kind) {
    EnrichedEvent event =
        Events.enriched(Events.transaction("c" + i, kind, at, from, "me", 123_456 + i));
    new Dedupe(Limits.UNHEARD).judge(payee, event);
    new PayeeAccountFeatures(Limits.UNHEARD).enrich(payee, event);
  }

  private void debit(int i, long at, String to) {
    EnrichedEvent event = Events.transfer("d" + i, at, "me", to, 123_456 + i);
    ((BankTransaction) event.getEvent()).getPayer().setBalanceBeforeFen(98_765_432L);
    new PayerAccountFeatures(Limits.UNHEARD).enrich(payer, event);
    HolderFeatures holderStep = new HolderFeatures(Limits.UNHEARD);
    holderStep.enrich(holder, event);
    holderStep.enrich(
        holder,
        Events.enriched(
            Events.transaction(
                "w" + i, TransactionKind.CASH_WITHDRAWAL, at, "me", null, 123_456 + i)));
  }

  private void call(int i, long at) {
    HolderFeatures step = new HolderFeatures(Limits.UNHEARD);
    step.enrich(holder, Events.telecom(TelecomKind.CALL_START, "c" + i, at, "me", "peer" + i));
    step.enrich(holder, Events.telecom(TelecomKind.CALL_END, "c" + i, at + 1, "me", "peer" + i));
    step.enrich(holder, Events.telecom(TelecomKind.APP_SESSION_START, "s" + i, at, "me", null));
  }
}
