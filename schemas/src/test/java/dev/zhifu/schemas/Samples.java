package dev.zhifu.schemas;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Valid ingress records to start a test from; all data invented. */
public final class Samples {

  public static final Instant T0 = Instant.parse("2026-03-02T01:00:00Z");

  public static final String VICTIM = "0000000000000000000000000000a001";
  public static final String MULE = "0000000000000000000000000000b001";

  private Samples() {}

  public static AccountRef account(String token, String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank(bank)
        .setHolderToken("holder-of-" + token.substring(28))
        .setOpenedOn(LocalDate.of(2020, 5, 1))
        .setBalanceBeforeFen(6_000_000L)
        .build();
  }

  /** A completed transfer of 50,000 yuan from the victim at B01 to the mule at B02. */
  public static BankTransaction transfer() {
    return BankTransaction.newBuilder()
        .setEventId("B01:t1:COMPLETED")
        .setSource("B01")
        .setTransactionId("t1")
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(T0)
        .setReceivedAt(T0.plusMillis(40))
        .setAmountFen(5_000_000L)
        .setCurrency("CNY")
        .setPayer(account(VICTIM, "B01"))
        .setPayee(account(MULE, "B02"))
        .setPayerBooking(booking("B01", "b01-77", 9L))
        .setPayeeBooking(booking("B02", "b02-31", 4L))
        .build();
  }

  public static Booking booking(String bank, String id, Long serial) {
    return Booking.newBuilder()
        .setBank(bank)
        .setBankTransactionId(id)
        .setBookedAt(T0)
        .setSerial(serial)
        .build();
  }

  /** The same transfer while its bank waits for an answer. */
  public static BankTransaction awaiting() {
    BankTransaction transaction = transfer();
    transaction.setPhase(TransactionPhase.AWAITING);
    transaction.setEventId("B01:t1:AWAITING");
    transaction.setPayerBooking(null);
    transaction.setPayeeBooking(null);
    transaction.setAnswerBy(T0.plusMillis(300));
    return transaction;
  }

  public static BankAccessEvent access(AccessKind kind) {
    return BankAccessEvent.newBuilder()
        .setEventId("B01:a1")
        .setSource("B01")
        .setKind(kind)
        .setOccurredAt(T0)
        .setReceivedAt(T0)
        .setAccount(account(VICTIM, "B01"))
        .setNewLimitFen(kind == AccessKind.LIMIT_CHANGED ? 100_000L : null)
        .setPayeeToken(kind == AccessKind.PAYEE_ADDED ? MULE : null)
        .build();
  }

  /** A valid signal of any kind. */
  public static TelecomEvent telecom(TelecomKind kind) {
    boolean call = kind == TelecomKind.CALL_START || kind == TelecomKind.CALL_END;
    boolean app = kind == TelecomKind.APP_SESSION_START || kind == TelecomKind.APP_SESSION_END;
    boolean end = kind == TelecomKind.CALL_END || kind == TelecomKind.APP_SESSION_END;
    return TelecomEvent.newBuilder()
        .setEventId("CM:s1")
        .setSource("CM")
        .setKind(kind)
        .setOccurredAt(T0)
        .setReceivedAt(T0)
        .setNumberToken("number-1")
        .setHolderToken("holder-1")
        .setPeerToken(call || kind == TelecomKind.NUM_RISK ? "number-2" : null)
        .setSessionId(call || app ? "call-1" : null)
        .setDurationSeconds(end ? 600 : null)
        .setSmsClass(kind == TelecomKind.SMS_IN ? SmsClass.OTP : SmsClass.NONE)
        .setAppClass(app ? AppClass.SCREEN_SHARE : AppClass.NONE)
        .setOtpCount(kind == TelecomKind.OTP_BURST ? 12 : null)
        .setOtpSenders(kind == TelecomKind.OTP_BURST ? 5 : null)
        .build();
  }

  public static VictimReport report() {
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(account(VICTIM, "B01"))
            .setPayee(account(MULE, "B02"))
            .setAmountFen(5_000_000L)
            .setOccurredAt(T0)
            .build();
    return VictimReport.newBuilder()
        .setReportId("r1")
        .setReportedAt(T0.plusSeconds(3600))
        .setReceivedAt(T0.plusSeconds(3700))
        .setHolderToken("holder-of-a001")
        .setTakenBy("station 12")
        .setReportChannel("110")
        .setTypology("V03")
        .setTransfers(new ArrayList<>(List.of(transfer)))
        .build();
  }
}
