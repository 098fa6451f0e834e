package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.StandingAuthorisation;

/**
 * What the guards of a signature look at.
 *
 * @param proposal the evidence
 * @param orderId the order object
 * @param book all order objects of the account
 * @param controls clock, lists, limits, reading positions
 * @param basisAtMs event time of the newest act or event that the signature would rest on
 * @param keys the keys, of which the guards ask environment and validity
 * @param authorisation standing authorisation under trial; null when an officer signs
 */
record SigningFacts(
    StopProposal proposal,
    String orderId,
    OrderBook book,
    OrderControls controls,
    long basisAtMs,
    OrderKeys keys,
    StandingAuthorisation authorisation) {

  OrderSettings settings() {
    return controls.settings();
  }

  long nowMs() {
    return controls.nowMs();
  }

  /** Traced money, or the transfer's amount when that is more, fen: what limits of money count. */
  long fen() {
    return Math.max(proposal.tracedFen(), proposal.transferAmountFen());
  }

  /** True when the engine's key is of the expected environment and counts now. */
  boolean keyFits() {
    return keys.engineEnvironment() == settings().environment() && keys.engineKeyCountsAt(nowMs());
  }

  /** The same, judged under a standing authorisation. */
  SigningFacts under(StandingAuthorisation tried) {
    return new SigningFacts(proposal, orderId, book, controls, basisAtMs, keys, tried);
  }

  OrderControls.Usage usage() {
    return controls.usage(authorisation.getAuthorisationId(), proposal.target().getBank());
  }

  boolean listed(ListKind list) {
    return controls.listed(list, proposal.accountToken());
  }
}
