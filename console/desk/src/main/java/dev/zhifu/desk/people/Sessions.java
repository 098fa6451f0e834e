package dev.zhifu.desk.people;

import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sessions, in the store under the hash of their token: they outlive a restart, and whoever reads
 * the store cannot use one.
 */
public final class Sessions {
  /**
   * A session without a page that is open is over after so long; one whose page renews itself and
   * that nobody used by hand is unattended (ASVS 3.3.2, ADR-0177).
   */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** No session is longer than a shift; an engineering default. */
  public static final Duration LONGEST = Duration.ofHours(12);

  private static final int TOKEN_BYTES = 32;
  private static final Duration NOTE_USE_EVERY = Duration.ofSeconds(30);

  private final SecureRandom random = new SecureRandom();
  private final Store store;
  private final WallClock clock;

  /** Sessions in {@code store}. */
  public Sessions(Store store, WallClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Begins one; returns its token, which only the browser keeps. */
  public String begin(Person person) {
    String token = secret();
    Instant now = clock.get();
    store
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("delete from own.session where begun_at < ?", now.minus(LONGEST));
              handle.execute(
                  "insert into own.session (token_sha256, person_id, csrf, begun_at, seen_at, used_at)"
                      + " values (?, ?, ?, ?, ?, ?)",
                  Sha256.hex(token),
                  person.id(),
                  secret(),
                  now,
                  now,
                  now);
            });
    return token;
  }

  /**
   * The session of a token, while it lasts and its person is active.
   *
   * @param byHand true for what a person did, false for what a page asks by itself
   */
  public Optional<Session> find(String token, boolean byHand) {
    Instant now = clock.get();
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              Optional<Found> found =
                  handle
                      .createQuery(
                          """
                          select p.person_id, p.name, p.role, p.bank, p.station, s.csrf, s.seen_at, s.used_at from own.session s
                          join own.person p using (person_id)
                          where s.token_sha256 = ? and p.active and s.begun_at > ? and s.seen_at > ?""")
                      .bind(0, Sha256.hex(token))
                      .bind(1, now.minus(LONGEST))
                      .bind(2, now.minus(IDLE))
                      .map(
                          (row, context) ->
                              new Found(
                                  new Session(
                                      new Person(
                                          row.getString("person_id"),
                                          row.getString("name"),
                                          Role.valueOf(row.getString("role")),
                                          row.getString("bank"),
                                          row.getString("station")),
                                      row.getString("csrf"),
                                      row.getTimestamp("used_at")
                                          .toInstant()
                                          .isBefore(now.minus(IDLE))),
                                  row.getTimestamp("seen_at").toInstant(),
                                  row.getTimestamp("used_at").toInstant()))
                      .findOne();
              Instant noted = now.minus(NOTE_USE_EVERY);
              found
                  .filter(one -> one.seenAt.isBefore(noted))
                  .ifPresent(one -> note(handle, "seen_at", token, now));
              found
                  .filter(one -> byHand && !one.session.unattended())
                  .filter(one -> one.usedAt.isBefore(noted))
                  .ifPresent(one -> note(handle, "used_at", token, now));
              return found.map(Found::session);
            });
  }

  private static void note(Handle handle, String column, String token, Instant now) {
    handle.execute(
        "update own.session set " + column + " = ? where token_sha256 = ?", now, Sha256.hex(token));
  }

  /** Ends one. */
  public void end(String token) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "delete from own.session where token_sha256 = ?", Sha256.hex(token)));
  }

  private String secret() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A session in use.
   *
   * @param person whose it is
   * @param csrf word that every change must bring along
   * @param unattended true when nobody used it by hand for {@link #IDLE}: it may sound alarms, and
   *     shows and does nothing until somebody logs in
   */
  public record Session(Person person, String csrf, boolean unattended) {}

  private record Found(Session session, Instant seenAt, Instant usedAt) {}
}
