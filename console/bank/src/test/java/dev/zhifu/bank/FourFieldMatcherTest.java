package dev.zhifu.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourFieldMatcherTest {
  private static final Instant BOOKED = Instant.parse("2026-03-02T07:50:00.250Z");
  private static final BankAccount ACCOUNT =
      new BankAccount("6222000011112222", "阿依古丽·买买提", "01", 0, false);
  private static final BankTransfer TRANSFER =
      new BankTransfer("B01-7", "6222000011112222", 100_000, BOOKED);

  @ParameterizedTest
  @CsvSource({
    "阿依古丽·买买提, 阿依古丽·买买提",
    "阿依古丽•买买提, 阿依古丽·买买提",
    "阿依古丽．买买提, 阿依古丽・买买提",
    "王 小　明, 王小明",
    "ＡＢＣ（中国）有限公司, ABC(中国)有限公司"
  })
  void spellingsOfOneNameAreOne(String one, String other) {
    assertThat(FourFieldMatcher.normalised(one)).isEqualTo(FourFieldMatcher.normalised(other));
  }

  @ParameterizedTest
  @CsvSource({"王小明, 王小朋", "王小明, 王小明明", "ABC, abc"})
  void otherNamesAreOthers(String one, String other) {
    assertThat(FourFieldMatcher.normalised(one)).isNotEqualTo(FourFieldMatcher.normalised(other));
  }

  @Test
  void allFourFieldsMustFit() {
    assertThat(match(0, order(100_000, BOOKED), named("阿依古丽•买买提", "6222000011112222"))).isNull();
    assertThat(match(0, order(100_000, BOOKED), named("王小明", "6222000011112222")))
        .isEqualTo(ReceiptResult.MISMATCH_NAME);
    assertThat(match(0, order(100_000, BOOKED), named("阿依古丽·买买提", "6222000011112223")))
        .isEqualTo(ReceiptResult.MISMATCH_ACCOUNT);
    assertThat(match(0, order(100_001, BOOKED), right())).isEqualTo(ReceiptResult.MISMATCH_AMOUNT);
    assertThat(match(0, order(100_000, BOOKED.plusSeconds(1)), right()))
        .isEqualTo(ReceiptResult.MISMATCH_TIME);
    StopPaymentOrder corporate = order(100_000, BOOKED);
    corporate.setAccountType("02");
    assertThat(match(0, corporate, right())).isEqualTo(ReceiptResult.MISMATCH_ACCOUNT);
  }

  @Test
  void theTransferMustBeBookedOnThatAccount() {
    FourFieldMatcher matcher = new FourFieldMatcher(0);
    StopPaymentOrder order = order(100_000, BOOKED);
    assertThat(matcher.match(order, right(), ACCOUNT, Optional.empty()).mismatch())
        .isEqualTo(ReceiptResult.MISMATCH_ACCOUNT);
    BankTransfer elsewhere = new BankTransfer("B01-7", "6222000011119999", 100_000, BOOKED);
    assertThat(matcher.match(order, right(), ACCOUNT, Optional.of(elsewhere)).mismatch())
        .isEqualTo(ReceiptResult.MISMATCH_ACCOUNT);
  }

  @Test
  void theTimeCountsToTheSecondWithinTheBanksTolerance() {
    Instant sameSecond = Instant.parse("2026-03-02T07:50:00.999Z");
    assertThat(match(0, order(100_000, sameSecond), right())).isNull();
    assertThat(match(120, order(100_000, BOOKED.plusSeconds(120)), right())).isNull();
    assertThat(match(120, order(100_000, BOOKED.minusSeconds(121)), right()))
        .isEqualTo(ReceiptResult.MISMATCH_TIME);
    assertThatThrownBy(() -> settings(121)).hasMessageContaining("between 0 and 120");
  }

  @Test
  void noSentenceTellsTheNameOrTheNumber() {
    Match match =
        new FourFieldMatcher(0)
            .match(
                order(100_000, BOOKED),
                named("王小明", "6222000011112222"),
                ACCOUNT,
                Optional.of(TRANSFER));
    assertThat(match.sentence()).doesNotContain("王小明", "阿依", "2222");
  }

  private static BankSettings settings(int tolerance) {
    return new BankSettings(
        "B01", Environment.DEMO, DemoKeys.directory(), List.of(), tolerance, Path.of("unused"));
  }

  private static ReceiptResult match(int tolerance, StopPaymentOrder order, ClearAccount named) {
    return new FourFieldMatcher(tolerance)
        .match(order, named, ACCOUNT, Optional.of(TRANSFER))
        .mismatch();
  }

  private static ClearAccount right() {
    return named("阿依古丽·买买提", "6222000011112222");
  }

  private static ClearAccount named(String name, String number) {
    return new ClearAccount(name, number);
  }

  private static StopPaymentOrder order(long amountFen, Instant at) {
    StopPaymentOrder order = new StopPaymentOrder();
    order.setTransferAmountFen(amountFen);
    order.setTransferTime(at);
    order.setAccountType("01");
    order.setBankTransactionId("B01-7");
    return order;
  }
}
