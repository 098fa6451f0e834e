package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private RuleText read(String ruleId, int version) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select body from seen.publication where rule_id = ? and rule_version = ? limit 1")
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

  /** Every rule with its newest publication and figures. */
  public List<RuleFigures> all() {
    Map<String, RulePublication> newest = new LinkedHashMap<>();
    List<RuleFigures> figures = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery(
                      "select body from seen.publication order by rule_id, effective_from, rule_version")
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
                            from seen.hit where rule_id = ? and rule_version = ?""")
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
                                    row.getLong("retracted")))
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
      long retracted) {}
}
