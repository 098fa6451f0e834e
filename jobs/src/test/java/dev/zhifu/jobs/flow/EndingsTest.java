package dev.zhifu.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private final Map<String, RulePublication> kept = new HashMap<>();
  private final Endings endings = new Endings();

  @Test
  void looksWhenAFollowerTakesEffectAndNotBefore() {
    put("V01", 100, PublicationStatus.LIVE);
    put("V01", 500, PublicationStatus.LIVE);
    assertThat(endings.mayBe(200)).as("it never looked").isTrue();
    assertThat(endings.upTo(200, kept.entrySet())).isEmpty();
    assertThat(endings.mayBe(499)).isFalse();
    assertThat(endings.mayBe(500)).isTrue();
    assertThat(endings.upTo(500, kept.entrySet())).containsExactly("V01:100");
    assertThat(endings.mayBe(Long.MAX_VALUE - 1)).as("nothing follows").isFalse();
  }

  @Test
  void looksAgainAfterAChange() {
    put("V01", 100, PublicationStatus.LIVE);
    endings.upTo(200, kept.entrySet());
    assertThat(endings.mayBe(300)).isFalse();
    put("V01", 250, PublicationStatus.WITHDRAWN);
    endings.changed();
    assertThat(endings.mayBe(300)).isTrue();
    assertThat(endings.upTo(300, kept.entrySet())).containsExactlyInAnyOrder("V01:100", "V01:250");
  }

  /** Whoever goes over all of them at each step finds the same. */
  @Test
  void findsWhatLookingEachTimeFinds() {
    Random random = new Random(5);
    int looks = 0;
    int steps = 0;
    for (int round = 0; round < 200; round++) {
      kept.clear();
      endings.changed();
      for (long now = 0; now < 1_000; now += random.nextInt(40)) {
        if (random.nextInt(4) == 0) {
          put(
              "V0" + random.nextInt(3),
              now + random.nextInt(300),
              random.nextInt(3) == 0 ? PublicationStatus.WITHDRAWN : PublicationStatus.LIVE);
          endings.changed();
        }
        Set<String> expected = new HashSet<>(Places.ended(kept.entrySet(), now));
        List<String> found = new ArrayList<>();
        if (endings.mayBe(now)) {
          looks++;
          found.addAll(endings.upTo(now, kept.entrySet()));
        }
        steps++;
        assertThat(new HashSet<>(found)).as("round %d at %d", round, now).isEqualTo(expected);
        kept.keySet().removeAll(found);
      }
    }
    assertThat(looks).as("looks in %d steps", steps).isLessThan(steps * 2 / 3);
  }

  private void put(String rule, long fromMs, PublicationStatus status) {
    RulePublication publication = new RulePublication();
    publication.setRuleId(rule);
    publication.setEffectiveFrom(Instant.ofEpochMilli(fromMs));
    publication.setStatus(status);
    kept.put(Places.of(publication), publication);
  }
}
