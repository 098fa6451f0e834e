package dev.zhifu.desk.projection;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The queue's lines, made anew from the other tables for the cases that a batch touched. Two lanes
 * write at once; the lock lets each see what the other has committed, so that the last one to
 * finish leaves the right line (ADR-0101).
 */
final class QueueLines {
  private static final long LOCK = 5_100_101L;

  /**
   * Money still reachable: what the trace finds still there, once it has spoken, but for accounts
   * that a person decided to leave alone; else what the case's orders name, traced or transferred,
   * less what was seen to leave the account since; without orders the transactions that its hits
   * link. Priority: a doubling of the money weighs as much as half an hour, so it stands still
   * while the clock goes. Typologies: what the report says, without that the rules whose hits hold.
   * Places: banners of the payers' branches, and the township that was asked at intake, which
   * stands before the report is accepted.
   */
  private static final String REMAKE =
      """
      insert into seen.queue (case_id, is_open, priority, money_fen, to_sign, in_flight, in_force,
        failed, term_ends, newest_at, warning_tier, banks, typologies, places)
      select c.case_id,
        c.state not in ('AVERTED', 'FALSE_ALARM', 'NOT_FILED', 'TRANSFERRED', 'SOLVED', 'CLOSED', 'WITHDRAWN')
          and (c.score > 0 or o.to_sign + o.in_flight + o.in_force + o.failed > 0),
        ln(1 + m.money) / ln(2) + extract(epoch from n.newest) / 1800
          + case w.tier when 'URGENT' then 3 when 'HIGH' then 2 when 'MEDIUM' then 1 else 0 end,
        m.money, o.to_sign, o.in_flight, o.in_force, o.failed, o.term_ends, n.newest, w.tier, o.banks,
        case when told.typology is null then v.typologies else array[told.typology] end,
        case when asked.body ->> 'township' <> '' then v.regions || (asked.body ->> 'township') else v.regions end
      from seen.fraud_case c
      cross join lateral (
        select coalesce(sum(greatest(0,
              case when s.traced_fen > 0 then s.traced_fen else s.amount_fen end - l.left_fen))
              filter (where s.state not in ('REJECTED', 'WITHDRAWN', 'RELEASED', 'EXPIRED', 'CONVERTED')), 0)::bigint as fen,
          count(*) as orders,
          coalesce(array_agg(distinct s.bank), '{}') as banks,
          count(*) filter (where s.state = 'DRAFT')::int as to_sign,
          count(*) filter (where s.state in ('SIGNED', 'SENT', 'CONVERTING'))::int as in_flight,
          count(*) filter (where s.state in ('ACTIVE', 'ACTIVE_ZERO', 'EXTENDED'))::int as in_force,
          count(*) filter (where s.state in ('REJECTED_FORMAT', 'NOT_FOUND', 'MISMATCH', 'TIMEOUT'))::int as failed,
          max(s.tick_at) as newest,
          min(r.ends) filter (where s.state in ('ACTIVE', 'ACTIVE_ZERO', 'EXTENDED')) as term_ends
        from seen.order_case oc
        join seen.stop_order s using (order_id)
        cross join lateral (
          select coalesce(sum(t.amount_fen), 0)::bigint as left_fen from (
            select distinct e.transaction_id, e.amount_fen from seen.event e
            where e.payer_account = s.account_token and e.occurred_at > s.basis_at and e.amount_fen is not null) t) l
        cross join lateral (select max(x.expire_at) as ends from seen.receipt x where x.order_id = s.order_id) r
        where oc.case_id = c.case_id) o
      cross join lateral (
        select coalesce(sum(t.amount_fen), 0)::bigint as fen from (
          select distinct h.transaction_id, h.amount_fen from seen.hit h
          where h.hit_id = any(c.hit_ids) and h.holds and h.transaction_id is not null) t) h
      cross join lateral (
        select coalesce(array_agg(distinct v.rule_id) filter (where v.rule_id like 'V%'), '{}') as typologies,
          coalesce(array_agg(distinct v.payer_region) filter (where v.payer_region is not null), '{}') as regions
        from seen.hit v where v.hit_id = any(c.hit_ids) and v.holds) v
      left join seen.report told on told.report_id = c.report_id
      left join own.draft_report asked on asked.report_id = c.report_id
      cross join lateral (
        select count(*) as accounts,
          coalesce(sum(a.there_fen) filter (where not exists (
            select 1 from seen.stop_order d where d.account_token = a.account_token
              and d.state in ('REJECTED', 'RELEASED', 'CONVERTED'))), 0)::bigint as fen
        from seen.trace_account a where a.case_id = c.case_id or a.claim = c.report_id) t
      cross join lateral (
        select case when t.accounts > 0 then t.fen when o.orders > 0 then o.fen else h.fen end as money) m
      cross join lateral (select greatest(c.occurred_at, o.newest) as newest) n
      left join lateral (
        select v.tier from seen.warning v where v.case_id = c.case_id and v.holds
        order by case v.tier when 'URGENT' then 3 when 'HIGH' then 2 when 'MEDIUM' then 1 else 0 end desc limit 1) w on true
      where c.case_id = any(?)
      on conflict (case_id) do update set is_open = excluded.is_open, priority = excluded.priority,
        money_fen = excluded.money_fen, to_sign = excluded.to_sign, in_flight = excluded.in_flight,
        in_force = excluded.in_force, failed = excluded.failed, term_ends = excluded.term_ends,
        newest_at = excluded.newest_at, warning_tier = excluded.warning_tier, banks = excluded.banks,
        typologies = excluded.typologies, places = excluded.places""";

  private QueueLines() {}

  /** Makes the lines of everything touched; returns the cases concerned. */
  static Set<String> remake(Handle handle, Touched touched) {
    if (touched.cases.isEmpty()
        && touched.orders.isEmpty()
        && touched.hits.isEmpty()
        && touched.reports.isEmpty()
        && touched.accounts.isEmpty()) {
      return Set.of();
    }
    handle.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    Set<String> cases = new HashSet<>(touched.cases);
    addBy(
        handle,
        cases,
        "select case_id from seen.order_case where order_id = any(?)",
        touched.orders);
    addBy(handle, cases, "select case_id from seen.fraud_case where hit_ids && ?", touched.hits);
    addBy(
        handle,
        cases,
        "select case_id from seen.fraud_case where report_id = any(?)",
        touched.reports);
    addBy(
        handle,
        cases,
        "select oc.case_id from seen.stop_order s join seen.order_case oc using (order_id) where s.account_token = any(?)",
        touched.accounts);
    if (!cases.isEmpty()) {
      handle.execute(REMAKE, (Object) cases.toArray(String[]::new));
    }
    return cases;
  }

  private static void addBy(Handle handle, Set<String> cases, String sql, Collection<String> keys) {
    if (!keys.isEmpty()) {
      cases.addAll(
          handle.createQuery(sql).bind(0, keys.toArray(String[]::new)).mapTo(String.class).list());
    }
  }
}
