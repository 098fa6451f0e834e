package dev.zhifu.desk.gateway;

import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.channel.BusinessCode;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.MessageTwin;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportAnswers;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What recovery asks of a bank behind the platform, as messages, and the feedback as answers
 * (ADR-0156). Only 100103 is about a stop; the officer's signed act travels with it, so that the
 * bank can check who lifts.
 */
final class PlatformRequests {
  /** A bank's word that what was released is lifted (100104, 100204). */
  static final String LIFTED = "BANK_LIFTED";

  /** What is carried here; orders and what extends them are {@link PlatformOrders}'. */
  static final List<String> CODES =
      List.of(
          MessageCode.LIFT_STOP.code(),
          MessageCode.FREEZE.code(),
          MessageCode.LIFT_FREEZE.code(),
          MessageCode.EXTEND_FREEZE.code());

  private static final String ACT = "envelope.act";
  private static final String ORDER = "envelope.orderId";
  private static final String WITHIN_AMOUNT = "01";
  private static final String CREDITS_ONLY = "02";

  private PlatformRequests() {}

  /** The message of a request: the same however often it is made of the same one. */
  static PlatformMessage message(ChannelRequest asked, Optional<OfficerAct> act, String authority) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(PlatformMessage.APPLICATION_ID, asked.getApplicationId());
    fields.put("originalApplicationID", asked.getOriginalApplicationId());
    fields.put("bankID", asked.getBank());
    fields.put("reason", asked.getReasonCode().name());
    fields.put("applicationTime", MessageTwin.text(asked.getTickAt()));
    fields.put("applicationOrgID", authority);
    MessageCode code = code(asked);
    if (code == MessageCode.FREEZE) {
      fields.put("freezeType", asked.getWhole() ? CREDITS_ONLY : WITHIN_AMOUNT);
      fields.put(
          "freezeAmount",
          asked.getWhole()
              ? ""
              : BigDecimal.valueOf(asked.getAmountFen(), PlatformOrders.FEN_DIGITS)
                  .toPlainString());
    }
    if (code == MessageCode.FREEZE || code == MessageCode.LIFT_STOP) {
      ByteBuffer cipher = asked.getAccount().getCipher();
      fields.put("accountCipher", cipher == null ? "" : PlatformOrders.hex(cipher));
    }
    if (code == MessageCode.FREEZE || code == MessageCode.EXTEND_FREEZE) {
      fields.put("startTime", MessageTwin.text(asked.getTickAt()));
      fields.put(
          "expireTime",
          MessageTwin.text(LegalTerms.monthsEnd(asked.getTickAt(), asked.getTermMonths())));
      fields.put("document.02", asked.getAuthorisation());
    }
    // A reason that is no code is a person's words and goes to no bank; the duty desk tells it.
    if (code == MessageCode.LIFT_STOP && act.isPresent() && isCode(act.get().getReason())) {
      fields.put(ORDER, asked.getObjectId());
      fields.put(ACT, hex(act.get()));
    }
    return new PlatformMessage(asked.getCode(), fields);
  }

  /** Code of a request of {@link #CODES}. */
  static MessageCode code(ChannelRequest asked) {
    return MessageCode.of(asked.getCode()).orElseThrow();
  }

  /** The release that a 100103 of {@link #message} carries; empty when it carries no act. */
  static Optional<StopRelease> release(PlatformMessage message) {
    if (message.field(ACT).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StopRelease(
              message.field(ORDER),
              message.field("originalApplicationID"),
              OfficerAct.fromByteBuffer(
                  ByteBuffer.wrap(HexFormat.of().parseHex(message.field(ACT))))));
    } catch (IOException e) {
      throw new UncheckedIOException("the act of a 100103 cannot be read", e);
    }
  }

  /** The feedback (100104) that a bank's answer to a release is. */
  static Map<String, String> feedback(ReleaseAnswer answer) {
    BusinessCode code =
        switch (answer.result()) {
          case LIFTED, ALREADY_ENDED -> BusinessCode.STOPPED;
          case NOT_STOPPED -> BusinessCode.ACCOUNT_NOT_FOUND;
          case BAD_SIGNATURE -> BusinessCode.BAD_SIGNATURE;
          case BAD_AUTHORISATION -> BusinessCode.BAD_AUTHORISATION;
        };
    return Map.of(
        PlatformMessage.APPLICATION_ID,
        answer.applicationId(),
        "result",
        code.code(),
        "startTime",
        MessageTwin.text(answer.at()),
        "feedbackRemark",
        answer.result() + " " + answer.remark());
  }

  /**
   * The answer that a feedback is.
   *
   * @param at when it came, tick time
   * @throws FieldException with the field, its value and the rule broken
   */
  static ChannelAnswer answer(ChannelRequest asked, Map<String, String> feedback, Instant at) {
    String result = feedback.getOrDefault("result", "");
    BusinessCode code =
        BusinessCode.of(result)
            .orElseThrow(
                () ->
                    new FieldException("result is '" + result + "'; it is a known business code"));
    boolean done = code == BusinessCode.STOPPED;
    MessageCode message = code(asked);
    String event =
        switch (message) {
          case FREEZE ->
              done
                  ? "BANK_FROZE"
                  : code == BusinessCode.ALREADY_FROZEN ? "BANK_QUEUED" : "BANK_REFUSED";
          case EXTEND_FREEZE -> done ? "BANK_RENEWED" : "BANK_REFUSED_RENEWAL";
          // What is to be lifted stays due until it is lifted.
          default -> done ? LIFTED : TransportAnswers.NOT_DELIVERED;
        };
    boolean froze = done && message == MessageCode.FREEZE;
    boolean renewed = done && message == MessageCode.EXTEND_FREEZE;
    boolean dated = froze || message == MessageCode.LIFT_STOP && feedback.containsKey("startTime");
    return ChannelAnswer.newBuilder()
        .setAnswerId(id(asked, event))
        .setCode(message.feedback())
        .setChannel(OrderChannel.PLATFORM)
        .setKind(asked.getKind())
        .setObjectId(asked.getObjectId())
        .setCaseId(asked.getCaseId())
        .setApplicationId(asked.getApplicationId())
        .setBank(asked.getBank())
        .setEvent(event)
        .setAmountFen(froze ? amount(asked, feedback) : 0)
        .setStartTime(done && dated ? PlatformOrders.time(feedback, "startTime") : null)
        .setExpireTime(froze || renewed ? PlatformOrders.time(feedback, "expireTime") : null)
        .setAt(at)
        .setDocumentNumber(feedback.getOrDefault("documentNumber", ""))
        .setSeal(feedback.getOrDefault("seal", ""))
        .setRemark((done ? "" : result + " ") + feedback.getOrDefault("feedbackRemark", ""))
        .build();
  }

  /** True for what gives a holder his money back: it is sent however late it is. */
  static boolean lifts(ChannelRequest asked) {
    return code(asked) == MessageCode.LIFT_STOP || code(asked) == MessageCode.LIFT_FREEZE;
  }

  /** The answer that says that a request has not left. */
  static ChannelAnswer undelivered(ChannelRequest asked, String words, Instant at) {
    return ChannelAnswer.newBuilder()
        .setAnswerId(id(asked, words))
        .setCode(code(asked).feedback())
        .setChannel(OrderChannel.PLATFORM)
        .setKind(asked.getKind())
        .setObjectId(asked.getObjectId())
        .setCaseId(asked.getCaseId())
        .setApplicationId(asked.getApplicationId())
        .setBank(asked.getBank())
        .setEvent(TransportAnswers.NOT_DELIVERED)
        .setRemark(words)
        .setAt(at)
        .build();
  }

  /** What the bank says that it froze; what was asked where it says nothing. */
  private static long amount(ChannelRequest asked, Map<String, String> feedback) {
    return feedback.getOrDefault("freezeAmount", "").isEmpty()
        ? asked.getAmountFen()
        : PlatformOrders.fen(feedback, "freezeAmount");
  }

  /** Said again it is the same answer. */
  static String id(ChannelRequest asked, String event) {
    return Sha256.hex(asked.getApplicationId() + "\n" + asked.getCode() + "\n" + event);
  }

  private static boolean isCode(String reason) {
    return reason.matches("[A-Z_]{1,40}");
  }

  private static String hex(OfficerAct act) {
    try {
      return PlatformOrders.hex(act.toByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("an act cannot be encoded", e);
    }
  }
}
