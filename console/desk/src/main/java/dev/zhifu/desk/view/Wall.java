package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.warnings.WarningTask;
import dev.zhifu.desk.warnings.WarningTask.State;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Figures for a command view. Money stopped is told twice, never added: the balance that stood on
 * stopped accounts, whoever's it is, and the victims' money in it. Only refunds paid are
 * "returned".
 */
public final class Wall {
  /** Ends of the 1-3-5 clocks, minutes: our own service levels, not law. */
  public static final int[] RUNGS = {1, 3, 5};

  private static final Duration KEPT = Duration.ofSeconds(2);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Store store;
  private final BankPages banks;
  private final WarningDesk warnings;
  private final EngineState engine;
  private final Kept<Figures> figures;
  private final Kept<List<Weekly>> weekly;

  /**
   * @param store where the topics' tables are
   * @param banks answer times
   * @param warnings who reached whom
   * @param engine how it stands
   */
  public Wall(Store store, BankPages banks, WarningDesk warnings, EngineState engine) {
    this.store = store;
    this.banks = banks;
    this.warnings = warnings;
    this.engine = engine;
    this.figures = new Kept<>("wall", KEPT, () -> store.jdbi().withHandle(this::read));
    this.weekly = new Kept<>("weekly", Duration.ZERO, () -> weekly(engine.tick()));
  }

  /**
   * The figures, two seconds old while they are quickly made: many walls cost as much as one. They
   * say of which tick they are.
   */
  public Figures figures() {
    return figures.get();
  }

  /** The week up to about now, as {@link #weekly(Instant)}. */
  public List<Weekly> weekly() {
    return weekly.get();
  }

  private Figures read(Handle handle) {
    long[] stopped = stopped(handle);
    return new Figures(
        engine.tick(),
        count(handle, "select count(*) from seen.queue where is_open"),
        lives(handle, "CASE", List.of("FILED", "INVESTIGATING")),
        lives(handle, "CASE", List.of("SOLVED", "CLOSED")),
        stopped[0],
        stopped[1],
        stopped[2],
        returned(handle),
        clocks(handle),
        banks.all().stream().filter(line -> line.orders() + line.answered() > 0).toList(),
        closed(),
        engine.state());
  }

  private static long count(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  private static long lives(Handle handle, String kind, List<String> states) {
    return handle
        .createQuery(
            """
            select count(*) from (
              select distinct on (object_id) state from seen.life_change where kind = ?
              order by object_id, sequence desc) t where state = any(?)\
            """)
        .bind(0, kind)
        .bind(1, states.toArray(String[]::new))
        .mapTo(Long.class)
        .one();
  }

  /** Stops that took effect, the balances found, the victims' money in them. */
  private static long[] stopped(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*) as stops, coalesce(sum(balance), 0)::bigint as balance,
              coalesce(sum(least(balance, traced)), 0)::bigint as victims from (
                select s.order_id, max(s.traced_fen) as traced, max(r.balance_fen) as balance
                from seen.receipt r join seen.stop_order s using (order_id)
                where r.result in ('STOPPED', 'STOPPED_ZERO') group by s.order_id) t\
            """)
        .map(
            (row, context) ->
                new long[] {row.getLong("stops"), row.getLong("balance"), row.getLong("victims")})
        .one();
  }

  private static long returned(Handle handle) {
    return handle
        .createQuery(
            """
            select distinct on (object_id) body from seen.life_change where kind = 'REFUND'
            order by object_id, sequence desc limit 10000\
            """)
        .mapTo(byte[].class)
        .map(body -> Bodies.read(body, LifeTransition.class))
        .stream()
        .map(LifeTransition::getDetail)
        .filter(RefundDetail.class::isInstance)
        .mapToLong(detail -> ((RefundDetail) detail).getPaidFen())
        .sum();
  }

  /** Orders without an answer by minutes since they were sent: under 1, 3, 5, and above. */
  private long[] clocks(Handle handle) {
    long[] found = new long[RUNGS.length + 1];
    Instant now = engine.tick();
    handle
        .createQuery(
            "select tick_at from seen.stop_order where state in ('SENT', 'TIMEOUT') limit 20000")
        .mapTo(Instant.class)
        .forEach(
            sent -> {
              long minutes = Duration.between(sent, now).toMinutes();
              int rung = 0;
              while (rung < RUNGS.length && minutes >= RUNGS[rung]) {
                rung++;
              }
              found[rung]++;
            });
    return found;
  }

  /** Victims reached by the level of whoever reached them, of the newest warnings. */
  private Map<Contact.Level, Long> closed() {
    Map<Contact.Level, Long> levels = new EnumMap<>(Contact.Level.class);
    Arrays.stream(Contact.Level.values()).forEach(level -> levels.put(level, 0L));
    for (WarningTask task : warnings.tasks()) {
      if ((task.state() == State.FOLLOW_UP || task.state() == State.CLOSED)
          && task.level() != null) {
        levels.merge(task.level(), 1L, Long::sum);
      }
    }
    return levels;
  }

  /**
   * The week up to {@code until} by typology, banner and age: who is deceived by what, for
   * prevention. One line a group; the smallest groups are folded together so that nobody is told
   * apart.
   */
  public List<Weekly> weekly(Instant until) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with victims as (
                          select rule_id, coalesce(payer_region, '') as region,
                            case when payer_age is null then '' when payer_age < 22 then '0-21'
                              when payer_age < 60 then '22-59' else '60-' end as ages,
                            key_token, max(amount_fen) as fen
                          from seen.hit
                          where holds and rule_id like 'V%' and occurred_at > ? and occurred_at <= ?
                            and transaction_id is not null
                          group by 1, 2, 3, 4),
                        groups as (
                          select rule_id, region, ages, count(*) as victims, sum(fen)::bigint as fen
                          from victims group by 1, 2, 3)
                        select rule_id, case when victims < :few then '*' else region end as region,
                          case when victims < :few then '*' else ages end as ages,
                          sum(victims)::bigint as victims, sum(fen)::bigint as fen
                        from groups group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 500\
                        """
                            .replace(":few", String.valueOf(FEW)))
                    .bind(0, until.minus(WEEK))
                    .bind(1, until)
                    .map(
                        (row, context) ->
                            new Weekly(
                                row.getString("rule_id"),
                                row.getString("region"),
                                row.getString("ages"),
                                row.getLong("victims"),
                                row.getLong("fen")))
                    .list());
  }

  /** Groups below this are folded together; an engineering default. */
  public static final int FEW = 3;

  /**
   * Everything on the wall.
   *
   * @param tick the newest tick
   * @param open cases with something to do
   * @param filed cases filed and under investigation, by the recovery job
   * @param solved cases solved, by the recovery job
   * @param stops stops that took effect
   * @param balanceFen balances found on stopped accounts
   * @param victimsFen victims' money in them: traced, and at most the balance
   * @param returnedFen refunds paid
   * @param clocks orders without an answer: under 1, 3, 5 minutes, and above
   * @param banks answer times of banks that got orders
   * @param closed victims reached, by level
   * @param engine how engine and projection stand
   */
  public record Figures(
      Instant tick,
      long open,
      long filed,
      long solved,
      long stops,
      long balanceFen,
      long victimsFen,
      long returnedFen,
      long[] clocks,
      List<BankPages.BankLine> banks,
      Map<Contact.Level, Long> closed,
      EngineState.State engine) {}

  /**
   * One line of the weekly report.
   *
   * @param ruleId typology
   * @param region banner or district of the payer's branch; empty when unknown, * when folded
   * @param ages 0-21, 22-59, 60-, empty when unknown, * when folded
   * @param victims holders
   * @param fen of each the largest payment linked
   */
  public record Weekly(String ruleId, String region, String ages, long victims, long fen) {}
}
