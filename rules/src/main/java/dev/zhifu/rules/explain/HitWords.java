package dev.zhifu.rules.explain;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TelecomEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** A hit in plain words, Chinese and English, line by line. */
public final class HitWords {
  private HitWords() {}

  /** The words of a dossier and its verdict. */
  public static List<String> of(Dossier dossier, Verdict verdict) {
    RuleHit hit = dossier.hit();
    List<String> lines = new ArrayList<>();
    Rule rule = verdict.rule();
    lines.add("命中 hit " + hit.getHitId());
    lines.add(
        "规则 rule "
            + hit.getRuleId()
            + " version "
            + hit.getRuleVersion()
            + (rule == null ? "" : " " + rule.nameZh() + " / " + rule.nameEn()));
    if (rule != null) {
      lines.add("  " + rule.plainZh());
      lines.add("  " + rule.plainEn());
      lines.add("  依据 basis: " + String.join("; ", rule.legalBasis()));
    }
    lines.add(
        "对象 matched on " + hit.getKeyKind() + " " + hit.getKey() + " 于 at " + hit.getOccurredAt());
    if (!hit.getHolds()) {
      lines.add("后已撤回 retracted later: " + hit.getRetractedBecause());
    }
    lines.add("证据 evidence:");
    evidence(dossier, rule, lines);
    lines.add(
        verdict.reproduced()
            ? "复算一致 reproduced: the same hit id and the same bytes, SHA-256 " + verdict.hitSha256()
            : "复算不一致 not reproduced:");
    verdict.why().forEach(why -> lines.add("  " + why));
    return lines;
  }

  private static void evidence(Dossier dossier, Rule rule, List<String> lines) {
    Map<String, EnrichedEvent> events = new LinkedHashMap<>();
    dossier.events().forEach(event -> events.put(event.getEventId(), event));
    for (Evidence one : dossier.hit().getEvidence()) {
      EnrichedEvent event = events.get(one.getEventId());
      lines.add(
          "  "
              + one.getStep()
              + "  "
              + one.getOccurredAt()
              + "  "
              + one.getSide()
              + "  "
              + one.getEventId()
              + (event == null ? "" : "  " + body(event)));
      if (event != null && rule != null) {
        features(event.getFeatures(), rule)
            .forEach((name, value) -> lines.add("      " + name + " = " + value));
      }
    }
  }

  private static String body(EnrichedEvent event) {
    if (event.getEvent() instanceof BankTransaction transaction) {
      return transaction.getKind()
          + " "
          + transaction.getPhase()
          + " ¥"
          + BigDecimal.valueOf(transaction.getAmountFen(), 2).toPlainString();
    }
    return event.getEvent() instanceof TelecomEvent telecom ? telecom.getKind().toString() : "";
  }

  /** Those features that the rule asks for, by name. */
  static Map<String, Object> features(Features features, Rule rule) {
    Map<String, Object> values = new TreeMap<>();
    for (Schema.Field field : Features.getClassSchema().getFields()) {
      if (rule.features().contains(field.name()) && features.get(field.pos()) != null) {
        values.put(field.name(), features.get(field.pos()));
      }
    }
    return values;
  }
}
