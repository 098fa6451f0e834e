package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which sides of a bank's message reach a ledger. */
class LedgerFeedTest {
  private static final Instant AT = Instant.parse("2026-03-02T18:10:00Z");

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setHolderToken("holder-" + token)
        .setBank("B01")
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  private static BankTransaction moved(String payer, String payee, TransactionPhase phase) {
    return BankTransaction.newBuilder()
        .setSource("B01")
        .setTransactionId("t1")
        .setOccurredAt(AT)
        .setReceivedAt(AT)
        .setEventId("B01:t1")
        .setCurrency("CNY")
        .setPhase(phase)
        .setKind(TransactionKind.TRANSFER)
        .setAmountFen(700)
        .setPayer(payer == null ? null : account(payer))
        .setPayee(payee == null ? null : account(payee))
        .build();
  }

  @Test
  void aTransferStandsOnBothLedgersUnderOneId() {
    assertThat(LedgerFeed.sides(moved("a", "b", TransactionPhase.COMPLETED)))
        .satisfiesExactly(
            debit -> {
              assertThat(debit.account()).isEqualTo("a");
              assertThat(debit.movement().credit()).isFalse();
              assertThat(debit.movement().id()).isEqualTo("B01:t1");
            },
            credit -> {
              assertThat(credit.account()).isEqualTo("b");
              assertThat(credit.movement().credit()).isTrue();
              assertThat(credit.movement().id()).isEqualTo("B01:t1");
            });
  }

  @Test
  void aTransferFromAnAccountToItselfMovesNothing() {
    assertThat(LedgerFeed.sides(moved("a", "a", TransactionPhase.COMPLETED))).isEmpty();
    assertThat(LedgerFeed.sides(moved("a", "a", TransactionPhase.REVERSED))).isEmpty();
  }

  @Test
  void cashHasOneSideAndWhatIsNotBookedHasNone() {
    assertThat(LedgerFeed.sides(moved("a", null, TransactionPhase.COMPLETED))).hasSize(1);
    assertThat(LedgerFeed.sides(moved("a", "b", TransactionPhase.AWAITING))).isEmpty();
    assertThat(LedgerFeed.sides(moved("a", "b", TransactionPhase.HELD))).isEmpty();
  }

  @Test
  void whatIsUndoneIsTakenOffBothLedgers() {
    assertThat(LedgerFeed.sides(moved("a", "b", TransactionPhase.REVERSED)))
        .hasSize(2)
        .allSatisfy(
            side -> {
              assertThat(side.movement()).isNull();
              assertThat(side.undone()).isEqualTo("B01:t1");
            });
  }
}
