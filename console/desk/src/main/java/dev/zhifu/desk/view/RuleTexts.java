package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules' own words, from their published texts; those of family G have no text. */
public final class RuleTexts {
  private static final int RULES_MAX = 500;
  private static final int JUDGED_MAX = 20_000;
  private static final Duration AGE = Duration.ZERO;

  private final Store store;
  private final Kept<Map<String, Verdicts>> verdicts;
  private final Kept<Map<String, Map<Integer, Hits>>> hits;
  private final Map<String, RuleText> known = new ConcurrentHashMap<>();

  /** Reads from {@code store}. */
  public RuleTexts(Store store) {
    this.store = store;
    this.verdicts = new Kept<>("verdicts", AGE, this::verdicts);
    this.hits = new Kept<>("hits", AGE, this::readHits);
  }

  /** Words of a rule's version; its id alone when its text was never published here. */
  public RuleText of(String ruleId, int version) {
    Optional<NetworkRule> shape = NetworkRule.of(ruleId);
    if (shape.isPresent()) {
      return shape(shape.get(), version);
    }
    String key = ruleId + ":" + version;
    RuleText text = known.get(key);
    if (text == null) {
      text = read(ruleId, version);
      if (text.published()) {
        known.put(key, text);
      }
    }
    return text;
  }

  /** Words of a rule's newest publication; its id alone when there is none. */
  public RuleText newest(String ruleId) {
    Optional<NetworkRule> shape = NetworkRule.of(ruleId);
    if (shape.isPresent()) {
      return shape(shape.get(), shape.get().version());
    }
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select rule_version from seen.publication where rule_id = ? order by"
                            + " effective_from desc, rule_version desc limit 1")
                    .bind(0, ruleId)
                    .mapTo(Integer.class)
                    .findOne())
        .map(version -> of(ruleId, version))
        .orElseGet(() -> new RuleText(ruleId, 0, ruleId, ruleId, "", "", false));
  }

  /** A shape among accounts: its words stand beside the code that finds it. */
  private static RuleText shape(NetworkRule rule, int version) {
    return new RuleText(
        rule.id(), version, rule.nameZh(), rule.nameEn(), rule.plainZh(), rule.plainEn(), true);
  }

  private RuleText read(String ruleId, int version) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select body from seen.publication where rule_id = ? and rule_version = ?"
                            + " limit 1")
                    .bind(0, ruleId)
                    .bind(1, version)
                    .mapTo(byte[].class)
                    .findOne())
        .map(body -> parse(Bodies.read(body, RulePublication.class)))
        .orElse(new RuleText(ruleId, version, ruleId, ruleId, "", "", false));
  }

  private static RuleText parse(RulePublication publication) {
    Object document =
        new Load(LoadSettings.builder().setLabel(publication.getRuleId()).build())
            .loadFromString(publication.getDocument());
    return new RuleText(
        publication.getRuleId(),
        publication.getVersion(),
        at(document, publication.getRuleId(), "name", "zh"),
        at(document, publication.getRuleId(), "name", "en"),
        at(document, "", "plain", "zh"),
        at(document, "", "plain", "en"),
        true);
  }

  private static String at(Object document, String otherwise, String first, String second) {
    return document instanceof Map<?, ?> root
            && root.get(first) instanceof Map<?, ?> texts
            && texts.get(second) != null
        ? texts.get(second).toString()
        : otherwise;
  }

  /** One rule's; empty when it was never published. */
  public Optional<RuleFigures> figures(String ruleId) {
    return figured(
            "select body from seen.publication where rule_id = ? order by effective_from desc,"
                + " rule_version desc limit 1",
            ruleId)
        .stream()
        .findFirst();
  }

  /** Every rule with its newest publication and figures, by id. */
  public List<RuleFigures> all() {
    return figured(
        "select distinct on (rule_id) body from seen.publication order by rule_id, effective_from"
            + " desc, rule_version desc limit "
            + RULES_MAX);
  }

  private List<RuleFigures> figured(String publications, Object... values) {
    Map<String, Verdicts> judged = verdicts.get();
    Map<String, Map<Integer, Hits>> counted = hits.get();
    return store.records(RulePublication.class, publications, values).stream()
        .map(
            one ->
                new RuleFigures(
                    parse(one),
                    one.getStatus(),
                    one.getAuthor(),
                    one.getApprover(),
                    counted
                        .getOrDefault(one.getRuleId(), Map.of())
                        .getOrDefault(one.getVersion(), Hits.NONE),
                    judged.getOrDefault(one.getRuleId(), Verdicts.NONE)))
        .toList();
  }

  /** Hits that hold and hits that were retracted of a rule, by version, the newest first. */
  public Map<Integer, Hits> hits(String ruleId) {
    return hits.get().getOrDefault(ruleId, Map.of());
  }

  private Map<String, Map<Integer, Hits>> readHits() {
    Map<String, Map<Integer, Hits>> all = new LinkedHashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select rule_id, rule_version, count(*) filter (where holds) as holding,
                          count(*) filter (where not holds) as retracted, max(occurred_at) as newest
                        from seen.hit group by 1, 2 order by 1, 2 desc\
                        """)
                    .map(
                        (row, context) ->
                            all.computeIfAbsent(
                                    row.getString("rule_id"), rule -> new LinkedHashMap<>())
                                .put(
                                    row.getInt("rule_version"),
                                    new Hits(
                                        row.getLong("holding"),
                                        row.getLong("retracted"),
                                        row.getTimestamp("newest").toInstant())))
                    .list());
    return all;
  }

  /**
   * A rule's words.
   *
   * @param published false when only its id is known here
   */
  public record RuleText(
      String ruleId,
      int version,
      String nameZh,
      String nameEn,
      String plainZh,
      String plainEn,
      boolean published) {
    /** Its name in a language. */
    public String name(boolean chinese) {
      return chinese ? nameZh : nameEn;
    }

    /** What it looks for, in plain words. */
    public String plain(boolean chinese) {
      return chinese ? plainZh : plainEn;
    }
  }

  /** A rule with what it did so far. */
  public record RuleFigures(
      RuleText text,
      PublicationStatus status,
      String author,
      String approver,
      Hits hits,
      Verdicts verdicts) {}

  /**
   * Hits of one version.
   *
   * @param holding those that hold
   * @param retracted those that were undone by a later event
   * @param newest when the newest of both occurred; null without any
   */
  public record Hits(long holding, long retracted, Instant newest) {
    static final Hits NONE = new Hits(0, 0, null);
  }

  /**
   * What people said of the cases that a rule's hits stand behind.
   *
   * @param reported cases with an accepted report
   * @param refuted cases dismissed as false, or with a stop released as wrong
   */
  public record Verdicts(long reported, long refuted) {
    static final Verdicts NONE = new Verdicts(0, 0);

    /** Reported of all judged, 0 to 1; -1 while nobody has judged any. */
    public double precision() {
      return reported + refuted == 0 ? -1 : reported / (double) (reported + refuted);
    }
  }

  /** Orders whose stops were found wrong, of the newest such acts and upheld appeals. */
  private String[] wrongStops() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with upheld as (
                          select restriction, restriction_id from seen.upheld
                          order by at desc limit :judged)
                        (select a.object_id from seen.act a
                          where a.kind in ('RELEASE', 'UPHOLD_APPEAL') and\
                        """
                            + " "
                            + WrongStops.SAID
                            + " order by a.record_offset desc limit :judged) union "
                            + WrongStops.UPHELD)
                    .bindArray("causes", String.class, (Object[]) WrongStops.CAUSES)
                    .bind("judged", JUDGED_MAX)
                    .mapTo(String.class)
                    .list())
        .toArray(String[]::new);
  }

  /**
   * Verdicts by rule, of the newest judged cases; a case that was refuted does not count as
   * reported.
   */
  private Map<String, Verdicts> verdicts() {
    Map<String, Verdicts> all = new LinkedHashMap<>();
    String[] wrong = wrongStops();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with refuted as (
                          (select l.case_id from seen.life_change l
                            where l.kind = 'CASE' and l.state = 'FALSE_ALARM' and not exists (
                              select 1 from seen.life_change n
                              where n.object_id = l.object_id and n.sequence > l.sequence)
                            order by l.tick_at desc limit :judged)
                          union
                          select oc.case_id from seen.order_case oc where oc.order_id = any(:wrong)),
                        reported as (
                          select case_id, hit_ids from seen.fraud_case where report_id is not null
                          order by occurred_at desc limit :judged),
                        judged as (
                          select c.case_id, c.hit_ids, true as wrong
                          from refuted r join seen.fraud_case c using (case_id)
                          union all
                          select case_id, hit_ids, false from reported p
                          where not exists (select 1 from refuted r where r.case_id = p.case_id))
                        select h.rule_id, count(distinct j.case_id) filter (where not j.wrong) as reported,
                          count(distinct j.case_id) filter (where j.wrong) as refuted
                        from judged j cross join lateral unnest(j.hit_ids) as id(hit_id)
                        join seen.hit h on h.hit_id = id.hit_id group by h.rule_id\
                        """)
                    .bind("judged", JUDGED_MAX)
                    .bind("wrong", wrong)
                    .map(
                        (row, context) ->
                            Map.entry(
                                row.getString("rule_id"),
                                new Verdicts(row.getLong("reported"), row.getLong("refuted"))))
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue())));
    return all;
  }
}
