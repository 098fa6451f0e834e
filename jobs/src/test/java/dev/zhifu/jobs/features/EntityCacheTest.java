package dev.zhifu.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.features.EntityCache.Slot;
import dev.zhifu.jobs.flow.WriteAhead;
import dev.zhifu.rules.features.EntityState;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntityCacheTest {
  private static final long SEED = 7;

  private final Map<String, Integer> kept = new HashMap<>();
  private long nanos;
  private final EntityCache<Count> cache =
      new EntityCache<>(16, (key, state) -> kept.put(key, state.value), () -> nanos);

  private static final class Count implements EntityState {
    private int value;

    @Override
    public byte[] toBytes() {
      return new byte[0];
    }

    @Override
    public long expiresAt() {
      return 0;
    }
  }

  @Test
  void whatWasCountedThroughTheCacheStandsWrittenInTheEnd() throws Exception {
    Map<String, Integer> counted = new HashMap<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + (int) (40 * Math.pow(random.nextDouble(), 2));
      if (random.nextInt(50) == 0) {
        cache.remove(key);
        kept.remove(key);
        counted.remove(key);
      } else {
        slot(key).state.value++;
        cache.moved(slot(key));
        counted.merge(key, 1, Integer::sum);
      }
      if (random.nextInt(10) == 0) {
        nanos += random.nextInt(2) * WriteAhead.REST_NANOS;
        cache.writeBackSome();
      }
      assertThat(cache.size()).isLessThanOrEqualTo(16);
    }
    cache.writeBackAll();
    assertThat(kept).as("seed %d", SEED).isEqualTo(counted);
  }

  @Test
  void whoRestsIsWrittenAheadAndWhoMovesIsWrittenOnce() throws Exception {
    slot("still").state.value = 1;
    cache.moved(slot("still"));
    nanos = WriteAhead.REST_NANOS - 1;
    slot("busy").state.value = 1;
    cache.moved(slot("busy"));
    cache.writeBackSome();
    assertThat(kept).isEmpty();
    nanos = WriteAhead.REST_NANOS;
    cache.writeBackSome();
    assertThat(kept).containsOnlyKeys("still");
    slot("busy").state.value = 2;
    cache.moved(slot("busy"));
    nanos = 2 * WriteAhead.REST_NANOS;
    cache.writeBackSome();
    assertThat(kept).as("it moved again and waits anew").containsOnlyKeys("still");
    nanos = 3 * WriteAhead.REST_NANOS;
    cache.writeBackSome();
    assertThat(kept).containsEntry("busy", 2);
    kept.clear();
    cache.writeBackAll();
    assertThat(kept).as("nothing is left for the snapshot").isEmpty();
  }

  @Test
  void whoMovesAllTheTimeIsWrittenByTheSnapshotAloneAndHoldsUpNobody() throws Exception {
    for (int second = 0; second < 20; second++) {
      slot("shop").state.value++;
      cache.moved(slot("shop"));
      slot("k" + second % 4).state.value = second;
      if (second < 4) {
        cache.moved(slot("k" + second));
      }
      nanos += WriteAhead.REST_NANOS / 2;
      cache.writeBackSome();
    }
    assertThat(kept).containsOnlyKeys("k0", "k1", "k2", "k3");
    cache.writeBackAll();
    assertThat(kept).containsEntry("shop", 20);
  }

  @Test
  void whoLeavesWhileItWaitsAnewIsWrittenThenAndNotAfterwards() throws Exception {
    slot("leaves").state.value = 1;
    cache.moved(slot("leaves"));
    cache.moved(slot("leaves"));
    for (int i = 0; i < 32; i++) {
      slot("k" + i);
    }
    assertThat(kept).containsEntry("leaves", 1);
    kept.put("leaves", 2);
    nanos = WriteAhead.REST_NANOS;
    cache.writeBackSome();
    nanos = 2 * WriteAhead.REST_NANOS;
    cache.writeBackSome();
    cache.writeBackAll();
    assertThat(kept).as("what was written since stands").containsEntry("leaves", 2);
  }

  @Test
  void whoWasUsedSinceTheHandLastCameByIsSpared() throws Exception {
    for (int i = 0; i < 16; i++) {
      slot("k" + i);
    }
    cache.get("k0");
    slot("new");
    assertThat(cache.get("k0")).isNotNull();
    assertThat(cache.get("k1")).isNull();
  }

  private Slot<Count> slot(String key) throws Exception {
    Slot<Count> slot = cache.get(key);
    if (slot == null) {
      slot = new Slot<>(new Count(), false);
      slot.state.value = kept.getOrDefault(key, 0);
      cache.put(key, slot);
    }
    return slot;
  }
}
