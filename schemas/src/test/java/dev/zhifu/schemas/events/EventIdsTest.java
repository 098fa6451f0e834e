package dev.zhifu.schemas.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.Samples;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  @Test
  void anOrderIdGivesItsApplicationId() {
    String orderId = EventIds.orderId(Samples.MULE, 1);

    String applicationId = EventIds.applicationId(orderId);

    assertThat(orderId).matches("[0-9a-f]{64}");
    assertThat(applicationId).hasSize(36).isEqualTo(UUID.fromString(applicationId).toString());
    assertThat(applicationId.replace("-", "")).isEqualTo(orderId.substring(0, 32));
  }

  /**
   * Fixed for ever: these ids stand on topics. Computed by another program over the documented
   * bytes.
   */
  @Test
  void idsNeverChange() {
    assertThat(EventIds.orderId("a", 1))
        .isEqualTo("5d6e240a9e895a2867dd7d3ad304b31bd040e0584e73a7d48bcf66fdcbc8b446");
    assertThat(EventIds.caseId(SubjectKind.HOLDER, "h", "e"))
        .isEqualTo("88d4675516c5d4e763f2c7a8e9f64f1e8e16c8b222442e21ff605ad2e837d477");
    assertThat(EventIds.holdId("B01:t1", "a"))
        .isEqualTo("dcfdec83961d23df0827beb9fbfd0abc4a26a831188474b768259ea65a3d1653");
  }

  @Test
  void partsAreNotConfusedByWhereTheyAreCut() {
    assertThat(EventIds.holdId("ab", "c")).isNotEqualTo(EventIds.holdId("a", "bc"));
    assertThat(EventIds.noticeId("x")).isNotEqualTo(EventIds.orderId("x", 1));
  }

  @Test
  void aHitIdDependsOnOrderAndStepsButNotOnTimes() {
    Evidence first = evidence("in", "e1", 0);
    Evidence second = evidence("out", "e2", 5);

    String id = hit(List.of(first, second));

    assertThat(hit(List.of(second, first))).isNotEqualTo(id);
    assertThat(hit(List.of(evidence("in", "e1", 9), second))).isEqualTo(id);
    assertThat(hit(List.of(first))).isNotEqualTo(id);
  }

  @Test
  void eventIdsSayTheirSource() {
    assertThat(EventIds.transactionEventId("B01", "t1", TransactionPhase.HELD))
        .isEqualTo("B01:t1:HELD");
    assertThat(EventIds.of(Samples.transfer())).isEqualTo("B01:t1:COMPLETED");
    assertThat(EventIds.of(Samples.report())).isEqualTo("r1");
    assertThat(EventIds.transitionId("o", 3)).isEqualTo("o:3");
    assertThatThrownBy(() -> EventIds.applicationId("short")).hasMessageContaining("64 hex digits");
  }

  @Test
  void anEnrichedEventStartsWithoutFeatures() {
    EnrichedEvent enriched = EnrichedEvents.of(Samples.transfer());

    assertThat(enriched.getEventId()).isEqualTo("B01:t1:COMPLETED");
    assertThat(enriched.getSerial()).isEqualTo(9L);
    assertThat(enriched.getFeatures()).isEqualTo(new dev.zhifu.wire.Features());
    assertThat(Events.occurredAtMs(enriched)).isEqualTo(Samples.T0.toEpochMilli());
    assertThat(Events.payerToken(enriched)).isEqualTo(Samples.VICTIM);
    assertThat(Events.payeeToken(enriched)).isEqualTo(Samples.MULE);
    assertThat(Events.holderToken(enriched)).isEqualTo("holder-of-a001");
    assertThat(Events.payeeHolderToken(enriched)).isEqualTo("holder-of-b001");
  }

  @Test
  void cashPaidInHasThePayeesSerialAndNoPayer() {
    var cash = Samples.transfer();
    cash.setPayer(null);

    EnrichedEvent enriched = EnrichedEvents.of(cash);

    assertThat(enriched.getSerial()).isEqualTo(4L);
    assertThat(Events.payerToken(enriched)).isNull();
    assertThat(Events.holderToken(enriched)).isNull();
  }

  @Test
  void aTelecomEventIsAboutItsOwner() {
    EnrichedEvent call = EnrichedEvents.of(Samples.telecom(TelecomKind.CALL_START));

    assertThat(Events.holderToken(call)).isEqualTo("holder-1");
    assertThat(Events.transaction(call)).isNull();
    assertThat(call.getSerial()).isNull();
    assertThatThrownBy(() -> EnrichedEvents.of(Samples.report()))
        .hasMessageContaining("VictimReport");
  }

  @Test
  void logsShowNoMoreThanTheEndOfAToken() {
    assertThat(Events.mask(Samples.MULE)).isEqualTo("…b001");
    assertThat(Events.mask("b001")).isEqualTo("…");
    assertThat(Events.mask(null)).isEqualTo("none");
  }

  private static String hit(List<Evidence> evidence) {
    return EventIds.hitId("T02", 1, KeyKind.ACCOUNT, Samples.MULE, evidence);
  }

  private static Evidence evidence(String step, String eventId, long seconds) {
    return Evidence.newBuilder()
        .setStep(step)
        .setEventId(eventId)
        .setOccurredAt(Samples.T0.plusSeconds(seconds))
        .setSide(Side.DEBIT)
        .build();
  }
}
