package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.WriteAhead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveKeysTest {
  private final List<String> written = new ArrayList<>();
  private long nanos;
  private final LiveKeys live = new LiveKeys(3, this::write, () -> nanos);

  /** Time goes on by this with each key that is written. */
  private long writing;

  private void write(LiveKey key) {
    written.add(key.name);
    nanos += writing;
  }

  @Test
  void whoeverWasTouchedSinceTheHandCameByIsSpared() throws IOException {
    put("a", "b", "c");
    live.put(live.get("a"));
    put("d");
    assertThat(written).containsExactly("b");
    put("e");
    assertThat(written).containsExactly("b", "c");
    assertThat(live.get("a")).isNotNull();
    assertThat(live.size()).isEqualTo(3);
  }

  @Test
  void aKeyThatIsDecidedLeavesUnwritten() throws IOException {
    put("a", "b", "c");
    live.remove(live.get("b"));
    put("d");
    assertThat(written).isEmpty();
    assertThat(live.get("b")).isNull();
    live.each(key -> written.add(key.name));
    assertThat(written).containsExactlyInAnyOrder("a", "c", "d");
  }

  @Test
  void whatHasRestedIsWrittenAheadAndWhoIsGoneIsNot() throws IOException {
    put("a", "b");
    nanos = WriteAhead.REST_NANOS - 1;
    put("c");
    live.writeSome();
    assertThat(written).isEmpty();
    live.remove(live.get("b"));
    nanos = WriteAhead.REST_NANOS;
    live.writeSome();
    assertThat(written).containsExactly("a");
    live.put(live.get("a"));
    nanos = 3 * WriteAhead.REST_NANOS;
    live.writeSome();
    assertThat(written).containsExactly("a", "c", "a");
  }

  @Test
  void aWatermarkWaitsNoLongerForWhatIsWrittenBehindItThanAllowed() throws IOException {
    put("a", "b", "c");
    nanos = WriteAhead.REST_NANOS;
    writing = WriteAhead.MOST_NANOS / 2;
    live.writeSome();
    assertThat(written).containsExactly("a", "b");
    live.writeSome();
    assertThat(written).containsExactly("a", "b", "c");
  }

  @Test
  void aTimerWakesItsKeyOnceAndALaterOneStandsMeanwhile() throws IOException {
    put("a");
    LiveKey key = live.get("a");
    live.timer(key, 1_000);
    live.timer(key, 100);
    live.timer(key, 500);
    assertThat(live.due(99)).isNull();
    assertThat(live.due(100)).isSameAs(key);
    assertThat(live.due(600)).as("nothing was asked for since").isNull();
    live.timer(key, 1_000);
    assertThat(live.due(1_000)).isSameAs(key);
    assertThat(live.due(Long.MAX_VALUE)).isNull();
  }

  @Test
  void whateverIsTouchedAndDecidedNoTimerIsLost() throws IOException {
    Random random = new Random(17);
    Map<String, Long> asked = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = "k" + random.nextInt(3);
      if (live.get(name) == null) {
        put(name);
      }
      LiveKey key = live.get(name);
      long at = now + 1 + random.nextInt(50);
      if (at < key.timerAt) {
        asked.put(name, at);
      }
      live.timer(key, at);
      now += random.nextInt(10);
      for (LiveKey due = live.due(now); due != null; due = live.due(now)) {
        assertThat(asked.remove(due.name)).isLessThanOrEqualTo(now);
      }
      long passed = now;
      assertThat(asked.values()).allMatch(time -> time > passed);
    }
  }

  private void put(String... names) throws IOException {
    for (String name : names) {
      live.put(new LiveKey(name, null, null));
    }
  }
}
