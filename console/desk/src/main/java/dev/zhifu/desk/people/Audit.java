package dev.zhifu.desk.people;

import dev.zhifu.desk.store.Store;
import dev.zhifu.schemas.crypto.Sha256;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who did and looked at what, each line bound to the one before by its hash. */
public final class Audit {
  private static final long LOCK = 5_100_102L;

  private final Store store;
  private final WallClock clock;

  /** Lines in {@code store}. */
  public Audit(Store store, WallClock clock) {
    this.store = store;
    this.clock = clock;
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
                  hash(last(handle), new Line(at, personId, what, objectId, detail, "")));
            });
  }

  /** The newest lines. */
  public List<Line> newest(int limit) {
    return lines("select * from own.audit order by audit_id desc limit " + limit);
  }

  /** Position, from 1, of the first line that does not fit the one before; 0 when all do. */
  public int firstFault() {
    String before = "";
    int position = 0;
    for (Line line : lines("select * from own.audit order by audit_id")) {
      position++;
      if (!line.sha256().equals(hash(before, line))) {
        return position;
      }
      before = line.sha256();
    }
    return 0;
  }

  private List<Line> lines(String sql) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .map(
                        (row, context) ->
                            new Line(
                                row.getTimestamp("at").toInstant(),
                                row.getString("person_id"),
                                row.getString("what"),
                                row.getString("object_id"),
                                row.getString("detail"),
                                row.getString("sha256")))
                    .list());
  }

  private static String last(Handle handle) {
    return handle
        .createQuery("select sha256 from own.audit order by audit_id desc limit 1")
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  private static String hash(String before, Line line) {
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

  /** One line. */
  public record Line(
      Instant at, String personId, String what, String objectId, String detail, String sha256) {}
}
