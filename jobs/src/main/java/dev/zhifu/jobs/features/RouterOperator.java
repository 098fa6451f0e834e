package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.Endings;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.Router.Route;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends each event to the keys on which a rule in force at its own time can use it, and ends the
 * others. Hears rules and lists, which come by broadcast, on the same input: it stands in one task
 * behind whoever hands it the events. An operator and not a function, since until rules and lists
 * have been read once after each start it holds events and watermark back: an event routed without
 * rules would be lost to every rule.
 *
 * <p>State: publications by rule and event time, list entries by id, each the same on every
 * subtask; and the events held back during the start, spread over the subtasks. It grows with rules
 * and lists only: versions that ended are forgotten with the watermark.
 */
public final class RouterOperator extends AbstractStreamOperator<Routed>
    implements OneInputStreamOperator<RouterInput, Routed> {
  private static final long serialVersionUID = 1L;

  /** Uid and prefix of its state names. */
  public static final String UID = "router";

  /** Most events that one subtask holds back during the start. */
  public static final int MOST_HELD = 300_000;

  private static final long FORGET_EVERY_MS = 10_000;

  /** Publications, keyed by rule id, a colon and the event time from which they are in force. */
  public static final MapStateDescriptor<String, RulePublication> PUBLICATIONS =
      new MapStateDescriptor<>(
          "router.publications.v1", Types.STRING, TypeInformation.of(RulePublication.class));

  /** List entries, keyed by entry id. */
  public static final MapStateDescriptor<String, ListEntry> LISTINGS =
      new MapStateDescriptor<>(
          "router.listings.v1", Types.STRING, TypeInformation.of(ListEntry.class));

  /** Events held back. */
  public static final ListStateDescriptor<EnrichedEvent> HELD =
      new ListStateDescriptor<>("router.held.v1", TypeInformation.of(EnrichedEvent.class));

  /** One for each awaiting transfer, with the number of its parts. */
  public static final OutputTag<Announcement> ANNOUNCEMENTS =
      new OutputTag<>("announcements", TypeInformation.of(Announcement.class));

  /** Every event that a rule can use, once, as enriched. */
  public static final OutputTag<EnrichedEvent> RELEVANT =
      new OutputTag<>("relevant", TypeInformation.of(EnrichedEvent.class));

  private transient BroadcastState<String, RulePublication> publications;
  private transient BroadcastState<String, ListEntry> entries;
  private transient ListState<EnrichedEvent> heldState;
  private transient Endings endings;
  private transient RuleTimeline rules;
  private transient Listings listings;
  private transient Router router;
  private transient List<EnrichedEvent> held;
  private transient Watermark heldWatermark;
  private transient boolean ready;
  private transient long forgotAtMs;
  private transient Counter events;
  private transient Counter relevant;
  private transient Counter routed;
  private transient Counter ignored;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    publications = context.getOperatorStateStore().getBroadcastState(PUBLICATIONS);
    entries = context.getOperatorStateStore().getBroadcastState(LISTINGS);
    heldState = context.getOperatorStateStore().getListState(HELD);
  }

  @Override
  public void open() throws Exception {
    super.open();
    Counter forgotten = getMetricGroup().counter("ruleChangesForgotten");
    rules = new RuleTimeline(limit -> forgotten.inc());
    endings = new Endings();
    listings = new Listings();
    router = new Router(rules, listings);
    held = new ArrayList<>();
    registerMetrics();
    for (Map.Entry<String, RulePublication> entry : publications.entries()) {
      publish(entry.getValue());
    }
    for (Map.Entry<String, ListEntry> entry : entries.entries()) {
      listings.put(entry.getValue());
    }
    heldState.get().forEach(held::add);
  }

  private void registerMetrics() {
    events = getMetricGroup().counter("events");
    relevant = getMetricGroup().counter("relevant");
    routed = getMetricGroup().counter("routed");
    ignored = getMetricGroup().counter("faultyRulesIgnored");
    getMetricGroup().gauge("pooledLeftOut", (Gauge<Long>) router::leftOut);
    getMetricGroup().gauge("listEntries", (Gauge<Integer>) listings::size);
    getMetricGroup().gauge("heldBack", (Gauge<Integer>) held::size);
    getMetricGroup().gauge("relevantShare", (Gauge<Double>) this::relevantShare);
  }

  private double relevantShare() {
    return events.getCount() == 0 ? 0 : (double) relevant.getCount() / events.getCount();
  }

  @Override
  public void processElement(StreamRecord<RouterInput> element) throws Exception {
    RouterInput input = element.getValue();
    if (input.control() != null) {
      hear(input.control());
    } else if (ready) {
      route(input.event());
    } else {
      hold(input.event());
    }
  }

  private void hold(EnrichedEvent event) {
    if (held.size() == MOST_HELD) {
      throw new IllegalStateException(
          "The router held back "
              + MOST_HELD
              + " events while rules and lists were being read to their end; see whether the broker"
              + " serves rules.publications and list.entries");
    }
    held.add(event);
  }

  private void hear(RouterControl control) throws Exception {
    switch (control.kind()) {
      case PUBLICATION -> {
        publications.put(Places.of(control.publication()), control.publication());
        endings.changed();
        publish(control.publication());
      }
      case ANNULMENT -> annul(control.status());
      case LIST -> {
        entries.put(control.entry().getEntryId(), control.entry());
        listings.put(control.entry());
      }
      case READY -> release();
      case ANSWER, CURB -> {
        // The gate's and scoring's.
      }
    }
  }

  /** A faulty document is passed over here; matching refuses it and says why. */
  private void publish(RulePublication publication) {
    long from = publication.getEffectiveFrom().toEpochMilli();
    switch (publication.getStatus()) {
      case LIVE, SHADOW -> {
        RuleResult result =
            RuleParser.parse(publication.getRuleId() + "/rule.yaml", publication.getDocument());
        if (result.ok()) {
          rules.start(result.rule(), from);
        } else {
          ignored.inc();
        }
      }
      case WITHDRAWN -> rules.end(publication.getRuleId(), from);
      case DRAFT -> {
        // Not in force anywhere.
      }
    }
  }

  private void annul(RuleStatus status) throws Exception {
    long from = status.getEffectiveFrom().toEpochMilli();
    RulePublication known = publications.get(Places.of(status.getRuleId(), from));
    if (known != null && known.getVersion() == status.getVersion()) {
      publications.remove(Places.of(known));
      endings.changed();
      rules.annul(status.getRuleId(), from);
    }
  }

  private void forgetEnded(long watermarkMs) throws Exception {
    if (watermarkMs - forgotAtMs > FORGET_EVERY_MS) {
      forgotAtMs = watermarkMs;
      long until = watermarkMs - Places.REMEMBERED_MS;
      if (endings.mayBe(until)) {
        for (String place : endings.upTo(until, publications.entries())) {
          publications.remove(place);
        }
        rules.forgetEnded(until);
      }
    }
  }

  private void route(EnrichedEvent event) {
    events.inc();
    List<Route> routes = router.route(event);
    StreamRecord<EnrichedEvent> record =
        new StreamRecord<>(event, event.getOccurredAt().toEpochMilli());
    announce(event, routes.size());
    if (routes.isEmpty()) {
      return;
    }
    relevant.inc();
    routed.inc(routes.size());
    output.collect(RELEVANT, record);
    for (Route route : routes) {
      output.collect(
          new StreamRecord<>(
              Routed.of(route.kind(), route.id(), route.side(), event), record.getTimestamp()));
    }
  }

  private void announce(EnrichedEvent event, int parts) {
    if (event.getEvent() instanceof BankTransaction transaction
        && transaction.getPhase() == TransactionPhase.AWAITING) {
      Announcement announcement =
          new Announcement(
              event.getEventId(),
              transaction.getTransactionId(),
              transaction.getSource(),
              event.getOccurredAt().toEpochMilli(),
              transaction.getAnswerBy().toEpochMilli(),
              parts);
      output.collect(ANNOUNCEMENTS, new StreamRecord<>(announcement, announcement.occurredAtMs()));
    }
  }

  private void release() throws Exception {
    if (ready) {
      return;
    }
    ready = true;
    held.forEach(this::route);
    held.clear();
    if (heldWatermark != null) {
      super.processWatermark(heldWatermark);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (ready) {
      super.processWatermark(mark);
      forgetEnded(mark.getTimestamp());
    } else {
      heldWatermark = mark;
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    heldState.update(held);
  }
}
