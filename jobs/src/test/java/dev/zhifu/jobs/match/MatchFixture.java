package dev.zhifu.jobs.match;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** Rules written as one line, events, and the operator on RocksDB. */
final class MatchFixture {
  static final long WINDOW_MS = 600_000;

  /** Key groups of an operator with several subtasks. */
  static final int MAX_PARALLELISM = 16;

  private MatchFixture() {}

  /**
   * Reads {@code ID VERSION PATTERN}: {@code call-transfer} is a call followed by a transfer;
   * {@code call-no-end-transfer} the same without an end of the call between; {@code
   * call-no-transfer} a call that no transfer follows within the window; {@code broken} fails on
   * every event.
   */
  static final RuleReading READING =
      (name, text) -> {
        String[] words = text.split(" ");
        return rule(words[0], Integer.parseInt(words[1]), words[2]);
      };

  private static Rule rule(String id, int version, String pattern) {
    List<Step> steps =
        switch (pattern) {
          case "call-transfer" ->
              List.of(
                  step("call", Contiguity.BEGIN, EventKind.CALL_START),
                  step("out", Contiguity.FOLLOWED_BY, EventKind.TRANSFER_OUT));
          case "call-no-end-transfer" ->
              List.of(
                  step("call", Contiguity.BEGIN, EventKind.CALL_START),
                  step("end", Contiguity.NOT_FOLLOWED_BY, EventKind.CALL_END),
                  step("out", Contiguity.FOLLOWED_BY, EventKind.TRANSFER_OUT));
          case "call-no-transfer" ->
              List.of(
                  step("call", Contiguity.BEGIN, EventKind.CALL_START),
                  step("out", Contiguity.NOT_FOLLOWED_BY, EventKind.TRANSFER_OUT));
          case "broken" -> List.of(step("call", Contiguity.BEGIN, null));
          default -> throw new IllegalArgumentException(pattern + " is no pattern of this fixture");
        };
    return new Rule(
        id,
        version,
        id,
        id,
        id,
        id,
        RuleFamily.T,
        KeyKind.HOLDER,
        SubjectKind.HOLDER,
        Set.of(EventKind.CALL_START, EventKind.CALL_END, EventKind.TRANSFER_OUT),
        steps,
        WINDOW_MS,
        AfterMatch.NO_SKIP,
        0.5,
        List.of(ActionCode.A3),
        pattern.equals("call-transfer"),
        pattern.equals("call-no-transfer"),
        false,
        Set.of(),
        10,
        "OTHER",
        List.of(),
        id + version + pattern,
        id + version + pattern);
  }

  private static Step step(String name, Contiguity contiguity, EventKind kind) {
    return new Step(name, contiguity, 1, 1, false, false, false, false, 0, true, new OfKind(kind));
  }

  private record OfKind(EventKind kind) implements StepCondition {
    @Override
    public boolean stateFree(EventView view) {
      return kind == null || EventKind.of(view) == kind;
    }

    @Override
    public boolean needsPartial() {
      return kind == null;
    }

    @Override
    public boolean rest(EventView view, PartialMatch partial) {
      throw new IllegalStateException("this rule is broken on purpose");
    }
  }

  static RulePublication publication(String document, PublicationStatus status, long fromMs) {
    String[] words = document.split(" ");
    return RulePublication.newBuilder()
        .setRuleId(words[0])
        .setVersion(Integer.parseInt(words[1]))
        .setStatus(status)
        .setDocument(document)
        .setDocumentSha256(sha256(document))
        .setEffectiveFrom(Instant.ofEpochMilli(fromMs))
        .setAuthor("author")
        .setApprover("approver")
        .setReason("test")
        .build();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Routed call(String holder, String id, TelecomKind kind, long timeMs) {
    Instant at = Instant.ofEpochMilli(timeMs);
    TelecomEvent event =
        TelecomEvent.newBuilder()
            .setEventId(id)
            .setSource("C1")
            .setKind(kind)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setNumberToken("n")
            .setPeerPrefix(PrefixClass.UNKNOWN)
            .setSmsClass(SmsClass.NONE)
            .setAppClass(AppClass.NONE)
            .build();
    return Routed.of(KeyKind.HOLDER, holder, Side.SUBJECT, enriched(id, at, event));
  }

  static Routed transfer(String holder, String transactionId, TransactionPhase phase, long timeMs) {
    Instant at = Instant.ofEpochMilli(timeMs);
    String id = "B01:" + transactionId + ":" + phase;
    BankTransaction event =
        BankTransaction.newBuilder()
            .setEventId(id)
            .setSource("B01")
            .setTransactionId(transactionId)
            .setKind(TransactionKind.TRANSFER)
            .setPhase(phase)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(1_000_000)
            .setCurrency("CNY")
            .setPayer(AccountRef.newBuilder().setAccountToken("payer").setBank("B01").build())
            .setPayee(AccountRef.newBuilder().setAccountToken("payee").setBank("B02").build())
            .setChannel(Channel.MOBILE_APP)
            .setRemarkClasses(List.of())
            .setAnswerBy(phase == TransactionPhase.AWAITING ? at.plusMillis(500) : null)
            .build();
    return Routed.of(KeyKind.HOLDER, holder, Side.DEBIT, enriched(id, at, event));
  }

  private static EnrichedEvent enriched(String id, Instant at, Object event) {
    EnrichedEvent enriched = new EnrichedEvent();
    enriched.setEventId(id);
    enriched.setOccurredAt(at);
    enriched.setEvent(event);
    enriched.setFeatures(new Features());
    return enriched;
  }

  /** The operator on RocksDB, open, with the state given; null starts anew. */
  static KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> open(
      OperatorSubtaskState restored) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator(), Routed::matchKey, null, Types.STRING);
    // Without a checkpoint coordinator only the first snapshot of a chain can be incremental.
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(restored == null));
    return open(harness, restored);
  }

  /** One of several subtasks, as {@link #open}, with full snapshots. */
  static KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> subtask(
      OperatorSubtaskState restored, int subtasks, int index) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator(), Routed::matchKey, null, Types.STRING, MAX_PARALLELISM, subtasks, index);
    EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend(false);
    // A harness manages so little memory that RocksDB would do nothing but compact a million keys.
    rocks.getMemoryConfiguration().setUseManagedMemory(false);
    harness.setStateBackend(rocks);
    return open(harness, restored);
  }

  private static MatchOperator operator() {
    return new MatchOperator(READING, 200, 50);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput>
      open(
          KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness,
          OperatorSubtaskState restored)
          throws Exception {
    harness.setup(
        TypeInformation.of(MatchOutput.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
