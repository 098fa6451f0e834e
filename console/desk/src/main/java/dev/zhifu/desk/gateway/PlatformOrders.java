package dev.zhifu.desk.gateway;

import dev.zhifu.rules.lives.channel.BusinessCode;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.MessageForm;
import dev.zhifu.rules.lives.channel.MessageTwin;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Orders as messages of the platform, and the banks' feedback as receipts. Money travels in yuan
 * with two decimals, times to the second in Chinese time. Account name and number stay sealed to
 * the account's bank; the signed bytes travel along, so that the bank can hold them against the
 * fields (ADR-0155).
 */
final class PlatformOrders {
  static final int FEN_DIGITS = 2;
  private static final Set<ReceiptResult> STOPPED =
      EnumSet.of(ReceiptResult.STOPPED, ReceiptResult.STOPPED_ZERO);

  private PlatformOrders() {}

  /**
   * 100101, or 100105 for an order that extends one.
   *
   * @param authority the police body that asks
   */
  static PlatformMessage message(OrderEnvelope envelope, StopPaymentOrder order, String authority) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(PlatformMessage.APPLICATION_ID, order.getApplicationId());
    fields.put("applicationType", order.getApplicationType());
    fields.put("originalApplicationID", order.getOriginalApplicationId());
    fields.put("emergencyLevel", order.getEmergencyLevel());
    fields.put("currency", order.getCurrency());
    fields.put(
        "transferAmount",
        BigDecimal.valueOf(order.getTransferAmountFen(), FEN_DIGITS).toPlainString());
    fields.put("transferTime", MessageTwin.text(order.getTransferTime()));
    fields.put("bankID", order.getBank());
    fields.put("accountType", order.getAccountType());
    fields.put("accountCipher", hex(order.getCipher()));
    fields.put("reason", order.getReasonCode().name());
    fields.put("applicationTime", MessageTwin.text(order.getApplicationTime()));
    fields.put("applicationOrgID", authority);
    fields.put("operatorID", officer(order));
    fields.put("envelope.payload", hex(envelope.getPayload()));
    fields.put("envelope.version", Integer.toString(envelope.getVersion()));
    fields.put("envelope.keyId", envelope.getKeyId());
    fields.put("envelope.signature", hex(envelope.getSignature()));
    return new PlatformMessage(code(order).code(), fields);
  }

  /** An order of a first type that names an original extends it (ADR-0088). */
  static MessageCode code(StopPaymentOrder order) {
    boolean first = Set.of("00", "01").contains(order.getApplicationType());
    return first && order.getOriginalApplicationId() != null
        ? MessageCode.EXTEND_STOP
        : MessageCode.STOP;
  }

  private static String officer(StopPaymentOrder order) {
    return order.getAuthorisation() instanceof OfficerAuthorisation officer
        ? officer.getOfficerId()
        : ((StandingReference) order.getAuthorisation()).getOfficerId();
  }

  /** The signed bytes of a message that {@link #message} made. */
  static OrderEnvelope envelope(PlatformMessage message) {
    return new OrderEnvelope(
        bytes(message.field("envelope.payload")),
        Integer.parseInt(message.field("envelope.version")),
        message.field("envelope.keyId"),
        bytes(message.field("envelope.signature")));
  }

  /**
   * The receipt that a feedback is.
   *
   * @param at when it came, tick time; a stop counts from the bank's own start
   * @throws FieldException with the field, its value and the rule broken
   */
  static BankInbound receipt(
      StopPaymentOrder order, String payloadSha256, Map<String, String> feedback, Instant at) {
    String code = feedback.getOrDefault("result", "");
    ReceiptResult result =
        BusinessCode.of(code)
            .map(BusinessCode::result)
            .orElseThrow(
                () -> new FieldException("result is '" + code + "'; it is a known business code"));
    boolean stopped = STOPPED.contains(result);
    Instant start = stopped ? time(feedback, "startTime") : null;
    return inbound(
        StopPaymentReceipt.newBuilder(
                refusal(
                    order,
                    payloadSha256,
                    result,
                    feedback.getOrDefault("feedbackRemark", ""),
                    stopped ? start : at))
            .setBalanceBeforeFen(stopped ? fen(feedback, "accountBalance") : null)
            .setStartTime(start)
            .setExpireTime(stopped ? time(feedback, "expireTime") : null)
            .build());
  }

  /** A receipt of something that stopped nothing. */
  static StopPaymentReceipt refusal(
      StopPaymentOrder order,
      String payloadSha256,
      ReceiptResult result,
      String remark,
      Instant at) {
    return StopPaymentReceipt.newBuilder()
        .setOrderId(order.getOrderId())
        .setApplicationId(order.getApplicationId())
        .setAccountToken(order.getAccountToken())
        .setBank(order.getBank())
        .setPayloadSha256(payloadSha256)
        .setResult(result)
        .setAt(at)
        .setRemark(remark)
        .build();
  }

  static BankInbound inbound(StopPaymentReceipt receipt) {
    return new BankInbound(receipt.getBank(), receipt);
  }

  /** The feedback that a bank's receipt is: what a connector at the bank writes. */
  static Map<String, String> feedback(StopPaymentReceipt receipt) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(PlatformMessage.APPLICATION_ID, receipt.getApplicationId());
    fields.put("result", BusinessCode.of(receipt.getResult()).code());
    if (receipt.getStartTime() != null) {
      fields.put("startTime", MessageTwin.text(receipt.getStartTime()));
      fields.put("expireTime", MessageTwin.text(receipt.getExpireTime()));
      fields.put(
          "accountBalance",
          BigDecimal.valueOf(receipt.getBalanceBeforeFen(), FEN_DIGITS).toPlainString());
    }
    fields.put("feedbackRemark", receipt.getRemark());
    return fields;
  }

  static Instant time(Map<String, String> feedback, String name) {
    String value = feedback.getOrDefault(name, "");
    try {
      return LocalDateTime.parse(value, MessageForm.TIME).atZone(MessageForm.ZONE).toInstant();
    } catch (DateTimeParseException e) {
      throw new FieldException(name + " is '" + value + "'; it is a time yyyyMMddHHmmss");
    }
  }

  static long fen(Map<String, String> feedback, String name) {
    String value = feedback.getOrDefault(name, "");
    try {
      return new BigDecimal(value).movePointRight(FEN_DIGITS).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new FieldException(name + " is '" + value + "'; it is yuan with at most two decimals");
    }
  }

  static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
