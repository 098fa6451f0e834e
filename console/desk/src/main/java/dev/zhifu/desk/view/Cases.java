package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cases and what belongs to them, read from the store. Every query is bounded. */
public final class Cases {
  /** Lines of the queue on one page. */
  public static final int LINES = 60;

  /** Counts beyond this are shown as "more". */
  public static final int COUNT_MAX = 999;

  /** Cases that are found and sorted in a few tens of milliseconds; an engineering default. */
  private static final int FEW = 5_000;

  private static final String ASSIGNED =
      "select p.name from own.assignment a join own.person p using (person_id) where a.case_id ="
          + " ?";

  /** Events around the evidence, and orders of a case or report, that one page shows. */
  public static final int EVENTS_MAX = 200;

  public static final int ORDERS_MAX = 200;

  /** Changes of a case and of its orders, and acts, that its history holds of each. */
  public static final int CHANGES_MAX = 500;

  /** Alarms shown at once; one more is read, so that the page can say that there are older ones. */
  public static final int ALARMS_MAX = 200;

  /** New requests that one press can acknowledge. */
  private static final int NEW_MAX = 100;

  /** Lives of one case that its page and its papers list. */
  public static final int LIVES_MAX = 100;

  private static final Duration BEFORE = Duration.ofHours(2);
  private static final Duration AFTER = Duration.ofHours(24);

  private final Store store;
  private final Rings rings;

  /** Reads from {@code store}. */
  public Cases(Store store) {
    this.store = store;
    this.rings = new Rings(store);
  }

  /**
   * A page of the queue.
   *
   * @param lines the lines
   * @param next where the next page begins; empty when there is none
   */
  public record QueuePage(List<QueueLine> lines, String next) {}

  /**
   * Lines of the queue, by priority.
   *
   * @param max of them at most
   */
  public QueuePage queue(QueueQuery asked, String personId, int max) {
    List<QueueLine> lines = new ArrayList<>();
    List<String> places = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                asked
                    .bind(
                        handle.createQuery(
                            lines(asked, few(asked, personId))
                                + " order by q.priority desc, q.case_id desc limit "
                                + (max + 1)),
                        personId)
                    .map(
                        (row, context) -> {
                          places.add(
                              QueueQuery.after(
                                  row.getDouble("priority"), row.getString("case_id")));
                          return line(row);
                        })
                    .forEach(lines::add));
    return lines.size() > max
        ? new QueuePage(List.copyOf(lines.subList(0, max)), places.get(max - 1))
        : new QueuePage(List.copyOf(lines), "");
  }

  /** A count as pages show it. */
  public static String counted(int count) {
    return count > COUNT_MAX ? COUNT_MAX + "+" : String.valueOf(count);
  }

  private static QueueLine line(ResultSet row) throws SQLException {
    FraudCase about = Bodies.read(row.getBytes("body"), FraudCase.class);
    return new QueueLine(
        row.getString("case_id"),
        row.getString("state"),
        row.getDouble("score"),
        row.getString("subject_kind"),
        row.getString("subject"),
        row.getLong("money_fen"),
        row.getInt("to_sign"),
        row.getInt("in_flight"),
        row.getInt("in_force"),
        row.getInt("failed"),
        instant(row, "term_ends"),
        instant(row, "newest_at"),
        row.getString("warning_tier"),
        row.getString("report_id"),
        row.getString("assigned"),
        about.getShares().stream().map(ScoreShare::getRuleId).distinct().toList());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column) == null ? null : row.getTimestamp(column).toInstant();
  }

  private static String lines(QueueQuery asked, boolean few) {
    String columns =
        """
        select q.*, c.state, c.score, c.subject_kind, c.subject, c.report_id, c.body, p.name as assigned
        from %s join seen.fraud_case c using (case_id)
        left join own.assignment a using (case_id)
        left join own.person p on p.person_id = a.person_id\
        """;
    return few
        ? "with q as materialized (select q.* from seen.queue q left join own.assignment a using"
            + " (case_id) where "
            + asked.condition()
            + ") "
            + columns.formatted("q")
        : columns.formatted("seen.queue q") + " where " + asked.condition();
  }

  /**
   * Whether what a bank, a typology or a place leaves is found and sorted faster than it is met on
   * the way through the whole queue by priority. The store's planner cannot tell: of a value that
   * its samples missed it assumes one case in two hundred.
   */
  private boolean few(QueueQuery asked, String personId) {
    return asked.narrowed() && count(asked, personId, FEW) <= FEW;
  }

  /** How many cases are found from the first on, {@link #COUNT_MAX} + 1 for more. */
  public int count(QueueQuery asked, String personId) {
    return count(asked, personId, COUNT_MAX);
  }

  private int count(QueueQuery asked, String personId, int max) {
    QueueQuery all = asked.from("");
    return store
        .jdbi()
        .withHandle(
            handle ->
                all.bind(
                        handle.createQuery(
                            "select count(*) from (select 1 from seen.queue q left join"
                                + " own.assignment a using (case_id) where "
                                + all.condition()
                                + " limit "
                                + (max + 1)
                                + ") t"),
                        personId)
                    .mapTo(Integer.class)
                    .one());
  }

  /** What else rings at a tick and nobody has acknowledged, the oldest first. */
  public List<Rings.Ring> rings(Instant now) {
    return rings.at(now);
  }

  /**
   * Acknowledges what rings beside new requests.
   *
   * @param shown ids of what the page showed
   * @return those of them that rang
   */
  public List<Rings.Ring> hear(Collection<String> shown, String personId, Instant at, Instant now) {
    return rings.hear(shown, personId, at, now);
  }

  /** What the jobs say that a person must look at, the newest first. */
  public List<RecoveryAlarm> raised() {
    return store.records(
        RecoveryAlarm.class,
        "select body from seen.recovery_alarm order by tick_at desc, alarm_id limit "
            + (ALARMS_MAX + 1));
  }

  /** The same of one case: of its lives, its orders and the report that it stands on. */
  public List<RecoveryAlarm> raised(String caseId) {
    return store.records(
        RecoveryAlarm.class,
        """
        select body from (
          select alarm_id, tick_at, body from seen.recovery_alarm where case_id = ?
          union
          select alarm_id, tick_at, body from seen.recovery_alarm where object_id in
            (select order_id from seen.order_case where case_id = ?)
          union
          select alarm_id, tick_at, body from seen.recovery_alarm where object_id in
            (select report_id from seen.fraud_case where case_id = ?)
        ) raised order by tick_at desc, alarm_id limit\s\
        """
            + (ALARMS_MAX + 1),
        caseId,
        caseId,
        caseId);
  }

  /** Requests of accepted reports that nobody has acknowledged, the oldest first, by order. */
  public List<String> alarms() {
    return store.rows(
        (row, context) -> row.getString(1),
        """
        select s.order_id from seen.stop_order s
        where s.state = 'DRAFT' and s.report_id is not null
          and not exists (select 1 from own.acknowledged k where k.order_id = s.order_id)
        order by s.tick_at, s.order_id limit\s\
        """
            + NEW_MAX);
  }

  /**
   * Acknowledges new requests.
   *
   * @param orderIds those that the page showed: what came meanwhile nobody has seen
   * @return those that nobody had acknowledged before
   */
  public List<String> acknowledge(Collection<String> orderIds, String personId, Instant at) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        insert into own.acknowledged (order_id, person_id, at)
                        select s.order_id, ?, ? from seen.stop_order s
                        where s.state = 'DRAFT' and s.report_id is not null and s.order_id = any(?)
                        on conflict do nothing returning order_id\
                        """)
                    .bind(0, personId)
                    .bind(1, at)
                    .bind(2, orderIds.toArray(String[]::new))
                    .mapTo(String.class)
                    .list());
  }

  /**
   * Takes a case; whoever had it loses it.
   *
   * @param shown name of who had it on the page that asks, empty for nobody
   * @return false when somebody else has it meanwhile; nothing is changed then
   */
  public boolean assign(String caseId, String personId, Instant at, String shown) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              // Two officers at one moment: the second sees who was first.
              handle.execute("select pg_advisory_xact_lock(hashtext(?))", caseId);
              String has =
                  handle
                      .createQuery(ASSIGNED)
                      .bind(0, caseId)
                      .mapTo(String.class)
                      .findOne()
                      .orElse("");
              if (!has.equals(shown)) {
                return false;
              }
              handle.execute(
                  """
                  insert into own.assignment (case_id, person_id, at) values (?, ?, ?)
                  on conflict (case_id) do update set person_id = excluded.person_id, at = excluded.at\
                  """,
                  caseId,
                  personId,
                  at);
              return true;
            });
  }

  /** Who works on a case. */
  public Optional<String> assigned(String caseId) {
    return store
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(ASSIGNED).bind(0, caseId).mapTo(String.class).findOne());
  }

  /** A case as it stands. */
  public Optional<FraudCase> find(String caseId) {
    return store
        .records(FraudCase.class, "select body from seen.fraud_case where case_id = ?", caseId)
        .stream()
        .findFirst();
  }

  /** Its newest changes, the oldest of them first. */
  public Part<FraudCase> changes(String caseId, Extent extent) {
    int max = extent.of(CHANGES_MAX);
    return Part.newest(
        store.records(
            FraudCase.class,
            "select body from seen.case_change where case_id = ? order by sequence desc limit "
                + (max + 1),
            caseId),
        max);
  }

  /** Money still reachable, fen; 0 when the queue has no line of it. */
  public long money(String caseId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select money_fen from seen.queue where case_id = ?")
                    .bind(0, caseId)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(0L));
  }

  /** The hits that count in it, the oldest first. */
  public List<RuleHit> hits(FraudCase about) {
    return store.records(
        RuleHit.class,
        "select body from seen.hit where hit_id = any(?) order by occurred_at, hit_id",
        (Object)
            about.getShares().stream().map(ScoreShare::getHitId).distinct().toArray(String[]::new));
  }

  /**
   * Events of the evidence and around it.
   *
   * @param hits the hits whose evidence is shown
   * @param holders whose other events of two hours before to a day after are shown too, the newest
   *     of them
   */
  public Part<EnrichedEvent> events(List<RuleHit> hits, Collection<String> holders, Extent extent) {
    String[] evidence =
        hits.stream()
            .flatMap(hit -> hit.getEvidence().stream())
            .map(one -> one.getEventId())
            .distinct()
            .toArray(String[]::new);
    if (evidence.length == 0) {
      return new Part<>(List.of(), false);
    }
    Instant first =
        hits.stream()
            .flatMap(hit -> hit.getEvidence().stream())
            .map(one -> one.getOccurredAt())
            .min(Instant::compareTo)
            .orElseThrow();
    Instant last = hits.stream().map(RuleHit::getOccurredAt).max(Instant::compareTo).orElseThrow();
    int max = extent.of(EVENTS_MAX);
    Part<EnrichedEvent> around =
        Part.of(
            store.records(
                EnrichedEvent.class,
                """
                select body from seen.event
                where holder_token = any(?) and occurred_at between ? and ? and event_id <> all(?)
                order by occurred_at desc, event_id desc limit\s\
                """
                    + (max + 1),
                holders.toArray(String[]::new),
                first.minus(BEFORE),
                last.plus(AFTER),
                evidence),
            max);
    List<EnrichedEvent> matched =
        store.records(
            EnrichedEvent.class,
            "select body from seen.event where event_id = any(?)",
            (Object) evidence);
    return around.as(
        context ->
            Stream.concat(matched.stream(), context.stream())
                .sorted(
                    Comparator.comparing(EnrichedEvent::getOccurredAt)
                        .thenComparing(EnrichedEvent::getEventId))
                .toList());
  }

  /** Its orders and requests, so many as a whole page holds; those to sign first. */
  public List<StopPaymentRequest> orders(String caseId) {
    return orders(caseId, Extent.WHOLE).list();
  }

  /** Its orders and requests; those to sign first. */
  public Part<StopPaymentRequest> orders(String caseId, Extent extent) {
    int max = extent.of(ORDERS_MAX);
    return Part.of(
        store.records(
            StopPaymentRequest.class,
            """
            select s.body from seen.order_case oc join seen.stop_order s using (order_id)
            where oc.case_id = ? order by (s.state <> 'DRAFT'), s.tick_at, s.order_id limit\s\
            """
                + (max + 1),
            caseId),
        max);
  }

  /** Orders of a report. */
  public Part<StopPaymentRequest> ordersOfReport(String reportId, Extent extent) {
    int max = extent.of(ORDERS_MAX);
    return Part.of(
        store.records(
            StopPaymentRequest.class,
            "select body from seen.stop_order where report_id = ? order by (state <> 'DRAFT'),"
                + " tick_at, order_id limit "
                + (max + 1),
            reportId),
        max);
  }

  /** One order. */
  public Optional<StopPaymentRequest> order(String orderId) {
    return store
        .records(
            StopPaymentRequest.class,
            "select body from seen.stop_order where order_id = ?",
            orderId)
        .stream()
        .findFirst();
  }

  /** Orders ever on an account. */
  public List<StopPaymentRequest> ordersOn(String accountToken) {
    return store.records(
        StopPaymentRequest.class,
        "select body from seen.stop_order where account_token = ? order by tick_at desc limit 20",
        accountToken);
  }

  /** The newest order on each of these accounts that ever had one. */
  public List<StopPaymentRequest> newestOrders(Collection<String> accountTokens) {
    return store.records(
        StopPaymentRequest.class,
        "select distinct on (account_token) body from seen.stop_order where account_token = any(?)"
            + " order by account_token, tick_at desc, sequence desc",
        (Object) accountTokens.toArray(String[]::new));
  }

  /** The newest transitions of orders, each order's the oldest first. */
  public Part<StopPaymentRequest> transitions(Collection<String> orderIds, Extent extent) {
    int max = extent.of(CHANGES_MAX);
    return Part.of(
            store.records(
                StopPaymentRequest.class,
                "select body from seen.order_change where order_id = any(?) order by tick_at desc,"
                    + " order_id, sequence desc limit "
                    + (max + 1),
                (Object) orderIds.toArray(String[]::new)),
            max)
        .as(
            newest ->
                newest.stream()
                    .sorted(
                        Comparator.comparing(StopPaymentRequest::getOrderId)
                            .thenComparing(StopPaymentRequest::getSequence))
                    .toList());
  }

  /** When each of these orders was sent first, by its id. */
  public Map<String, Instant> sent(Collection<String> orderIds) {
    Map<String, Instant> sent = new HashMap<>();
    store
        .records(
            StopPaymentRequest.class,
            "select distinct on (order_id) body from seen.order_change where order_id = any(?) and"
                + " state = 'SENT' order by order_id, sequence",
            (Object) orderIds.toArray(String[]::new))
        .forEach(step -> sent.put(step.getOrderId(), step.getTickAt()));
    return sent;
  }

  /** The newest answer of a bank to each order. */
  public Map<String, StopPaymentReceipt> receipts(Collection<String> orderIds) {
    return store
        .records(
            StopPaymentReceipt.class,
            "select body from seen.receipt where order_id = any(?) order by source,"
                + " record_offset",
            (Object) orderIds.toArray(String[]::new))
        .stream()
        .collect(
            Collectors.toMap(
                StopPaymentReceipt::getOrderId, receipt -> receipt, (old, next) -> next));
  }

  /**
   * The newest transition of each life that recovery keeps of a case; stop orders are shown by
   * their own topic.
   */
  public List<LifeTransition> lives(String caseId) {
    return store.records(
        LifeTransition.class,
        """
        select body from (
          select distinct on (object_id) body, kind, object_id from seen.life_change
          where case_id = ? and kind <> 'STOP_ORDER' order by object_id, sequence desc) t
        order by kind, object_id limit\s\
        """
            + LIVES_MAX,
        caseId);
  }

  /** When a case was handed to another body, by its newest hand-over; empty for none. */
  public Optional<Instant> handedOverAt(String caseId) {
    return store
        .records(
            LifeTransition.class,
            "select body from seen.life_change where object_id = ? and state = 'TRANSFERRED' order"
                + " by sequence desc limit 200",
            caseId)
        .stream()
        .filter(life -> life.getEvent().equals("TRANSFERRED"))
        .map(LifeTransition::getTickAt)
        .findFirst();
  }

  /** The newest transition of one life; empty while recovery has told of none. */
  public Optional<LifeTransition> life(String objectId) {
    return store
        .records(
            LifeTransition.class,
            "select body from seen.life_change where object_id = ? order by sequence desc limit 1",
            objectId)
        .stream()
        .findFirst();
  }

  /** Risk holds on these accounts. */
  public List<RiskHold> holds(Collection<String> accounts) {
    return store.records(
        RiskHold.class,
        "select body from seen.risk_hold where account_token = any(?) order by occurred_at limit"
            + " 50",
        (Object) accounts.toArray(String[]::new));
  }

  /**
   * What a bank did about a hold.
   *
   * @param result its word, a name of HoldResult
   * @param at the bank's time of it
   */
  public record Outcome(String result, Instant at) {}

  /** The newest outcome of each hold, as the bank's word. */
  public Map<String, Outcome> outcomes(Collection<String> holdIds) {
    Map<String, Outcome> outcomes = new HashMap<>();
    store
        .rows(
            (row, context) ->
                Map.entry(
                    row.getString("hold_id"),
                    new Outcome(row.getString("result"), row.getTimestamp("at").toInstant())),
            "select hold_id, result, at from seen.hold_outcome where hold_id = any(?) order by"
                + " record_offset",
            (Object) holdIds.toArray(String[]::new))
        .forEach(one -> outcomes.put(one.getKey(), one.getValue()));
    return outcomes;
  }

  /** Warnings of a case. */
  public List<VictimWarning> warnings(String caseId) {
    return store.records(
        VictimWarning.class,
        "select body from seen.warning where case_id = ? order by occurred_at limit 50",
        caseId);
  }

  /** Notices of restrictions of a case: its stops, freezes and victim holds. */
  public List<RestrictionNotice> noticesOf(String caseId) {
    return store.records(
        RestrictionNotice.class,
        """
        select n.body from seen.notice n
        where n.restriction_id in (select order_id from seen.order_case where case_id = ?
          union select object_id from seen.life_change where case_id = ? and kind in ('FREEZE', 'VICTIM_HOLD'))
        order by n.from_at, n.notice_id, n.in_force desc limit 100\
        """,
        caseId,
        caseId);
  }

  /** The newest signed acts about these objects, as they stand on the topic. */
  public Part<OfficerAct> acts(Collection<String> objectIds, Extent extent) {
    int max = extent.of(CHANGES_MAX);
    return Part.newest(
        store.records(
            OfficerAct.class,
            "select body from seen.act where object_id = any(?) order by record_offset desc limit "
                + (max + 1),
            (Object) objectIds.toArray(String[]::new)),
        max);
  }

  /** A report: its newest accepted copy if there is one, else as it was sent in. */
  public Optional<VictimReport> report(String reportId) {
    return store
        .records(
            OfficerAct.class,
            "select body from seen.act where report_id = ? or object_id = ? order by record_offset"
                + " desc",
            reportId,
            reportId)
        .stream()
        .map(OfficerAct::getReport)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .or(
            () ->
                store
                    .records(
                        VictimReport.class,
                        "select body from seen.report where report_id = ?",
                        reportId)
                    .stream()
                    .findFirst());
  }

  /** The case of a report, once there is one. */
  public Optional<String> caseOfReport(String reportId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select case_id from (
                          select c.case_id, case t.level when 1 then 0 else 1 end as late, c.opened_at as at
                          from seen.fraud_case c
                          left join seen.trace_account t on t.claim = c.report_id and t.account_token = c.subject
                          where c.report_id = ?
                          union all
                          select oc.case_id, 2, s.tick_at
                          from seen.stop_order s join seen.order_case oc using (order_id) where s.report_id = ?) t
                        order by late, at, case_id limit 1\
                        """)
                    .bind(0, reportId)
                    .bind(1, reportId)
                    .mapTo(String.class)
                    .findOne());
  }
}
