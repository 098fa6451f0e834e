package dev.zhifu.bank;

import dev.zhifu.wire.ReceiptResult;

/**
 * Whether the four fields fit.
 *
 * @param mismatch null when they do, else which does not
 * @param sentence what was compared; never the clear name or number
 */
record Match(ReceiptResult mismatch, String sentence) {
  static final Match EXACT = new Match(null, "the four fields fit");

  boolean exact() {
    return mismatch == null;
  }
}
