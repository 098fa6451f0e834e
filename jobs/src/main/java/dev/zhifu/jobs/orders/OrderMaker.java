package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.rules.lives.channel.ApplicationType;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.List;

/**
 * Makes requests and orders from evidence. The same evidence and authorisation always make the same
 * order, byte for byte.
 */
final class OrderMaker {

  private static final String PERSONAL = "01";
  private static final String CORPORATE = "02";
  private static final String URGENT = "02";

  private OrderMaker() {}

  /** A request that no transition has been made of yet: sequence 0. */
  static StopPaymentRequest request(String orderId, int ordinal, StopProposal proposal) {
    StopPaymentRequest request = new StopPaymentRequest();
    request.setOrderId(orderId);
    request.setApplicationId(EventIds.applicationId(orderId));
    request.setOrdinal(ordinal);
    request.setSequence(0);
    request.setState(OrderState.DRAFT);
    request.setUnsigned(List.of());
    request.setCause(proposal.cause());
    request.setTickAt(Instant.EPOCH);
    return copyEvidence(request, proposal);
  }

  /** Puts newer evidence into a request; ids, state and sequence stay. */
  static StopPaymentRequest copyEvidence(StopPaymentRequest request, StopProposal proposal) {
    request.setOrigin(proposal.origin());
    request.setCaseIds(List.copyOf(proposal.caseIds()));
    request.setReportId(proposal.reportId());
    request.setTarget(proposal.target());
    request.setBankTransactionId(proposal.bankTransactionId());
    request.setTransferAmountFen(proposal.transferAmountFen());
    request.setTransferTime(Instant.ofEpochMilli(proposal.transferTimeMs()));
    request.setTracedFen(proposal.tracedFen());
    request.setScore(proposal.score());
    request.setFamilies(List.copyOf(proposal.families()));
    request.setHitIds(List.copyOf(proposal.hitIds()));
    request.setReasonCode(proposal.reasonCode());
    request.setBasisAt(Instant.ofEpochMilli(proposal.basisAtMs()));
    request.setGrounds(proposal.grounds() == null ? List.of() : List.copyOf(proposal.grounds()));
    request.setOwnStop(inForce(proposal.ownStop(), proposal.basisAtMs()));
    request.setBasis(proposal.basis());
    return request;
  }

  /** A bank's own stop while it lasts: once it is over the order is a first one like any other. */
  private static OwnStop inForce(OwnStop stop, long atMs) {
    return stop != null && atMs < stop.getExpireTime().toEpochMilli() ? stop : null;
  }

  /** A request for an order that only the record knows; it shows what the order itself says. */
  static StopPaymentRequest request(StopPaymentOrder order, int ordinal) {
    StopPaymentRequest request = new StopPaymentRequest();
    request.setOrderId(order.getOrderId());
    request.setApplicationId(order.getApplicationId());
    request.setOrdinal(ordinal);
    request.setSequence(0);
    request.setState(OrderState.DRAFT);
    request.setOrigin(OrderOrigin.REPORT);
    request.setCaseIds(List.of());
    AccountRef target = new AccountRef();
    target.setAccountToken(order.getAccountToken());
    target.setCipher(order.getCipher().duplicate());
    target.setBank(order.getBank());
    target.setKind(AccountKind.UNKNOWN);
    request.setTarget(target);
    request.setFamilies(List.of());
    request.setHitIds(List.of());
    request.setUnsigned(List.of());
    request.setGrounds(List.of());
    request.setCause("");
    request.setTickAt(Instant.EPOCH);
    return copyOrder(request, order);
  }

  /**
   * What the order itself does not say, from a transition that the record tells of it: on what it
   * stands. A new request; state and sequence stay.
   */
  static StopPaymentRequest copyBasis(StopPaymentRequest request, StopPaymentRequest told) {
    StopPaymentRequest shown = StopPaymentRequest.newBuilder(request).build();
    shown.setOrigin(told.getOrigin());
    shown.setCaseIds(List.copyOf(told.getCaseIds()));
    shown.setReportId(told.getReportId());
    shown.setTarget(told.getTarget());
    shown.setTracedFen(told.getTracedFen());
    shown.setScore(told.getScore());
    shown.setFamilies(List.copyOf(told.getFamilies()));
    shown.setHitIds(List.copyOf(told.getHitIds()));
    shown.setGrounds(List.copyOf(told.getGrounds()));
    shown.setOwnStop(told.getOwnStop());
    shown.setBasis(told.getBasis());
    return shown;
  }

  /** Makes a request show the fields of the order that was signed. */
  static StopPaymentRequest copyOrder(StopPaymentRequest request, StopPaymentOrder order) {
    request.setBankTransactionId(order.getBankTransactionId());
    request.setTransferAmountFen(order.getTransferAmountFen());
    request.setTransferTime(order.getTransferTime());
    request.setReasonCode(order.getReasonCode());
    request.setBasisAt(order.getApplicationTime());
    request.setOwnStop(inForce(request.getOwnStop(), order.getApplicationTime().toEpochMilli()));
    return request;
  }

  /** The order under a standing authorisation; its applicationTime is the evidence's. */
  static StopPaymentOrder order(
      StopPaymentRequest request, StandingAuthorisation given, OrderSettings settings) {
    StandingReference reference = Signatures.referenceTo(given);
    return order(request, request.getBasisAt().toEpochMilli(), reference, settings);
  }

  /** The order that an officer signs; its applicationTime is the newer of evidence and act. */
  static StopPaymentOrder order(
      StopPaymentRequest request, OfficerAct act, OrderSettings settings) {
    OfficerAuthorisation authorisation = Signatures.authorisationOf(act);
    long basis = Math.max(request.getBasisAt().toEpochMilli(), act.getAt().toEpochMilli());
    return order(request, basis, authorisation, settings);
  }

  /**
   * The order by which an officer extends a stop: the fields that were sent, under an id of its
   * own; its applicationTime is the act's. It is late paperwork for nothing: a stop of its own.
   */
  static StopPaymentOrder extension(OrderLife life, OfficerAct act, OrderSettings settings) {
    StopPaymentOrder order = StopPaymentOrder.newBuilder(life.signed().order()).build();
    order.setOrderId(EventIds.extensionId(life.orderId()));
    order.setApplicationId(EventIds.applicationId(order.getOrderId()));
    order.setApplicationType(ApplicationType.of(order.getApplicationType()).first().code());
    order.setOriginalApplicationId(life.signed().order().getApplicationId());
    order.setReasonCode(life.request().getReasonCode());
    order.setApplicationTime(act.getAt());
    order.setNotAfter(act.getAt().plusMillis(settings.orderLifeMs()));
    order.setAuthorisation(Signatures.authorisationOf(act));
    return order;
  }

  private static StopPaymentOrder order(
      StopPaymentRequest request, long basisAtMs, Object authorisation, OrderSettings settings) {
    StopPaymentOrder order = new StopPaymentOrder();
    order.setOrderId(request.getOrderId());
    order.setApplicationId(request.getApplicationId());
    OwnStop own = inForce(request.getOwnStop(), basisAtMs);
    order.setApplicationType(ApplicationType.of(own, request.getBasis()).code());
    order.setOriginalApplicationId(ApplicationType.original(own, request.getBasis()));
    order.setBank(request.getTarget().getBank());
    order.setAccountToken(request.getTarget().getAccountToken());
    order.setCipher(request.getTarget().getCipher().duplicate());
    order.setAccountType(accountType(request.getTarget().getKind()));
    order.setCurrency("CNY");
    order.setTransferAmountFen(request.getTransferAmountFen());
    order.setTransferTime(request.getTransferTime());
    order.setBankTransactionId(request.getBankTransactionId());
    order.setReasonCode(request.getReasonCode());
    order.setEmergencyLevel(URGENT);
    order.setTermHours((int) (OrderSettings.TERM_MS / 3_600_000));
    order.setApplicationTime(Instant.ofEpochMilli(basisAtMs));
    order.setNotAfter(Instant.ofEpochMilli(basisAtMs + settings.orderLifeMs()));
    order.setAuthorisation(authorisation);
    return order;
  }

  private static String accountType(AccountKind kind) {
    return kind == AccountKind.PERSONAL || kind == AccountKind.UNKNOWN ? PERSONAL : CORPORATE;
  }
}
