package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.StandingAuthorisation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the highest revision of every standing authorisation whose signature holds; of one
 * revision, the newest renewal. A revision that revokes is final. Not for use by two threads.
 */
public final class StandingAuthorisationBook implements StandingAuthorisations {
  private final Signatures signatures;
  private final Map<String, StandingAuthorisation> highest = new HashMap<>();

  /**
   * @param signatures verifies what is offered
   */
  public StandingAuthorisationBook(Signatures signatures) {
    this.signatures = signatures;
  }

  /**
   * Takes a message of {@code stop.authorisations}.
   *
   * @param at moment at which the officer's key must count: the message's own renewal time will do
   * @return whether its signature holds; if not, it is left out
   */
  public SignatureCheck offer(StandingAuthorisation offered, Instant at) {
    SignatureCheck check = signatures.verify(offered, at);
    if (check.holds()) {
      highest.merge(offered.getAuthorisationId(), offered, StandingAuthorisationBook::later);
    }
    return check;
  }

  @Override
  public Optional<StandingAuthorisation> find(String authorisationId) {
    return Optional.ofNullable(highest.get(authorisationId));
  }

  private static StandingAuthorisation later(StandingAuthorisation a, StandingAuthorisation b) {
    if (a.getRevoked() != b.getRevoked()) {
      return a.getRevoked() ? a : b;
    }
    if (a.getRevision() != b.getRevision()) {
      return a.getRevision() > b.getRevision() ? a : b;
    }
    return a.getRenewedAt().isAfter(b.getRenewedAt()) ? a : b;
  }
}
