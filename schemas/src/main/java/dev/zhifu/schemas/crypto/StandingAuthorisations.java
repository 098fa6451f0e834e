package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.StandingAuthorisation;
import java.util.Optional;

/** The standing authorisations that a bank has read from {@code stop.authorisations}. */
@FunctionalInterface
public interface StandingAuthorisations {
  /** The highest revision of this authorisation; empty if none was read. */
  Optional<StandingAuthorisation> find(String authorisationId);
}
