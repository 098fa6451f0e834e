package dev.zhifu.schemas.events;

import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Checks one telecom signal. */
final class TelecomCheck {

  private static final Set<TelecomKind> ENDS =
      EnumSet.of(TelecomKind.CALL_END, TelecomKind.APP_SESSION_END);
  private static final Set<TelecomKind> JOINED =
      EnumSet.of(
          TelecomKind.CALL_START,
          TelecomKind.CALL_END,
          TelecomKind.APP_SESSION_START,
          TelecomKind.APP_SESSION_END);
  private static final Set<TelecomKind> SIM_SIGNALS =
      EnumSet.of(TelecomKind.SIM_SWAP, TelecomKind.NEW_SIM, TelecomKind.ESIM);
  private static final int LONGEST_SECONDS = (int) Duration.ofDays(7).toSeconds();

  private final TelecomEvent event;
  private final TelecomKind kind;
  private final Findings findings;

  TelecomCheck(TelecomEvent event, Findings findings) {
    this.event = event;
    this.kind = event.getKind();
    this.findings = findings;
  }

  void run() {
    findings.token("source", event.getSource());
    findings.require(
        event.getSource().indexOf(':') < 0, "source", event.getSource(), "it has no colon");
    findings.eventId("eventId", event.getEventId());
    findings.serialId(event.getSource(), event.getEventId());
    findings.time("receivedAt", event.getReceivedAt());
    findings.notAfter("occurredAt", event.getOccurredAt(), "receivedAt", event.getReceivedAt());
    parties();
    sessions();
    classes();
    numbers();
    AccountCheck.region("region", event.getRegion(), findings);
  }

  private void parties() {
    findings.token("numberToken", event.getNumberToken());
    findings.optionalToken("holderToken", event.getHolderToken());
    findings.optionalToken("peerToken", event.getPeerToken());
    findings.require(
        !event.getNumberToken().equals(event.getPeerToken()),
        "peerToken",
        event.getPeerToken(),
        "the other party has another number");
    if (kind == TelecomKind.NUM_RISK && event.getPeerToken() == null) {
      findings.missing("peerToken", "NUM_RISK is about the other party's number");
    }
  }

  private void sessions() {
    findings.exactlyIf(
        JOINED.contains(kind),
        "sessionId",
        event.getSessionId(),
        "it is set exactly for starts and ends of calls and sessions");
    findings.optionalToken("sessionId", event.getSessionId());
    findings.exactlyIf(
        ENDS.contains(kind),
        "durationSeconds",
        event.getDurationSeconds(),
        "it is set exactly at CALL_END and APP_SESSION_END");
    range("durationSeconds", event.getDurationSeconds(), 0, LONGEST_SECONDS);
  }

  private void classes() {
    boolean sms = kind == TelecomKind.SMS_IN;
    findings.require(
        sms == (event.getSmsClass() != SmsClass.NONE),
        "smsClass",
        event.getSmsClass(),
        "it is NONE exactly when the signal is not SMS_IN");
    boolean app = kind == TelecomKind.APP_SESSION_START || kind == TelecomKind.APP_SESSION_END;
    findings.require(
        app == (event.getAppClass() != AppClass.NONE),
        "appClass",
        event.getAppClass(),
        "it is NONE exactly when the signal is no application session");
  }

  private void numbers() {
    boolean burst = kind == TelecomKind.OTP_BURST;
    findings.exactlyIf(burst, "otpCount", event.getOtpCount(), "it is set exactly for OTP_BURST");
    findings.onlyIf(burst, "otpSenders", event.getOtpSenders(), "it is set only for OTP_BURST");
    range("otpCount", event.getOtpCount(), 1, Integer.MAX_VALUE);
    range("otpSenders", event.getOtpSenders(), 1, Integer.MAX_VALUE);
    if (event.getOtpCount() != null && event.getOtpSenders() != null) {
      findings.require(
          event.getOtpSenders() <= event.getOtpCount(),
          "otpSenders",
          event.getOtpSenders(),
          "there are no more senders than messages (otpCount)");
    }
    findings.onlyIf(
        SIM_SIGNALS.contains(kind),
        "simAgeDays",
        event.getSimAgeDays(),
        "it is set only for SIM_SWAP, NEW_SIM and ESIM");
    range("simAgeDays", event.getSimAgeDays(), 0, Integer.MAX_VALUE);
    risk();
    findings.onlyIf(
        kind == TelecomKind.LINE_BUSY_ON_WARN,
        "attempt",
        event.getAttempt(),
        "it is set only for LINE_BUSY_ON_WARN");
    range("attempt", event.getAttempt(), 1, Integer.MAX_VALUE);
  }

  private void risk() {
    boolean risk = kind == TelecomKind.NUM_RISK;
    findings.onlyIf(risk, "complaints", event.getComplaints(), "it is set only for NUM_RISK");
    range("complaints", event.getComplaints(), 0, Integer.MAX_VALUE);
    Double score = event.getSimBankScore();
    findings.onlyIf(risk, "simBankScore", score, "it is set only for NUM_RISK");
    findings.require(
        score == null || (score >= 0 && score <= 1), "simBankScore", score, "it is 0 to 1");
  }

  private void range(String field, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      findings.contradiction(field, value, "it is " + least + " to " + most);
    }
  }
}
