package dev.zhifu.rules.lives.channel;

import dev.zhifu.wire.ReceiptResult;
import java.util.Arrays;
import java.util.Optional;

/**
 * Business result of a 100102 or 100106: four digits. That there are four digits stands in banks'
 * public connector code; which digits mean what was not read anywhere, so these values are ours,
 * unverified, and to be replaced by the platform's own list before a real connection (ADR-0155).
 */
public enum BusinessCode {
  STOPPED("0000", ReceiptResult.STOPPED),
  STOPPED_ZERO("0001", ReceiptResult.STOPPED_ZERO),
  MISMATCH_NAME("1001", ReceiptResult.MISMATCH_NAME),
  MISMATCH_ACCOUNT("1002", ReceiptResult.MISMATCH_ACCOUNT),
  MISMATCH_AMOUNT("1003", ReceiptResult.MISMATCH_AMOUNT),
  MISMATCH_TIME("1004", ReceiptResult.MISMATCH_TIME),
  ACCOUNT_NOT_FOUND("1005", ReceiptResult.ACCOUNT_NOT_FOUND),
  ALREADY_FROZEN("1006", ReceiptResult.ALREADY_FROZEN),
  DUPLICATE("2001", ReceiptResult.DUPLICATE),
  REPLAYED("2002", ReceiptResult.REPLAYED),
  FORMAT_ERROR("3001", ReceiptResult.FORMAT_ERROR),
  BAD_SIGNATURE("3002", ReceiptResult.BAD_SIGNATURE),
  BAD_AUTHORISATION("3003", ReceiptResult.BAD_AUTHORISATION),
  OUTSIDE_AUTHORISATION("3004", ReceiptResult.OUTSIDE_AUTHORISATION),
  EXPIRED_ORDER("3005", ReceiptResult.EXPIRED_ORDER),
  WRONG_BANK("3006", ReceiptResult.WRONG_BANK),
  WRONG_ENVIRONMENT("3007", ReceiptResult.WRONG_ENVIRONMENT),
  TECHNICAL_FAILURE("9999", ReceiptResult.TECHNICAL_FAILURE);

  private final String code;
  private final ReceiptResult result;

  BusinessCode(String code, ReceiptResult result) {
    this.code = code;
    this.result = result;
  }

  /** The four digits. */
  public String code() {
    return code;
  }

  /** What it means for an order. */
  public ReceiptResult result() {
    return result;
  }

  /** The code of four digits; empty when there is none. */
  public static Optional<BusinessCode> of(String code) {
    return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
  }

  /** The code of a result. */
  public static BusinessCode of(ReceiptResult result) {
    return Arrays.stream(values()).filter(one -> one.result == result).findFirst().orElseThrow();
  }
}
