package dev.zhifu.desk.identities;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.Vault;
import dev.zhifu.ingress.VaultPurpose;
import dev.zhifu.ingress.VaultRefusedException;
import dev.zhifu.ingress.VaultRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way from a token to a name. The vault has its own audit and limit; this desk's audit names
 * the reason too. Without a vault nothing can be opened.
 */
public final class Identities {
  /** What the audit calls a look-up that somebody should ask about. */
  public static final String UNUSUAL = Audit.UNUSUAL;

  /** Openings of one person within an hour from which it is unusual; an engineering default. */
  public static final int MANY = 20;

  private static final int REASON_MAX = 200;
  private static final Duration HOUR = Duration.ofHours(1);

  /** Searches for persons by one person within an hour from which it is unusual; likewise. */
  public static final int MANY_SEARCHES = 60;

  /** Cases and reports opened by one person within an hour, likewise. */
  public static final int MANY_CASES = 60;

  /** Files taken along by one person within an hour, likewise. */
  public static final int MANY_FILES = 10;

  /** What is counted within an hour, under which names the audit has it, and how it is told. */
  private enum Way {
    OPENINGS("", MANY, false, "OPEN IDENTITY"),
    SEARCHES("searches: ", MANY_SEARCHES, false, "FIND"),
    CASES("cases: ", MANY_CASES, true, "VIEW CASE", "VIEW REPORT"),
    FILES("files: ", MANY_FILES, false, "EXPORT %");

    private final String words;
    private final int many;
    private final boolean objects;
    private final List<String> whats;

    Way(String words, int many, boolean objects, String... whats) {
      this.words = words;
      this.many = many;
      this.objects = objects;
      this.whats = List.of(whats);
    }
  }

  private final Vault vault;
  private final NameIndex names;
  private final Audit audit;
  private final WallClock clock;
  private final Supplier<List<Person>> colleagues;

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

  /** Own name or a colleague's: the auditor sees a line of its own. */
  private void noteNamed(Person person, String token, String name) {
    if (name.equals(person.name())) {
      audit.note(person.id(), UNUSUAL, token, "own name");
    } else if (colleagues.get().stream().anyMatch(one -> one.name().equals(name))) {
      audit.note(person.id(), UNUSUAL, token, "a colleague's name");
    }
  }

  /** A number or account of somebody who is called as this person or a colleague is. */
  private void noteNumber(Person person, String token) {
    if (names.isCalled(token, List.of(person.name()))) {
      audit.note(person.id(), UNUSUAL, token, "own number or account");
    } else if (names.isCalled(token, colleagues.get().stream().map(Person::name).toList())) {
      audit.note(person.id(), UNUSUAL, token, "a colleague's number or account");
    }
  }

  /**
   * Too many in an hour, as the audit has them, whichever console noted them: one line, and the
   * next an hour later.
   */
  private synchronized void noteMany(Person person, String about, Way way) {
    Instant after = clock.get().minus(HOUR);
    // Whoever goes opens his own task again and again; that is one look.
    boolean objects = way.objects || person.role() == Role.FIELD;
    String many = way.words + way.many + " within an hour";
    if (audit.count(person.id(), way.whats, after, objects) >= way.many
        && !audit.said(person.id(), UNUSUAL, many, after)) {
      audit.note(person.id(), UNUSUAL, about, many);
    }
  }

  /**
   * Notes that somebody looked for something; the search is on record already.
   *
   * @param token of whom; on record in place of what was typed; empty when it was no person
   * @param typed what was typed: a name tells whether it was the own or a colleague's
   */
  public void searched(Person person, String token, String typed) {
    if (!token.isEmpty()) {
      noteNamed(person, token, typed.strip());
      noteNumber(person, token);
    }
    noteMany(person, token, Way.SEARCHES);
  }

  /** Notes that somebody opened a case or report; the look is on record already. */
  public void looked(Person person, String id) {
    noteMany(person, id, Way.CASES);
  }

  /** Notes that somebody took a file along; it is on record already. */
  public void exported(Person person) {
    noteMany(person, "", Way.FILES);
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
      found.ifPresent(
          identity -> {
            noteNamed(person, token, identity.name());
            noteMany(person, token, Way.OPENINGS);
          });
      return found;
    } catch (VaultRefusedException e) {
      audit.note(person.id(), "IDENTITY REFUSED", token, e.getMessage());
      throw new ActException("identity.refused");
    }
  }

  /**
   * Opens the telephone number of somebody who is to be warned. It goes with the opening of the
   * holder and counts as no other look-up.
   *
   * @param token of the number
   * @return empty when there is no vault or it never saw the token
   * @throws ActException when the vault refuses
   */
  public Optional<String> number(Person person, String token, String caseId, String reason) {
    if (vault == null) {
      return Optional.empty();
    }
    try {
      Optional<ClearIdentity> found =
          vault.open(
              new VaultRequest(token, caseId, VaultPurpose.WARNING, person.id()), clock.get());
      found.ifPresent(
          identity -> audit.note(person.id(), "OPEN NUMBER", token, caseId + ": " + reason));
      return found.map(ClearIdentity::value);
    } catch (VaultRefusedException e) {
      audit.note(person.id(), "IDENTITY REFUSED", token, e.getMessage());
      throw new ActException("identity.refused");
    }
  }
}
