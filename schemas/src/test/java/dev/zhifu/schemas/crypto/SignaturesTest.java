package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  private static final Instant NOW = TestOrders.NOW;

  private final KeyDirectory directory = DemoKeys.directory();
  private final Signatures signatures = new Signatures(directory, Environment.DEMO);
  private final Signer officer = signerOf("demo-officer-1");
  private final Signer head = signerOf("demo-" + DemoKeys.AUTHORISER);
  private final Signer author = signerOf("demo-" + DemoKeys.AUTHOR);
  private final Signer approver = signerOf("demo-" + DemoKeys.APPROVER);

  @Test
  void everyFieldOfAnActIsSigned() {
    OfficerAct act = accepted();
    assertThat(signatures.verify(act, NOW).holds()).isTrue();
    everyChangeShows(act, signed -> signatures.verify(signed, NOW).holds(), List.of());
  }

  @Test
  void everyFieldOfAReportIsSignedWithTheAct() {
    OfficerAct act = accepted();
    everyChangeShows(
        act.getReport(), report -> signatures.verify(act, NOW).holds(), List.of("transfers"));
    everyChangeShows(
        act.getReport().getTransfers().get(0),
        transfer -> signatures.verify(act, NOW).holds(),
        List.of("payer", "payee", "ownStop", "basis"));
    everyChangeShows(
        act.getReport().getTransfers().get(0).getPayee(),
        account -> signatures.verify(act, NOW).holds(),
        // What a bank may know of the account at the time says nothing of which account it is.
        List.of("holderToken", "kind", "openedOn", "balanceBeforeFen", "holderAgeYears", "region"));
  }

  @Test
  void everyFieldOfABanksOwnStopIsSignedWithTheAct() {
    OfficerAct plain = accepted();
    plain.getReport().getTransfers().get(0).setOwnStop(ownStop());
    assertThat(signatures.verify(plain, NOW).holds()).as("put in afterwards").isFalse();

    OfficerAct act = Signatures.sign(plain, officer);
    assertThat(signatures.verify(act, NOW).holds()).isTrue();
    everyChangeShows(
        act.getReport().getTransfers().get(0).getOwnStop(),
        stop -> signatures.verify(act, NOW).holds(),
        List.of());
    act.getReport().getTransfers().get(0).setOwnStop(null);
    assertThat(signatures.verify(act, NOW).holds()).as("taken away").isFalse();
  }

  @Test
  void whatTheTypeOfAnOrderFollowsFromIsSignedWithTheAct() {
    OfficerAct plain = accepted();
    plain.getReport().getTransfers().get(0).setBasis(new StopBasis("a report", true));
    assertThat(signatures.verify(plain, NOW).holds()).as("put in afterwards").isFalse();

    OfficerAct act = Signatures.sign(plain, officer);
    assertThat(signatures.verify(act, NOW).holds()).isTrue();
    everyChangeShows(
        act.getReport().getTransfers().get(0).getBasis(),
        basis -> signatures.verify(act, NOW).holds(),
        List.of());
    act.getReport().getTransfers().get(0).setOwnStop(ownStop());
    assertThat(signatures.verify(act, NOW).holds()).as("an own stop beside it").isFalse();
    act.getReport().getTransfers().get(0).setOwnStop(null);
    act.getReport().getTransfers().get(0).setBasis(null);
    assertThat(signatures.verify(act, NOW).holds()).as("taken away").isFalse();
  }

  private static OwnStop ownStop() {
    return new OwnStop(
        "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd", NOW, NOW.plusSeconds(3_600), 5L, true);
  }

  @Test
  void everyFieldOfAStandingAuthorisationIsSignedButItsRenewal() {
    StandingAuthorisation standing = Signatures.sign(TestOrders.standing(1, false), head);
    assertThat(signatures.verify(standing, NOW).holds()).isTrue();
    everyChangeShows(
        standing, signed -> signatures.verify(signed, NOW).holds(), List.of("renewedAt"));
    standing.setRenewedAt(NOW.plusSeconds(20));
    assertThat(signatures.verify(standing, NOW).holds()).isTrue();
  }

  @Test
  void everyFieldOfAPublicationIsSigned() {
    RulePublication publication = approved(publication());
    assertThat(signatures.verify(publication, NOW).sentence()).contains("signed by approver-1");
    everyChangeShows(publication, signed -> signatures.verify(signed, NOW).holds(), List.of());
  }

  @Test
  void whatGoesLiveHasTwoPersonsBehindIt() {
    RulePublication unsigned = Signatures.sign(publication(), approver);
    assertThat(signatures.verify(unsigned, NOW).sentence()).contains("unsigned by its author");
    RulePublication alone = publication();
    alone.setAuthor(DemoKeys.APPROVER);
    alone = Signatures.sign(Signatures.signText(alone, approver), approver);
    assertThat(signatures.verify(alone, NOW).sentence()).contains("another person approves");
    RulePublication unapproved = publication();
    unapproved.setApprover(DemoKeys.AUTHOR);
    unapproved.setAuthor(DemoKeys.APPROVER);
    unapproved = Signatures.sign(Signatures.signText(unapproved, approver), author);
    assertThat(signatures.verify(unapproved, NOW).sentence()).contains("role RULE_AUTHOR");
  }

  @Test
  void anAuthorMayTryARuleInShadowAlone() {
    RulePublication shadow = publication();
    shadow.setStatus(PublicationStatus.SHADOW);
    shadow.setApprover(null);
    shadow = Signatures.sign(Signatures.signText(shadow, author), author);
    assertThat(signatures.verify(shadow, NOW).holds()).isTrue();
    shadow.setStatus(PublicationStatus.LIVE);
    assertThat(signatures.verify(shadow, NOW).holds()).isFalse();
  }

  @Test
  void everyFieldOfAControlIsSigned() {
    ActionControl suppression = Signatures.sign(suppression(), officer);
    assertThat(signatures.verify(suppression, NOW).holds()).isTrue();
    everyChangeShows(suppression, signed -> signatures.verify(signed, NOW).holds(), List.of());
    ActionControl limit = suppression();
    limit.setKind(ActionControlKind.LIMIT);
    assertThat(signatures.verify(Signatures.sign(limit, officer), NOW).sentence())
        .contains("role OFFICER");
  }

  @Test
  void anOfficersSignatureOverAnOrderHoldsForThatOrderAlone() {
    AuthorisationSubject subject = AuthorisationSubject.of(TestOrders.unauthorised());
    OfficerAct act =
        Signatures.signOrder(
            TestOrders.act(ActKind.SIGN_ORDER, subject.orderId()), subject, officer);
    assertThat(signatures.verify(act, NOW).holds()).isTrue();
    assertThat(signatures.verifyOrderSignature(act, subject, NOW).holds()).isTrue();
    for (AuthorisationSubject other : variants(subject)) {
      assertThat(signatures.verifyOrderSignature(act, other, NOW).holds())
          .as("%s", other)
          .isFalse();
    }
    act.setActId("act-2");
    assertThat(signatures.verifyOrderSignature(act, subject, NOW).holds()).isFalse();
  }

  @Test
  void anActOfAnotherKindSignsNoOrder() {
    AuthorisationSubject subject = AuthorisationSubject.of(TestOrders.unauthorised());
    OfficerAct release = TestOrders.act(ActKind.RELEASE, subject.orderId());
    assertThatThrownBy(() -> Signatures.signOrder(release, subject, officer))
        .isInstanceOf(CryptoException.class);
    OfficerAct other = TestOrders.act(ActKind.SIGN_ORDER, "another order");
    assertThatThrownBy(() -> Signatures.signOrder(other, subject, officer))
        .hasMessageContaining("does not sign order");
    assertThat(
            signatures
                .verifyOrderSignature(Signatures.sign(release, officer), subject, NOW)
                .sentence())
        .contains("carries no signature");
  }

  @Test
  void theOwnerTheRoleTheEnvironmentAndTheTimeOfTheKeyCount() {
    OfficerAct another = TestOrders.act(ActKind.RELEASE, "order-1");
    another.setOfficerId("officer-2");
    assertThat(signatures.verify(Signatures.sign(another, officer), NOW).sentence())
        .contains("officer-1's", "officer-2");
    StandingAuthorisation standing = TestOrders.standing(1, false);
    standing.setOfficerId("officer-1");
    assertThat(signatures.verify(Signatures.sign(standing, officer), NOW).sentence())
        .contains("role OFFICER");
    OfficerAct act = Signatures.sign(TestOrders.act(ActKind.RELEASE, "order-1"), officer);
    assertThat(new Signatures(directory, Environment.PRODUCTION).verify(act, NOW).sentence())
        .contains("DEMO key", "PRODUCTION counts");
    assertThat(signatures.verify(act, Instant.parse("2050-01-01T00:00:00Z")).sentence())
        .contains("not at 2050-01-01");
    act.setKeyId("nobody");
    assertThat(signatures.verify(act, NOW).sentence()).contains("not in the key directory");
  }

  @Test
  void aPublicationWhoseDocumentIsNotTheHashedOneIsRefused() {
    RulePublication publication = publication();
    publication.setDocumentSha256(Sha256.hex("another text"));
    assertThat(signatures.verify(approved(publication), NOW).sentence())
        .contains("not its document's");
    assertThat(signatures.verify(publication(), NOW).sentence()).contains("unsigned");
  }

  @Test
  void theBookKeepsTheHighestRevisionAndForgetsNoRevocation() {
    StandingAuthorisationBook book = new StandingAuthorisationBook(signatures);
    StandingAuthorisation first = Signatures.sign(TestOrders.standing(1, false), head);
    StandingAuthorisation third = Signatures.sign(TestOrders.standing(3, false), head);
    StandingAuthorisation revoked = Signatures.sign(TestOrders.standing(2, true), head);
    assertThat(book.offer(TestOrders.standing(9, false), NOW).holds()).isFalse();
    assertThat(book.find("standing-1")).isEmpty();
    book.offer(first, NOW);
    book.offer(third, NOW);
    assertThat(book.find("standing-1")).contains(third);
    book.offer(first, NOW);
    assertThat(book.find("standing-1")).contains(third);
    book.offer(revoked, NOW);
    book.offer(third, NOW);
    assertThat(book.find("standing-1")).contains(revoked);
  }

  @Test
  void aStandingAuthorisationReadsAsItWasPrinted() {
    StandingAuthorisation standing = Signatures.sign(TestOrders.standing(1, false), head);
    String text = StandingAuthorisationFile.print(standing);
    assertThat(StandingAuthorisationFile.parse("f", text)).isEqualTo(standing);
    assertThat(signatures.verify(StandingAuthorisationFile.parse("f", text), NOW).holds()).isTrue();
    assertThat(StandingAuthorisationFile.nameOf(standing)).isEqualTo("standing-1-r1.json");
    assertThatThrownBy(() -> StandingAuthorisationFile.parse("f.json", "{}"))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("f.json");
  }

  /** Changes one field after another and back; the signature must not hold in between. */
  private static <T extends SpecificRecordBase> void everyChangeShows(
      T signed, Predicate<T> holds, List<String> unsigned) {
    for (Schema.Field field : signed.getSchema().getFields()) {
      Object before = signed.get(field.pos());
      if (unsigned.contains(field.name())) {
        continue;
      }
      signed.put(field.pos(), other(field.schema(), before));
      assertThat(holds.test(signed)).as("changed %s", field.name()).isFalse();
      signed.put(field.pos(), before);
      assertThat(holds.test(signed)).as("%s as it was", field.name()).isTrue();
    }
  }

  private static Object other(Schema schema, Object before) {
    if (before == null) {
      return other(
          schema.getTypes().stream()
              .filter(type -> type.getType() != Schema.Type.NULL)
              .findFirst()
              .orElseThrow());
    }
    if (schema.getType() == Schema.Type.UNION) {
      return null;
    }
    return changed(before);
  }

  private static Object other(Schema schema) {
    return schema.getType() == Schema.Type.BYTES ? ByteBuffer.wrap(new byte[] {7}) : "something";
  }

  private static Object changed(Object value) {
    if (value instanceof String text) {
      return text + "x";
    }
    if (value instanceof Instant at) {
      return at.plusMillis(1);
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Double number) {
      return number - 0.01;
    }
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof ByteBuffer bytes) {
      ByteBuffer copy = ByteBuffer.wrap(SignedBytes.copyOf(bytes));
      copy.put(copy.limit() / 2, (byte) (copy.get(copy.limit() / 2) ^ 1));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> longer = new ArrayList<>(list);
      longer.add(list.get(0));
      return longer;
    }
    Object[] constants = value.getClass().getEnumConstants();
    return constants[(((Enum<?>) value).ordinal() + 1) % constants.length];
  }

  private static List<AuthorisationSubject> variants(AuthorisationSubject s) {
    ByteBuffer otherCipher = (ByteBuffer) changed(s.cipher());
    List<AuthorisationSubject> others = new ArrayList<>();
    Consumer<AuthorisationSubject> add = others::add;
    add.accept(of(s.orderId() + "0", s, s.cipher(), 0, 0));
    add.accept(
        new AuthorisationSubject(
            s.orderId(),
            "B02",
            s.bankTransactionId(),
            s.cipher(),
            s.transferAmountFen(),
            s.transferTime()));
    add.accept(
        new AuthorisationSubject(
            s.orderId(),
            s.bank(),
            s.bankTransactionId() + "0",
            s.cipher(),
            s.transferAmountFen(),
            s.transferTime()));
    add.accept(of(s.orderId(), s, otherCipher, 0, 0));
    add.accept(of(s.orderId(), s, s.cipher(), 1, 0));
    add.accept(of(s.orderId(), s, s.cipher(), 0, 1));
    return others;
  }

  private static AuthorisationSubject of(
      String orderId, AuthorisationSubject s, ByteBuffer cipher, long fenMore, long msLater) {
    return new AuthorisationSubject(
        orderId,
        s.bank(),
        s.bankTransactionId(),
        cipher,
        s.transferAmountFen() + fenMore,
        s.transferTime().plusMillis(msLater));
  }

  private OfficerAct accepted() {
    AccountRef payer = new AccountRef();
    payer.setAccountToken("a".repeat(32));
    payer.setBank("B02");
    payer.setKind(AccountKind.PERSONAL);
    AccountRef payee = new AccountRef();
    payee.setAccountToken("b".repeat(32));
    payee.setBank("B01");
    payee.setCipher(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    payee.setKind(AccountKind.PERSONAL);
    VictimReport report = new VictimReport();
    report.setReportId("report-1");
    report.setReportedAt(NOW);
    report.setReceivedAt(NOW);
    report.setHolderToken("c".repeat(32));
    report.setTakenBy("station-1");
    report.setReportChannel("110");
    report.setTransfers(
        List.of(new ReportedTransfer(payer, payee, 4_980_000L, NOW, null, "B01-7", null, null)));
    OfficerAct act = TestOrders.act(ActKind.ACCEPT_REPORT, "report-1");
    act.setReport(report);
    return Signatures.sign(act, officer);
  }

  private RulePublication approved(RulePublication draft) {
    return Signatures.sign(Signatures.signText(draft, author), approver);
  }

  private static ActionControl suppression() {
    return new ActionControl(
        "suppress:HOLDER:h1",
        ActionControlKind.SUPPRESS,
        null,
        0,
        0L,
        SubjectKind.HOLDER,
        "h1",
        NOW.plusSeconds(3600),
        NOW,
        "officer-1",
        "a known wedding",
        null,
        null);
  }

  private static RulePublication publication() {
    RulePublication publication = new RulePublication();
    publication.setRuleId("T02");
    publication.setVersion(3);
    publication.setStatus(PublicationStatus.LIVE);
    publication.setDocument("id: T02\n");
    publication.setDocumentSha256(Sha256.hex("id: T02\n"));
    publication.setEffectiveFrom(NOW);
    publication.setAuthor("author-1");
    publication.setApprover(DemoKeys.APPROVER);
    publication.setReason("first");
    return publication;
  }

  private Signer signerOf(String keyId) {
    return new KeySigner(
        directory.require(keyId), DemoKeys.file(keyId).key(), new SeededRandom(keyId));
  }
}
