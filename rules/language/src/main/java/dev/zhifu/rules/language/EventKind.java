package dev.zhifu.rules.language;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomEvent;

/**
 * Kinds of event that a rule may name in {@code over:} and {@code on:}, as one key sees them.
 * Closed: a new kind is a change of contract (CONTRIBUTING, "add an event kind").
 */
public enum EventKind {
  TRANSFER_OUT("transfer.out"),
  TRANSFER_IN("transfer.in"),
  CASH_OUT("cash.out"),
  CASH_IN("cash.in"),
  PURCHASE_OUT("purchase.out"),
  PURCHASE_IN("purchase.in"),
  QR_OUT("qr.out"),
  QR_IN("qr.in"),
  LOAN_OUT("loan.out"),
  LOAN_IN("loan.in"),
  DEPOSIT_BROKEN("deposit.broken"),
  LOGIN("login"),
  DEVICE_BOUND("device.bound"),
  LIMIT_CHANGED("limit.changed"),
  BALANCE_QUERY("balance.query"),
  PAYEE_ADDED("payee.added"),
  CALL_START("call.start"),
  CALL_END("call.end"),
  CALL_FWD_SET("call.forward.set"),
  CALL_FWD_CLEAR("call.forward.clear"),
  SIM_SWAP("sim.swap"),
  NEW_SIM("sim.new"),
  ESIM("sim.esim"),
  SMS_IN("sms.in"),
  OTP_BURST("otp.burst"),
  APP_SESSION_START("app.start"),
  APP_SESSION_END("app.end"),
  URL_HIT("url.hit"),
  NUM_RISK("number.risk"),
  FUND_WARNING("fund.warning"),
  LINE_BUSY_ON_WARN("warning.busy"),
  CALL_DECLINED("call.declined");

  private final String word;

  EventKind(String word) {
    this.word = word;
  }

  /** The word that rule files use. */
  public String word() {
    return word;
  }

  /**
   * The kind named by {@code word}.
   *
   * @return the kind, or null when no kind has that word
   */
  public static EventKind ofWord(String word) {
    for (EventKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** The kind of an event as one key sees it. */
  public static EventKind of(EventView view) {
    Object event = view.event().getEvent();
    if (event instanceof BankTransaction transaction) {
      return ofTransaction(transaction, view.side());
    }
    if (event instanceof TelecomEvent telecom) {
      return switch (telecom.getKind()) {
        case CALL_START -> CALL_START;
        case CALL_END -> CALL_END;
        case CALL_FWD_SET -> CALL_FWD_SET;
        case CALL_FWD_CLEAR -> CALL_FWD_CLEAR;
        case SIM_SWAP -> SIM_SWAP;
        case NEW_SIM -> NEW_SIM;
        case ESIM -> ESIM;
        case SMS_IN -> SMS_IN;
        case OTP_BURST -> OTP_BURST;
        case APP_SESSION_START -> APP_SESSION_START;
        case APP_SESSION_END -> APP_SESSION_END;
        case URL_HIT -> URL_HIT;
        case NUM_RISK -> NUM_RISK;
        case FUND_WARNING -> FUND_WARNING;
        case LINE_BUSY_ON_WARN -> LINE_BUSY_ON_WARN;
        case CALL_DECLINED -> CALL_DECLINED;
      };
    }
    return switch (((BankAccessEvent) event).getKind()) {
      case LOGIN -> LOGIN;
      case DEVICE_BOUND -> DEVICE_BOUND;
      case LIMIT_CHANGED -> LIMIT_CHANGED;
      case BALANCE_QUERY -> BALANCE_QUERY;
      case PAYEE_ADDED -> PAYEE_ADDED;
    };
  }

  private static EventKind ofTransaction(BankTransaction transaction, Side side) {
    boolean credit = side == Side.CREDIT;
    return switch (transaction.getKind()) {
      case TRANSFER -> credit ? TRANSFER_IN : TRANSFER_OUT;
      case CASH_WITHDRAWAL -> CASH_OUT;
      case CASH_DEPOSIT -> CASH_IN;
      case PURCHASE -> credit ? PURCHASE_IN : PURCHASE_OUT;
      case QR_PAYMENT -> credit ? QR_IN : QR_OUT;
      case LOAN_DISBURSAL -> credit ? LOAN_IN : LOAN_OUT;
      case DEPOSIT_BROKEN -> DEPOSIT_BROKEN;
    };
  }
}
