package dev.zhifu.desk.people;

import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Sessions, in the store under the hash of their token: they outlive a restart, and whoever reads
 * the store cannot use one.
 */
public final class Sessions {
  /** A session that nobody used so long is over (ASVS 3.3.2); an open page counts as use. */
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
                  "insert into own.session (token_sha256, person_id, csrf, begun_at, seen_at) values (?, ?, ?, ?, ?)",
                  Sha256.hex(token),
                  person.id(),
                  secret(),
                  now,
                  now);
            });
    return token;
  }

  /** The session of a token, while it lasts and its person is active. */
  public Optional<Session> find(String token) {
    Instant now = clock.get();
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              Optional<Found> found =
                  handle
                      .createQuery(
                          """
                          select p.person_id, p.name, p.role, p.bank, p.station, s.csrf, s.seen_at from own.session s
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
                                      row.getString("csrf")),
                                  row.getTimestamp("seen_at").toInstant()))
                      .findOne();
              found
                  .filter(one -> one.seenAt.isBefore(now.minus(NOTE_USE_EVERY)))
                  .ifPresent(
                      one ->
                          handle.execute(
                              "update own.session set seen_at = ? where token_sha256 = ?",
                              now,
                              Sha256.hex(token)));
              return found.map(Found::session);
            });
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
   */
  public record Session(Person person, String csrf) {}

  private record Found(Session session, Instant seenAt) {}
}
