package dev.zhifu.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.bank.http.XmlMessages;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aGoodOrderStopsTheAccountAndTheReceiptSaysSo() {
    StopPaymentOrder order = Bench.order("o1");
    StopPaymentReceipt receipt = bench.answerTo(order);
    assertThat(receipt.getResult()).as(receipt.getRemark()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getOrderId()).isEqualTo(order.getOrderId());
    assertThat(receipt.getAccountToken()).isEqualTo(order.getAccountToken());
    assertThat(receipt.getBalanceBeforeFen()).isEqualTo(100_000 + Bench.AMOUNT_FEN);
    assertThat(receipt.getStartTime()).isEqualTo(Bench.NOW);
    assertThat(receipt.getExpireTime()).isEqualTo(Bench.NOW.plus(Duration.ofHours(48)));
    assertThat(receipt.getPayloadSha256())
        .isEqualTo(Envelopes.payloadSha256(Bench.ENGINE.seal(order)));
    assertThat(bench.core.debit(Bench.NUMBER, 1)).as("nothing leaves").isFalse();
    bench.core.credit(new BankTransfer("B01-8", Bench.NUMBER, 5, Bench.NOW));
    bench.later(Duration.ofHours(48));
    assertThat(bench.core.availableFen(Bench.NUMBER))
        .as("credits went in, and the stop has ended")
        .isEqualTo(100_005 + Bench.AMOUNT_FEN);
  }

  @Test
  void latePaperworkConfirmsTheBanksOwnStopFromItsOwnStart() {
    Instant own = Bench.NOW.minus(Duration.ofHours(20));
    bench.core.stopByItself(Bench.NUMBER, own, own.plus(Duration.ofHours(24)));
    bench.core.credit(new BankTransfer("B01-8", Bench.NUMBER, 5, Bench.NOW));
    StopPaymentReceipt receipt = bench.answerTo(Bench.byOfficer(late("o1")));

    assertThat(receipt.getResult()).as(receipt.getRemark()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getStartTime()).isEqualTo(own);
    assertThat(receipt.getExpireTime()).isEqualTo(own.plus(Duration.ofHours(48)));
    assertThat(receipt.getBalanceBeforeFen())
        .as("before the bank's own stop")
        .isEqualTo(100_000 + Bench.AMOUNT_FEN);
    bench.later(Duration.ofHours(5));
    assertThat(bench.core.debit(Bench.NUMBER, 1))
        .as("its own term is over, the order's is not")
        .isFalse();
    bench.restart();
    bench.transport.rewind();
    assertThat(bench.lastReceipt()).isEqualTo(receipt);
    assertThat(bench.core.liftStop(receipt.getOrderId())).isTrue();
    assertThat(bench.core.debit(Bench.NUMBER, 1)).as("lifted as one stop").isTrue();
  }

  @Test
  void latePaperworkAfterTheBanksOwnStopStopsFromNow() {
    Instant own = Bench.NOW.minus(Duration.ofHours(30));
    bench.core.stopByItself(Bench.NUMBER, own, own.plus(Duration.ofHours(24)));
    StopPaymentReceipt receipt = bench.answerTo(Bench.byOfficer(late("o1")));
    assertThat(receipt.getStartTime()).isEqualTo(Bench.NOW);
    assertThat(bench.core.debit(Bench.NUMBER, 1)).isFalse();
  }

  @Test
  void everyViewOfAnOrderNamesItsOriginal() {
    StopPaymentOrder order = Bench.byOfficer(late("o1"));
    ObjectNode view = BankJson.view(Bench.ENGINE.seal(order));
    assertThat(view.path("order").path("originalApplicationId").asText())
        .isEqualTo(order.getOriginalApplicationId());
    String xml = XmlMessages.message(view.put("stream", "orders").put("offset", 1));
    assertThat(xml)
        .contains("<applicationType>04<", order.getOriginalApplicationId())
        .satisfies(
            text -> XmlMessages.validate(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    ObjectNode first = BankJson.view(Bench.ENGINE.seal(Bench.order("o2")));
    assertThat(first.path("order").has("originalApplicationId")).isFalse();
  }

  private static StopPaymentOrder late(String name) {
    StopPaymentOrder order = Bench.unauthorised(name);
    order.setApplicationType("04");
    order.setOriginalApplicationId("cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd");
    return order;
  }

  @Test
  void theOrderThatComesTwiceIsAnsweredTwiceAlikeAlsoAfterARestartPastItsTerm() {
    StopPaymentOrder order = Bench.order("o1");
    StopPaymentReceipt first = bench.answerTo(order);
    bench.later(Duration.ofHours(1));
    assertThat(bench.answerTo(order)).isEqualTo(first);
    bench.restart();
    bench.transport.rewind();
    assertThat(bench.lastReceipt()).isEqualTo(first);
    assertThat(bench.transport.answers()).hasSize(4).allMatch(a -> a.getBody().equals(first));
  }

  @Test
  void anotherContentUnderAnAnsweredIdIsReplayedAndChangesNothing() {
    StopPaymentOrder order = Bench.order("o1");
    StopPaymentReceipt first = bench.answerTo(order);
    StopPaymentOrder other = Bench.unauthorised("o1");
    other.setTransferAmountFen(1);
    assertThat(bench.answerTo(Bench.byOfficer(other)).getResult())
        .isEqualTo(ReceiptResult.REPLAYED);
    assertThat(bench.answerTo(Bench.order("o1")).getResult())
        .as("a second signature of the officer is other content too")
        .isEqualTo(ReceiptResult.REPLAYED);
    bench.restart();
    assertThat(bench.answerTo(order)).isEqualTo(first);
  }

  @Test
  void whatAForgerSendsTakesNoIdFromTheTrueOrder() {
    OrderEnvelope forged = Bench.ENGINE.seal(Bench.order("o1"));
    forged.setSignature(ByteBuffer.wrap(new byte[] {48, 0}));
    bench.transport.offer(new BankMessage.Order(forged));
    StopPaymentReceipt refusal = bench.lastReceipt();
    assertThat(refusal.getResult()).isEqualTo(ReceiptResult.BAD_SIGNATURE);
    assertThat(refusal.getOrderId()).as("nothing unsigned is believed").isEmpty();
    StopPaymentOrder misdirected = Bench.unauthorised("o2");
    misdirected.setBank("B02");
    assertThat(bench.answerTo(Bench.byOfficer(misdirected)).getResult())
        .isEqualTo(ReceiptResult.WRONG_BANK);
    bench.restart();
    assertThat(bench.answerTo(Bench.order("o1")).getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(bench.answerTo(Bench.order("o2")).getResult()).isEqualTo(ReceiptResult.STOPPED);
  }

  @Test
  void eachFieldThatDoesNotFitIsNamedAndNothingIsStopped() {
    assertChanged(o -> o.setTransferAmountFen(1), ReceiptResult.MISMATCH_AMOUNT);
    assertChanged(
        o -> o.setTransferTime(o.getTransferTime().plusSeconds(1)), ReceiptResult.MISMATCH_TIME);
    assertChanged(o -> o.setBankTransactionId("B01-0"), ReceiptResult.MISMATCH_ACCOUNT);
    assertChanged(o -> name(o, new ClearAccount("张三", Bench.NUMBER)), ReceiptResult.MISMATCH_NAME);
    assertChanged(
        o -> name(o, new ClearAccount("王小明", "6222999999999999")), ReceiptResult.ACCOUNT_NOT_FOUND);
    assertThat(bench.core.debit(Bench.NUMBER, 1)).isTrue();
  }

  @Test
  void aCiphertextThatDoesNotOpenIsAFormatError() {
    assertChanged(o -> o.setCipher(ByteBuffer.wrap(new byte[100])), ReceiptResult.FORMAT_ERROR);
    assertChanged(
        o -> o.setCipher(Bench.SEALER.seal("B02", o.getAccountToken(), Bench.CLEAR)),
        ReceiptResult.FORMAT_ERROR);
    assertChanged(o -> o.setAccountToken("f".repeat(32)), ReceiptResult.FORMAT_ERROR);
  }

  @Test
  void aFrozenAccountIsNotStoppedAndAnEmptyOneIsStoppedAtZero() {
    bench.core.open(new BankAccount(Bench.NUMBER, "王小明", "01", 0, true));
    assertThat(bench.answerTo(Bench.order("o1")).getResult())
        .isEqualTo(ReceiptResult.ALREADY_FROZEN);
    bench.core.open(new BankAccount(Bench.NUMBER, "王小明", "01", 0, false));
    StopPaymentReceipt receipt = bench.answerTo(Bench.order("o2"));
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.STOPPED_ZERO);
    assertThat(receipt.getBalanceBeforeFen()).isZero();
  }

  @Test
  void anOrderPastItsTermIsNotExecuted() {
    bench.later(Duration.ofSeconds(601));
    StopPaymentReceipt receipt = bench.answerTo(Bench.order("o1"));
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.EXPIRED_ORDER);
    assertThat(receipt.getStartTime()).isNull();
  }

  @Test
  void aBankOfProductionRefusesDemo() throws IOException {
    try (Bench production =
        new Bench(Files.createDirectory(folder.resolve("p")), Environment.PRODUCTION)) {
      assertThat(production.answerTo(Bench.order("o1")).getResult())
          .isEqualTo(ReceiptResult.WRONG_ENVIRONMENT);
      assertThat(production.core.debit(Bench.NUMBER, 1)).isTrue();
    }
  }

  @Test
  void aStandingAuthorisationCountsOnceAgreedAndUntilRevoked() throws IOException {
    StandingAuthorisation standing = Bench.standing(1, false);
    assertThat(bench.answerTo(under(standing, "o1")).getResult())
        .isEqualTo(ReceiptResult.BAD_AUTHORISATION);
    AuthorisationFolder.put(bench.agreed(), standing);
    Files.writeString(bench.agreed().resolve("broken.json"), "{}");
    assertThat(bench.answerTo(under(standing, "o2")).getResult()).isEqualTo(ReceiptResult.STOPPED);
    AuthorisationFolder.put(bench.agreed(), Bench.standing(2, true));
    StopPaymentReceipt refused = bench.answerTo(under(standing, "o3"));
    assertThat(refused.getResult()).isEqualTo(ReceiptResult.BAD_AUTHORISATION);
    assertThat(refused.getRemark()).contains("revoked");
  }

  @Test
  void anOrderBegunBeforeACrashIsFinishedThoughItsTermIsOver() {
    bench.restart(new DyingCore(bench.core));
    bench.transport.offer(new BankMessage.Order(Bench.ENGINE.seal(Bench.order("o1"))));
    try {
      bench.library().step(Duration.ZERO);
    } catch (IllegalStateException dies) {
      assertThat(bench.core.debit(Bench.NUMBER, 1)).as("stopped before it died").isFalse();
    }
    assertThat(bench.transport.answers()).isEmpty();
    bench.later(Duration.ofHours(2));
    bench.restart();
    StopPaymentReceipt receipt = bench.lastReceipt();
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getStartTime()).isEqualTo(Bench.NOW);
    assertThat(receipt.getExpireTime()).isEqualTo(Bench.NOW.plus(Duration.ofHours(48)));
  }

  @Test
  void whatCannotBeReadIsAnsweredWhereOrdersComeAndTheRestGoesOn() {
    bench.transport.offer(new BankMessage.Unreadable(true, "bank.B01.orders:0:1", "no", "ab"));
    StopPaymentReceipt receipt = bench.lastReceipt();
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    assertThat(receipt.getPayloadSha256()).isEqualTo("ab");
    bench.transport.offer(new BankMessage.Unreadable(false, "bank.B01.holds:0:1", "no", "ab"));
    bench.library().step(Duration.ZERO);
    assertThat(bench.transport.answers()).hasSize(1);
    assertThat(bench.library().counts().unreadable()).isEqualTo(2);
    assertThat(bench.answerTo(Bench.order("o1")).getResult()).isEqualTo(ReceiptResult.STOPPED);
  }

  private void assertChanged(Consumer<StopPaymentOrder> change, ReceiptResult expected) {
    StopPaymentOrder order = Bench.unauthorised("o" + bench.transport.answers().size());
    change.accept(order);
    StopPaymentReceipt receipt = bench.answerTo(Bench.byOfficer(order));
    assertThat(receipt.getResult()).as(receipt.getRemark()).isEqualTo(expected);
    assertThat(receipt.getStartTime()).isNull();
    assertThat(receipt.getRemark()).isNotBlank();
  }

  private static void name(StopPaymentOrder order, ClearAccount named) {
    String token = Bench.TOKENS.account("B01", named.name() + named.number());
    order.setAccountToken(token);
    order.setCipher(Bench.SEALER.seal("B01", token, named));
  }

  private static StopPaymentOrder under(StandingAuthorisation standing, String name) {
    StopPaymentOrder order = Bench.unauthorised(name);
    order.setAuthorisation(Signatures.referenceTo(standing));
    return order;
  }
}
