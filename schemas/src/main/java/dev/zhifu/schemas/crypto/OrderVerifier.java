package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bank's check of an order before it looks at an account. The steps run in the order of {@code
 * docs/envelope.md}; the first that fails decides. Nothing that an unsigned envelope says is
 * believed, and an order that was answered before is found before its term is looked at, so that a
 * message delivered twice is answered twice alike.
 */
public final class OrderVerifier {
  private static final String CORPORATE = "02";

  private final KeyDirectory directory;
  private final Environment environment;
  private final String bank;
  private final StandingAuthorisations standing;
  private final SeenOrders seen;
  private final Signatures signatures;

  /**
   * @param directory the bank's own copy of the key directory
   * @param environment the environment that this bank belongs to; orders of any other are refused
   * @param bank code of this bank
   * @param standing the standing authorisations that it has read
   * @param seen the orders that it has answered
   */
  public OrderVerifier(
      KeyDirectory directory,
      Environment environment,
      String bank,
      StandingAuthorisations standing,
      SeenOrders seen) {
    this.directory = directory;
    this.environment = environment;
    this.bank = bank;
    this.standing = standing;
    this.seen = seen;
    this.signatures = new Signatures(directory, environment);
  }

  /**
   * Whether the order may be executed.
   *
   * @param now the bank's clock
   */
  public OrderVerdict verify(OrderEnvelope envelope, Instant now) {
    String sha256 = Envelopes.payloadSha256(envelope);
    if (envelope.getVersion() != Envelopes.VERSION
        || envelope.getPayload().remaining() > Envelopes.MAX_PAYLOAD_BYTES) {
      return unread(
          ReceiptResult.FORMAT_ERROR,
          "version "
              + envelope.getVersion()
              + " or a payload of "
              + envelope.getPayload().remaining()
              + " bytes is not read here",
          sha256);
    }
    SignatureCheck signed = Envelopes.check(envelope, directory, null, now);
    if (!signed.holds()) {
      return unread(ReceiptResult.BAD_SIGNATURE, signed.sentence(), sha256);
    }
    try {
      return verifySigned(envelope, Envelopes.open(envelope), sha256, now);
    } catch (CryptoException e) {
      return unread(ReceiptResult.FORMAT_ERROR, e.getMessage(), sha256);
    }
  }

  private OrderVerdict verifySigned(
      OrderEnvelope envelope, StopPaymentOrder order, String sha256, Instant now) {
    return addressFault(envelope, order)
        .or(() -> replayFault(order, sha256))
        .or(() -> termFault(order, now))
        .or(() -> authorisationFault(order, now))
        .map(fault -> new OrderVerdict(fault.result(), fault.sentence(), order, sha256))
        .orElseGet(() -> new OrderVerdict(null, "verified", order, sha256));
  }

  private Optional<Fault> addressFault(OrderEnvelope envelope, StopPaymentOrder order) {
    Environment signer = directory.require(envelope.getKeyId()).environment();
    if (signer != environment) {
      return fault(
          ReceiptResult.WRONG_ENVIRONMENT,
          "signed with "
              + signer
              + " key "
              + envelope.getKeyId()
              + "; this bank is "
              + environment);
    }
    if (!order.getBank().equals(bank)) {
      return fault(
          ReceiptResult.WRONG_BANK,
          "addressed to bank " + order.getBank() + "; this is bank " + bank);
    }
    return OrderForm.faultOf(order).flatMap(why -> fault(ReceiptResult.FORMAT_ERROR, why));
  }

  private Optional<Fault> replayFault(StopPaymentOrder order, String sha256) {
    return seen.payloadSha256Of(order.getOrderId())
        .flatMap(
            before ->
                before.equals(sha256)
                    ? fault(ReceiptResult.DUPLICATE, "answered before; the same answer again")
                    : fault(
                        ReceiptResult.REPLAYED,
                        "order id "
                            + order.getOrderId()
                            + " was answered with payload "
                            + before
                            + "; this one has other content: call the centre"));
  }

  private static Optional<Fault> termFault(StopPaymentOrder order, Instant now) {
    if (now.isAfter(order.getNotAfter())) {
      return fault(
          ReceiptResult.EXPIRED_ORDER,
          "not to be executed after " + order.getNotAfter() + "; it is " + now);
    }
    return Optional.empty();
  }

  private Optional<Fault> authorisationFault(StopPaymentOrder order, Instant now) {
    if (order.getAuthorisation() instanceof OfficerAuthorisation officer) {
      SignatureCheck check = signatures.verifyOfficer(order, officer, now);
      return check.holds()
          ? Optional.empty()
          : fault(ReceiptResult.BAD_AUTHORISATION, check.sentence());
    }
    return standingFault(order, (StandingReference) order.getAuthorisation(), now);
  }

  private Optional<Fault> standingFault(
      StopPaymentOrder order, StandingReference reference, Instant now) {
    Optional<StandingAuthorisation> published = standing.find(reference.getAuthorisationId());
    if (published.isEmpty()) {
      return fault(
          ReceiptResult.BAD_AUTHORISATION,
          "standing authorisation " + reference.getAuthorisationId() + " was never published here");
    }
    StandingAuthorisation limits = published.get();
    if (limits.getRevoked()) {
      return fault(
          ReceiptResult.BAD_AUTHORISATION,
          "standing authorisation " + limits.getAuthorisationId() + " is revoked");
    }
    SignatureCheck check = signatures.verify(reference, limits, now);
    return check.holds()
        ? limitFault(order, limits)
        : fault(ReceiptResult.BAD_AUTHORISATION, check.sentence());
  }

  private static Optional<Fault> limitFault(StopPaymentOrder order, StandingAuthorisation limits) {
    Instant at = order.getApplicationTime();
    if (at.isBefore(limits.getValidFrom()) || !at.isBefore(limits.getValidTo())) {
      return outside(
          "in force from "
              + limits.getValidFrom()
              + " to "
              + limits.getValidTo()
              + "; the order rests on "
              + at);
    }
    if (order.getTransferAmountFen() > limits.getMaxAmountFen()) {
      return outside(
          "at most "
              + limits.getMaxAmountFen()
              + " fen; the order names "
              + order.getTransferAmountFen());
    }
    if (!covers(limits.getAccountKinds(), order.getAccountType())) {
      return outside(
          "account kinds "
              + limits.getAccountKinds()
              + "; the order is on accountType "
              + order.getAccountType());
    }
    return Optional.empty();
  }

  /** 01 is a natural person's account; 02 is any other registered kind. */
  private static boolean covers(List<AccountKind> kinds, String accountType) {
    return accountType.equals(CORPORATE)
        ? kinds.stream().anyMatch(k -> k != AccountKind.PERSONAL && k != AccountKind.UNKNOWN)
        : kinds.contains(AccountKind.PERSONAL);
  }

  private static Optional<Fault> outside(String why) {
    return fault(ReceiptResult.OUTSIDE_AUTHORISATION, "the standing authorisation covers " + why);
  }

  private static Optional<Fault> fault(ReceiptResult result, String sentence) {
    return Optional.of(new Fault(result, sentence));
  }

  private static OrderVerdict unread(ReceiptResult result, String sentence, String sha256) {
    return new OrderVerdict(result, sentence, null, sha256);
  }

  private record Fault(ReceiptResult result, String sentence) {}
}
