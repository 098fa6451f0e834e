package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.warnings.Step;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.warnings.WarningTask;
import dev.zhifu.rules.lives.directory.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Figures for a command view. Money stopped is told twice, never added: the balance that stood on
 * stopped accounts, whoever's it is, and the victims' money in it. Only refunds paid are
 * "returned".
 */
public final class Wall {
  /** Ends of the 1-3-5 clocks, minutes: our own service levels, not law. */
  public static final int[] RUNGS = {1, 3, 5};

  /** Level of what ended with nobody sent. */
  public static final String NOBODY = "NOBODY";

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
        count(
            handle,
            "select count(distinct object_id) from seen.life_change where kind = 'CASE' and state ="
                + " 'SOLVED'"),
        stopped[0],
        stopped[1],
        stopped[2],
        returned(handle),
        clocks(handle),
        banks.all().stream().filter(line -> line.orders() + line.answered() > 0).toList(),
        levels(handle),
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

  /**
   * Stops that took effect, the balances found, the victims' money in them. Several stops on one
   * account found the same money: of its balances the highest counts, and at most that is victims'
   * money, however many reports have traced theirs there.
   */
  private static long[] stopped(Handle handle) {
    return handle
        .createQuery(
            """
            with stops as (
              select s.order_id, s.account_token, coalesce(s.report_id, s.order_id) as report,
                max(s.traced_fen) as traced, max(r.balance_fen) as balance
              from seen.receipt r join seen.stop_order s using (order_id)
              where r.result in ('STOPPED', 'STOPPED_ZERO') group by s.order_id),
            reports as (
              select account_token, max(traced) as traced, max(balance) as balance, count(*) as stops
              from stops group by account_token, report),
            accounts as (
              select sum(traced) as traced, max(balance) as balance, sum(stops) as stops
              from reports group by account_token)
            select coalesce(sum(stops), 0)::bigint as stops, coalesce(sum(balance), 0)::bigint as balance,
              coalesce(sum(least(balance, traced)), 0)::bigint as victims from accounts\
            """)
        .map(
            (row, context) ->
                new long[] {row.getLong("stops"), row.getLong("balance"), row.getLong("victims")})
        .one();
  }

  private static long returned(Handle handle) {
    return count(handle, "select coalesce(sum(paid_fen), 0)::bigint from seen.refund_paid");
  }

  /** Orders without an answer by minutes since they were sent: under 1, 3, 5, and above. */
  private long[] clocks(Handle handle) {
    long[] found = new long[RUNGS.length + 1];
    Instant now = engine.tick();
    for (Instant sent : sent(handle)) {
      long minutes = Duration.between(sent, now).toMinutes();
      int rung = 0;
      while (rung < RUNGS.length && minutes >= RUNGS[rung]) {
        rung++;
      }
      found[rung]++;
    }
    return found;
  }

  /**
   * When orders without an answer were sent first: a clock does not begin anew when it runs out.
   */
  private static List<Instant> sent(Handle handle) {
    return handle
        .createQuery(
            """
            select c.at from (select order_id from seen.stop_order
              where state in ('SENT', 'TIMEOUT') limit 20000) s
            cross join lateral (select min(tick_at) as at from seen.order_change c
              where c.order_id = s.order_id and c.state = 'SENT') c
            where c.at is not null\
            """)
        .mapTo(Instant.class)
        .list();
  }

  /**
   * Warnings by level: how many came to it, and how many ended there, because the victim was
   * reached or an officer ended it. Where a warning stood follows from its steps as {@link
   * dev.zhifu.desk.warnings.WarningTask} folds them: whoever was sent last, and one level up for
   * every two tries without success. The highest level first; what ended with nobody sent last.
   */
  private List<Level> levels(Handle handle) {
    List<WarningDesk.Rung> ladder = warnings.ladder(handle);
    Map<String, Level> found = new HashMap<>();
    handle
        .createQuery(
            """
            with ladder as (
              select contact_id, ups::int as ups, level
              from unnest(?::text[], ?::text[], ?::text[]) as l(contact_id, ups, level)),
            runs as (
              select *, count(*) filter (where kind = 'SENT') over
                (partition by warning_id order by step_id) as run
              from own.warning_step),
            stood as (
              select warning_id, step_id, kind,
                first_value(contact_id) over (partition by warning_id, run order by step_id)
                  as contact_id,
                least(?, count(*) filter (where kind = any(?)) over
                  (partition by warning_id, run order by step_id) / ?)::int as ups
              from runs),
            placed as (
              select s.warning_id, s.step_id, s.kind, coalesce(l.level, ?) as level
              from stood s left join ladder l using (contact_id, ups)),
            ended as (
              select distinct on (warning_id) warning_id, kind, level from placed
              order by warning_id, step_id desc)
            select p.level, count(distinct p.warning_id) as came, (
                select count(*) from ended e where e.level = p.level and e.kind = any(?)) as closed
            from placed p group by p.level\
            """)
        .bind(0, ladder.stream().map(WarningDesk.Rung::contactId).toArray(String[]::new))
        .bind(1, ladder.stream().map(rung -> String.valueOf(rung.ups())).toArray(String[]::new))
        .bind(2, ladder.stream().map(rung -> rung.level().name()).toArray(String[]::new))
        .bind(3, WarningDesk.UPS_MAX)
        .bind(4, kinds(Step.Kind::failed))
        .bind(5, WarningTask.TRIES)
        .bind(6, NOBODY)
        .bind(7, kinds(Step.Kind::ends))
        .map(
            (row, context) ->
                new Level(row.getString("level"), row.getLong("came"), row.getLong("closed"), 0))
        .forEach(level -> found.put(level.level(), level));
    long all = found.values().stream().mapToLong(Level::closed).sum();
    return Stream.concat(
            Arrays.stream(Contact.Level.values()).map(Enum::name),
            found.containsKey(NOBODY) ? Stream.of(NOBODY) : Stream.empty())
        .map(level -> found.getOrDefault(level, new Level(level, 0, 0, 0)))
        .map(
            one ->
                new Level(
                    one.level(),
                    one.came(),
                    one.closed(),
                    all == 0 ? -1 : (double) one.closed() / all))
        .toList();
  }

  /** As on the wall, made anew. */
  List<Level> levels() {
    return store.jdbi().withHandle(this::levels);
  }

  private static String[] kinds(Predicate<Step.Kind> which) {
    return Arrays.stream(Step.Kind.values()).filter(which).map(Enum::name).toArray(String[]::new);
  }

  /**
   * The week up to {@code until} by typology, banner, township, age and group: who is deceived by
   * what, for prevention. Counted are holders whom a rule has found likely deceived and whose case
   * nobody has dismissed as false; what they were deceived by is what the accepted report says, and
   * the rules' word without one. Township and group are what an officer has asked at intake, of the
   * holder's newest report. Groups of few are folded together, first over townships and groups,
   * then over all, so that nobody is told apart.
   */
  public List<Weekly> weekly(Instant until) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with told as (
                          select distinct on (r.holder_token) r.holder_token, r.typology
                          from seen.report r
                          where r.typology is not null and r.reported_at > :since and r.reported_at <= :until
                            and exists (select 1 from seen.act a
                              where a.object_id = r.report_id and a.kind = 'ACCEPT_REPORT')
                          order by r.holder_token, r.reported_at desc, r.report_id),
                        victims as (
                          select coalesce(t.typology, h.rule_id) as rule_id,
                            coalesce(h.payer_region, '') as region,
                            case when h.payer_age is null then '' when h.payer_age < 22 then '0-21'
                              when h.payer_age < 60 then '22-59' else '60-' end as ages,
                            h.key_token, max(h.amount_fen) as fen
                          from seen.hit h left join told t on t.holder_token = h.key_token
                          where h.holds and h.rule_id like 'V%' and h.occurred_at > :since
                            and h.occurred_at <= :until and h.transaction_id is not null
                            and not exists (select 1 from seen.fraud_case c
                              where c.subject = h.key_token and c.state = 'FALSE_ALARM'
                                and h.occurred_at between c.opened_at and c.occurred_at)
                          group by 1, 2, 3, 4),
                        asked as (
                          select distinct on (r.holder_token) r.holder_token,
                            d.body ->> 'township' as township, d.body ->> 'group' as grp
                          from seen.report r join own.draft_report d using (report_id)
                          where r.holder_token in (select key_token from victims)
                          order by r.holder_token, r.reported_at desc, r.report_id),
                        fine as (
                          select rule_id, region, coalesce(township, '') as township, ages,
                            coalesce(grp, '') as grp, count(*) as victims, sum(fen)::bigint as fen
                          from victims left join asked on holder_token = key_token
                          group by 1, 2, 3, 4, 5),
                        coarse as (
                          select rule_id, region,
                            case when victims < :few then '*' else township end as township, ages,
                            case when victims < :few then '*' else grp end as grp,
                            sum(victims)::bigint as victims, sum(fen)::bigint as fen
                          from fine group by 1, 2, 3, 4, 5)
                        select rule_id, case when victims < :few then '*' else region end as region,
                          case when victims < :few then '*' else township end as township,
                          case when victims < :few then '*' else ages end as ages,
                          case when victims < :few then '*' else grp end as grp,
                          sum(victims)::bigint as victims, sum(fen)::bigint as fen
                        from coarse group by 1, 2, 3, 4, 5 order by 6 desc, 1, 2, 3, 4, 5 limit 500\
                        """
                            .replace(":few", String.valueOf(FEW)))
                    .bind("since", until.minus(WEEK))
                    .bind("until", until)
                    .map(
                        (row, context) ->
                            new Weekly(
                                row.getString("rule_id"),
                                row.getString("region"),
                                row.getString("township"),
                                row.getString("ages"),
                                row.getString("grp"),
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
   * @param solved cases whose facts were verified, closed since or not, by the recovery job; a case
   *     that was closed without it is not solved
   * @param stops stops that took effect
   * @param balanceFen balances found on stopped accounts
   * @param victimsFen victims' money in them: traced, and at most the balance
   * @param returnedFen refunds paid
   * @param clocks orders without an answer: under 1, 3, 5 minutes, and above
   * @param banks answer times of banks that got orders
   * @param levels where warnings ended
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
      List<Level> levels,
      EngineState.State engine) {}

  /**
   * Warnings at one level.
   *
   * @param level a name of {@link Contact.Level}, or {@link #NOBODY}
   * @param came warnings that somebody of this level had
   * @param closed those that ended there: the victim was reached, or an officer ended them
   * @param share of all that ended, 0 to 1; -1 while none has
   */
  public record Level(String level, long came, long closed, double share) {}

  /**
   * One line of the weekly report.
   *
   * @param ruleId typology
   * @param region banner or district of the payer's branch; empty when unknown, * when folded
   * @param township contact of the dispatch directory; empty when not asked, * when folded
   * @param ages 0-21, 22-59, 60-, empty when unknown, * when folded
   * @param group name of a {@link dev.zhifu.desk.intake.VictimGroup}; empty when not asked, * when
   *     folded
   * @param victims holders who were likely deceived
   * @param fen of each the largest payment linked, which is no loss
   */
  public record Weekly(
      String ruleId,
      String region,
      String township,
      String ages,
      String group,
      long victims,
      long fen) {}
}
