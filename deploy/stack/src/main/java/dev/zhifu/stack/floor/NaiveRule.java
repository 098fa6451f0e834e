package dev.zhifu.stack.floor;

/** The four textbook rules. */
enum NaiveRule {
  /** One account is paid by at least k others within the window. */
  FAN_IN("fan_in"),
  /** One account pays at least k others within the window. */
  FAN_OUT("fan_out"),
  /** At least 80 % of one incoming transfer leaves in one movement within two hours. */
  PASS_THROUGH("pass_through"),
  /** Transfers of growing time lead back to where they began, 3 to 6 long, within the window. */
  CYCLE("cycle");

  private final String word;

  NaiveRule(String word) {
    this.word = word;
  }

  /** Name as the label files write a typology. */
  String word() {
    return word;
  }
}
