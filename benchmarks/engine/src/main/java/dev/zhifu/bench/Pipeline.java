package dev.zhifu.bench;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What is measured: everything between the source's events and the end. */
interface Pipeline {

  /**
   * Wires it.
   *
   * @param events the source's events
   * @param plan what it runs with
   */
  void define(DataStream<EnrichedEvent> events, Plan plan);

  /**
   * What a pipeline runs with.
   *
   * @param rules rules in force
   * @param shadows rules in shadow beside them
   * @param lists list entries in force
   * @param inForceFromMs event time from which they are
   * @param routesPerEvent mean number of matching keys of an event, for what does not decide it
   * @param cacheEntities entities of one step that stay decoded on one subtask's heap
   */
  record Plan(
      List<Rule> rules,
      List<Rule> shadows,
      List<ListEntry> lists,
      long inForceFromMs,
      double routesPerEvent,
      int cacheEntities) {

    /** What router and MATCH are told. */
    List<RouterControl> control() {
      List<RouterControl> control = new ArrayList<>();
      rules.forEach(
          rule -> control.add(RouterControl.of(publication(rule, PublicationStatus.LIVE))));
      shadows.forEach(
          rule -> control.add(RouterControl.of(publication(rule, PublicationStatus.SHADOW))));
      lists.forEach(entry -> control.add(RouterControl.of(entry)));
      control.add(RouterControl.ready());
      return control;
    }

    private RulePublication publication(Rule rule, PublicationStatus status) {
      return RulePublication.newBuilder()
          .setRuleId(rule.id())
          .setVersion(rule.version())
          .setStatus(status)
          .setDocument(rule.text())
          .setDocumentSha256(rule.textSha256())
          .setEffectiveFrom(Instant.ofEpochMilli(inForceFromMs))
          .setAuthor("bench")
          .setReason("bench")
          .build();
    }
  }
}
