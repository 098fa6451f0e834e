package dev.zhifu.jobs.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.order.OrderEffect;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderTableTest {

  private static final LifeTable<OrderState, OrderEvent, OrderFact, OrderEffect> LAW =
      OrderTable.law();
  private static final Set<OrderFact> ALL = EnumSet.allOf(OrderFact.class);

  @Test
  void aDraftThatAnOfficerSignsIsSigned() {
    var row =
        LAW.step(
            OrderState.DRAFT,
            OrderEvent.OFFICER_SIGNED,
            EnumSet.of(OrderFact.LEGAL_GUARDS_HOLD, OrderFact.OFFICER_VERIFIED));

    assertThat(row).map(Row::to).contains(OrderState.SIGNED);
  }

  @Test
  void everyGuardFailsClosed() {
    for (Row<OrderState, OrderEvent, OrderFact, OrderEffect> row : LAW.rows()) {
      for (OrderFact needed : row.guard()) {
        EnumSet<OrderFact> facts = EnumSet.copyOf(row.guard());
        facts.remove(needed);
        for (OrderState from : fromOf(row)) {
          assertThat(LAW.step(from, row.event(), facts)).as(row + " without " + needed).isEmpty();
        }
      }
    }
  }

  @Test
  void noTwoRowsApplyUnderTheSameGuard() {
    for (Row<OrderState, OrderEvent, OrderFact, OrderEffect> row : LAW.rows()) {
      for (OrderState from : fromOf(row)) {
        assertThat(LAW.rows())
            .filteredOn(
                other ->
                    other.speaksOf(from, row.event()) && row.guard().containsAll(other.guard()))
            .containsExactly(row);
      }
    }
  }

  @Test
  void aStopIsInForceOnlyAfterTheBankGaveItsStartTime() {
    assertThat(rowsInto(OrderState.ACTIVE, OrderState.ACTIVE_ZERO))
        .filteredOn(row -> !OrderTable.IN_FORCE.containsAll(row.from()))
        .allSatisfy(
            row ->
                assertThat(row.guard())
                    .contains(OrderFact.START_TIME_GIVEN, OrderFact.OWN_PAYLOAD));
  }

  @Test
  void onlyAnOfficerOrAStandingAuthorisationSigns() {
    assertThat(rowsInto(OrderState.SIGNED))
        .allSatisfy(
            row ->
                assertThat(row.guard())
                    .containsAnyOf(OrderFact.OFFICER_VERIFIED, OrderFact.AUTOMATIC_GUARDS_HOLD));
  }

  @Test
  void nothingLeavesTheHouseUnsigned() {
    assertThat(LAW.rows())
        .filteredOn(row -> row.effects().contains(OrderEffect.SEND_ENVELOPE))
        .allSatisfy(
            row -> assertThat(Set.of(OrderState.SIGNED, OrderState.SENT)).containsAll(row.from()));
  }

  @Test
  void aMismatchNeverCreatesAStopAndEndsTheOrder() {
    assertThat(rowsInto(OrderState.MISMATCH))
        .allSatisfy(row -> assertThat(row.effects()).doesNotContain(OrderEffect.COUNT_STOP));
    for (OrderEvent event : OrderEvent.values()) {
      assertThat(LAW.step(OrderState.MISMATCH, event, ALL)).isEmpty();
    }
  }

  @Test
  void onlyLapseOfTimeEndsAStopWithoutAPersonOrAFreeze() {
    assertThat(LAW.rows())
        .filteredOn(row -> row.effects().contains(OrderEffect.END_TERM))
        .extracting(Row::event)
        .containsOnly(
            OrderEvent.RELEASE_DECIDED,
            OrderEvent.TERM_ENDED,
            OrderEvent.FREEZE_TOOK_EFFECT,
            OrderEvent.FREEZE_REFUSED);
  }

  @Test
  void withdrawnEvidenceNeverLiftsASignedOrder() {
    for (OrderState state :
        List.of(OrderState.SENT, OrderState.ACTIVE, OrderState.ACTIVE_ZERO, OrderState.EXTENDED)) {
      assertThat(LAW.step(state, OrderEvent.EVIDENCE_WITHDRAWN, ALL)).map(Row::to).contains(state);
    }
  }

  @Test
  void everyResultOfABankMeansSomethingToASentOrder() {
    for (ReceiptResult result : ReceiptResult.values()) {
      assertThat(LAW.step(OrderState.SENT, Receipts.eventOf(result), ALL))
          .as(result.name())
          .isPresent();
    }
  }

  @Test
  void everyStateIsReachedAndEveryEventIsUsed() {
    assertThat(LAW.rows()).extracting(Row::to).contains(OrderState.values());
    assertThat(LAW.rows()).extracting(Row::event).contains(OrderEvent.values());
  }

  private static List<Row<OrderState, OrderEvent, OrderFact, OrderEffect>> rowsInto(
      OrderState... states) {
    return LAW.rows().stream()
        .filter(
            row -> Arrays.asList(states).contains(row.to()) && !row.from().equals(Set.of(row.to())))
        .toList();
  }

  private static List<OrderState> fromOf(Row<OrderState, OrderEvent, OrderFact, OrderEffect> row) {
    List<OrderState> from = new ArrayList<>(row.from());
    if (from.isEmpty()) {
      from.add(null);
    }
    return from;
  }
}
