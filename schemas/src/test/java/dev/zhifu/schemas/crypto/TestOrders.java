package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Orders and authorisations of the tests, signed with the DEMO keys. */
final class TestOrders {
  static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  static final String BANK = "B01";
  static final String ORDER_ID = "ab".repeat(32);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private TestOrders() {}

  /** An order to {@link #BANK} without authorisation, in force at {@link #NOW}. */
  static StopPaymentOrder unauthorised() {
    byte[] cipher = new byte[180];
    new SeededRandom("cipher").nextBytes(cipher);
    StopPaymentOrder order = new StopPaymentOrder();
    order.setOrderId(ORDER_ID);
    order.setApplicationId("abababab-abab-abab-abab-abababababab");
    order.setApplicationType("00");
    order.setBank(BANK);
    order.setAccountToken("0123456789abcdef0123456789abcdef");
    order.setCipher(ByteBuffer.wrap(cipher));
    order.setAccountType("01");
    order.setCurrency("CNY");
    order.setTransferAmountFen(4_980_000);
    order.setTransferTime(NOW.minusSeconds(600));
    order.setBankTransactionId("B01-20260302-0007");
    order.setReasonCode(ReasonCode.VICTIM_REPORT);
    order.setEmergencyLevel("02");
    order.setTermHours(48);
    order.setApplicationTime(NOW.minusSeconds(30));
    order.setNotAfter(NOW.plusSeconds(570));
    return order;
  }

  /** {@code order} under an officer's own signature. */
  static StopPaymentOrder byOfficer(StopPaymentOrder order, Signer officer) {
    OfficerAct act =
        Signatures.signOrder(
            act(ActKind.SIGN_ORDER, order.getOrderId()), AuthorisationSubject.of(order), officer);
    order.setAuthorisation(Signatures.authorisationOf(act));
    return order;
  }

  /** {@code order} under a standing authorisation. */
  static StopPaymentOrder under(StopPaymentOrder order, StandingAuthorisation standing) {
    order.setAuthorisation(Signatures.referenceTo(standing));
    return order;
  }

  /** An unsigned act of officer-1. */
  static OfficerAct act(ActKind kind, String objectId) {
    OfficerAct act = new OfficerAct();
    act.setActId("act-1");
    act.setKind(kind);
    act.setOfficerId("officer-1");
    act.setRole("DUTY_OFFICER");
    act.setAt(NOW);
    act.setObjectId(objectId);
    act.setReason("victim's statement taken");
    act.setDocuments(List.of("doc-1"));
    act.setKeyId("");
    act.setSignature(NOTHING);
    return act;
  }

  /** As {@link #standing}, of the time before money was limited per hour and bank. */
  static StandingAuthorisation firstLayout() {
    StandingAuthorisation standing = standing(1, false);
    standing.setMaxFenPerHour(0);
    standing.setMaxFenPerBankDay(0);
    return standing;
  }

  /** An unsigned standing authorisation of head-1. */
  static StandingAuthorisation standing(int revision, boolean revoked) {
    StandingAuthorisation standing = new StandingAuthorisation();
    standing.setAuthorisationId("standing-1");
    standing.setRevision(revision);
    standing.setOfficerId(DemoKeys.AUTHORISER);
    standing.setRules(List.of("REPORT", "T02", "M01"));
    standing.setMinScore(0.85);
    standing.setMaxAmountFen(5_000_000);
    standing.setAccountKinds(List.of(AccountKind.PERSONAL));
    standing.setMaxOrdersPerHour(60);
    standing.setMaxOrdersPerBankDay(50);
    standing.setMaxOrdersPerDay(300);
    standing.setMaxFenPerDay(1_000_000_000);
    standing.setMaxFenPerHour(200_000_000);
    standing.setMaxFenPerBankDay(500_000_000);
    standing.setValidFrom(NOW.minusSeconds(86_400));
    standing.setValidTo(NOW.plusSeconds(86_400));
    standing.setLegalOpinion("opinion 2026-7");
    standing.setRevoked(revoked);
    standing.setRenewedAt(NOW);
    standing.setKeyId("");
    standing.setSignature(NOTHING);
    return standing;
  }
}
