package dev.zhifu.bank;

import java.time.Instant;

/**
 * A bank's answer to a release (100104).
 *
 * @param orderId of the release
 * @param applicationId of the release
 * @param actId the officer's act that was believed or not; empty when none could be read
 * @param result what was done
 * @param at bank's time of the answer
 * @param remark bank's remark
 */
public record ReleaseAnswer(
    String orderId, String applicationId, String actId, Result result, Instant at, String remark) {

  /** What a bank does with a release. */
  public enum Result {
    /** The stop has ended by it. */
    LIFTED,
    /** The stop had ended before: by its term, or by a release whose answer a crash took. */
    ALREADY_ENDED,
    /** This bank has executed no such order. */
    NOT_STOPPED,
    /** The act's signature does not hold under the bank's key directory and environment. */
    BAD_SIGNATURE,
    /** It holds, and is no release of this order and its account. */
    BAD_AUTHORISATION
  }
}
