package dev.zhifu.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class KeptValueTest {
  private static final long SEED = 11;
  private static final int KEYS = IndexedState.MOST_DECODED + 500;

  /** Takes {@code key=value}, {@code key=} to clear, {@code key} to say what it has. */
  private static final class Keeper extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    private transient KeptValue<String> kept;

    @Override
    public void open(OpenContext context) {
      kept = new KeptValue<>(getRuntimeContext(), "kept.v1", Types.STRING);
    }

    @Override
    public void processElement(String input, Context context, Collector<String> out)
        throws Exception {
      kept.begin(context.getCurrentKey());
      int at = input.indexOf('=');
      if (at < 0) {
        out.collect(String.valueOf(kept.value()));
      } else if (at == input.length() - 1) {
        kept.clear();
      } else {
        kept.update(input.substring(at + 1));
      }
    }
  }

  @Test
  void saysWhatWasWrittenLastWhetherOrNotItIsStillDecoded() throws Exception {
    Random random = new Random(SEED);
    Map<String, String> expected = new HashMap<>();
    var harness = harness();
    harness.open();
    for (int step = 0; step < 30_000; step++) {
      if (step == 15_000) {
        var snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      String key = "k" + random.nextInt(KEYS);
      switch (random.nextInt(4)) {
        case 0 -> {
          harness.processElement(key + "=", 0);
          expected.remove(key);
        }
        case 1 -> {
          harness.processElement(key + "=v" + step, 0);
          expected.put(key, "v" + step);
        }
        default -> {
          harness.processElement(key, 0);
          assertThat(harness.extractOutputValues())
              .as("seed %d, step %d, %s", SEED, step, key)
              .containsExactly(String.valueOf(expected.get(key)));
          harness.getOutput().clear();
        }
      }
    }
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new Keeper()), input -> input.split("=", 2)[0], Types.STRING);
  }
}
