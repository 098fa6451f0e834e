package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.AlarmKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rings until somebody acknowledges it, beside new requests and silent duty desks: what a
 * person must do something about within minutes or hours. Everything else stands in its list.
 */
public final class Rings {
  /** Kinds of alarms that ring. */
  public static final Set<AlarmKind> ALARMS =
      EnumSet.of(
          AlarmKind.RELEASE_DUE,
          AlarmKind.END_NEAR,
          AlarmKind.OVERDUE,
          AlarmKind.ESCALATE_BANK,
          AlarmKind.ESCALATE_BANNER,
          AlarmKind.ESCALATE_CITY,
          AlarmKind.BANK_REFUSED,
          AlarmKind.NOT_DELIVERED,
          AlarmKind.LIFT_AT_ONCE,
          AlarmKind.APPEAL,
          AlarmKind.LATE_STOP,
          AlarmKind.PAPERWORK_NEAR,
          AlarmKind.PAPERWORK_OVERDUE);

  /** What rings of itself, without an alarm of a job. */
  public enum Own {
    /** A warning of the highest tier for which nobody has done anything. */
    URGENT_WARNING,
    /** An order that a bank turned away or did not find as stated. */
    ORDER_FAILED,
    /** An order whose bank has not answered in time. */
    ORDER_SILENT,
    /** A case report of a bank that nobody has accepted, or that could not be taken. */
    BANK_REPORT
  }

  /**
   * What is older rings no more, so that a console that reads years of topics does not: it stands
   * in its list. An engineering default.
   */
  private static final Duration RINGS_FOR = Duration.ofHours(24);

  /** Acknowledged by one press. */
  private static final int MOST = 100;

  /**
   * One thing that rings.
   *
   * @param id what it is acknowledged by; a state that comes again has another
   * @param kind a name of {@link AlarmKind} or {@link Own}
   */
  public record Ring(String id, String kind) {}

  private final Store store;

  Rings(Store store) {
    this.store = store;
  }

  /**
   * What rings at a tick, the oldest first. An escalation is over when the order is answered, and
   * that of a release when its bank has lifted.
   */
  List<Ring> at(Instant now) {
    String[] alarms = ALARMS.stream().map(Enum::name).toArray(String[]::new);
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select r.id, r.kind from (
                          select a.alarm_id as id, a.alarm as kind, a.tick_at as at from seen.recovery_alarm a
                          where a.tick_at > :since and a.alarm = any(:alarms)
                            and not (a.alarm like 'ESCALATE_%' and exists (select 1 from seen.stop_order s
                              where s.order_id = a.object_id and s.state not in ('SENT', 'TIMEOUT')
                                and not (s.state = 'RELEASED' and a.tick_at >= s.tick_at and\
                        """
                            + " "
                            + Lifts.UNANSWERED
                            + """
                        )))
                          union all
                          select 'warning:' || w.warning_id, 'URGENT_WARNING', w.occurred_at from seen.warning w
                          where w.occurred_at > :since and w.tier = 'URGENT' and w.holds
                            and not exists (select 1 from own.warning_step p where p.warning_id = w.warning_id)
                          union all
                          select 'order:' || s.order_id || ':' || s.sequence,
                            case s.state when 'TIMEOUT' then 'ORDER_SILENT' else 'ORDER_FAILED' end, s.tick_at
                          from seen.stop_order s
                          where s.tick_at > :since and s.state in ('MISMATCH', 'NOT_FOUND', 'REJECTED_FORMAT', 'TIMEOUT')
                          union all
                          select 'report:' || b.report_id, 'BANK_REPORT', b.received_at from own.bank_report b
                          where b.received_at > :since and not exists (
                            select 1 from seen.act c where c.object_id = b.report_id)
                          union all
                          select 'refused:' || b.bank || ':' || b.application_id, 'BANK_REPORT', b.received_at
                          from own.bank_report_refused b where b.received_at > :since) r
                        where not exists (select 1 from own.bell_heard h where h.ring = r.id)
                        order by r.at, r.id limit :most\
                        """)
                    .bind("since", now.minus(RINGS_FOR))
                    .bind("alarms", alarms)
                    .bind("most", MOST)
                    .map((row, context) -> new Ring(row.getString("id"), row.getString("kind")))
                    .list());
  }

  /**
   * Acknowledges what rings at a tick.
   *
   * @param shown ids of what the page showed
   * @return those of them that rang
   */
  List<Ring> hear(Collection<String> shown, String personId, Instant at, Instant now) {
    List<Ring> heard =
        at(now).stream().filter(ring -> shown.contains(ring.id())).collect(Collectors.toList());
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.bell_heard (ring, person_id, at) select unnest(?), ?, ? on"
                        + " conflict do nothing",
                    heard.stream().map(Ring::id).toArray(String[]::new),
                    personId,
                    at));
    return heard;
  }
}
