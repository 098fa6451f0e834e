package dev.zhifu.bench;

import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.workload.City;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.OfficerActDraft;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Lives a city while the engine listens, and never faster than it: after each minute of the city it
 * waits until the engine has said all that it has to say of it, and only then lets the clock tick
 * on. Nothing comes back into the city, so that its stories take all that they can: what would have
 * been caught, and when, is the question here, not what is saved.
 */
final class CaughtSource implements SourceFunction<CaughtFed> {
  private static final long serialVersionUID = 1L;

  /** Lateness of the telecom source, the greater of the two (docs/rule-language.md §8). */
  private static final long LATENESS_MS = 60_000;

  private static final long WAIT_EVERY_MS = 60_000;
  private static final long TICK_EVERY_MS = 10_000;
  private static final int HISTORY_BATCH = 200;

  private final CaughtFindings.Id run;
  private final List<String> authorised;
  private volatile boolean running = true;

  /**
   * @param run whose city is lived
   * @param authorised rules that the standing authorisation covers
   */
  CaughtSource(CaughtFindings.Id run, List<String> authorised) {
    this.run = run;
    this.authorised = List.copyOf(authorised);
  }

  @Override
  public void run(SourceContext<CaughtFed> context) throws Exception {
    CaughtFindings findings = CaughtFindings.of(run);
    City city = findings.city();
    Feeder feeder = new Feeder(context, findings);
    feeder.control(OrderControl.readBackDone(Map.of()));
    city.lists().forEach(entry -> feeder.control(OrderControl.list(entry, "", 0)));
    city.history(feeder);
    StandingAuthorisation authorisation = authorisation(city.start(), city.end());
    long next = city.start().toEpochMilli() + WAIT_EVERY_MS;
    List<ClockTick> ticks = feeder.live();
    while (running && !city.finished()) {
      long now = city.step(feeder).toEpochMilli();
      if (now >= next || city.finished()) {
        Watermark mark = new Watermark(now - LATENESS_MS);
        context.emitWatermark(mark);
        findings.await(mark.getTimestamp());
        for (ClockTick tick : ticks) {
          if (tick.getAt().toEpochMilli() % TICK_EVERY_MS == 0) {
            feeder.control(
                OrderControl.authorisation(
                    StandingAuthorisation.newBuilder(authorisation)
                        .setRenewedAt(tick.getAt())
                        .build(),
                    "",
                    0));
            feeder.control(OrderControl.tick(tick, "", 0));
          }
        }
        ticks.clear();
        next = now + WAIT_EVERY_MS;
      }
    }
    findings.count(feeder.events);
    context.emitWatermark(Watermark.MAX_WATERMARK);
  }

  @Override
  public void cancel() {
    running = false;
  }

  /** As wide as the demo's, and with limits that no city of this size reaches. */
  private StandingAuthorisation authorisation(Instant from, Instant to) {
    StandingAuthorisation draft =
        StandingAuthorisation.newBuilder()
            .setAuthorisationId("bench-standing-1")
            .setRevision(1)
            .setOfficerId(DemoKeys.AUTHORISER)
            .setRules(authorised)
            .setMinScore(0.8)
            .setMaxAmountFen(200_000_000)
            .setAccountKinds(List.of(AccountKind.PERSONAL))
            .setMaxOrdersPerHour(100_000)
            .setMaxOrdersPerBankDay(100_000)
            .setMaxOrdersPerDay(100_000)
            .setMaxFenPerDay(Long.MAX_VALUE / 2)
            .setMaxFenPerHour(Long.MAX_VALUE / 2)
            .setMaxFenPerBankDay(Long.MAX_VALUE / 2)
            .setValidFrom(from.minus(Duration.ofHours(1)))
            .setValidTo(to.plus(Duration.ofDays(1)))
            .setLegalOpinion("BENCH-OPINION-1")
            .setRenewedAt(from)
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return Signatures.sign(draft, DemoKeys.person(DemoKeys.AUTHORISER));
  }

  /** Passes on what the city sends. */
  private static final class Feeder implements EventSink {
    private final SourceContext<CaughtFed> context;
    private final CaughtFindings findings;
    private final List<ClockTick> ticks = new ArrayList<>();
    private boolean live;
    private long events;

    Feeder(SourceContext<CaughtFed> context, CaughtFindings findings) {
      this.context = context;
      this.findings = findings;
    }

    /** From now on it is no history. */
    List<ClockTick> live() {
      live = true;
      events = 0;
      return ticks;
    }

    void control(OrderControl control) {
      send(new CaughtFed(null, null, control), 0);
    }

    @Override
    public void transaction(BankTransaction event) {
      if (event.getPhase() == TransactionPhase.AWAITING) {
        findings.asked(event);
      }
      if (live) {
        findings.sent(event);
      }
      send(EnrichedEvents.of(event));
    }

    @Override
    public void access(BankAccessEvent event) {
      send(EnrichedEvents.of(event));
    }

    @Override
    public void telecom(TelecomEvent event) {
      send(EnrichedEvents.of(event));
    }

    @Override
    public void tick(ClockTick tick) {
      ticks.add(tick);
    }

    @Override
    public void officerAct(OfficerActDraft draft) {
      if (draft.kind() == ActKind.ACCEPT_REPORT) {
        // The job checks an act's signature where it decodes it; here it is the city's own.
        OfficerAct act =
            OfficerAct.newBuilder()
                .setActId(draft.actId())
                .setKind(draft.kind())
                .setOfficerId(draft.officerId())
                .setRole(draft.role())
                .setAt(draft.at())
                .setObjectId(draft.objectId())
                .setAccountToken(draft.accountToken())
                .setReason(draft.reason())
                .setReport(draft.report())
                .setDocuments(List.of())
                .setKeyId("")
                .setSignature(ByteBuffer.allocate(0))
                .build();
        send(new CaughtFed(null, act, null), draft.at().toEpochMilli());
      }
    }

    private void send(EnrichedEvent event) {
      long at = event.getOccurredAt().toEpochMilli();
      send(new CaughtFed(event, null, null), at);
      events++;
      if (!live && events % HISTORY_BATCH == 0) {
        synchronized (context.getCheckpointLock()) {
          context.emitWatermark(new Watermark(at - LATENESS_MS));
        }
      }
    }

    private void send(CaughtFed fed, long at) {
      synchronized (context.getCheckpointLock()) {
        context.collectWithTimestamp(fed, at);
      }
    }
  }
}
