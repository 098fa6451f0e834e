package dev.zhifu.desk.rules;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.ShadowStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the store knows of rules: drafts, acts and trials of this desk, and what the topics say. */
public final class RuleBook {
  private static final int MOST = 100;

  private final Store store;

  /** Reads and writes {@code store}. */
  public RuleBook(Store store) {
    this.store = store;
  }

  /** The draft of a rule. */
  public Optional<RuleDraft> draft(String ruleId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.rule_draft where rule_id = ?")
                    .bind(0, ruleId)
                    .map(
                        (row, context) ->
                            new RuleDraft(
                                row.getString("rule_id"),
                                row.getInt("version"),
                                row.getString("document"),
                                row.getString("scenarios"),
                                row.getString("author_id"),
                                row.getTimestamp("saved_at").toInstant()))
                    .findOne());
  }

  void save(RuleDraft draft) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.rule_draft (rule_id, version, document, scenarios, author_id, saved_at)
                    values (?, ?, ?, ?, ?, ?)
                    on conflict (rule_id) do update set version = excluded.version,
                      document = excluded.document, scenarios = excluded.scenarios,
                      author_id = excluded.author_id, saved_at = excluded.saved_at\
                    """,
                    draft.ruleId(),
                    draft.version(),
                    draft.document(),
                    draft.scenarios(),
                    draft.authorId(),
                    draft.savedAt()));
  }

  void insert(RuleAct act) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.rule_act (act_id, rule_id, version, status, document, author_id, asked_by,
                      approver_id, reason, state, asked_at, effective_from)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    act.actId(),
                    act.ruleId(),
                    act.version(),
                    act.status().name(),
                    act.document(),
                    act.authorId(),
                    act.askedBy(),
                    act.approverId(),
                    act.reason(),
                    act.state().name(),
                    act.askedAt(),
                    act.effectiveFrom()));
  }

  void mark(String actId, RuleAct.State state, String approverId, Instant effectiveFrom) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.rule_act set state = ?, approver_id = coalesce(?, approver_id),"
                        + " effective_from = ? where act_id = ?",
                    state.name(),
                    approverId,
                    effectiveFrom,
                    actId));
  }

  /** Takes an act that waits; false when another approver was first. */
  boolean take(String actId, RuleAct.State state, String approverId) {
    return store
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                        "update own.rule_act set state = ?, approver_id = ? where act_id = ? and"
                            + " state = 'ASKED'",
                        state.name(),
                        approverId,
                        actId))
        == 1;
  }

  /** One act. */
  public Optional<RuleAct> act(String actId) {
    return acts("where act_id = ?", actId).stream().findFirst();
  }

  /** Acts about a rule, the newest first. */
  public List<RuleAct> actsOf(String ruleId) {
    return acts("where rule_id = ? order by asked_at desc limit " + MOST, ruleId);
  }

  /** Acts that wait for an approver, the oldest first. */
  public List<RuleAct> waiting() {
    return acts("where state = ? order by asked_at limit " + MOST, "ASKED");
  }

  private List<RuleAct> acts(String rest, String value) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.rule_act " + rest)
                    .bind(0, value)
                    .map(
                        (row, context) ->
                            new RuleAct(
                                row.getString("act_id"),
                                row.getString("rule_id"),
                                row.getInt("version"),
                                PublicationStatus.valueOf(row.getString("status")),
                                row.getString("document"),
                                row.getString("author_id"),
                                row.getString("asked_by"),
                                row.getString("approver_id"),
                                row.getString("reason"),
                                RuleAct.State.valueOf(row.getString("state")),
                                row.getTimestamp("asked_at").toInstant(),
                                instant(row, "effective_from")))
                    .list());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column) == null ? null : row.getTimestamp(column).toInstant();
  }

  void insert(RuleTrial trial) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.rule_trial (trial_id, rule_id, version, kind, asked_by, asked_at, state)
                    values (?, ?, ?, ?, ?, ?, ?)\
                    """,
                    trial.trialId(),
                    trial.ruleId(),
                    trial.version(),
                    trial.kind().name(),
                    trial.askedBy(),
                    trial.askedAt(),
                    trial.state().name()));
  }

  void end(String trialId, RuleTrial.State state, Instant at, String result) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.rule_trial set state = ?, ended_at = ?, result = ? where trial_id ="
                        + " ?",
                    state.name(),
                    at,
                    result,
                    trialId));
  }

  /** What ran when the desk ended did not come to its end. */
  void endThoseOfAnEarlierRun(Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.rule_trial set state = 'FAILED', ended_at = ?, result = ? where"
                        + " state = 'RUNNING'",
                    at,
                    "the desk was started anew while it ran"));
  }

  /** Trials of a rule, the newest first. */
  public List<RuleTrial> trialsOf(String ruleId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from own.rule_trial where rule_id = ? order by asked_at desc"
                            + " limit 10")
                    .bind(0, ruleId)
                    .map(
                        (row, context) ->
                            new RuleTrial(
                                row.getString("trial_id"),
                                row.getString("rule_id"),
                                row.getInt("version"),
                                RuleTrial.Kind.valueOf(row.getString("kind")),
                                row.getString("asked_by"),
                                row.getTimestamp("asked_at").toInstant(),
                                RuleTrial.State.valueOf(row.getString("state")),
                                instant(row, "ended_at"),
                                row.getString("result")))
                    .list());
  }

  /** Publications of a rule, the newest first. */
  public List<RulePublication> publications(String ruleId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select body from seen.publication where rule_id = ? order by"
                            + " effective_from desc, rule_version desc limit "
                            + MOST)
                    .bind(0, ruleId)
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(body -> Bodies.read(body, RulePublication.class))
        .toList();
  }

  /** What the engine answered about a rule. */
  public List<RuleStatus> answers(String ruleId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from seen.rule_status where rule_id = ? limit 5000")
                    .bind(0, ruleId)
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(body -> Bodies.read(body, RuleStatus.class))
        .toList();
  }

  /** Figures of versions in shadow. */
  public Map<Integer, ShadowStatistics> shadows(String ruleId) {
    Map<Integer, ShadowStatistics> all = new LinkedHashMap<>();
    store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from seen.shadow where rule_id = ? limit " + MOST)
                    .bind(0, ruleId)
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(body -> Bodies.read(body, ShadowStatistics.class))
        .forEach(one -> all.put(one.getVersion(), one));
    return all;
  }
}
