package dev.zhifu.rules.money.refund;

/** Which way of art. 8 of the 返还若干规定 gives a victim's money back. */
public enum RefundClass {
  /** One single credit on the frozen account, traceable: returned directly. */
  SINGLE("单笔转入直接返还", false),
  /** Several credits, but time stamps tell whose money is there: returned directly. */
  TIMESTAMP("多笔转入依时间戳直接返还", false),
  /** Time stamps do not tell: in the ratio of the losses, after 30 days of public notice. */
  PRORATA("多笔转入按比例返还", true);

  private final String words;
  private final boolean notice;

  RefundClass(String words, boolean notice) {
    this.words = words;
    this.notice = notice;
  }

  /** In Chinese, for papers. */
  public String words() {
    return words;
  }

  /** True when 30 days of public notice come first. */
  public boolean needsNotice() {
    return notice;
  }
}
