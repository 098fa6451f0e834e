package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.TransactionKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoodFaithTest {
  private static final Party MULE = Party.personal("mule", "B01");
  private static final Party EMPLOYER = new Party("employer", "B02", AccountKind.PAYROLL);
  private static final Means COINS =
      new Means(TransactionKind.TRANSFER, Channel.MOBILE_APP, true, false, "");

  private static List<GoodFaithSign> signs(long claimedInFen, Movement... movements) {
    return GoodFaith.signs(History.of(List.of(movements)), claimedInFen);
  }

  @Test
  void anAccountThatTookClaimedMoneyAloneShowsNone() {
    assertThat(signs(500, Movement.credit("1", 1, 500, MULE))).isEmpty();
  }

  @Test
  void whereOthersBuyTheHolderSells() {
    Movement sold = Movement.credit("1", 1, 500, MULE).withMeans(COINS);
    Movement bought = Movement.debit("2", 2, 100, MULE).withMeans(COINS);

    assertThat(signs(500, sold)).containsExactly(GoodFaithSign.SELLS);
    assertThat(signs(500, Movement.credit("1", 1, 500, MULE), bought))
        .as("what the holder buys is no sale")
        .isEmpty();
  }

  @Test
  void wagesComeFromAnAccountThatPaysWages() {
    assertThat(
            signs(500, Movement.credit("1", 1, 500, MULE), Movement.credit("2", 2, 400, EMPLOYER)))
        .containsExactly(GoodFaithSign.WAGES);
    assertThat(
            signs(500, Movement.credit("1", 1, 500, MULE), Movement.debit("2", 2, 400, EMPLOYER)))
        .isEmpty();
  }

  @Test
  void othersPayWhenUnderHalfIsClaimed() {
    Movement one = Movement.credit("1", 1, 500, MULE);
    Movement two = Movement.credit("2", 2, 500, Party.personal("friend", "B03"));

    assertThat(signs(500, one, two)).as("the half is not under it").isEmpty();
    assertThat(signs(499, one, two)).containsExactly(GoodFaithSign.OTHERS_PAY);
    assertThat(GoodFaith.creditsFen(History.of(List.of(one, two)))).isEqualTo(1_000);
  }
}
