package dev.zhifu.bench;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.wire.EnrichedEvent;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * An event under the key of a step, and a note for the other entity that it concerns, as the
 * engine's feature steps have them: what a ceiling sends through an exchange.
 */
public final class NotedInputs implements FlatMapFunction<EnrichedEvent, FeatureInput> {
  private static final long serialVersionUID = 1L;

  private final KeyOf key;
  private final KeyOf note;

  /** A key of an event; null for none. */
  public interface KeyOf extends Function<EnrichedEvent, String>, Serializable {}

  /**
   * @param key the step's key
   * @param note key of the other entity
   */
  public NotedInputs(KeyOf key, KeyOf note) {
    this.key = key;
    this.note = note;
  }

  @Override
  public void flatMap(EnrichedEvent event, Collector<FeatureInput> out) {
    out.collect(FeatureInput.event(key.apply(event), event));
    String other = note.apply(event);
    if (other != null) {
      out.collect(FeatureInput.note(other, event));
    }
  }
}
