package dev.zhifu.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.network.Leg;
import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkHit.Part;
import dev.zhifu.rules.money.network.NetworkHit.Role;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.NetworkShape;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class NetworkRecordsTest {
  private static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");

  @Test
  void aShapeIsAHitThatProposesNothingUnderAnIdOfItsTransfers() {
    NetworkShape shape =
        NetworkRecords.record(shape(NetworkRule.CYCLE, Role.HOP, Role.HOP, Role.HOP));
    RuleHit hit = NetworkRecords.hit(shape, false);

    assertThat(hit.getRuleId()).isEqualTo("G01");
    assertThat(hit.getFamily()).isEqualTo(RuleFamily.G);
    assertThat(hit.getKey()).isEqualTo("here");
    assertThat(hit.getActions()).isEmpty();
    assertThat(hit.getWeight()).isEqualTo(NetworkRule.CYCLE.weight());
    assertThat(hit.getHolds() && hit.getIsFinal() && hit.getMonotone()).isTrue();
    assertThat(hit.getOccurredAt()).isEqualTo(AT.plusSeconds(2));
    assertThat(hit.getEvidence()).extracting(Evidence::getEventId).containsExactly("0", "1", "2");
    assertThat(NetworkRecords.hit(shape, false).getHitId()).isEqualTo(hit.getHitId());
    assertThat(
            NetworkRecords.hit(
                    NetworkRecords.record(shape(NetworkRule.CYCLE, Role.HOP, Role.HOP)), false)
                .getHitId())
        .isNotEqualTo(hit.getHitId());
    RuleHit watched = NetworkRecords.hit(shape, true);
    assertThat(watched.getShadow()).isTrue();
    assertThat(watched.getWeight()).isZero();
    assertThat(watched.getHitId()).isEqualTo(hit.getHitId());
  }

  @Test
  void theSideIsTheAccountsOwn() {
    assertThat(sides(NetworkRule.CYCLE, Role.HOP, Role.HOP, Role.HOP))
        .containsExactly(Side.DEBIT, Side.SUBJECT, Side.CREDIT);
    assertThat(sides(NetworkRule.LAYERED_CHAIN, Role.HOP, Role.HOP, Role.HOP))
        .containsExactly(Side.SUBJECT, Side.SUBJECT, Side.CREDIT);
    assertThat(sides(NetworkRule.SCATTER_GATHER, Role.SCATTER, Role.GATHER))
        .containsExactly(Side.SUBJECT, Side.CREDIT);
    assertThat(sides(NetworkRule.GATHER_SCATTER, Role.GATHER, Role.SCATTER))
        .containsExactly(Side.CREDIT, Side.DEBIT);
  }

  @Test
  void aRuleOfAnotherFamilyIsNoShape() {
    NetworkShape shape =
        NetworkRecords.record(shape(NetworkRule.CYCLE, Role.HOP, Role.HOP, Role.HOP));
    shape.setRuleId("M01");
    assertThatThrownBy(() -> NetworkRecords.hit(shape, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'M01'");
  }

  private static List<Side> sides(NetworkRule rule, Role... roles) {
    return NetworkRecords.record(shape(rule, roles)).getEvidence().stream()
        .map(Evidence::getSide)
        .toList();
  }

  private static NetworkHit shape(NetworkRule rule, Role... roles) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < roles.length; i++) {
      parts.add(new Part(roles[i], new Leg("" + i, AT.plusSeconds(i).toEpochMilli())));
    }
    return new NetworkHit(rule, "here", "there", parts);
  }

  @Test
  void onlyBookedTransfersBetweenAccountsOfTwoPeopleTakePart() {
    assertThat(payments(transfer -> {}))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.account()).isEqualTo("payer");
              assertThat(step.told()).isFalse();
              TrailMessage payment = step.message();
              assertThat(payment.id()).isEqualTo("B01:t:COMPLETED");
              assertThat(payment.fen()).isEqualTo(500);
              assertThat(payment.payee()).isEqualTo("payee");
            });
    assertThat(payments(one -> one.setPhase(TransactionPhase.AWAITING))).isEmpty();
    assertThat(payments(one -> one.setKind(TransactionKind.PURCHASE))).isEmpty();
    assertThat(payments(one -> one.setPayee(null))).isEmpty();
    assertThat(payments(one -> one.getPayee().setHolderToken("h-payer"))).isEmpty();
    assertThat(payments(one -> one.getPayer().setKind(AccountKind.PAYROLL))).isEmpty();
    assertThat(payments(one -> one.getPayee().setKind(AccountKind.POOLED))).isEmpty();
    assertThat(payments(one -> one.getPayee().setKind(AccountKind.COMPANY))).hasSize(1);
  }

  private static List<NetworkStep> payments(Consumer<BankTransaction> change) {
    BankTransaction transfer =
        BankTransaction.newBuilder()
            .setEventId("B01:t:COMPLETED")
            .setSource("B01")
            .setTransactionId("t")
            .setKind(TransactionKind.TRANSFER)
            .setPhase(TransactionPhase.COMPLETED)
            .setOccurredAt(AT)
            .setReceivedAt(AT)
            .setAmountFen(500)
            .setCurrency("CNY")
            .setPayer(account("payer"))
            .setPayee(account("payee"))
            .build();
    change.accept(transfer);
    List<NetworkStep> steps = new ArrayList<>();
    NetworkTopology.payment(transfer, new ListCollector<>(steps));
    return steps;
  }

  private static AccountRef account(String name) {
    return AccountRef.newBuilder()
        .setAccountToken(name)
        .setHolderToken("h-" + name)
        .setBank("B01")
        .setKind(AccountKind.PERSONAL)
        .build();
  }
}
