package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeatureStep;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.PayeeAccountFeatures;
import dev.zhifu.rules.features.PayeeState;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * First step: dedupes, then fills the features of the account that receives. Copies are counted and
 * end here; the same id with other content goes to {@link #DEAD}.
 *
 * @see PayeeState for the size of its state
 */
public final class PayeeAccountStep extends AccountStepOperator<PayeeState> {
  private static final long serialVersionUID = 1L;

  /** Name of its state. */
  public static final String STATE = "payee-features.account.v1";

  /** Messages that contradict an earlier one of the same id. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("contradictions", TypeInformation.of(DeadLetter.class));

  private transient Dedupe dedupe;
  private transient Counter duplicates;
  private transient Counter contradictions;

  /** The step with the usual cache. */
  public PayeeAccountStep() {
    this(BY_HEAP);
  }

  /** The step with a cache of that many accounts. */
  public PayeeAccountStep(int cacheEntities) {
    super(STATE, cacheEntities);
  }

  @Override
  FeatureStep<PayeeState> makeStep(Limits limits) {
    dedupe = new Dedupe(limits);
    duplicates = getMetricGroup().counter("duplicates");
    contradictions = getMetricGroup().counter("sameIdOtherContent");
    return new PayeeAccountFeatures(limits);
  }

  @Override
  boolean onEvent(PayeeState state, FeatureInput input) throws IOException {
    switch (dedupe.judge(state, input.event())) {
      case NEW -> {
        step().enrich(state, input.event());
        emit(input.event());
        return true;
      }
      case COPY -> duplicates.inc();
      case CONTRADICTION -> {
        contradictions.inc();
        output.collect(DEAD, new StreamRecord<>(deadLetter(input.event())));
      }
    }
    return false;
  }

  private static DeadLetter deadLetter(EnrichedEvent event) throws IOException {
    String topic = topic(event);
    return DeadLetter.newBuilder()
        .setDeadLetterId(id(topic, event))
        .setTopic(topic)
        .setPartition(event.getSourcePartition())
        .setOffset(event.getSourceOffset())
        .setRecordedAt(event.getOccurredAt())
        .setReason(DeadLetterReason.SAME_ID_OTHER_CONTENT)
        .setExplanation(
            "eventId "
                + event.getEventId()
                + " came before with other content; the first stands. Give a correction an id of its own")
        .setKey(null)
        .setValue(bytes(event))
        .build();
  }

  /**
   * An event that came from no topic, or was kept since before places were, has its own id alone.
   */
  private static String id(String topic, EnrichedEvent event) {
    return event.getSourcePartition() < 0
        ? topic + ":" + event.getEventId()
        : topic + ":" + event.getSourcePartition() + ":" + event.getSourceOffset();
  }

  private static String topic(EnrichedEvent event) {
    if (event.getEvent() instanceof BankTransaction) {
      return "bank.transactions";
    }
    return event.getEvent() instanceof TelecomEvent ? "telecom.events" : "bank.access";
  }

  private static ByteBuffer bytes(EnrichedEvent event) throws IOException {
    if (event.getEvent() instanceof BankTransaction transaction) {
      return transaction.toByteBuffer();
    }
    return event.getEvent() instanceof TelecomEvent telecom
        ? telecom.toByteBuffer()
        : ((BankAccessEvent) event.getEvent()).toByteBuffer();
  }
}
