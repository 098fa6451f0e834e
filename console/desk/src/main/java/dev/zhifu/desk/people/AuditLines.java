package dev.zhifu.desk.people;

import dev.zhifu.desk.people.Audit.Line;
import dev.zhifu.desk.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The audit's lines as an auditor works with them: looked for, asked about, explained. */
public final class AuditLines {
  /** Lines on one page. */
  public static final int PAGE = 100;

  /** Lines in one file at most. */
  public static final int FILE_MAX = 20_000;

  /** From so many characters on, what is typed is the beginning of an id; shorter is an id. */
  private static final int BEGINNING_MIN = 6;

  private static final int NOTE_MAX = 300;

  /** Sorts after whatever continues a beginning. */
  private static final String END = "\uDBFF\uDFFF";

  private final Store store;
  private final Audit audit;
  private final WallClock clock;

  AuditLines(Store store, Audit audit, WallClock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Which lines.
   *
   * @param person whose; empty for everybody's
   * @param object about what: an id, or its beginning of six characters and more; empty for all
   * @param from not before; null for the first line on
   * @param until before; null for the newest line
   */
  public record Filter(String person, String object, Instant from, Instant until) {
    /** Everything. */
    public static final Filter ALL = new Filter("", "", null, null);
  }

  /**
   * Where a page ended.
   *
   * @param at of its last line
   * @param id of its last line
   */
  public record Place(Instant at, long id) {}

  /**
   * One page, the newest line first.
   *
   * @param lines its lines
   * @param next where it ended; null when no line is older
   */
  public record Page(List<Line> lines, Place next) {}

  /**
   * An unusual look-up that nobody has explained yet.
   *
   * @param line as it was noted
   * @param askedBy who has asked about it; null while nobody has
   * @param askedAt when
   * @param asked what was asked
   */
  public record Unusual(Line line, String askedBy, Instant askedAt, String asked) {}

  /**
   * One page of lines.
   *
   * @param after where the page before ended; null for the first
   */
  public Page page(Filter filter, Place after) {
    List<Line> found = find(filter, after, PAGE + 1);
    if (found.size() <= PAGE) {
      return new Page(found, null);
    }
    Line last = found.get(PAGE - 1);
    return new Page(found.subList(0, PAGE), new Place(last.at(), last.id()));
  }

  /** All lines for a file, one more than {@link #FILE_MAX} when there are more. */
  public List<Line> all(Filter filter) {
    return find(filter, null, FILE_MAX + 1);
  }

  private List<Line> find(Filter filter, Place after, int limit) {
    List<Object> values = new ArrayList<>();
    StringBuilder where = new StringBuilder("true");
    if (!filter.person().isEmpty()) {
      where.append(" and person_id = ?");
      values.add(filter.person());
    }
    boolean beginning = filter.object().length() >= BEGINNING_MIN;
    if (!filter.object().isEmpty()) {
      where.append(beginning ? " and object_id ~>=~ ? and object_id ~<~ ?" : " and object_id = ?");
      values.add(filter.object());
      if (beginning) {
        values.add(filter.object() + END);
      }
    }
    if (filter.from() != null) {
      where.append(" and at >= ?");
      values.add(filter.from());
    }
    if (filter.until() != null) {
      where.append(" and at < ?");
      values.add(filter.until());
    }
    if (after != null) {
      where.append(" and (at, audit_id) < (?, ?)");
      values.add(after.at());
      values.add(after.id());
    }
    // The lines about one object are few: they are sorted, not sought among all by time.
    String from =
        filter.object().isEmpty()
            ? "select * from own.audit where " + where
            : "with about as materialized (select * from own.audit where "
                + where
                + ") select * from about";
    return store.rows(
        Audit.LINE, from + " order by at desc, audit_id desc limit " + limit, values.toArray());
  }

  /** Unusual look-ups that are not explained, the newest first; one more than asked for. */
  public List<Unusual> unusual(int limit) {
    return store.rows(
        (row, context) ->
            new Unusual(
                Audit.LINE.map(row, context),
                row.getString("asked_by"),
                row.getTimestamp("asked_at") == null
                    ? null
                    : row.getTimestamp("asked_at").toInstant(),
                row.getString("asked")),
        """
        select a.*, w.asked_by, w.asked_at, coalesce(w.asked, '') as asked
        from own.audit a left join own.audit_answer w using (audit_id)
        where a.what = 'UNUSUAL LOOK-UP' and w.explained_at is null
        order by a.audit_id desc limit ?\
        """,
        limit + 1);
  }

  /**
   * Notes that somebody was asked about an unusual look-up.
   *
   * @return why not, a key of the words: there is none of that id, it is explained, it is the own
   *     one; empty when it is noted
   */
  public String ask(Person auditor, long auditId, String note) {
    return answer(
        auditor,
        auditId,
        note,
        "UNUSUAL ASKED",
        """
        insert into own.audit_answer (audit_id, asked_by, asked_at, asked) values (?, ?, ?, ?)
        on conflict (audit_id) do update set asked_by = excluded.asked_by,
          asked_at = excluded.asked_at, asked = excluded.asked\
        """);
  }

  /**
   * Notes what an unusual look-up was for; it leaves the list.
   *
   * @return the same, or that nothing is said
   */
  public String explain(Person auditor, long auditId, String note) {
    if (note.isBlank()) {
      return "act.reason";
    }
    return answer(
        auditor,
        auditId,
        note,
        "UNUSUAL EXPLAINED",
        """
        insert into own.audit_answer (audit_id, explained_by, explained_at, explanation)
        values (?, ?, ?, ?)
        on conflict (audit_id) do update set explained_by = excluded.explained_by,
          explained_at = excluded.explained_at, explanation = excluded.explanation\
        """);
  }

  private String answer(Person auditor, long auditId, String note, String what, String sql) {
    if (note.length() > NOTE_MAX) {
      return "act.reason";
    }
    Optional<String> whose =
        store.row(
            (row, context) -> row.getString(1),
            "select a.person_id from own.audit a left join own.audit_answer w using (audit_id)"
                + " where a.audit_id = ? and a.what = ? and w.explained_at is null",
            auditId,
            Audit.UNUSUAL);
    if (whose.isEmpty()) {
      return "act.unknown";
    }
    if (whose.get().equals(auditor.id())) {
      return "audit.own";
    }
    store.jdbi().useHandle(handle -> handle.execute(sql, auditId, auditor.id(), clock.get(), note));
    audit.note(auditor.id(), what, Long.toString(auditId), note);
    return "";
  }
}
