package dev.zhifu.jobs.orders;

/** What a transition makes happen besides the change of state. */
enum OrderEffect {
  COPY_FIELDS("copy the four fields from the transfer"),
  SEND_ENVELOPE("send the signed envelope, always the same bytes under the same id"),
  START_ANSWER_CLOCK("⏱ answer due in 60 s"),
  STOP_ANSWER_CLOCK("answer clock ends"),
  COUNT_STOP("the stop counts (at most two)"),
  START_TERM("⏱ expiry = the bank's start time + 48 h"),
  END_TERM("term ends"),
  GIVE_NOTICE("notice to the holder (art. 32)"),
  END_NOTICE("notice that the restriction has ended"),
  FOLLOW_MONEY("open the search for the next account at once"),
  PROPOSE_RELEASE("release proposal on top of the officers' queue"),
  PHONE_BANK("alarm: phone the bank's duty desk"),
  CORRECT_DATA("alarm: correct the data and make a new order"),
  LIFT_AT_BANK("alarm: tell the bank to lift (100103)"),
  ALARM_LATE_STOP("alarm: the bank's answer came after we had given the order up"),
  ALARM_GAP("alarm: a gap means the money can leave");

  private final String words;

  OrderEffect(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
