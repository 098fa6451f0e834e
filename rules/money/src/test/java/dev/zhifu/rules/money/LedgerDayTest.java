package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.LedgerDay.Verdict;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerDayTest {
  private static final long T0 = 1_772_416_800_000L;

  @Test
  void lateMovementsGoWhereTheyBelongAndCopiesAreDropped() {
    Random random = new Random(7);
    List<Movement> movements = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      movements.add(movement(random, i));
    }
    LedgerDay day = new LedgerDay();
    List<Movement> shuffled = new ArrayList<>(movements);
    shuffled.addAll(movements.subList(0, 50));
    Collections.shuffle(shuffled, random);
    int copies = 0;
    for (Movement movement : shuffled) {
      copies += day.add(movement) == Verdict.COPY ? 1 : 0;
    }

    movements.sort(Movement.ORDER);
    assertThat(day.movements()).isEqualTo(movements);
    assertThat(copies).isEqualTo(50);
    LedgerDay restored = LedgerDay.of(day.toBytes());
    assertThat(restored.movements()).isEqualTo(movements);
  }

  @Test
  void sameIdWithOtherContentIsAContradiction() {
    LedgerDay day = new LedgerDay();
    Party other = Party.personal("a", "B01");
    day.add(Movement.credit("B01:1", T0, 5, other));

    assertThat(day.add(Movement.credit("B01:1", T0, 6, other))).isEqualTo(Verdict.CONTRADICTION);
    assertThat(day.movements()).extracting(Movement::fen).containsExactly(5L);
  }

  @Test
  void aMovementTakesAsFewBytesAsStated() {
    Random random = new Random(11);
    LedgerDay day = new LedgerDay();
    int empty = day.toBytes().length;
    for (int i = 0; i < 100; i++) {
      day.add(movement(random, i));
    }
    int bytes = (day.toBytes().length - empty) / 100;
    LedgerDay one = new LedgerDay();
    one.add(movement(random, 1));

    System.out.printf(
        "ledger bytes: %d a movement on a day of 100 with 40 payers, %d a day of one%n",
        bytes, one.toBytes().length);
    assertThat(bytes).isLessThanOrEqualTo(48);
    assertThat(one.toBytes().length).isLessThanOrEqualTo(80);
  }

  @Test
  void aFullDaySaysSo() {
    LedgerDay day = new LedgerDay();
    for (int i = 0; i < LedgerDay.MOST; i++) {
      assertThat(day.add(Movement.credit("B:" + i, T0 + i, 1, Party.CASH))).isEqualTo(Verdict.NEW);
    }

    assertThat(day.overflowed()).isFalse();
    assertThat(day.add(Movement.credit("B:x", T0, 1, Party.CASH))).isEqualTo(Verdict.FULL);
    assertThat(LedgerDay.of(day.toBytes()).overflowed()).isTrue();
  }

  @Test
  void anUndoneMovementIsNotInTheHistoryWhicheverCameFirst() {
    LedgerDay first = new LedgerDay();
    first.add(Movement.credit("B:1", T0, 100, Party.CASH));
    first.add(Movement.credit("B:2", T0 + 1, 50, Party.CASH));
    LedgerDay later = new LedgerDay();
    later.reverse("B:1");

    History history = History.of(List.of(LedgerDay.of(later.toBytes()), first), List.of());
    assertThat(history.movements()).extracting(Movement::id).containsExactly("B:2");
    assertThat(history.balance()).isEqualTo(50);
    assertThat(history.undone()).extracting(Movement::id).containsExactly("B:1");
  }

  @Test
  void theOpeningBalanceIsTheBanksOrTheLeastThatExplainsWhatLeft() {
    Party other = Party.personal("o", "B01");
    Movement in = Movement.credit("B:1", T0, 100, other);
    Movement out = Movement.debit("B:2", T0 + 1, 130, other);

    assertThat(History.of(List.of(in, out)).openingFen()).isEqualTo(30);
    assertThat(History.of(List.of(in, out)).openingKnown()).isFalse();
    History known = History.of(List.of(in, out.withBalanceBefore(500)));
    assertThat(known.openingFen()).isEqualTo(400);
    assertThat(known.openingKnown()).isTrue();
  }

  @Test
  void damagedBytesAreRefusedByName() {
    byte[] bytes = new LedgerDay().toBytes();
    bytes[0] = 9;

    assertThatThrownBy(() -> LedgerDay.of(bytes)).hasMessageContaining("ledger day has version 9");
  }

  private static Movement movement(Random random, int i) {
    String token = String.format("%032x", 0xabcdef12345L * (1 + random.nextInt(40)));
    return new Movement(
        "B0" + i % 3 + ":2026030210" + (100_000 + i),
        T0 + random.nextInt(80_000_000),
        random.nextBoolean() ? i : Movement.NO_SERIAL,
        random.nextBoolean(),
        1 + random.nextInt(5_000_000),
        new Party(token, "B0" + random.nextInt(5), AccountKind.PERSONAL),
        new Means(TransactionKind.TRANSFER, Channel.WEB, random.nextInt(9) == 0, false, ""),
        random.nextBoolean() ? "" : "2026030210" + (100_000 + i),
        random.nextBoolean() ? random.nextInt(10_000_000) : Movement.NO_BALANCE);
  }
}
