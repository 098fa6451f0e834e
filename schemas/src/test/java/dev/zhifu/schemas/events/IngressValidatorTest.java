package dev.zhifu.schemas.events;

import static dev.zhifu.schemas.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.Samples;
import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IngressValidatorTest {

  @Test
  void anOrdinaryTransferMayEnter() {
    assertThat(IngressValidator.check(Samples.transfer())).isEmpty();
    assertThat(IngressValidator.check(Samples.awaiting())).isEmpty();
    assertThat(IngressValidator.check(Samples.report())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TelecomKind.class)
  void everyTelecomSignalHasAValidForm(TelecomKind kind) {
    assertThat(IngressValidator.check(Samples.telecom(kind))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AccessKind.class)
  void everyAccessHasAValidForm(AccessKind kind) {
    assertThat(IngressValidator.check(Samples.access(kind))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TransactionKind.class)
  void everyKindOfTransactionHasAValidForm(TransactionKind kind) {
    BankTransaction transaction = Samples.transfer();
    transaction.setKind(kind);
    if (kind == TransactionKind.CASH_DEPOSIT) {
      transaction.setPayer(null);
      transaction.setPayerBooking(null);
      transaction.setSource("B02");
      transaction.setEventId("B02:t1:COMPLETED");
    }
    if (kind == TransactionKind.CASH_WITHDRAWAL) {
      transaction.setPayee(null);
      transaction.setPayeeBooking(null);
      transaction.setChannel(Channel.ATM);
      transaction.setAtmId("atm-4");
    }

    assertThat(IngressValidator.check(transaction)).isEmpty();
  }

  @Test
  void ninetyDaysOfHistoryMayEnterLate() {
    BankTransaction old = Samples.transfer();
    old.setReceivedAt(T0.plusSeconds(90L * 86_400));

    assertThat(IngressValidator.check(old)).isEmpty();
  }

  @Test
  void theExplanationNamesFieldValueRuleAndWayOut() {
    BankTransaction transaction = Samples.transfer();
    transaction.setAmountFen(-5L);

    Fault fault = IngressValidator.check(transaction).orElseThrow();

    assertThat(fault)
        .isEqualTo(
            new Fault(
                DeadLetterReason.NEGATIVE_AMOUNT,
                "amountFen",
                "amountFen is -5 (TRANSFER); an amount is above 0 fen; send the amount moved as a positive"
                    + " number; a return of money is the phase REVERSED"));
  }

  @Test
  void theExplanationShowsNoTokenInFull() {
    BankTransaction transaction = Samples.transfer();
    transaction.getPayee().setAccountToken(Samples.VICTIM);

    Fault fault = IngressValidator.check(transaction).orElseThrow();

    assertThat(fault.field()).isEqualTo("payee.accountToken");
    assertThat(fault.explanation()).contains("…a001").doesNotContain(Samples.VICTIM);
  }

  @TestFactory
  Stream<DynamicTest> aFaultyTransactionIsTurnedAway() {
    return Stream.of(
        transaction(
            "another phase in the id", "eventId", CONTRA, t -> t.setPhase(TransactionPhase.HELD)),
        transaction(
            "another source in the id", "eventId", CONTRA, t -> t.setEventId("B02:t1:COMPLETED")),
        transaction(
            "an empty transaction id", "transactionId", MISSING, t -> t.setTransactionId(" ")),
        transaction(
            "a token of 65 characters",
            "deviceToken",
            OVERSIZED,
            t -> t.setDeviceToken("d".repeat(65))),
        transaction(
            "a line break in a token", "deviceToken", CONTRA, t -> t.setDeviceToken("a\nb")),
        transaction("no payer", "payer", MISSING, t -> t.setPayer(null)),
        transaction("no payee", "payee", MISSING, t -> t.setPayee(null)),
        transaction(
            "a payee of cash withdrawn",
            "payee",
            CONTRA,
            t -> t.setKind(TransactionKind.CASH_WITHDRAWAL)),
        transaction(
            "a payer of cash paid in",
            "payer",
            CONTRA,
            t -> t.setKind(TransactionKind.CASH_DEPOSIT)),
        transaction(
            "a purchase from nobody",
            "payee",
            MISSING,
            t -> {
              t.setKind(TransactionKind.PURCHASE);
              t.setPayee(null);
            }),
        transaction(
            "one account on both sides",
            "payee.accountToken",
            CONTRA,
            t -> t.getPayee().setAccountToken(Samples.VICTIM)),
        transaction(
            "a third bank as source",
            "source",
            CONTRA,
            t -> {
              t.setSource("B09");
              t.setEventId("B09:t1:COMPLETED");
            }),
        transaction(
            "a malformed source",
            "source",
            DeadLetterReason.UNKNOWN_BANK,
            t -> t.setSource("b.01")),
        transaction(
            "a malformed payee bank",
            "payee.bank",
            DeadLetterReason.UNKNOWN_BANK,
            t -> t.getPayee().setBank("")),
        transaction(
            "dollars", "currency", DeadLetterReason.UNKNOWN_CURRENCY, t -> t.setCurrency("USD")),
        transaction(
            "no amount", "amountFen", DeadLetterReason.NEGATIVE_AMOUNT, t -> t.setAmountFen(0)),
        transaction(
            "an amount past all money",
            "amountFen",
            OVERSIZED,
            t -> t.setAmountFen(Long.MAX_VALUE)),
        transaction(
            "a balance past all money",
            "payer.balanceBeforeFen",
            OVERSIZED,
            t -> t.getPayer().setBalanceBeforeFen(Long.MIN_VALUE)),
        transaction(
            "a time in the last century",
            "occurredAt",
            ABSURD,
            t -> t.setOccurredAt(Instant.EPOCH)),
        transaction(
            "a time two days ahead of receipt",
            "occurredAt",
            ABSURD,
            t -> t.setOccurredAt(T0.plusSeconds(172_800))),
        transaction(
            "seconds sent as milliseconds",
            "receivedAt",
            ABSURD,
            t -> t.setReceivedAt(Instant.ofEpochMilli(T0.getEpochSecond()))),
        transaction(
            "a receipt at the end of time",
            "receivedAt",
            ABSURD,
            t -> t.setReceivedAt(Instant.ofEpochMilli(Long.MAX_VALUE))),
        transaction(
            "an answer time on a completed one", "answerBy", CONTRA, t -> t.setAnswerBy(T0)),
        transaction(
            "an account opened after the event",
            "payee.openedOn",
            ABSURD,
            t -> t.getPayee().setOpenedOn(LocalDate.of(2026, 3, 4))),
        transaction(
            "a holder of 200 years",
            "payer.holderAgeYears",
            CONTRA,
            t -> t.getPayer().setHolderAgeYears(200)),
        transaction(
            "a region in words", "payer.region", CONTRA, t -> t.getPayer().setRegion("Ordos1")),
        transaction("an ATM in an app", "atmId", CONTRA, t -> t.setAtmId("atm-1")),
        transaction("a merchant in a transfer", "merchantId", CONTRA, t -> t.setMerchantId("m-1")),
        transaction(
            "a booking by another bank",
            "payerBooking.bank",
            CONTRA,
            t -> t.getPayerBooking().setBank("B02")),
        transaction(
            "a booking for nobody",
            "payeeBooking",
            CONTRA,
            t -> {
              t.setKind(TransactionKind.CASH_WITHDRAWAL);
              t.setPayee(null);
            }),
        transaction(
            "a booking without its id",
            "payeeBooking.bankTransactionId",
            MISSING,
            t -> t.getPayeeBooking().setBankTransactionId("")),
        transaction(
            "too many remarks",
            "remarkClasses",
            OVERSIZED,
            t -> t.setRemarkClasses(java.util.Collections.nCopies(17, "x"))),
        transaction(
            "a remark's text",
            "remarkClasses[0]",
            OVERSIZED,
            t -> t.setRemarkClasses(List.of("x".repeat(65)))),
        faulty(
            "awaiting without a time to answer",
            Samples.awaiting(),
            "answerBy",
            MISSING,
            t -> t.setAnswerBy(null)),
        faulty(
            "an answer wanted in the past",
            Samples.awaiting(),
            "answerBy",
            CONTRA,
            t -> t.setAnswerBy(T0)),
        faulty(
            "an answer wanted next week",
            Samples.awaiting(),
            "answerBy",
            ABSURD,
            t -> t.setAnswerBy(T0.plusSeconds(604_800))));
  }

  @TestFactory
  Stream<DynamicTest> aFaultyTelecomEventIsTurnedAway() {
    return Stream.of(
        telecom(
            TelecomKind.CALL_START,
            "a start with a length",
            "durationSeconds",
            CONTRA,
            e -> e.setDurationSeconds(5)),
        telecom(
            TelecomKind.CALL_END,
            "an end without a length",
            "durationSeconds",
            MISSING,
            e -> e.setDurationSeconds(null)),
        telecom(
            TelecomKind.CALL_END,
            "a negative length",
            "durationSeconds",
            CONTRA,
            e -> e.setDurationSeconds(-1)),
        telecom(
            TelecomKind.CALL_START,
            "a start that no end can join",
            "sessionId",
            MISSING,
            e -> e.setSessionId(null)),
        telecom(
            TelecomKind.SMS_IN,
            "a session of an SMS",
            "sessionId",
            CONTRA,
            e -> e.setSessionId("s")),
        telecom(
            TelecomKind.SMS_IN,
            "an SMS without a class",
            "smsClass",
            CONTRA,
            e -> e.setSmsClass(SmsClass.NONE)),
        telecom(
            TelecomKind.CALL_START,
            "an app in a call",
            "appClass",
            CONTRA,
            e -> e.setAppClass(AppClass.MEETING)),
        telecom(
            TelecomKind.CALL_START,
            "a call to oneself",
            "peerToken",
            CONTRA,
            e -> e.setPeerToken("number-1")),
        telecom(
            TelecomKind.NUM_RISK,
            "a risk of nobody",
            "peerToken",
            MISSING,
            e -> e.setPeerToken(null)),
        telecom(
            TelecomKind.OTP_BURST, "a burst of none", "otpCount", CONTRA, e -> e.setOtpCount(0)),
        telecom(
            TelecomKind.OTP_BURST,
            "more senders than messages",
            "otpSenders",
            CONTRA,
            e -> e.setOtpSenders(13)),
        telecom(
            TelecomKind.CALL_START,
            "a SIM's age in a call",
            "simAgeDays",
            CONTRA,
            e -> e.setSimAgeDays(3)),
        telecom(
            TelecomKind.NUM_RISK,
            "a score above 1",
            "simBankScore",
            CONTRA,
            e -> e.setSimBankScore(1.5)),
        telecom(
            TelecomKind.NUM_RISK,
            "a score that is no number",
            "simBankScore",
            CONTRA,
            e -> e.setSimBankScore(Double.NaN)),
        telecom(TelecomKind.URL_HIT, "a try of no call", "attempt", CONTRA, e -> e.setAttempt(1)),
        telecom(
            TelecomKind.URL_HIT,
            "an id of another source",
            "eventId",
            CONTRA,
            e -> e.setEventId("CU:s1")),
        telecom(
            TelecomKind.URL_HIT,
            "an id without a serial",
            "eventId",
            CONTRA,
            e -> e.setEventId("CM:")),
        telecom(
            TelecomKind.URL_HIT, "no number", "numberToken", MISSING, e -> e.setNumberToken("")));
  }

  @TestFactory
  Stream<DynamicTest> aFaultyAccessOrReportIsTurnedAway() {
    return Stream.of(
        access(
            AccessKind.LOGIN, "a limit at login", "newLimitFen", CONTRA, e -> e.setNewLimitFen(1L)),
        access(
            AccessKind.LIMIT_CHANGED,
            "no new limit",
            "newLimitFen",
            MISSING,
            e -> e.setNewLimitFen(null)),
        access(
            AccessKind.LIMIT_CHANGED,
            "a negative limit",
            "newLimitFen",
            CONTRA,
            e -> e.setNewLimitFen(-1L)),
        access(
            AccessKind.PAYEE_ADDED, "no payee", "payeeToken", MISSING, e -> e.setPayeeToken(null)),
        access(
            AccessKind.PAYEE_ADDED,
            "itself as payee",
            "payeeToken",
            CONTRA,
            e -> e.setPayeeToken(Samples.VICTIM)),
        access(
            AccessKind.LOGIN,
            "another bank's account",
            "account.bank",
            CONTRA,
            e -> e.getAccount().setBank("B02")),
        report("no transfers", "transfers", MISSING, r -> r.setTransfers(List.of())),
        report("a rule that cannot be", "typology", CONTRA, r -> r.setTypology("scam")),
        report(
            "a transfer after the report",
            "transfers[0].occurredAt",
            ABSURD,
            r -> r.getTransfers().get(0).setOccurredAt(T0.plusSeconds(200_000))),
        report(
            "no amount",
            "transfers[0].amountFen",
            DeadLetterReason.NEGATIVE_AMOUNT,
            r -> r.getTransfers().get(0).setAmountFen(0)),
        report(
            "one account on both sides",
            "transfers[0].payee.accountToken",
            CONTRA,
            r -> r.getTransfers().get(0).getPayee().setAccountToken(Samples.VICTIM)),
        ownStop("an own stop of no report", "applicationId", s -> s.setApplicationId("1")),
        ownStop(
            "an own stop of more than 48 h",
            "expireTime",
            s -> s.setExpireTime(s.getStartTime().plusSeconds(172_801))),
        ownStop(
            "an own stop that ends as it begins",
            "expireTime",
            s -> s.setExpireTime(s.getStartTime())),
        report(
            "a case report of a bank without its id",
            "transfers[0].basis.caseReport",
            CONTRA,
            r -> r.getTransfers().get(0).setBasis(new StopBasis("1", true))),
        ownStop("an own stop with a debt", "balanceFen", s -> s.setBalanceFen(-1)),
        report("no victim", "holderToken", MISSING, r -> r.setHolderToken("")));
  }

  private static final DeadLetterReason CONTRA = DeadLetterReason.CONTRADICTORY_FIELDS;
  private static final DeadLetterReason MISSING = DeadLetterReason.MISSING_FIELD;
  private static final DeadLetterReason OVERSIZED = DeadLetterReason.OVERSIZED;
  private static final DeadLetterReason ABSURD = DeadLetterReason.ABSURD_TIME;

  private static DynamicTest transaction(
      String name, String field, DeadLetterReason reason, Consumer<BankTransaction> change) {
    return faulty(name, Samples.transfer(), field, reason, change);
  }

  private static DynamicTest telecom(
      TelecomKind kind,
      String name,
      String field,
      DeadLetterReason reason,
      Consumer<TelecomEvent> change) {
    return faulty(name, Samples.telecom(kind), field, reason, change);
  }

  private static DynamicTest access(
      AccessKind kind,
      String name,
      String field,
      DeadLetterReason reason,
      Consumer<BankAccessEvent> change) {
    return faulty(name, Samples.access(kind), field, reason, change);
  }

  private static DynamicTest ownStop(String name, String field, Consumer<OwnStop> change) {
    return report(
        name,
        "transfers[0].ownStop." + field,
        CONTRA,
        report -> {
          OwnStop stop =
              new OwnStop(
                  "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd", T0, T0.plusSeconds(172_800), 0L, true);
          report.getTransfers().get(0).setOwnStop(stop);
          assertThat(IngressValidator.check(report)).isEmpty();
          change.accept(stop);
        });
  }

  private static DynamicTest report(
      String name, String field, DeadLetterReason reason, Consumer<VictimReport> change) {
    return faulty(name, Samples.report(), field, reason, change);
  }

  private static <T extends SpecificRecord> DynamicTest faulty(
      String name, T record, String field, DeadLetterReason reason, Consumer<T> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          change.accept(record);

          Fault fault = IngressValidator.check(record).orElseThrow();

          assertThat(fault.field()).as(fault.explanation()).isEqualTo(field);
          assertThat(fault.reason()).as(fault.explanation()).isEqualTo(reason);
          assertThat(fault.explanation()).startsWith(field + " is ").contains("; ");
        });
  }
}
