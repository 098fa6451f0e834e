package dev.zhifu.stack.demo;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.OfficerActDraft;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What the city sends, onto the topics: the ingress and the carriers of the demo. */
final class CityFeed implements EventSink {
  /** The topics that carry events and heartbeats. */
  static final List<String> EVENTS = List.of("bank.transactions", "bank.access", "telecom.events");

  private final Outlet outlet;
  private final Pace pace;
  private final Consumer<OfficerActDraft> acts;
  private long events;

  /**
   * @param outlet writes as the city
   * @param pace says when an event is to be sent
   * @param acts takes what officers decide
   */
  CityFeed(Outlet outlet, Pace pace, Consumer<OfficerActDraft> acts) {
    this.outlet = outlet;
    this.pace = pace;
    this.acts = acts;
  }

  @Override
  public void transaction(BankTransaction event) {
    String key = event.getPayer() == null ? token(event) : event.getPayer().getAccountToken();
    send("bank.transactions", key, event, event.getReceivedAt());
  }

  private static String token(BankTransaction event) {
    return event.getPayee() == null ? event.getEventId() : event.getPayee().getAccountToken();
  }

  @Override
  public void access(BankAccessEvent event) {
    send("bank.access", event.getAccount().getAccountToken(), event, event.getReceivedAt());
  }

  @Override
  public void telecom(TelecomEvent event) {
    send("telecom.events", event.getNumberToken(), event, event.getReceivedAt());
  }

  @Override
  public void report(VictimReport event) {
    send("victim.reports", event.getReportId(), event, event.getReceivedAt());
  }

  @Override
  public void tick(ClockTick tick) {
    outlet.send("clock.ticks", "clock", tick, pace.plan(tick.getAt()));
  }

  @Override
  public void officerAct(OfficerActDraft act) {
    pace.plan(act.at());
    acts.accept(act);
  }

  private void send(
      String topic, String key, org.apache.avro.specific.SpecificRecord event, Instant receivedAt) {
    events++;
    outlet.send(topic, key, event, pace.plan(receivedAt));
  }

  /** Says on every partition of the event topics that all up to {@code at} has been sent. */
  void heartbeat(Instant at) {
    EVENTS.forEach(topic -> outlet.heartbeat(topic, at.toEpochMilli()));
    outlet.flush();
  }

  /** Events sent so far, ticks and acts not among them. */
  long events() {
    return events;
  }
}
