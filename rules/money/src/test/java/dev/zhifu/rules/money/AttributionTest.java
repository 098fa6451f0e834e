package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributionTest {
  private static final Party OTHER = Party.personal("other", "B01");

  @Test
  void theFirstMoneyInIsTheFirstOutByFifoAndAllLeavesAlikeByProRata() {
    History history =
        History.of(
            List.of(
                Movement.credit("w", 1, 100, OTHER),
                Movement.credit("v", 2, 300, OTHER),
                Movement.debit("o", 3, 200, OTHER)));
    Attribution attribution =
        Attribution.of(history, List.of(new Inflow("V", "v", Share.all(300))));

    Share gone = attribution.outflows().get(0).shares().get("V");
    assertThat(gone.fifo()).isEqualTo(100);
    assertThat(gone.proRata()).isEqualTo(150);
    assertThat(gone.low()).isEqualTo(100);
    assertThat(gone.high()).isEqualTo(150);
    assertThat(gone.ambiguous()).isFalse();
    assertThat(attribution.remaining().get("V").fifo()).isEqualTo(200);
  }

  @Test
  void twoVictimsOnOneAccountShareToTheFen() {
    History history =
        History.of(
            List.of(
                Movement.credit("v", 1, 100, OTHER),
                Movement.credit("w", 2, 200, OTHER),
                Movement.debit("o", 3, 100, OTHER)));
    Attribution attribution =
        Attribution.of(
            history,
            List.of(new Inflow("V", "v", Share.all(100)), new Inflow("W", "w", Share.all(200))));

    Map<String, Share> gone = attribution.outflows().get(0).shares();
    assertThat(gone.get("V").proRata()).isEqualTo(33);
    assertThat(gone.get("W").proRata()).isEqualTo(67);
    assertThat(gone.get("V").fifo()).isEqualTo(100);
    assertThat(gone.get("W").fifo()).isZero();
  }

  /** One queue with an element for every fen: another algorithm, no parcels. */
  @Test
  void aQueueOfSingleFenFindsTheSameByFifo() {
    long compared = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      List<Movement> movements = draw(seed, false);
      List<Inflow> inflows = inflows(movements, seed);
      History history = History.of(movements);
      Attribution attribution = Attribution.of(history, inflows);

      Map<String, String> owner = new HashMap<>();
      inflows.forEach(inflow -> owner.put(inflow.movementId(), inflow.claim()));
      Deque<String> queue = new ArrayDeque<>();
      for (long i = 0; i < history.openingFen(); i++) {
        queue.add("");
      }
      Map<String, Long> gone = new HashMap<>();
      for (Movement movement : history.movements()) {
        for (long i = 0; i < movement.fen(); i++) {
          if (movement.credit()) {
            queue.add(owner.getOrDefault(movement.id(), ""));
          } else {
            gone.merge(queue.poll() + "@" + movement.id(), 1L, Long::sum);
          }
        }
      }
      gone.keySet().removeIf(key -> key.startsWith("@"));
      Map<String, Long> found = new HashMap<>();
      for (Outflow outflow : attribution.outflows()) {
        outflow
            .shares()
            .forEach(
                (claim, share) -> {
                  if (share.fifo() > 0) {
                    found.put(claim + "@" + outflow.debit().id(), share.fifo());
                  }
                });
      }
      assertThat(found).as("seed %d", seed).isEqualTo(gone);
      compared += found.size();
    }
    assertThat(compared).isPositive();
  }

  @Test
  void boundsHoldUnderEveryOrderThatTheBankMayHaveBookedIn() {
    int ambiguous = 0;
    int orders = 0;
    for (long seed = 0; seed < 1_500; seed++) {
      List<Movement> movements = draw(seed, true);
      boolean known = seed % 2 == 0;
      if (known) {
        movements.add(Movement.credit("first", -1, 1, OTHER).withBalanceBefore(seed % 120));
      }
      List<Inflow> inflows = inflows(movements, seed);
      History history = History.of(movements);
      Map<String, Share> shares = shares(Attribution.of(history, inflows));
      for (Share share : shares.values()) {
        ambiguous += share.ambiguous() ? 1 : 0;
      }
      Random random = new Random(seed);
      for (int order = 0; order < 30; order++) {
        List<Movement> ordered = new ArrayList<>(history.movements());
        Collections.shuffle(ordered, random);
        ordered.sort((a, b) -> Long.compare(a.at(), b.at()));
        List<Movement> sure = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
          sure.add(ordered.get(i).withSerial(i));
        }
        // An order in which money leaves that was not there is not one the bank booked in.
        if (leastBalance(sure, history.openingFen()) < 0) {
          continue;
        }
        orders++;
        History exactly =
            new History(sure, history.openingFen(), history.openingKnown(), List.of(), false);
        Map<String, Share> exact = shares(Attribution.of(exactly, inflows));
        for (Map.Entry<String, Share> entry : exact.entrySet()) {
          Share bounds = shares.getOrDefault(entry.getKey(), Share.NONE);
          assertThat(bounds.low())
              .as("seed %d, %s of %s", seed, entry, shares)
              .isLessThanOrEqualTo(Math.min(entry.getValue().fifo(), entry.getValue().proRata()));
          assertThat(bounds.high())
              .as("seed %d, %s of %s", seed, entry, shares)
              .isGreaterThanOrEqualTo(
                  Math.max(entry.getValue().fifo(), entry.getValue().proRata()));
        }
      }
    }
    assertThat(ambiguous).isPositive();
    assertThat(orders).isGreaterThan(10_000);
  }

  @Test
  void otherIdsChangeNothing() {
    for (long seed = 0; seed < 1_000; seed++) {
      List<Movement> movements = draw(seed, true);
      List<Inflow> inflows = inflows(movements, seed);
      Map<String, Share> shares = shares(Attribution.of(History.of(movements), inflows));
      List<Movement> renamed = new ArrayList<>();
      for (Movement m : movements) {
        renamed.add(
            new Movement(
                flip(m.id()),
                m.at(),
                m.serial(),
                m.credit(),
                m.fen(),
                m.other(),
                m.means(),
                m.bankId(),
                m.balanceBefore()));
      }
      List<Inflow> flipped =
          inflows.stream()
              .map(in -> new Inflow(in.claim(), flip(in.movementId()), in.share()))
              .toList();
      Map<String, Share> again = new HashMap<>();
      shares(Attribution.of(History.of(renamed), flipped))
          .forEach(
              (key, share) -> again.put(key.split("@")[0] + "@" + flip(key.split("@")[1]), share));
      assertThat(again).as("seed %d", seed).isEqualTo(shares);
    }
  }

  private static long leastBalance(List<Movement> ordered, long opening) {
    long balance = opening;
    long least = opening;
    for (Movement movement : ordered) {
      balance += movement.credit() ? movement.fen() : -movement.fen();
      least = Math.min(least, balance);
    }
    return least;
  }

  private static String flip(String id) {
    return id.equals("there") ? id : new StringBuilder(id).reverse().toString();
  }

  private static Map<String, Share> shares(Attribution attribution) {
    Map<String, Share> shares = new HashMap<>();
    for (Outflow outflow : attribution.outflows()) {
      outflow
          .shares()
          .forEach((claim, share) -> shares.put(claim + "@" + outflow.debit().id(), share));
    }
    attribution.remaining().forEach((claim, share) -> shares.put(claim + "@there", share));
    shares.values().removeIf(Share::isNone);
    return shares;
  }

  private static List<Movement> draw(long seed, boolean ties) {
    Random random = new Random(seed);
    List<Movement> movements = new ArrayList<>();
    int count = 3 + random.nextInt(12);
    List<Integer> amounts = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      amounts.add(i);
    }
    Collections.shuffle(amounts, random);
    for (int i = 0; i < count; i++) {
      long at = ties ? random.nextInt(4) : i;
      String id = (random.nextInt(900) + 100) + "-" + (i + 100);
      movements.add(
          random.nextBoolean()
              ? Movement.credit(id, at, amounts.get(i), OTHER)
              : Movement.debit(id, at, amounts.get(i), OTHER));
    }
    return movements;
  }

  private static List<Inflow> inflows(List<Movement> movements, long seed) {
    Random random = new Random(~seed);
    List<Inflow> inflows = new ArrayList<>();
    for (Movement movement : movements) {
      if (movement.credit() && random.nextBoolean()) {
        inflows.add(new Inflow("C" + random.nextInt(3), movement.id(), Share.all(movement.fen())));
      }
    }
    return inflows;
  }
}
