package dev.zhifu.schemas.crypto;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/**
 * What an officer signs when he authorises one order: the order's id and the four fields (name and
 * number as the ciphertext, amount, time), with the bank and its own transaction id. Made from the
 * request that he sees and, by the bank, from the order it receives: equal bytes, or the signature
 * does not hold.
 *
 * @param orderId the order
 * @param bank code of the addressed bank
 * @param bankTransactionId that bank's own id of the transfer
 * @param cipher name and number, encrypted to that bank
 * @param transferAmountFen amount remitted, fen
 * @param transferTime time of the transfer as that bank booked it
 */
public record AuthorisationSubject(
    String orderId,
    String bank,
    String bankTransactionId,
    ByteBuffer cipher,
    long transferAmountFen,
    Instant transferTime) {

  /** Checks that nothing is missing. */
  public AuthorisationSubject {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(bank, "bank");
    Objects.requireNonNull(bankTransactionId, "bankTransactionId");
    Objects.requireNonNull(cipher, "cipher");
    Objects.requireNonNull(transferTime, "transferTime");
  }

  /**
   * As an officer sees it.
   *
   * @throws CryptoException if the request names no transfer or carries no ciphertext: such a
   *     request can become no order
   */
  public static AuthorisationSubject of(StopPaymentRequest request) {
    if (request.getTarget().getCipher() == null || request.getBankTransactionId() == null) {
      throw new CryptoException(
          "Request "
              + request.getOrderId()
              + " cannot be authorised: it lacks the account's ciphertext or the bank's transaction"
              + " id");
    }
    return new AuthorisationSubject(
        request.getOrderId(),
        request.getTarget().getBank(),
        request.getBankTransactionId(),
        request.getTarget().getCipher(),
        request.getTransferAmountFen(),
        request.getTransferTime());
  }

  /**
   * As an officer sees it who extends the stop of {@code request}: the same fields under the id of
   * the order that extends.
   *
   * @throws CryptoException as {@link #of(StopPaymentRequest)}
   */
  public static AuthorisationSubject extending(StopPaymentRequest request) {
    AuthorisationSubject first = of(request);
    return new AuthorisationSubject(
        EventIds.extensionId(first.orderId),
        first.bank,
        first.bankTransactionId,
        first.cipher,
        first.transferAmountFen,
        first.transferTime);
  }

  /** As the bank receives it. */
  public static AuthorisationSubject of(StopPaymentOrder order) {
    return new AuthorisationSubject(
        order.getOrderId(),
        order.getBank(),
        order.getBankTransactionId(),
        order.getCipher(),
        order.getTransferAmountFen(),
        order.getTransferTime());
  }
}
