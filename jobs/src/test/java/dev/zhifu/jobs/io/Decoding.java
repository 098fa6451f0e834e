package dev.zhifu.jobs.io;

import dev.zhifu.wire.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * What a decoder makes of records.
 *
 * @param out its main output
 * @param dead what it turned away
 */
record Decoding<O>(List<O> out, List<DeadLetter> dead) {

  /** What a decoder says aside. */
  static <O, T> List<T> aside(
      ProcessFunction<RawRecord, O> decoder, OutputTag<T> tag, RawRecord... records)
      throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<RawRecord, O>(new ProcessOperator<>(decoder))) {
      harness.open();
      for (RawRecord record : records) {
        harness.processElement(new StreamRecord<>(record));
      }
      List<T> said = new ArrayList<>();
      harness.getSideOutput(tag).forEach(one -> said.add(one.getValue()));
      return said;
    }
  }

  static <O> Decoding<O> of(
      ProcessFunction<RawRecord, O> decoder, OutputTag<DeadLetter> tag, RawRecord... records)
      throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<RawRecord, O>(new ProcessOperator<>(decoder))) {
      harness.open();
      for (RawRecord record : records) {
        harness.processElement(new StreamRecord<>(record));
      }
      List<DeadLetter> dead = new ArrayList<>();
      if (harness.getSideOutput(tag) != null) {
        harness.getSideOutput(tag).forEach(one -> dead.add(one.getValue()));
      }
      return new Decoding<>(List.copyOf(harness.extractOutputValues()), dead);
    }
  }
}
