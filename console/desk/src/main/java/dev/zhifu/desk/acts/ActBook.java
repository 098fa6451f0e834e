package dev.zhifu.desk.acts;

import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.LifeKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Acts asked for at this desk, as rows of the store. */
final class ActBook {
  private final Store store;

  ActBook(Store store) {
    this.store = store;
  }

  /**
   * One act with what is needed to sign it.
   *
   * @param act it
   * @param subjectSha256 of what was shown and is to be signed
   * @param role role of docs/lives.md; null for acts of detection alone
   * @param amountFen amount, fen; null when it is about none
   * @param detail the object as the act makes it, Avro single-object encoding; null for none
   * @param documents documents by id
   */
  record Row(
      Act act,
      String subjectSha256,
      String role,
      Long amountFen,
      byte[] detail,
      List<String> documents) {

    /** One that names no document. */
    Row(Act act, String subjectSha256, String role, Long amountFen, byte[] detail) {
      this(act, subjectSha256, role, amountFen, detail, List.of());
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    String life = row.getString("life");
    return new Row(
        new Act(
            row.getString("act_id"),
            row.getString("group_id"),
            kind == null ? null : ActKind.valueOf(kind),
            life == null ? null : LifeKind.valueOf(life),
            row.getString("event"),
            row.getString("object_id"),
            row.getString("case_id"),
            row.getString("officer_id"),
            row.getString("second_officer_id"),
            row.getString("reason"),
            ActState.valueOf(row.getString("state")),
            row.getTimestamp("asked_at").toInstant(),
            instant(row.getTimestamp("sent_at"))),
        row.getString("subject_sha256"),
        row.getString("role"),
        row.getObject("amount_fen", Long.class),
        row.getBytes("detail"),
        row.getString("documents").lines().toList());
  }

  private static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  void insert(Handle handle, Row row) {
    Act act = row.act;
    handle.execute(
        """
        insert into own.act (act_id, group_id, kind, life, event, role, object_id, case_id, officer_id,
          reason, subject_sha256, amount_fen, detail, documents, state, asked_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKED', ?)\
        """,
        act.actId(),
        act.groupId(),
        act.kind() == null ? null : act.kind().name(),
        act.life() == null ? null : act.life().name(),
        act.event(),
        row.role,
        act.objectId(),
        act.caseId(),
        act.officerId(),
        act.reason(),
        row.subjectSha256,
        row.amountFen,
        row.detail,
        String.join("\n", row.documents),
        act.askedAt());
  }

  Optional<Row> find(String actId) {
    return rows("select * from own.act where act_id = ?", actId).stream().findFirst();
  }

  /** Acts of one press, in their order. */
  List<Row> ofGroup(String groupId) {
    return rows("select * from own.act where group_id = ? order by asked_at, act_id", groupId);
  }

  /** Acts about these objects, the newest first. */
  List<Row> about(List<String> objectIds) {
    return objectIds.isEmpty()
        ? List.of()
        : rows(
            "select * from own.act where object_id = any(?) order by asked_at desc, act_id",
            (Object) objectIds.toArray(String[]::new));
  }

  /** Acts about lives of a case, the newest first. */
  List<Row> ofCase(String caseId) {
    return rows(
        "select * from own.act where case_id = ? and life is not null order by asked_at desc,"
            + " act_id limit 30",
        caseId);
  }

  /** Acts asked for after {@code oldest} that wait for a second person. */
  List<Row> waiting(Instant oldest) {
    return rows(
        "select * from own.act where state = 'ASKED' and asked_at > ? and kind is distinct from"
            + " 'ACCEPT_REPORT' order by asked_at, act_id",
        oldest);
  }

  /** Acts that left and that nothing confirmed yet, and those that wait; for the hand-over. */
  List<Row> open(Instant oldestAsked) {
    return rows(
        """
        select * from own.act where state in ('SENT', 'NOT_SENT') or state = 'ASKED' and asked_at > ?
        order by asked_at desc, act_id limit 200\
        """,
        oldestAsked);
  }

  private List<Row> rows(String sql, Object... values) {
    return store.rows((row, context) -> row(row), sql, values);
  }

  void mark(String actId, String state, String secondId, byte[] body, Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.act set state = ?, sent_at = ?, second_officer_id = ?, body = ?"
                        + " where act_id = ?",
                    state,
                    at,
                    secondId,
                    body,
                    actId));
  }

  /**
   * Takes a group out of those that wait, all of it or none: of two persons who press at once, one
   * confirms. Until its acts have left they show NOT SENT.
   *
   * @return false when another has confirmed or refused it meanwhile
   */
  boolean take(String groupId, int acts, String secondId, Instant at) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              int taken =
                  handle.execute(
                      "update own.act set state = 'NOT_SENT', sent_at = ?, second_officer_id = ?"
                          + " where group_id = ? and state = 'ASKED'",
                      at,
                      secondId,
                      groupId);
              if (taken != acts) {
                handle.rollback();
              }
              return taken == acts;
            });
  }

  int refuse(String groupId, String secondId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle.execute(
                    "update own.act set state = 'REFUSED', second_officer_id = ? where group_id = ?"
                        + " and state = 'ASKED'",
                    secondId,
                    groupId));
  }

  /** The act as it was signed; empty before. */
  Optional<byte[]> body(String actId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from own.act where act_id = ? and body is not null")
                    .bind(0, actId)
                    .mapTo(byte[].class)
                    .findOne());
  }

  /** True when another act of the kind about the object waits or is on its way. */
  boolean other(Handle handle, String what, String objectId, Instant asked, Instant sent) {
    handle.execute("select pg_advisory_xact_lock(hashtext(?))", objectId);
    return handle
        .createQuery(
            """
            select 1 from own.act where object_id = ? and coalesce(event, kind) = ?
              and (state = 'ASKED' and asked_at > ? or state = 'SENT' and sent_at > ?) limit 1\
            """)
        .bind(0, objectId)
        .bind(1, what)
        .bind(2, asked)
        .bind(3, sent)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
