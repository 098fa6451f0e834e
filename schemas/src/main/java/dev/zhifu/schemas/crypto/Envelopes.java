package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Seals and opens orders. The payload is the Avro single-object encoding of the order, carried as
 * signed and never encoded again. SM2 is randomised, so two envelopes are equal when their payloads
 * are: compare {@link #payloadSha256}.
 */
public final class Envelopes {
  /** The format written and read here. */
  public static final int VERSION = 1;

  /** Longest payload that is read. */
  public static final int MAX_PAYLOAD_BYTES = 65_536;

  private Envelopes() {}

  /** Signs {@code order}. */
  public static OrderEnvelope seal(StopPaymentOrder order, Signer signer) {
    return seal(payload(order), signer);
  }

  /** Seals bytes as they are, for tries of what reads envelopes. */
  public static OrderEnvelope seal(ByteBuffer payload, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.order(VERSION, signer.keyId(), payload));
    return new OrderEnvelope(payload, VERSION, signer.keyId(), ByteBuffer.wrap(signature));
  }

  /** The payload of an order: C3 01, the schema's fingerprint, the Avro binary. */
  public static ByteBuffer payload(StopPaymentOrder order) {
    try {
      return order.toByteBuffer();
    } catch (IOException e) {
      throw new CryptoException("Order " + order.getOrderId() + " cannot be encoded", e);
    }
  }

  /**
   * Reads the order without looking at its signature.
   *
   * @throws CryptoException if the payload is too long, of an unknown schema, or not exactly one
   *     order
   */
  public static StopPaymentOrder open(OrderEnvelope envelope) {
    ByteBuffer payload = envelope.getPayload().duplicate();
    if (payload.remaining() > MAX_PAYLOAD_BYTES) {
      throw new CryptoException(
          "The payload has "
              + payload.remaining()
              + " bytes; at most "
              + MAX_PAYLOAD_BYTES
              + " are read");
    }
    try {
      StopPaymentOrder order = StopPaymentOrder.getDecoder().decode(payload.duplicate());
      requireExact(payload, order);
      return order;
    } catch (IOException | RuntimeException e) {
      throw new CryptoException("The payload is not one stop-payment order: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the payload, hex: what equality of orders goes by. */
  public static String payloadSha256(OrderEnvelope envelope) {
    return Sha256.hex(envelope.getPayload());
  }

  /**
   * Whether an engine key of {@code environment}, valid {@code at} that moment, signed the
   * envelope. For adopting what stands on the topic; a bank uses {@link OrderVerifier}.
   */
  public static SignatureCheck verify(
      OrderEnvelope envelope, KeyDirectory directory, Environment environment, Instant at) {
    return check(envelope, directory, environment, at);
  }

  static SignatureCheck check(
      OrderEnvelope envelope, KeyDirectory directory, Environment environment, Instant at) {
    if (envelope.getVersion() != VERSION) {
      return SignatureCheck.bad(
          "the envelope has version "
              + envelope.getVersion()
              + "; version "
              + VERSION
              + " is read");
    }
    byte[] message =
        SignedLayouts.order(envelope.getVersion(), envelope.getKeyId(), envelope.getPayload());
    return new SignatureRule("an order", role -> role == KeyRole.ENGINE, null, environment)
        .check(directory, envelope.getKeyId(), message, envelope.getSignature(), at);
  }

  /** One order has one encoding: refuses trailing bytes and padded numbers. */
  private static void requireExact(ByteBuffer payload, StopPaymentOrder order) {
    if (!payload(order).equals(payload)) {
      throw new CryptoException("its bytes are not the one encoding of the order they hold");
    }
  }
}
