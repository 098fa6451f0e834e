package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules' own words, from their published texts. */
public final class RuleTexts {
  private final Store store;
  private final Map<String, RuleText> known = new ConcurrentHashMap<>();

  /** Reads from {@code store}. */
  public RuleTexts(Store store) {
    this.store = store;
  }

  /** Words of a rule's version; its id alone when its text was never published here. */
  public RuleText of(String ruleId, int version) {
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
    return all().stream().filter(one -> one.text().ruleId().equals(ruleId)).findFirst();
  }

  /** Every rule with its newest publication and figures. */
  public List<RuleFigures> all() {
    Map<String, RulePublication> newest = new LinkedHashMap<>();
    List<RuleFigures> figures = new ArrayList<>();
    Map<String, Verdicts> verdicts = verdicts();
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery(
                      "select body from seen.publication order by rule_id, effective_from,"
                          + " rule_version")
                  .mapTo(byte[].class)
                  .forEach(
                      body -> {
                        RulePublication one = Bodies.read(body, RulePublication.class);
                        newest.put(one.getRuleId(), one);
                      });
              for (RulePublication one : newest.values()) {
                figures.add(
                    handle
                        .createQuery(
                            """
                            select count(*) filter (where holds) as holding,
                              count(*) filter (where not holds) as retracted
                            from seen.hit where rule_id = ? and rule_version = ?\
                            """)
                        .bind(0, one.getRuleId())
                        .bind(1, one.getVersion())
                        .map(
                            (row, context) ->
                                new RuleFigures(
                                    parse(one),
                                    one.getStatus(),
                                    one.getAuthor(),
                                    one.getApprover(),
                                    row.getLong("holding"),
                                    row.getLong("retracted"),
                                    verdicts.getOrDefault(one.getRuleId(), Verdicts.NONE)))
                        .one());
              }
            });
    return figures;
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
      long holding,
      long retracted,
      Verdicts verdicts) {}

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

  /** Verdicts by rule; a case that was refuted does not count as reported. */
  private Map<String, Verdicts> verdicts() {
    Map<String, Verdicts> all = new LinkedHashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with refuted as (
                          select case_id from (
                            select distinct on (object_id) case_id, state from seen.life_change
                            where kind = 'CASE' order by object_id, sequence desc) l
                          where state = 'FALSE_ALARM'
                          union
                          select oc.case_id from seen.act a join seen.order_case oc on oc.order_id = a.object_id
                          where a.kind in ('RELEASE', 'UPHOLD_APPEAL')),
                        judged as (
                          select c.case_id, c.hit_ids, r.case_id is not null as wrong
                          from seen.fraud_case c left join (select distinct case_id from refuted) r using (case_id)
                          where c.report_id is not null or r.case_id is not null limit 20000)
                        select h.rule_id, count(distinct j.case_id) filter (where not j.wrong) as reported,
                          count(distinct j.case_id) filter (where j.wrong) as refuted
                        from judged j cross join lateral unnest(j.hit_ids) as id(hit_id)
                        join seen.hit h on h.hit_id = id.hit_id group by h.rule_id\
                        """)
                    .map(
                        (row, context) ->
                            Map.entry(
                                row.getString("rule_id"),
                                new Verdicts(row.getLong("reported"), row.getLong("refuted"))))
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue())));
    return all;
  }
}
