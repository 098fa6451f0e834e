package dev.zhifu.rules.lives.channel;

/** What kind of stop a 100101 asks for (applicationType). */
public enum ApplicationType {
  FIRST_CNY_DEMAND("00", false, false),
  FIRST_OTHER("01", false, false),
  BANK_REPORTED_CNY_DEMAND("02", true, false),
  BANK_REPORTED_OTHER("03", true, false),
  LATE_PAPERWORK_CNY_DEMAND("04", true, true),
  LATE_PAPERWORK_OTHER("05", true, true);

  private final String code;
  private final boolean needsOriginal;
  private final boolean latePaperwork;

  ApplicationType(String code, boolean needsOriginal, boolean latePaperwork) {
    this.code = code;
    this.needsOriginal = needsOriginal;
    this.latePaperwork = latePaperwork;
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
