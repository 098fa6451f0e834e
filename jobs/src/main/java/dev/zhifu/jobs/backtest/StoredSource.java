package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.Router.Route;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.util.List;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Reads stored history and sends each event to the keys on which a rule can use it, as the job's
 * router does. Its features stay as they are, those that come from lists too: they are what the job
 * knew then.
 */
final class StoredSource implements SourceFunction<Routed> {
  private static final long serialVersionUID = 1L;

  private final BacktestFiles files;
  private final List<RulePublication> publications;
  private final String run;
  private volatile boolean running = true;

  /**
   * @param files names the folder of stored history
   * @param publications rules, each from its effectiveFrom on
   * @param run run that is told how far this has come
   */
  StoredSource(BacktestFiles files, List<RulePublication> publications, String run) {
    this.files = files;
    this.publications = List.copyOf(publications);
    this.run = run;
  }

  @Override
  public void run(SourceContext<Routed> context) {
    Router router = new Router(timeline(), listings());
    MergedRows rows = files.read(new TurnedAway());
    Gathered gathered = Gathered.of(run);
    long newest = Long.MIN_VALUE;
    while (running && rows.hasNext()) {
      EnrichedEvent event = rows.next();
      long at = event.getOccurredAt().toEpochMilli();
      if (at > newest) {
        context.emitWatermark(new Watermark(at - 1));
        newest = at;
      }
      for (Route route : router.keys(event)) {
        context.collectWithTimestamp(Routed.of(route.kind(), route.id(), route.side(), event), at);
      }
      gathered.eventRead();
    }
    // What time alone decides after this the job had not decided yet either.
    if (running && gathered.decidedToMs() != Long.MAX_VALUE && gathered.decidedToMs() > newest) {
      context.emitWatermark(new Watermark(gathered.decidedToMs()));
    }
    context.emitWatermark(Watermark.MAX_WATERMARK);
  }

  private RuleTimeline timeline() {
    RuleTimeline rules =
        new RuleTimeline(
            limit -> {
              throw new BacktestException(
                  "a rule changed more often than "
                      + limit
                      + " allows; name the rules by --rules instead");
            });
    for (RulePublication one : publications) {
      long from = one.getEffectiveFrom().toEpochMilli();
      if (one.getStatus() == PublicationStatus.WITHDRAWN) {
        rules.end(one.getRuleId(), from);
        continue;
      }
      RuleResult read = RuleParser.parse(one.getRuleId() + "/rule.yaml", one.getDocument());
      if (read.ok()) {
        rules.start(read.rule(), from);
      }
    }
    return rules;
  }

  private Listings listings() {
    Listings listings = new Listings();
    try (Rows<ListEntry> rows = files.history().readLists()) {
      rows.forEachRemaining(listings::put);
    }
    return listings;
  }

  @Override
  public void cancel() {
    running = false;
  }
}
