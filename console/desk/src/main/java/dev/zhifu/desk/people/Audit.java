package dev.zhifu.desk.people;

import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Who did and looked at what, each line bound to the one before by its hash. */
public final class Audit {
  /** A look-up that somebody should ask about. */
  public static final String UNUSUAL = "UNUSUAL LOOK-UP";

  private static final long LOCK = 5_100_102L;
  private static final int PORTION = 5_000;

  static final RowMapper<Line> LINE =
      (row, context) ->
          new Line(
              row.getLong("audit_id"),
              row.getTimestamp("at").toInstant(),
              row.getString("person_id"),
              row.getString("what"),
              row.getString("object_id"),
              row.getString("detail"),
              row.getString("sha256"));

  private final Store store;
  private final WallClock clock;

  /** Lines in {@code store}. */
  public Audit(Store store, WallClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Its chain, walked in portions. */
  public AuditChain chain() {
    return new AuditChain(store, this, clock);
  }

  /** Its lines, as an auditor looks for them. */
  public AuditLines lines() {
    return new AuditLines(store, this, clock);
  }

  /** Writes a line; it is in the store before this returns. */
  public void note(String personId, String what, String objectId, String detail) {
    store
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("select pg_advisory_xact_lock(" + LOCK + ")");
              Instant at = Instant.ofEpochMilli(clock.get().toEpochMilli());
              handle.execute(
                  "insert into own.audit (at, person_id, what, object_id, detail, sha256) values (?, ?, ?, ?, ?, ?)",
                  at,
                  personId,
                  what,
                  objectId,
                  detail,
                  hash(last(handle), new Line(0, at, personId, what, objectId, detail, "")));
            });
  }

  /** Position, from 1, of the first line that does not fit the one before; 0 when all do. */
  public long firstFault() {
    Walked walked = walk(Walked.BEGINNING, Long.MAX_VALUE);
    return walked.fault() ? walked.position() + 1 : 0;
  }

  /**
   * How far lines were found to fit.
   *
   * @param auditId the last one that does; 0 for none
   * @param position its place from 1; 0 for none
   * @param sha256 its hash; empty for none
   * @param fault true when the next one does not fit
   * @param end true when there is no next one
   */
  record Walked(long auditId, long position, String sha256, boolean fault, boolean end) {
    static final Walked BEGINNING = new Walked(0, 0, "", false, false);
  }

  /** Goes on from there for at most so many lines, a portion in memory at once. */
  Walked walk(Walked from, long lines) {
    long last = from.auditId();
    long position = from.position();
    String before = from.sha256();
    while (position - from.position() < lines) {
      long portion = Math.min(PORTION, lines - (position - from.position()));
      List<Line> next =
          store.rows(
              LINE,
              "select * from own.audit where audit_id > ? order by audit_id limit ?",
              last,
              portion);
      for (Line line : next) {
        if (!line.sha256().equals(hash(before, line))) {
          return new Walked(last, position, before, true, false);
        }
        last = line.id();
        position++;
        before = line.sha256();
      }
      if (next.size() < portion) {
        return new Walked(last, position, before, false, true);
      }
    }
    return new Walked(last, position, before, false, false);
  }

  /**
   * How often a person did something since then.
   *
   * @param whats names of it, with % for whatever follows
   * @param objects true to count what it was about, each once; false to count every time
   */
  public long count(String personId, List<String> whats, Instant after, boolean objects) {
    return store
        .row(
            (row, context) -> row.getLong(1),
            "select count("
                + (objects ? "distinct object_id" : "*")
                + ") from own.audit where person_id = ? and at > ? and what like any(?)",
            personId,
            after,
            whats.toArray(String[]::new))
        .orElseThrow();
  }

  /** True when a line of a person says exactly this since then. */
  public boolean said(String personId, String what, String detail, Instant after) {
    return store
        .row(
            (row, context) -> true,
            "select 1 from own.audit where person_id = ? and at > ? and what = ? and detail = ?"
                + " limit 1",
            personId,
            after,
            what,
            detail)
        .isPresent();
  }

  private static String last(Handle handle) {
    return handle
        .createQuery("select sha256 from own.audit order by audit_id desc limit 1")
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  /**
   * Hash of a line, over the hash of the one before and what it says.
   *
   * @param before hash of the line before; empty for the first
   */
  public static String hash(String before, Line line) {
    return Sha256.hex(
        String.join(
            "\u0001",
            before,
            Long.toString(line.at().toEpochMilli()),
            line.personId(),
            line.what(),
            line.objectId(),
            line.detail()));
  }

  /** One line; its id grows with each. */
  public record Line(
      long id,
      Instant at,
      String personId,
      String what,
      String objectId,
      String detail,
      String sha256) {}
}
