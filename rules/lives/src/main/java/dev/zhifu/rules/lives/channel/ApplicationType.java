package dev.zhifu.rules.lives.channel;

import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.StopBasis;
import java.util.Arrays;

/** What kind of stop a 100101 asks for (applicationType). */
public enum ApplicationType {
  FIRST_CNY_DEMAND("00", false, false),
  FIRST_OTHER("01", false, false),
  BANK_REPORTED_CNY_DEMAND("02", true, false),
  BANK_REPORTED_OTHER("03", true, false),
  LATE_PAPERWORK_CNY_DEMAND("04", true, true),
  LATE_PAPERWORK_OTHER("05", true, true);

  /**
   * Number of an account: the main account, or for foreign currency and time deposits the main
   * account, an underscore and the subaccount, as banks' public connector code has it.
   */
  public static final String ACCOUNT = "[0-9]{12,19}(_[0-9]{1,6})?";

  private final String code;
  private final boolean needsOriginal;
  private final boolean latePaperwork;

  ApplicationType(String code, boolean needsOriginal, boolean latePaperwork) {
    this.code = code;
    this.needsOriginal = needsOriginal;
    this.latePaperwork = latePaperwork;
  }

  /**
   * The type of the order that is made of a request.
   *
   * @param ownStop what the account's bank has stopped itself and still does; null: nothing
   * @param basis what a bank's case report says; null: no bank has lodged the report
   */
  public static ApplicationType of(OwnStop ownStop, StopBasis basis) {
    if (ownStop != null) {
      return ownStop.getCnyDemand() ? LATE_PAPERWORK_CNY_DEMAND : LATE_PAPERWORK_OTHER;
    }
    boolean demand = basis == null || basis.getCnyDemand();
    if (basis == null || basis.getCaseReport() == null) {
      return demand ? FIRST_CNY_DEMAND : FIRST_OTHER;
    }
    return demand ? BANK_REPORTED_CNY_DEMAND : BANK_REPORTED_OTHER;
  }

  /**
   * The application that an order of {@link #of(OwnStop, StopBasis)} follows: the bank's own report
   * (100401); null for the first types.
   */
  public static String original(OwnStop ownStop, StopBasis basis) {
    if (ownStop != null) {
      return ownStop.getApplicationId();
    }
    return basis == null ? null : basis.getCaseReport();
  }

  /**
   * The type of two digits.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ApplicationType of(String code) {
    return Arrays.stream(values())
        .filter(type -> type.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("applicationType '" + code + "' is none of 00 to 05"));
  }

  /** True when a number names a subaccount: foreign currency or a time deposit. */
  public static boolean namesSubaccount(String number) {
    return number.indexOf('_') >= 0;
  }

  /** The type of a stop that stands for itself on the same kind of account. */
  public ApplicationType first() {
    return switch (this) {
      case FIRST_CNY_DEMAND, BANK_REPORTED_CNY_DEMAND, LATE_PAPERWORK_CNY_DEMAND ->
          FIRST_CNY_DEMAND;
      case FIRST_OTHER, BANK_REPORTED_OTHER, LATE_PAPERWORK_OTHER -> FIRST_OTHER;
    };
  }

  /** The two digits. */
  public String code() {
    return code;
  }

  /** True when the original application's id is required. */
  public boolean needsOriginal() {
    return needsOriginal;
  }

  /**
   * True when the bank has stopped already and the order follows. Within what time it must follow
   * was not read in any text: {@link dev.zhifu.rules.lives.calendar.LegalTerms#LATE_PAPERWORK} is
   * ours and is shown as such.
   */
  public boolean latePaperwork() {
    return latePaperwork;
  }
}
