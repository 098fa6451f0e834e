package dev.zhifu.jobs.orders;

/**
 * What must be known to hold before a row of {@link OrderTable} applies. A fact that nobody has
 * established does not hold: that is how guards fail closed.
 */
enum OrderFact {
  STOPS_LEFT(
      "fewer than two stops took effect, or may still take effect, on the account (银发〔2016〕86号)"),
  NO_OTHER_ORDER_LIVE("no other request, order or stop of ours is open on the account"),
  NEWER_EVIDENCE(
      "the evidence is newer than what ended the last order, or its data were corrected"),
  AUTOMATIC_GUARDS_HOLD("every guard of automatic signing holds"),
  LEGAL_GUARDS_HOLD("every guard that binds an officer too holds"),
  OFFICER_VERIFIED(
      "the officer's signatures over act and order verify, in the engine key's environment"),
  RECORD_VERIFIED("the envelope's signature verifies, in the engine key's environment"),
  OWN_PAYLOAD("the answer quotes this order's payload and comes from its bank"),
  START_TIME_GIVEN("the bank gives its start time"),
  TRIES_LEFT("tries left, and the order may still be executed"),
  NO_TRIES_LEFT("three tries made, or the order may no longer be executed"),
  TERM_OVER("now is not before the end of the term"),
  BEFORE_EXPIRY("before the end of the term"),
  CASE_FILED("the case is filed"),
  STOP_WAS_ACTIVE("the stop was ACTIVE before"),
  STOP_WAS_ACTIVE_ZERO("the stop was ACTIVE_ZERO before"),
  STOP_WAS_EXTENDED("the stop was EXTENDED before");

  private final String words;

  OrderFact(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
