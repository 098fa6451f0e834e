package dev.zhifu.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.gate.RuleGate;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouterOperatorTest {
  private static final Path T02 = Path.of("../rules/catalogue/T02/rule.yaml");

  @Test
  void aCallGoesToItsHolderOnceARuleThatUsesCallsIsInForce() throws Exception {
    try (var router = router(null)) {
      control(router, RouterControl.of(publication(PublicationStatus.LIVE, 0)));
      control(router, RouterControl.ready());

      event(router, call("early", -1));
      event(router, call("c1", 0));

      assertThat(router.extractOutputValues())
          .containsExactly(Routed.of(KeyKind.HOLDER, "h-v", Side.SUBJECT, call("c1", 0)));
      assertThat(relevant(router)).containsExactly(call("c1", 0));
    }
  }

  @Test
  void eventsAndWatermarkWaitUntilRulesAndListsHaveBeenRead() throws Exception {
    try (var router = router(null)) {
      event(router, call("c1", 0));
      watermark(router, 5_000);
      control(router, RouterControl.of(publication(PublicationStatus.SHADOW, 0)));
      assertThat(router.getOutput()).isEmpty();

      control(router, RouterControl.ready());

      assertThat(router.getOutput()).hasSize(2);
      assertThat(router.getOutput().toArray()[1]).isEqualTo(new Watermark(Samples.T0_MS + 5_000));
    }
  }

  @Test
  void everyAwaitingTransferIsAnnouncedAlsoWithoutParts() throws Exception {
    try (var router = router(null)) {
      control(router, RouterControl.ready());
      event(router, Samples.awaiting("t1", 0, "v", "m", 2_000_000));
      event(router, Samples.transfer("t1", 100, "v", "m", 2_000_000));

      assertThat(announcements(router))
          .containsExactly(
              new Announcement(
                  "B01:t1:AWAITING", "t1", "B01", Samples.T0_MS, Samples.T0_MS + 500, 0));
      assertThat(relevant(router)).isEmpty();
    }
  }

  @Test
  void theNumberOfPartsIsTheNumberOfRoutedElements() throws Exception {
    try (var router = router(null)) {
      control(router, RouterControl.of(publication(PublicationStatus.LIVE, 0)));
      control(router, RouterControl.ready());
      EnrichedEvent asked = Samples.awaiting("t1", 600_000, "v", "m", 2_000_000);
      asked.getFeatures().setCallActive(true);
      asked.getFeatures().setCallSeconds(600L);
      asked.getFeatures().setCallerFirstContact(true);
      asked.getFeatures().setPayeeFirstSeen(true);
      asked.getFeatures().setOwnTransfer(false);
      event(router, asked);

      assertThat(announcements(router))
          .singleElement()
          .extracting(Announcement::parts)
          .isEqualTo(1);
      assertThat(router.extractOutputValues()).hasSize(1);
      assertThat(asked.getFeatures().getPayeeListed()).isFalse();
    }
  }

  @Test
  void rulesListsAndHeldEventsOutliveARestore() throws Exception {
    OperatorSubtaskState state;
    try (var router = router(null)) {
      control(router, RouterControl.of(publication(PublicationStatus.LIVE, 0)));
      control(router, RouterControl.of(listed("m")));
      event(router, call("c1", 0));
      state = router.snapshot(1, 1);
    }

    try (var router = router(state)) {
      EnrichedEvent paid = Samples.transfer("t1", 1, "v", "m", 100);
      event(router, paid);
      control(router, RouterControl.ready());

      assertThat(router.extractOutputValues()).extracting(Routed::event).contains(call("c1", 0));
      assertThat(paid.getFeatures().getPayeeListed()).isTrue();
    }
  }

  @Test
  void draftsAndFaultyDocumentsChangeNothingAndAWithdrawalEndsARule() throws Exception {
    try (var router = router(null)) {
      control(router, RouterControl.ready());
      control(router, RouterControl.of(publication(PublicationStatus.DRAFT, 0)));
      RulePublication faulty = publication(PublicationStatus.LIVE, 0);
      faulty.setDocument("id: [");
      control(router, RouterControl.of(faulty));
      event(router, call("c1", 0));
      assertThat(router.getOutput()).isEmpty();

      control(router, RouterControl.of(publication(PublicationStatus.LIVE, 0)));
      control(router, RouterControl.of(publication(PublicationStatus.WITHDRAWN, 1_000)));
      event(router, call("c2", 999));
      event(router, call("c3", 1_000));

      assertThat(router.extractOutputValues())
          .extracting(Routed::event)
          .containsExactly(call("c2", 999));
    }
  }

  @Test
  void anAnnulledPublicationWasNeverThereAndEndedOnesAreForgotten() throws Exception {
    OperatorSubtaskState state;
    try (var router = router(null)) {
      control(router, RouterControl.ready());
      RulePublication late = publication(PublicationStatus.LIVE, 5_000);
      control(router, RouterControl.of(late));
      control(
          router,
          RouterControl.annulment(
              RuleGate.forged(late, "rules.publications:0:1", "a subtask came too late")));
      event(router, call("c1", 6_000));
      assertThat(router.extractOutputValues()).isEmpty();

      control(router, RouterControl.of(publication(PublicationStatus.LIVE, 7_000)));
      control(router, RouterControl.of(publication(PublicationStatus.WITHDRAWN, 8_000)));
      watermark(router, 8_000 + Places.REMEMBERED_MS);
      state = router.snapshot(1, 1);
    }
    try (var router = router(state)) {
      assertThat(
              router
                  .getOperator()
                  .getOperatorStateBackend()
                  .getBroadcastState(RouterOperator.PUBLICATIONS)
                  .entries())
          .isEmpty();
    }
  }

  private static EnrichedEvent call(String id, long atMs) {
    return Samples.call(TelecomKind.CALL_START, id, atMs, "v");
  }

  private static RulePublication publication(PublicationStatus status, long fromMs)
      throws Exception {
    return RulePublication.newBuilder()
        .setRuleId("T02")
        .setVersion(1)
        .setStatus(status)
        .setDocument(Files.readString(T02))
        .setDocumentSha256("")
        .setEffectiveFrom(Samples.T0.plusMillis(fromMs))
        .setAuthor("author")
        .setReason("test")
        .build();
  }

  private static ListEntry listed(String account) {
    return ListEntry.newBuilder()
        .setEntryId("LISTED_ACCOUNT:ACCOUNT:" + account)
        .setList(ListKind.LISTED_ACCOUNT)
        .setSubject(ListSubject.ACCOUNT)
        .setToken(account)
        .setEffectiveFrom(Samples.T0)
        .setReason("invented")
        .setSource("test")
        .build();
  }

  private static OneInputStreamOperatorTestHarness<RouterInput, Routed> router(
      OperatorSubtaskState state) throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<RouterInput, Routed>(new RouterOperator());
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void event(
      OneInputStreamOperatorTestHarness<RouterInput, Routed> router, EnrichedEvent event)
      throws Exception {
    router.processElement(
        new StreamRecord<>(RouterInput.of(event), event.getOccurredAt().toEpochMilli()));
  }

  private static void control(
      OneInputStreamOperatorTestHarness<RouterInput, Routed> router, RouterControl control)
      throws Exception {
    router.processElement(new StreamRecord<>(RouterInput.of(control)));
  }

  private static void watermark(
      OneInputStreamOperatorTestHarness<RouterInput, Routed> router, long atMs) throws Exception {
    router.processWatermark(new Watermark(Samples.T0_MS + atMs));
  }

  private static List<Announcement> announcements(
      OneInputStreamOperatorTestHarness<RouterInput, Routed> router) {
    return router.getSideOutput(RouterOperator.ANNOUNCEMENTS).stream()
        .map(StreamRecord::getValue)
        .toList();
  }

  private static List<EnrichedEvent> relevant(
      OneInputStreamOperatorTestHarness<RouterInput, Routed> router) {
    var output = router.getSideOutput(RouterOperator.RELEVANT);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }
}
