package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What the published vectors leave out: form, environments with keys made in memory, the envelope.
 */
class OrderVerifierTest {
  private static final Instant NOW = TestOrders.NOW;

  private final KeyDirectory demo = DemoKeys.directory();

  @Test
  void aProductionBankExecutesProductionOrdersAndRefusesDemoAndDrill() {
    for (Environment signing : Environment.values()) {
      InMemoryKeys keys = new InMemoryKeys(signing);
      StopPaymentOrder order = TestOrders.byOfficer(TestOrders.unauthorised(), keys.officer);
      OrderVerdict verdict =
          verifier(keys.directory, Environment.PRODUCTION)
              .verify(Envelopes.seal(order, keys.engine), NOW);
      if (signing == Environment.PRODUCTION) {
        assertThat(verdict.accepted()).as(verdict.sentence()).isTrue();
      } else {
        assertThat(verdict.refusal()).isEqualTo(ReceiptResult.WRONG_ENVIRONMENT);
        assertThat(verdict.sentence()).contains(signing + " key", "this bank is PRODUCTION");
      }
    }
  }

  @Test
  void aDemoOfficerAuthorisesNothingInProduction() {
    InMemoryKeys production = new InMemoryKeys(Environment.PRODUCTION);
    InMemoryKeys drill = new InMemoryKeys(Environment.DRILL);
    KeyDirectory both = production.directory.with(drill.officer.entry());
    StopPaymentOrder order = TestOrders.byOfficer(TestOrders.unauthorised(), drill.officer);
    OrderVerdict verdict =
        verifier(both, Environment.PRODUCTION)
            .verify(Envelopes.seal(order, production.engine), NOW);
    assertThat(verdict.refusal()).isEqualTo(ReceiptResult.BAD_AUTHORISATION);
  }

  @Test
  void theFormOfAnOrderIsChecked() {
    assertForm(order -> order.setTermHours(49), "termHours 49");
    assertForm(order -> order.setTermHours(0), "termHours 0");
    assertForm(order -> order.setApplicationType("06"), "applicationType '06'");
    assertForm(order -> order.setApplicationType("02"), "originalApplicationId");
    assertForm(order -> order.setApplicationId("short"), "applicationId 'short'");
    assertForm(order -> order.setAccountType("03"), "accountType '03'");
    assertForm(order -> order.setEmergencyLevel("03"), "emergencyLevel '03'");
    assertForm(order -> order.setCurrency("USD"), "currency 'USD'");
    assertForm(order -> order.setTransferAmountFen(0), "transferAmountFen 0");
    assertForm(order -> order.setOrderId(" "), "orderId");
    assertForm(order -> order.setNotAfter(order.getApplicationTime()), "notAfter");
  }

  @Test
  void onlyTheOneEncodingOfAnOrderIsRead() {
    ByteBuffer payload = Envelopes.payload(authorised());
    byte[] longer = Arrays.copyOf(SignedBytes.copyOf(payload), payload.remaining() + 1);
    assertThat(verify(sealed(longer)).refusal()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    byte[] otherSchema = SignedBytes.copyOf(payload);
    otherSchema[5] ^= 1;
    assertThat(verify(sealed(otherSchema)).refusal()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    assertThat(verify(sealed(new byte[0])).refusal()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    byte[] cut = Arrays.copyOf(SignedBytes.copyOf(payload), payload.remaining() - 1);
    OrderVerdict verdict = verify(sealed(cut));
    assertThat(verdict.refusal()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    assertThat(verdict.order()).isNull();
    assertThat(verify(sealed(new byte[Envelopes.MAX_PAYLOAD_BYTES + 1])).sentence())
        .contains("65537 bytes");
  }

  @Test
  void anotherVersionIsNotRead() {
    OrderEnvelope envelope = DemoKeys.engine().seal(authorised());
    envelope.setVersion(2);
    assertThat(verify(envelope).refusal()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    assertThat(Envelopes.verify(envelope, demo, Environment.DEMO, NOW).sentence())
        .contains("version 2");
  }

  @Test
  void theEngineAdoptsWhatAnEngineKeyOfItsEnvironmentSigned() {
    OrderEnvelope envelope = DemoKeys.engine().seal(authorised());
    assertThat(Envelopes.verify(envelope, demo, Environment.DEMO, NOW).holds()).isTrue();
    assertThat(Envelopes.verify(envelope, demo, Environment.DRILL, NOW).holds()).isFalse();
    assertThat(Envelopes.open(envelope)).isEqualTo(authorisationOf(envelope));
    OrderEnvelope again = DemoKeys.engine().seal(Envelopes.open(envelope));
    assertThat(again.getSignature()).isNotEqualTo(envelope.getSignature());
    assertThat(Envelopes.payloadSha256(again)).isEqualTo(Envelopes.payloadSha256(envelope));
  }

  @Test
  void openingAndVerifyingLeaveTheBuffersAsTheyWere() {
    OrderEnvelope envelope = DemoKeys.engine().seal(authorised());
    assertThat(verify(envelope).accepted()).isTrue();
    assertThat(verify(envelope).accepted()).isTrue();
  }

  @Test
  void anExpiredEngineKeySignsNothingThatCounts() {
    OrderEnvelope envelope = DemoKeys.engine().seal(authorised());
    OrderVerdict verdict =
        verifier(demo, Environment.DEMO).verify(envelope, Instant.parse("2051-01-01T00:00:00Z"));
    assertThat(verdict.refusal()).isEqualTo(ReceiptResult.BAD_SIGNATURE);
    assertThat(DemoKeys.engine().validAt(NOW)).isTrue();
    assertThat(DemoKeys.engine().validAt(Instant.parse("2051-01-01T00:00:00Z"))).isFalse();
  }

  @Test
  void aRequestWithoutCiphertextCannotBeAuthorised() {
    dev.zhifu.wire.StopPaymentRequest request = new dev.zhifu.wire.StopPaymentRequest();
    request.setOrderId(TestOrders.ORDER_ID);
    request.setTarget(new dev.zhifu.wire.AccountRef());
    assertThatThrownBy(() -> AuthorisationSubject.of(request))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("ciphertext");
  }

  private void assertForm(Consumer<StopPaymentOrder> change, String sentence) {
    StopPaymentOrder order = TestOrders.unauthorised();
    change.accept(order);
    OrderVerdict verdict =
        verify(DemoKeys.engine().seal(TestOrders.byOfficer(order, DemoKeys.person("officer-1"))));
    assertThat(verdict.refusal()).as(verdict.sentence()).isEqualTo(ReceiptResult.FORMAT_ERROR);
    assertThat(verdict.sentence()).contains(sentence);
  }

  private static StopPaymentOrder authorised() {
    return TestOrders.byOfficer(TestOrders.unauthorised(), DemoKeys.person("officer-1"));
  }

  private static StopPaymentOrder authorisationOf(OrderEnvelope envelope) {
    StopPaymentOrder order = TestOrders.unauthorised();
    order.setAuthorisation(Envelopes.open(envelope).getAuthorisation());
    return order;
  }

  private static OrderEnvelope sealed(byte[] payload) {
    EngineSigner engine = DemoKeys.engine();
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    byte[] signature = engine.sign(SignedLayouts.order(1, engine.keyId(), bytes));
    return new OrderEnvelope(bytes, 1, engine.keyId(), ByteBuffer.wrap(signature));
  }

  private OrderVerdict verify(OrderEnvelope envelope) {
    return verifier(demo, Environment.DEMO).verify(envelope, NOW);
  }

  private static OrderVerifier verifier(KeyDirectory directory, Environment environment) {
    return new OrderVerifier(
        directory, environment, TestOrders.BANK, id -> Optional.empty(), id -> Optional.empty());
  }

  /** Keys that never touch a disk. */
  private static final class InMemoryKeys {
    private final KeySigner engine;
    private final KeySigner officer;
    private final KeyDirectory directory;

    InMemoryKeys(Environment environment) {
      engine = signer(environment, "engine", KeyRole.ENGINE);
      officer = signer(environment, "officer-1", KeyRole.OFFICER);
      directory = KeyDirectory.of(java.util.List.of(engine.entry(), officer.entry()));
    }

    private static KeySigner signer(Environment environment, String owner, KeyRole role) {
      Sm2PrivateKey key = Sm2.generate(new java.security.SecureRandom());
      String keyId = environment + "-" + owner;
      return new KeySigner(
          new KeyEntry(
              keyId,
              owner,
              role,
              environment,
              key.publicKey(),
              NOW.minusSeconds(60),
              NOW.plusSeconds(60)),
          key);
    }
  }
}
