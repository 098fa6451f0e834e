package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What keeps a city of millions small behaves as the plain thing would. */
class CompactTest {
  @Test
  void tokensComeBackAsTheyWerePutAndForgottenOnesDoNot() {
    TokenStore store = new TokenStore();
    HashIdentity identity = new HashIdentity();
    for (int i = 0; i < 5000; i += 3) {
      store.put(i, identity.holder("h" + i));
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(store.get(i)).isEqualTo(i % 3 == 0 ? identity.holder("h" + i) : null);
    }
    store.forget(3);
    assertThat(store.get(3)).isNull();
    assertThat(store.get(1_000_000)).isNull();
    assertThatThrownBy(() -> store.put(1, "short")).hasMessageContaining("short");
  }

  @Test
  void theTableAgreesWithAMapOfObjects() {
    LongTable table = new LongTable();
    Map<Long, Integer> map = new HashMap<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 50_000; i++) {
      long key = random.nextInt(30_000) - 100;
      assertThat(table.put(key, i)).isEqualTo(map.put(key, i) == null);
    }
    assertThat(table.size()).isEqualTo(map.size());
    for (long key = -200; key < 30_100; key++) {
      assertThat(table.get(key)).isEqualTo(map.getOrDefault(key, -1));
    }
  }

  @Test
  void aCrowdActsInOrderAmongSingleActsAndAfterThoseOfItsMillisecond() {
    Schedule schedule = new Schedule(1000);
    List<String> done = new ArrayList<>();
    schedule.at(1500, now -> done.add("single at " + now));
    schedule.at(1700, now -> done.add("single at " + now));
    long[] packed = {700L << 32 | 5, 100L << 32 | 7, 500L << 32 | 9, 999};
    schedule.crowd(1000, packed, 3, (code, now) -> done.add(code + " at " + now));
    assertThatThrownBy(() -> schedule.crowd(1000, packed, 1, (code, now) -> {}))
        .hasMessageContaining("3 acts");
    while (schedule.next() < Long.MAX_VALUE) {
      schedule.runNext();
    }
    assertThat(done)
        .containsExactly("7 at 1100", "single at 1500", "9 at 1500", "single at 1700", "5 at 1700");
  }

  @Test
  void namesAreShortAndChinese() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      assertThat(Names.text(Names.person(random))).matches("\\p{IsHan}{2,3}");
    }
  }

  @Test
  void theLedgerForgetsOnlyTheOldestBookings() {
    Ledger ledger = new Ledger();
    Holder anybody = Holder.person(0, 0, 30, 33, "150602");
    Account one =
        ledger.open(0, anybody, dev.zhifu.wire.AccountKind.PERSONAL, 10_000, 0, 1_000_000_000L);
    Account other =
        ledger.open(0, anybody, dev.zhifu.wire.AccountKind.PERSONAL, 10_000, 0, 1_000_000_000L);
    int bookings = Ledger.ENTRIES_KEPT / 2 + 10;
    for (int i = 0; i < bookings; i++) {
      ledger.book(one, other, 1, Ledger.Flow.ORDINARY, 0, i, i);
    }
    int entries = bookings * 2;
    assertThat(ledger.hasEntry(entries)).isFalse();
    assertThat(ledger.hasEntry(0)).isFalse();
    assertThat(ledger.hasEntry(entries - 1)).isTrue();
    assertThat(ledger.entryAt(entries - 1)).isEqualTo(bookings - 1);
    assertThat(ledger.entryAccount(entries - 2)).isSameAs(one);
    assertThat(ledger.entryFen(entries - 2)).isEqualTo(-1);
  }
}
