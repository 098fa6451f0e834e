package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes the files of {@code schemas/vectors} with the DEMO keys and fixed randomness. */
final class VectorWriter {
  static final String ACCEPTED = "ACCEPTED";

  private static final HexFormat HEX = HexFormat.of();
  private static final String STANDING = "standing-1";
  private static final String FIRST = "standing-1-first-layout";
  private static final String REVOKED = "standing-1-revoked";

  private final Map<String, String> files = new LinkedHashMap<>();
  private final KeyDirectory directory = DemoKeys.directory();
  private final Signer engine = seeded(DemoKeys.file(DemoKeys.ENGINE));
  private final Signer officer = seeded(DemoKeys.file("demo-officer-1"));
  private final Signer head = seeded(DemoKeys.file("demo-" + DemoKeys.AUTHORISER));
  private final StandingAuthorisation standing =
      Signatures.sign(TestOrders.standing(1, false), head);
  private final StandingAuthorisation first = Signatures.sign(TestOrders.firstLayout(), head);
  private final StandingAuthorisation revoked = Signatures.sign(TestOrders.standing(2, true), head);

  /** Writes all files into the folder given. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> file : new VectorWriter().files().entrySet()) {
      Path path = Path.of(args[0]).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** File name to text. */
  Map<String, String> files() {
    files.put("keys.tsv", keys());
    files.put("schema-fingerprint.txt", fingerprint() + "\n");
    files.put("standing/" + STANDING + ".json", Vector.of(standing).print());
    files.put("standing/" + FIRST + ".json", Vector.of(first).print());
    files.put("standing/" + REVOKED + ".json", Vector.of(revoked).print());
    bothWays("officer", order -> TestOrders.byOfficer(order, officer));
    bothWays("standing", order -> TestOrders.under(order, standing));
    keyVectors();
    officerVectors();
    standingVectors();
    latePaperworkVectors();
    return files;
  }

  /** The seven verdicts on an envelope, each under one kind of authorisation. */
  private void bothWays(String how, UnaryOperator<StopPaymentOrder> authorise) {
    OrderEnvelope good = seal(authorise.apply(TestOrders.unauthorised()));
    write("good-" + how, good, Case.ACCEPT);
    KeyFile stranger = new KeyFile(DemoKeys.ENGINE, Sm2.fromSeed("a stranger's key"));
    write(
        "forged-" + how,
        with(good, good.getPayload(), sign(stranger, good)),
        Case.of(ReceiptResult.BAD_SIGNATURE));
    write(
        "altered-" + how,
        with(good, flipped(good.getPayload()), good.getSignature()),
        Case.of(ReceiptResult.BAD_SIGNATURE));
    write(
        "altered-signature-" + how,
        with(good, good.getPayload(), flipped(good.getSignature())),
        Case.of(ReceiptResult.BAD_SIGNATURE));
    write(
        "expired-" + how, good, Case.of(ReceiptResult.EXPIRED_ORDER).after(Duration.ofMinutes(10)));
    write(
        "replayed-" + how,
        good,
        Case.of(ReceiptResult.REPLAYED).answered(Sha256.hex("another payload")));
    write(
        "duplicate-" + how,
        good,
        Case.of(ReceiptResult.DUPLICATE)
            .after(Duration.ofMinutes(10))
            .answered(Envelopes.payloadSha256(good)));
    write("wrong-bank-" + how, good, Case.of(ReceiptResult.WRONG_BANK).at("B02"));
    write(
        "wrong-environment-" + how,
        good,
        Case.of(ReceiptResult.WRONG_ENVIRONMENT).in(Environment.PRODUCTION));
  }

  private void keyVectors() {
    StopPaymentOrder order = TestOrders.byOfficer(TestOrders.unauthorised(), officer);
    write("wrong-role", Envelopes.seal(order, officer), Case.of(ReceiptResult.BAD_SIGNATURE));
    OrderEnvelope unknown = seal(order);
    unknown.setKeyId("demo-engine-9");
    write("unknown-key", unknown, Case.of(ReceiptResult.BAD_SIGNATURE));
  }

  private void officerVectors() {
    StopPaymentOrder other = TestOrders.byOfficer(TestOrders.unauthorised(), officer);
    other.setTransferAmountFen(other.getTransferAmountFen() + 1);
    write("officer-signed-other-amount", seal(other), Case.of(ReceiptResult.BAD_AUTHORISATION));
    StopPaymentOrder moved = TestOrders.byOfficer(TestOrders.unauthorised(), officer);
    moved.setCipher(flipped(moved.getCipher()));
    write("officer-signed-other-account", seal(moved), Case.of(ReceiptResult.BAD_AUTHORISATION));
    StopPaymentOrder engineSigned = TestOrders.byOfficer(TestOrders.unauthorised(), engine);
    write("engine-as-officer", seal(engineSigned), Case.of(ReceiptResult.BAD_AUTHORISATION));
  }

  private void standingVectors() {
    StopPaymentOrder order = TestOrders.under(TestOrders.unauthorised(), standing);
    write("standing-revoked", seal(order), Case.of(ReceiptResult.BAD_AUTHORISATION).under(REVOKED));
    write(
        "standing-first-layout",
        seal(TestOrders.under(TestOrders.unauthorised(), first)),
        Case.ACCEPT.under(FIRST));
    write("standing-unknown", seal(order), Case.of(ReceiptResult.BAD_AUTHORISATION).under(""));
    StopPaymentOrder forged = TestOrders.under(TestOrders.unauthorised(), standing);
    forged.setAuthorisation(
        Signatures.referenceTo(Signatures.sign(TestOrders.standing(1, false), officer)));
    write("standing-by-officer", seal(forged), Case.of(ReceiptResult.BAD_AUTHORISATION));
    StopPaymentOrder large = TestOrders.under(TestOrders.unauthorised(), standing);
    large.setTransferAmountFen(5_000_001);
    write("standing-amount", seal(large), Case.of(ReceiptResult.OUTSIDE_AUTHORISATION));
    StopPaymentOrder corporate = TestOrders.under(TestOrders.unauthorised(), standing);
    corporate.setAccountType("02");
    write("standing-account-kind", seal(corporate), Case.of(ReceiptResult.OUTSIDE_AUTHORISATION));
    StopPaymentOrder early = TestOrders.under(TestOrders.unauthorised(), standing);
    early.setApplicationTime(standing.getValidFrom().minusMillis(1));
    write("standing-too-early", seal(early), Case.of(ReceiptResult.OUTSIDE_AUTHORISATION));
  }

  private void latePaperworkVectors() {
    StopPaymentOrder late = TestOrders.unauthorised();
    late.setApplicationType("04");
    StopPaymentOrder nameless = TestOrders.byOfficer(late, officer);
    write("late-paperwork-unnamed", seal(nameless), Case.of(ReceiptResult.FORMAT_ERROR));
    late.setOriginalApplicationId("cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd");
    write("late-paperwork", seal(TestOrders.byOfficer(late, officer)), Case.ACCEPT);
  }

  private void write(String name, OrderEnvelope envelope, Case at) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("bank", at.bank);
    fields.put("bankEnvironment", at.environment.name());
    fields.put("nowMs", String.valueOf(TestOrders.NOW.plus(at.later).toEpochMilli()));
    fields.put("answeredPayloadSha256", at.answered);
    fields.put("standing", at.standing);
    fields.put("version", String.valueOf(envelope.getVersion()));
    fields.put("keyId", envelope.getKeyId());
    fields.put("payload", HEX.formatHex(SignedBytes.copyOf(envelope.getPayload())));
    fields.put("signature", HEX.formatHex(SignedBytes.copyOf(envelope.getSignature())));
    fields.put("payloadSha256", Envelopes.payloadSha256(envelope));
    fields.put("expected", at.expected);
    files.put("orders/" + name + ".json", new Vector(fields).print());
  }

  private OrderEnvelope seal(StopPaymentOrder order) {
    return Envelopes.seal(order, engine);
  }

  private static OrderEnvelope with(OrderEnvelope old, ByteBuffer payload, ByteBuffer signature) {
    return new OrderEnvelope(payload, old.getVersion(), old.getKeyId(), signature);
  }

  private static ByteBuffer sign(KeyFile key, OrderEnvelope envelope) {
    byte[] message =
        SignedLayouts.order(envelope.getVersion(), envelope.getKeyId(), envelope.getPayload());
    return ByteBuffer.wrap(Sm2.sign(key.key(), message, new SeededRandom("forger")));
  }

  /** One bit changed in the middle. */
  private static ByteBuffer flipped(ByteBuffer bytes) {
    byte[] copy = SignedBytes.copyOf(bytes);
    copy[copy.length / 2] ^= 1;
    return ByteBuffer.wrap(copy);
  }

  private Signer seeded(KeyFile file) {
    return new KeySigner(
        directory.require(file.keyId()), file.key(), new SeededRandom("vectors " + file.keyId()));
  }

  private String keys() {
    StringBuilder text = new StringBuilder();
    for (KeyEntry key : directory.keys()) {
      text.append(
          String.join(
              "\t",
              key.keyId(),
              key.owner(),
              key.role().name(),
              key.environment().name(),
              String.valueOf(key.validFrom().toEpochMilli()),
              String.valueOf(key.validTo().toEpochMilli()),
              key.publicKey().hex()));
      text.append('\n');
    }
    return text.toString();
  }

  private static String fingerprint() {
    ByteBuffer payload =
        Envelopes.payload(
            TestOrders.under(
                TestOrders.unauthorised(),
                Signatures.sign(
                    TestOrders.standing(1, false), DemoKeys.person(DemoKeys.AUTHORISER))));
    return HEX.formatHex(SignedBytes.copyOf(payload), 2, 10);
  }

  /** Under which circumstances a bank judges, and what it must find. */
  private record Case(
      String expected,
      String bank,
      Environment environment,
      Duration later,
      String answered,
      String standing) {
    static final Case ACCEPT = expecting(ACCEPTED);

    static Case of(ReceiptResult expected) {
      return expecting(expected.name());
    }

    private static Case expecting(String expected) {
      return new Case(expected, TestOrders.BANK, Environment.DEMO, Duration.ZERO, "", STANDING);
    }

    Case after(Duration time) {
      return new Case(expected, bank, environment, time, answered, standing);
    }

    Case answered(String payloadSha256) {
      return new Case(expected, bank, environment, later, payloadSha256, standing);
    }

    Case at(String otherBank) {
      return new Case(expected, otherBank, environment, later, answered, standing);
    }

    Case in(Environment other) {
      return new Case(expected, bank, other, later, answered, standing);
    }

    Case under(String otherStanding) {
      return new Case(expected, bank, environment, later, answered, otherStanding);
    }
  }
}
