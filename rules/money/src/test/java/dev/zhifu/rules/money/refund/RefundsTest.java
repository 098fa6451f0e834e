package dev.zhifu.rules.money.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.Inflow;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundsTest {
  private static final Party OTHER = Party.personal("o", "B01");
  private static final RefundClass RATIO = RefundClass.PRORATA;

  @Test
  void theExampleOfTheFormula() {
    Allocation allocation =
        Refunds.allocate(
            100_000,
            100_000,
            List.of(ratio("a", 60_000), ratio("b", 90_000), ratio("c", 50_000)),
            RatioMode.NORMALISED);

    assertThat(allocation.refunds())
        .extracting(Refund::fen)
        .containsExactly(30_000L, 45_000L, 25_000L);
    assertThat(allocation.residueFen()).isZero();
  }

  @Test
  void theLiteralRatioIsRefusedWhereItCannotBePaid() {
    List<Claimed> claims = List.of(ratio("a", 60_000), ratio("b", 90_000));

    assertThatThrownBy(() -> Refunds.allocate(100_000, 100_000, claims, RatioMode.LITERAL))
        .isInstanceOf(RefundException.class)
        .hasMessageContaining("Use the normalised ratio");
    Allocation overCase = Refunds.allocate(100_000, 300_000, claims, RatioMode.LITERAL);
    assertThat(overCase.refunds()).extracting(Refund::fen).containsExactly(20_000L, 30_000L);
    assertThat(overCase.residueFen()).isEqualTo(50_000);
  }

  @Test
  void directRefundsComeFirstAndCompensationIsDeducted() {
    Allocation allocation =
        Refunds.allocate(
            100,
            100,
            List.of(
                new Claimed("a", RefundClass.TIMESTAMP, 80, 60, 30),
                ratio("b", 50),
                ratio("c", 50)),
            RatioMode.NORMALISED);

    assertThat(allocation.refunds()).extracting(Refund::fen).containsExactly(50L, 25L, 25L);
  }

  @Test
  void residueStaysFrozenAndANewVictimReopens() {
    Books books = new Books();
    Place frozen = new Place(Kind.FROZEN, "x");
    books.enter("1", new Place(Kind.LOSS, "a"), frozen, 300);
    books.enter("2", new Place(Kind.LOSS, "b"), frozen, 500);
    RefundRounds rounds = new RefundRounds(books);
    rounds.admit("a", 300, 0);
    Allocation first = rounds.prepare("x", List.of(ratio("a", 300)), RatioMode.NORMALISED);
    rounds.execute("x", first);

    assertThat(rounds.frozenFen("x")).isEqualTo(500);
    assertThatThrownBy(() -> rounds.prepare("x", List.of(ratio("b", 900)), RatioMode.NORMALISED))
        .hasMessageContaining("admit its victim");
    rounds.admit("b", 900, 100);
    Allocation second =
        rounds.prepare("x", List.of(ratio("a", 300), ratio("b", 900)), RatioMode.NORMALISED);
    assertThat(second.refunds()).extracting(Refund::fen).containsExactly(0L, 500L);
    rounds.execute("x", second);
    assertThat(rounds.frozenFen("x")).isZero();
    assertThat(rounds.openFen("b")).isEqualTo(300);
    assertThat(books.total()).isZero();
    assertThatThrownBy(() -> rounds.execute("x", second)).hasMessageContaining("prepare it again");
  }

  @Test
  void refundAboveTheFrozenSumIsRefused() {
    Books books = new Books();
    Place frozen = new Place(Kind.FROZEN, "x");
    books.enter("1", new Place(Kind.LOSS, "a"), frozen, 300);

    assertThatThrownBy(() -> books.enter("2", frozen, new Place(Kind.REFUNDED, "a"), 301))
        .isInstanceOf(RefundException.class)
        .hasMessageContaining("takes 301 fen")
        .hasMessageContaining("an account of that kind does not go below zero");
    assertThat(books.enter("1", frozen, new Place(Kind.REFUNDED, "a"), 300)).isFalse();
    assertThat(Books.of(books.toBytes()).balances()).isEqualTo(books.balances());
  }

  @Test
  void classesFollowTheTimeStampTest() {
    Movement a = Movement.credit("a", 1, 100, OTHER);
    assertThat(classify(List.of(a), "a")).isEqualTo(RefundClass.SINGLE);
    // Foreign money came and went before, so FIFO and LIFO agree.
    Movement before = Movement.credit("f", 0, 70, OTHER);
    assertThat(classify(List.of(before, Movement.debit("g", 0, 70, OTHER), a), "a"))
        .isEqualTo(RefundClass.TIMESTAMP);
    // Mixed before a debit.
    Movement out = Movement.debit("o", 3, 50, OTHER);
    assertThat(classify(List.of(before, a, out), "a")).isEqualTo(RefundClass.PRORATA);
    // A tie that no serial orders, then one that serials do.
    Movement same = Movement.credit("s", 1, 70, OTHER);
    Movement all = Movement.debit("o", 1, 70, OTHER);
    assertThat(classify(List.of(same, a, all), "a")).isEqualTo(RefundClass.PRORATA);
    assertThat(classify(List.of(same.withSerial(1), all.withSerial(2), a.withSerial(3)), "a"))
        .isEqualTo(RefundClass.TIMESTAMP);
  }

  private static RefundClass classify(List<Movement> movements, String claimed) {
    Inflow inflow = new Inflow("C", claimed, Share.all(100));
    return Classifier.classify(History.of(movements), List.of(inflow)).get("C").refundClass();
  }

  private static Claimed ratio(String claim, long loss) {
    return new Claimed(claim, RATIO, loss, loss, 0);
  }
}
