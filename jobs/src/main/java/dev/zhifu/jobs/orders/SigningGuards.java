package dev.zhifu.jobs.orders;

import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.UnsignedReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Judges whether an order may be signed, and collects every reason why not. */
final class SigningGuards {

  private final List<SigningGuard> guards;

  SigningGuards(List<SigningGuard> guards) {
    this.guards = List.copyOf(guards);
  }

  /** What hinders an officer's signature; empty: nothing does. */
  Set<UnsignedReason> hinderOfficer(SigningFacts facts) {
    Set<UnsignedReason> reasons = EnumSet.noneOf(UnsignedReason.class);
    for (SigningGuard guard : guards) {
      if (guard.legal() && !guard.holds(facts)) {
        reasons.add(guard.reason());
      }
    }
    return reasons;
  }

  /**
   * Tries every standing authorisation. Without one that covers the order, the verdict carries the
   * reasons of the one that came nearest.
   */
  Verdict judge(SigningFacts facts, List<StandingAuthorisation> authorisations) {
    Verdict nearest = null;
    for (StandingAuthorisation authorisation : authorisations) {
      Verdict verdict = judgeUnder(facts, authorisation);
      if (nearest == null || verdict.reasons().size() < nearest.reasons().size()) {
        nearest = verdict;
      }
    }
    return nearest == null ? withoutAuthorisation(facts) : nearest;
  }

  private Verdict judgeUnder(SigningFacts facts, StandingAuthorisation authorisation) {
    SigningFacts tried = facts.under(authorisation);
    Set<UnsignedReason> reasons = EnumSet.noneOf(UnsignedReason.class);
    for (SigningGuard guard : guards) {
      if (!guard.holds(tried)) {
        reasons.add(guard.reason());
      }
    }
    return new Verdict(authorisation, reasons);
  }

  private Verdict withoutAuthorisation(SigningFacts facts) {
    Set<UnsignedReason> reasons = EnumSet.of(UnsignedReason.NO_AUTHORISATION);
    for (SigningGuard guard : guards) {
      if (!guard.needsAuthorisation() && !guard.holds(facts)) {
        reasons.add(guard.reason());
      }
    }
    return new Verdict(null, reasons);
  }

  /**
   * Outcome of a trial.
   *
   * @param authorisation what would cover the order; null when there is none at all
   * @param reasons every reason against; empty: the engine may sign
   */
  record Verdict(StandingAuthorisation authorisation, Set<UnsignedReason> reasons) {
    boolean covers() {
      return authorisation != null && reasons.isEmpty();
    }
  }
}
