package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.StopProposal;

/** Comparing and withdrawing proposals. */
final class StopProposals {
  private StopProposals() {}

  /** True when both say the same, whatever caused them. */
  static boolean sameButCause(StopProposal one, StopProposal other) {
    return one != null && withCause(one, "").equals(withCause(other, ""));
  }

  /** The last proposal, taken back because nothing stands against the account any more. */
  static StopProposal withdrawn(StopProposal last, double score, String cause) {
    return copy(last, false, score, cause);
  }

  private static StopProposal withCause(StopProposal p, String cause) {
    return copy(p, p.holds(), p.score(), cause);
  }

  private static StopProposal copy(StopProposal p, boolean holds, double score, String cause) {
    return new StopProposal(
        p.accountToken(),
        p.target(),
        holds,
        p.origin(),
        p.caseIds(),
        p.reportId(),
        p.actId(),
        p.bankTransactionId(),
        p.transferAmountFen(),
        p.transferTimeMs(),
        p.tracedFen(),
        p.lastBalanceFen(),
        p.balanceAtMs(),
        score,
        p.families(),
        p.hitIds(),
        p.ruleIds(),
        p.settled(),
        p.idle(),
        p.reasonCode(),
        p.basisAtMs(),
        cause,
        p.grounds(),
        p.ruleVersions(),
        p.ownStop(),
        p.basis());
  }
}
