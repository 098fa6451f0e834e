package dev.zhifu.desk.view;

import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.OrderChannel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How banks answer, from the newest orders and receipts of each. */
public final class BankPages {
  /** Orders, receipts and outcomes of one bank that its figures rest on: the newest. */
  public static final int NEWEST = 10_000;

  private final Store store;
  private final BankDirectory banks;

  /** Reads from {@code store}. */
  public BankPages(Store store, BankDirectory banks) {
    this.store = store;
    this.banks = banks;
  }

  /** One line a bank. */
  public List<BankLine> all() {
    return banks.all().stream().map(bank -> of(bank.code())).toList();
  }

  /** The line of one bank. */
  public BankLine of(String code) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with receipts as (
                          select order_id, result, source from seen.receipt where bank = :bank
                          order by record_offset desc limit :newest),
                        answered as (
                          select r.result from receipts r join seen.stop_order s using (order_id)),
                        timed as (
                          select extract(epoch from a.at - s.at) as seconds
                          from (select distinct order_id from receipts where source = '') r
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.state = 'SENT') s
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.cause like 'receipt:%') a),
                        outcomes as (
                          select result from seen.hold_outcome where bank = :bank
                          order by record_offset desc limit :newest),
                        released as (
                          select order_id from seen.stop_order where bank = :bank and state = 'RELEASED'
                          order by tick_at desc limit :newest),
                        lifted as (
                          select 'DIRECT' as channel, extract(epoch from greatest(a.at - s.at, interval '0')) as seconds
                          from released r
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.state = 'RELEASED') s
                          cross join lateral (select min(at) as at from own.bank_answer a
                            where a.bank = :bank and a.object_id = r.order_id || :release
                              and a.result = 'LIFTED') a
                          where a.at is not null
                          union all
                          select 'PLATFORM', extract(epoch from greatest(lifted_at - decided_at, interval '0'))
                          from (select decided_at, lifted_at from own.platform_lift where bank = :bank
                            order by lifted_at desc limit :newest) p
                          union all
                          select 'PAPER', extract(epoch from greatest(p.lifted_at - c.tick_at, interval '0'))
                          from (select paper_id, lifted_at from seen.paper_lift where bank = :bank
                            order by lifted_at desc limit :newest) p
                          join seen.life_change c on c.object_id = p.paper_id and c.sequence = 1),
                        upheld as (
                          select restriction, restriction_id from seen.upheld where bank = :bank
                          order by at desc limit :newest),
                        acts as (
                          select act_id, object_id from seen.act a
                          where a.kind in ('RELEASE', 'UPHOLD_APPEAL') and\
                        """
                            + " "
                            + WrongStops.SAID
                            + """

                          order by a.record_offset desc limit :newest),
                        wrong as (
                          select r.order_id from released r join seen.order_change c using (order_id)
                          join seen.act a on a.act_id = c.cause where\
                        """
                            + " "
                            + WrongStops.SAID
                            + """

                          union
                          select o.order_id from acts a join seen.stop_order o on o.order_id = a.object_id
                          where o.bank = :bank and o.state in ('CONVERTED', 'EXPIRED')
                            and not exists (select 1 from seen.recovery_alarm f
                              where f.cause = a.act_id and f.alarm = 'ACT_REFUSED')
                          union
                        """
                            + WrongStops.UPHELD
                            + """
                        )
                        select
                          (select count(*) from (select 1 from seen.envelope where bank = :bank
                            order by record_offset desc limit :newest) e) as orders,
                          (select count(distinct order_id) from receipts) as answered,
                          (select percentile_disc(0.5) within group (order by seconds) from timed) as median,
                          (select max(seconds) from timed) as longest,
                          (select count(*) from answered where result like 'STOPPED%') as stopped,
                          (select count(*) from answered where result = 'MISMATCH_NAME') as name,
                          (select count(*) from answered where result = 'MISMATCH_ACCOUNT') as account,
                          (select count(*) from answered where result = 'MISMATCH_AMOUNT') as amount,
                          (select count(*) from answered where result = 'MISMATCH_TIME') as time,
                          (select count(*) from outcomes where result = 'APPLIED') as applied,
                          (select count(*) from outcomes where result = 'DECLINED') as declined,
                          (select count(*) from released) as released,
                          (select count(*) from lifted where channel = 'DIRECT') as lifted_direct,
                          (select percentile_disc(0.5) within group (order by seconds) from lifted where channel = 'DIRECT') as median_direct,
                          (select max(seconds) from lifted where channel = 'DIRECT') as longest_direct,
                          (select count(*) from lifted where channel = 'PLATFORM') as lifted_platform,
                          (select percentile_disc(0.5) within group (order by seconds) from lifted where channel = 'PLATFORM') as median_platform,
                          (select max(seconds) from lifted where channel = 'PLATFORM') as longest_platform,
                          (select count(*) from lifted where channel = 'PAPER') as lifted_paper,
                          (select percentile_disc(0.5) within group (order by seconds) from lifted where channel = 'PAPER') as median_paper,
                          (select max(seconds) from lifted where channel = 'PAPER') as longest_paper,
                          (select count(*) from wrong) as wrong\
                        """)
                    .bind("bank", code)
                    .bind("newest", NEWEST)
                    .bind("release", Reconciliation.release(""))
                    .bindArray("causes", String.class, (Object[]) WrongStops.CAUSES)
                    .map(
                        (row, context) ->
                            new BankLine(
                                banks.of(code),
                                row.getLong("orders"),
                                row.getLong("answered"),
                                seconds(row, "median"),
                                seconds(row, "longest"),
                                row.getLong("stopped"),
                                row.getLong("name"),
                                row.getLong("account"),
                                row.getLong("amount"),
                                row.getLong("time"),
                                row.getLong("applied"),
                                row.getLong("declined"),
                                row.getLong("released"),
                                row.getLong("wrong"),
                                lifts(row)))
                    .one());
  }

  private static Map<OrderChannel, LiftTimes> lifts(ResultSet row) throws SQLException {
    Map<OrderChannel, LiftTimes> lifts = new EnumMap<>(OrderChannel.class);
    for (OrderChannel channel : OrderChannel.values()) {
      String column = channel.name().toLowerCase(Locale.ROOT);
      lifts.put(
          channel,
          new LiftTimes(
              row.getLong("lifted_" + column),
              seconds(row, "median_" + column),
              seconds(row, "longest_" + column)));
    }
    return lifts;
  }

  private static double seconds(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? -1 : row.getDouble(column);
  }

  /**
   * Figures of one bank, by its newest orders and answers.
   *
   * @param bank it
   * @param orders orders sent to it
   * @param answered orders that it answered
   * @param medianSeconds from the sending of an order to the engine's first word that it was
   *     answered, by the engine's clock: the bank's own time of its answer is its own word. Answers
   *     on paper are not timed; -1 without answers
   * @param longestSeconds the longest
   * @param stopped stops that took effect
   * @param name mismatches of the name
   * @param account of the account
   * @param amount of the amount
   * @param time of the time
   * @param applied risk holds applied
   * @param declined risk holds declined
   * @param released stops released by an officer
   * @param wrong stops that were found wrong, each once, wherever that was signed: lifted by an act
   *     that says so, or ended already, by such an act or an upheld appeal, also against the freeze
   *     that replaced them (ADR-0099)
   * @param lifts of the newest lifts of each channel, how long they took: stops that the bank has
   *     said at the gateway to have lifted (one that had ended before is no lift), stops and
   *     freezes by the statutory platform, and whatever was lifted on paper
   */
  public record BankLine(
      BankDirectory.Bank bank,
      long orders,
      long answered,
      double medianSeconds,
      double longestSeconds,
      long stopped,
      long name,
      long account,
      long amount,
      long time,
      long applied,
      long declined,
      long released,
      long wrong,
      Map<OrderChannel, LiftTimes> lifts) {

    /** How long lifts of a channel took. */
    public LiftTimes lifts(OrderChannel channel) {
      return lifts.get(channel);
    }
  }

  /**
   * From the decision to lift, by the engine's clock, to the lift, by the bank's own: when the
   * account pays out again nobody else knows.
   *
   * @param confirmed lifts that the bank has confirmed
   * @param medianSeconds never below 0; -1 without any
   * @param longestSeconds likewise
   */
  public record LiftTimes(long confirmed, double medianSeconds, double longestSeconds) {

    /** True when there is something to show. */
    public boolean any() {
      return confirmed > 0;
    }
  }
}
