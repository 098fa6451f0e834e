package dev.zhifu.desk.shift;

import dev.zhifu.desk.shift.ShiftBook.Due;
import dev.zhifu.desk.shift.ShiftBook.Release;
import dev.zhifu.desk.shift.ShiftBook.Unanswered;
import dev.zhifu.desk.shift.ShiftBook.Work;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.Lifts;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.desk.Duty;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.money.trace.Urgency;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopPaymentRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the store says stands open, for one hand-over. Every list is bounded, of lives by kind; what
 * has more is named in {@link #cut()}.
 */
final class OpenItems {
  /** Most lines of one kind in a hand-over; an engineering default. */
  static final int LIST_MAX = 500;

  /** Requests that are put in order, the newest: the chance falls with age; a default. */
  private static final int TO_SIGN_MAX = 5_000;

  /** The stop's own word tells its end; every other life tells by its clocks. */
  private static final String[] KINDS =
      Arrays.stream(LifeKind.values())
          .filter(kind -> kind != LifeKind.STOP_ORDER)
          .map(Enum::name)
          .toArray(String[]::new);

  private static final String[] IN_FORCE =
      OrderTable.IN_FORCE.stream().map(OrderState::name).toArray(String[]::new);

  /** Orders that may hold an account. */
  private static final String[] HELD =
      Stream.concat(OrderTable.IN_FORCE.stream(), Stream.of(OrderState.SENT, OrderState.TIMEOUT))
          .map(OrderState::name)
          .toArray(String[]::new);

  /**
   * Duties, the longest first, with the tick since which each stands: a release through whatever
   * states, any other step in its state.
   */
  private static final String SINCE =
      """
      select d.*, r.since, r.release_by from (
        select * from seen.life_duty where %%s order by tick_at, object_id limit %d) d
      cross join lateral (
        select min(c.tick_at) as since, min(c.release_by) as release_by from seen.life_change c
        where c.object_id = d.object_id and c.sequence > coalesce((
          select max(b.sequence) from seen.life_change b where b.object_id = d.object_id
            and (not d.duty = any(b.duties)
              or d.duty in ('PERSON', 'INSTITUTION') and b.state <> d.state)), 0)) r
      order by r.since, d.object_id, d.duty\
      """
          .formatted(LIST_MAX + 1);

  private final Store store;
  private final WarningDesk warnings;
  private final Instant now;
  private final Set<String> cut = new HashSet<>();

  /**
   * @param store what stands open
   * @param warnings whose tasks wait
   * @param now the tick that the hand-over is made at
   */
  OpenItems(Store store, WarningDesk warnings, Instant now) {
    this.store = store;
    this.warnings = warnings;
    this.now = now;
  }

  /** Names of lists that hold more than {@link #LIST_MAX} of a kind. */
  Set<String> cut() {
    return Set.copyOf(cut);
  }

  /** What ran out before now and is not done, the longest first. */
  List<Due> overdue(List<Release> releases) {
    Instant last = now.minusMillis(1);
    return sorted(
        stops("overdue", Instant.EPOCH, last),
        lives("overdue", Instant.EPOCH, last),
        followUps("overdue", Instant.EPOCH, last),
        releases.stream()
            .filter(one -> one.overdueAt() != null && one.overdueAt().isBefore(now))
            .map(
                one ->
                    new Due(
                        one.overdueAt(),
                        LifeKind.FREEZE + "." + FreezeEvent.RELEASE_OVERDUE,
                        one.objectId(),
                        one.caseId())));
  }

  /** What runs out from now until then, the earliest first. */
  List<Due> due(Duration ahead) {
    Instant until = now.plus(ahead);
    return sorted(stops("due", now, until), lives("due", now, until), followUps("due", now, until));
  }

  @SafeVarargs
  private static List<Due> sorted(Stream<Due>... parts) {
    return Arrays.stream(parts)
        .flatMap(part -> part)
        .distinct()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::objectId).thenComparing(Due::what))
        .toList();
  }

  private Stream<Due> stops(String list, Instant from, Instant until) {
    return bounded(
        list,
        store.rows(
            (row, context) ->
                new Due(
                    row.getTimestamp("ends").toInstant(),
                    "STOP_ENDS",
                    row.getString("order_id"),
                    row.getString("case_id")),
            """
            select distinct s.order_id, r.expire_at as ends,
              (select min(oc.case_id) from seen.order_case oc where oc.order_id = s.order_id) as case_id
            from seen.receipt r join seen.stop_order s using (order_id)
            where s.state = any(?) and r.expire_at between ? and ?
              and not exists (select 1 from seen.receipt later
                where later.order_id = r.order_id and later.expire_at > r.expire_at)
            order by 2, 1 limit\s\
            """
                + (LIST_MAX + 1),
            IN_FORCE,
            from,
            until))
        .stream();
  }

  /** Clocks of lives, so many of each kind: short holds must not push out a freeze. */
  private Stream<Due> lives(String list, Instant from, Instant until) {
    List<Due> found = new ArrayList<>();
    for (String kind : KINDS) {
      found.addAll(
          bounded(
              list,
              store.rows(
                  (row, context) ->
                      new Due(
                          row.getTimestamp("due_at").toInstant(),
                          kind + "." + row.getString("event"),
                          row.getString("object_id"),
                          row.getString("case_id")),
                  "select * from seen.life_due where kind = ? and due_at between ? and ? order by"
                      + " due_at, object_id limit "
                      + (LIST_MAX + 1),
                  kind,
                  from,
                  until)));
    }
    return found.stream();
  }

  private Stream<Due> followUps(String list, Instant from, Instant until) {
    return bounded(list, warnings.followUps(from, until, LIST_MAX + 1)).stream()
        .map(one -> new Due(one.at(), "FOLLOW_UP", one.warningId(), one.caseId()));
  }

  /**
   * Requests of accepted reports that nobody has signed or rejected, in batches of one bank: first
   * the batch that keeps the most money a second of work ({@link Urgency}). The order knows no
   * level of the trace; each counts as a first account.
   */
  List<Unanswered> toSign() {
    Map<String, StopPaymentRequest> drafts = new LinkedHashMap<>();
    store
        .records(
            StopPaymentRequest.class,
            """
            select s.body from seen.stop_order s where s.state = 'DRAFT' and s.report_id is not null
            order by s.tick_at desc, s.order_id limit\s\
            """
                + TO_SIGN_MAX)
        .forEach(draft -> drafts.put(draft.getOrderId(), draft));
    List<Unanswered> ordered =
        Urgency.defaults()
            .batches(drafts.values().stream().map(OpenItems::urgency).toList(), now.toEpochMilli())
            .stream()
            .flatMap(batch -> batch.requests().stream())
            .map(request -> unanswered(drafts.get(request.account())))
            .toList();
    return bounded("toSign", ordered);
  }

  private static Urgency.Request urgency(StopPaymentRequest draft) {
    return new Urgency.Request(
        draft.getOrderId(),
        draft.getTarget().getBank(),
        1,
        draft.getTracedFen(),
        draft.getTransferTime().toEpochMilli());
  }

  /** Orders without an answer of their bank: that it has the order already, or failed, is none. */
  List<Unanswered> unanswered() {
    return bounded(
        "unanswered",
        orders(
            """
            select s.body from seen.stop_order s
            where s.state in ('SENT', 'TIMEOUT')
              and not exists (select 1 from seen.receipt r where r.order_id = s.order_id
                and r.result not in ('DUPLICATE', 'REPLAYED', 'TECHNICAL_FAILURE'))
            order by s.tick_at, s.order_id limit\s\
            """));
  }

  private List<Unanswered> orders(String sql) {
    return store.records(StopPaymentRequest.class, sql + (LIST_MAX + 1)).stream()
        .map(OpenItems::unanswered)
        .toList();
  }

  private static Unanswered unanswered(StopPaymentRequest order) {
    return new Unanswered(
        order.getTarget().getBank(),
        order.getOrderId(),
        order.getCaseIds().get(0),
        order.getTickAt());
  }

  /**
   * What the law makes due for release, and what is released and not lifted yet, the longest first:
   * nobody's money may stay behind because a shift has ended. Of a stop recovery says by its alarm
   * that its release is due, of every other life its state does.
   */
  List<Release> releases() {
    List<Release> found = new ArrayList<>(bounded("releases", stopsToRelease()));
    found.addAll(bounded("releases", stopsToLift()));
    found.addAll(bounded("releases", livesToRelease()));
    found.sort(Comparator.comparing(Release::since).thenComparing(Release::objectId));
    return found;
  }

  private List<Release> stopsToRelease() {
    return store.rows(
        (row, context) -> stop(row, Duty.RELEASE_TO_SIGN),
        """
        select s.order_id, min(a.tick_at) as since, min(a.case_id) as case_id
        from seen.recovery_alarm a join seen.stop_order s on s.order_id = a.object_id
        where a.alarm = 'RELEASE_DUE' and s.state = any(?)
        group by s.order_id order by 2, 1 limit\s\
        """
            + (LIST_MAX + 1),
        (Object) IN_FORCE);
  }

  /** Released stops whose bank has said nothing, until their term ends them anyway. */
  private List<Release> stopsToLift() {
    return store.rows(
        (row, context) -> stop(row, Duty.RELEASE_AT_BANK),
        """
        select s.order_id, s.tick_at as since,
          (select min(oc.case_id) from seen.order_case oc where oc.order_id = s.order_id) as case_id
        from seen.stop_order s
        where s.state = 'RELEASED' and s.tick_at > ?::timestamptz - interval '3 days'
          and exists (select 1 from seen.receipt r where r.order_id = s.order_id and r.expire_at > ?)
          and\
        """
            + " "
            + Lifts.UNANSWERED
            + " order by 2, 1 limit "
            + (LIST_MAX + 1),
        now,
        now);
  }

  private static Release stop(ResultSet row, Duty duty) throws SQLException {
    return new Release(
        LifeKind.STOP_ORDER,
        row.getString("order_id"),
        row.getString("case_id"),
        row.getTimestamp("since").toInstant(),
        null,
        duty);
  }

  private List<Release> livesToRelease() {
    return store.rows(
        (row, context) -> {
          Instant since = row.getTimestamp("since").toInstant();
          Timestamp by = row.getTimestamp("release_by");
          Duty duty = Duty.valueOf(row.getString("duty"));
          boolean signs = duty == Duty.RELEASE_TO_SIGN || duty == Duty.REST_TO_SIGN;
          return new Release(
              LifeKind.valueOf(row.getString("kind")),
              row.getString("object_id"),
              row.getString("case_id"),
              since,
              signs ? by == null ? since.plus(LegalTerms.RELEASE) : by.toInstant() : null,
              duty);
        },
        SINCE.formatted(
            "duty not in ('PERSON', 'INSTITUTION') and (ends_at is null or ends_at > ?)"),
        now);
  }

  /**
   * Whatever else waits for a person here or for an institution's answer, by lives of each kind,
   * the longest first; appeals that nobody has taken up; stops whose evidence no longer suffices.
   */
  List<Work> works() {
    List<Work> found = new ArrayList<>();
    for (String kind : KINDS) {
      found.addAll(bounded("works", works(kind)));
    }
    found.addAll(bounded("works", appeals()));
    found.addAll(bounded("works", proposals()));
    found.sort(Comparator.comparing(Work::since).thenComparing(Work::objectId));
    return found;
  }

  private List<Work> works(String kind) {
    return store.rows(
        (row, context) ->
            new Work(
                row.getTimestamp("since").toInstant(),
                LifeKind.valueOf(kind),
                "life." + kind + "." + row.getString("state"),
                row.getString("object_id"),
                row.getString("case_id")),
        SINCE.formatted("duty in ('PERSON', 'INSTITUTION') and kind = ?"),
        kind);
  }

  /** Lodged by banks, and not at recovery yet. */
  private List<Work> appeals() {
    return store.rows(
        (row, context) ->
            new Work(
                row.getTimestamp("lodged_at").toInstant(),
                LifeKind.APPEAL,
                "appeal.waiting",
                row.getString("appeal_id"),
                row.getString("case_id")),
        "select * from own.appeal where act_id is null order by lodged_at, appeal_id limit "
            + (LIST_MAX + 1));
  }

  /** A stop says by its reason that the proposal stands: it goes when the evidence comes back. */
  private List<Work> proposals() {
    return store
        .rows(
            (row, context) -> Bodies.read(row.getBytes("body"), StopPaymentRequest.class),
            """
            select s.body from seen.stop_order s
            where s.state = any(?) and exists (select 1 from seen.recovery_alarm a
              where a.object_id = s.order_id and a.alarm = 'RELEASE_PROPOSED')
            order by s.tick_at, s.order_id limit\s\
            """
                + TO_SIGN_MAX,
            (Object) HELD)
        .stream()
        .filter(stop -> stop.getReasonCode() == ReasonCode.SCORE_DROPPED)
        .map(
            stop ->
                new Work(
                    stop.getTickAt(),
                    LifeKind.STOP_ORDER,
                    "shift.proposed",
                    stop.getOrderId(),
                    stop.getCaseIds().get(0)))
        .toList();
  }

  /** Warnings that somebody was sent for and that have no result, the longest first. */
  List<WarningDesk.Waiting> withoutResult() {
    return bounded("sent", warnings.withoutResult(LIST_MAX + 1));
  }

  /** Alarms raised so long before now, the newest first. */
  List<RecoveryAlarm> alarms(Duration back) {
    return bounded(
        "alarms",
        store.records(
            RecoveryAlarm.class,
            "select body from seen.recovery_alarm where tick_at > ? order by tick_at desc, alarm_id"
                + " limit "
                + (LIST_MAX + 1),
            now.minus(back)));
  }

  private <T> List<T> bounded(String list, List<T> found) {
    if (found.size() <= LIST_MAX) {
      return found;
    }
    cut.add(list);
    return found.subList(0, LIST_MAX);
  }
}
