package dev.zhifu.workload;

import dev.zhifu.wire.Channel;

/**
 * How a victim's money leaves: from where, by which channel and device, and to whom.
 *
 * @param from account that pays; null is the story's own
 * @param channel where it is entered; null is drawn
 * @param device token of the device; null is the victim's own
 * @param shop a merchant that delivers in good faith; null is an account of the crew, or cash
 * @param cash true when it is taken out over the counter and handed to a courier
 */
record Way(Account from, Channel channel, String device, Account shop, boolean cash) {
  /** As most victims do: from the own account to one of the crew's. */
  static final Way USUAL = new Way(null, null, null, null, false);

  /** Cash over the counter, for a courier. */
  static final Way CASH = new Way(null, Channel.COUNTER, null, null, true);

  static Way from(Account account) {
    return new Way(account, Channel.WEB, null, null, false);
  }

  /** On a device of the fraudster's. */
  static Way on(String device) {
    return new Way(null, Channel.MOBILE_APP, device, null, false);
  }

  /** At a shop; a device means a code payment, none a card payment. */
  static Way at(Account shop, String device) {
    return new Way(null, device == null ? Channel.POS : Channel.QR, device, shop, false);
  }

  /** The victim, or whoever holds the victim's telephone, enters it in the bank's application. */
  boolean remote() {
    return !cash && shop == null && channel != Channel.COUNTER;
  }
}
