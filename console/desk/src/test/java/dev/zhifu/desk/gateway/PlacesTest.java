package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final long SEED = 20_261_128;
  private static final int ALL = 32;
  private static final List<String> BANKS = List.of("B01", "B02", "B03", "B04");
  private static final int OWN = 4;

  @Test
  void aBankThatTakesAllItCanLeavesEachOtherItsOwn() {
    Places places = new Places(ALL, BANKS);
    int taken = 0;
    while (places.take("B01")) {
      taken++;
    }
    assertThat(taken).as("its own and all common ones").isEqualTo(OWN + ALL / 2);
    for (String other : BANKS.subList(1, 4)) {
      for (int i = 0; i < OWN; i++) {
        assertThat(places.take(other)).isTrue();
      }
      assertThat(places.take(other)).isFalse();
    }
    places.leave("B01");
    assertThat(places.take("B02")).as("a common one is free again").isTrue();
  }

  /** Drawn by the seed: never more than there are, never fewer than a bank's own, none lost. */
  @Test
  void whateverComesAndGoesNoPlaceIsLostAndNoneMadeUp() {
    Places places = new Places(ALL, BANKS);
    Random random = new Random(SEED);
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String bank = BANKS.get(random.nextInt(BANKS.size()));
      int now = open.getOrDefault(bank, 0);
      int sum = open.values().stream().mapToInt(Integer::intValue).sum();
      if (random.nextInt(5) < 3) {
        boolean got = places.take(bank);
        assertThat(sum).as("step %d of seed %d", i, SEED).isLessThanOrEqualTo(ALL);
        assertThat(got || now >= OWN).as("step %d of seed %d", i, SEED).isTrue();
        open.put(bank, got ? now + 1 : now);
      } else if (now > 0) {
        places.leave(bank);
        open.put(bank, now - 1);
      }
    }
    open.forEach(
        (bank, many) -> {
          for (int i = 0; i < many; i++) {
            places.leave(bank);
          }
        });
    aBankThatTakesAllItCanLeavesEachOtherItsOwn();
    int taken = 0;
    while (places.take("B03")) {
      taken++;
    }
    assertThat(taken).isEqualTo(OWN + ALL / 2);
  }

  @Test
  void tooFewForTheBanksIsRefusedWithTheReason() {
    assertThatThrownBy(() -> new Places(7, BANKS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gateway.open is 7; it must be at least two a bank, 8");
  }
}
