package dev.zhifu.desk.identities;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.Vault;
import dev.zhifu.ingress.VaultPurpose;
import dev.zhifu.ingress.VaultRefusedException;
import dev.zhifu.ingress.VaultRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way from a token to a name. The vault has its own audit and limit; this desk's audit names
 * the reason too. Without a vault nothing can be opened.
 */
public final class Identities {
  /** What the audit calls a look-up that somebody should ask about. */
  public static final String UNUSUAL = "UNUSUAL LOOK-UP";

  /** Openings of one person within an hour from which it is unusual; an engineering default. */
  public static final int MANY = 20;

  private static final int REASON_MAX = 200;
  private static final Duration HOUR = Duration.ofHours(1);

  /** Searches for persons by one person within an hour from which it is unusual; likewise. */
  public static final int MANY_SEARCHES = 60;

  private final Vault vault;
  private final NameIndex names;
  private final Audit audit;
  private final WallClock clock;
  private final Supplier<List<Person>> colleagues;
  private final Map<String, Deque<Instant>> opened = new HashMap<>();

  /**
   * @param vault the centre's; null when this console has none
   * @param names finds again by name what is kept here
   * @param audit hears of every asking
   * @param clock for the vault's limit a minute
   * @param colleagues everybody who may log in: a look at their names is unusual
   */
  public Identities(
      Vault vault,
      NameIndex names,
      Audit audit,
      WallClock clock,
      Supplier<List<Person>> colleagues) {
    this.vault = vault;
    this.names = names;
    this.audit = audit;
    this.clock = clock;
    this.colleagues = colleagues;
  }

  /** Own name, a colleague's, or too many in an hour: the auditor sees a line of its own. */
  private synchronized void noteUnusual(
      Person person, String token, String name, String way, int many) {
    Deque<Instant> mine =
        opened.computeIfAbsent(way + " " + person.id(), unseen -> new ArrayDeque<>());
    Instant now = clock.get();
    while (!mine.isEmpty() && mine.peekFirst().isBefore(now.minus(HOUR))) {
      mine.removeFirst();
    }
    mine.addLast(now);
    if (name.equals(person.name())) {
      audit.note(person.id(), UNUSUAL, token, "own name");
    } else if (colleagues.get().stream().anyMatch(one -> one.name().equals(name))) {
      audit.note(person.id(), UNUSUAL, token, "a colleague's name");
    }
    if (mine.size() == many) {
      audit.note(person.id(), UNUSUAL, token, way + many + " within an hour");
    }
  }

  /**
   * Notes that somebody looked for a person.
   *
   * @param token of whom; on record in place of what was typed
   * @param typed what was typed: a name tells whether it was the own or a colleague's
   */
  public void searched(Person person, String token, String typed) {
    noteUnusual(person, token, typed.strip(), "searches: ", MANY_SEARCHES);
  }

  /** True when there is a vault. */
  public boolean available() {
    return vault != null;
  }

  /**
   * Keeps what an intake turned into a token: in the vault, if there is one, and its name as a
   * token to be found by.
   */
  public void keep(String token, ClearIdentity identity) {
    names.note(identity.name(), token);
    if (vault != null) {
      vault.keep(token, identity);
    }
  }

  /**
   * Opens one token for a named case and reason; the asking is on record before the answer leaves.
   *
   * @return empty when there is no vault or it never saw the token
   * @throws ActException when no reason is given or the vault refuses
   */
  public Optional<ClearIdentity> open(
      Person person, String token, String caseId, VaultPurpose purpose, String reason) {
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw new ActException("act.reason");
    }
    if (vault == null) {
      return Optional.empty();
    }
    try {
      Optional<ClearIdentity> found =
          vault.open(new VaultRequest(token, caseId, purpose, person.id()), clock.get());
      audit.note(
          person.id(),
          found.isPresent() ? "OPEN IDENTITY" : "OPEN IDENTITY, UNKNOWN",
          token,
          caseId + ": " + reason);
      found.ifPresent(identity -> noteUnusual(person, token, identity.name(), "", MANY));
      return found;
    } catch (VaultRefusedException e) {
      audit.note(person.id(), "IDENTITY REFUSED", token, e.getMessage());
      throw new ActException("identity.refused");
    }
  }
}
