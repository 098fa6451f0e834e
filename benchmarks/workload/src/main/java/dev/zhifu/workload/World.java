package dev.zhifu.workload;

/** The parts of one city, wired once. */
final class World {
  final CitySettings settings;
  final Schedule schedule;
  final Ledger ledger = new Ledger();
  final Connections connections = new Connections();
  final Population people;
  final Outbox outbox;
  final Messages messages;
  final TruthBook truth = new TruthBook();
  final Gaps gaps;
  final Signals signals;
  final Payments payments;
  final Effects effects;
  final Handover handover;
  final SimBanks simBanks;
  final ScoreRunners scoreRunners;
  final FraudStories frauds;
  final DutyOfficers officers;

  World(CitySettings settings, Identity identity, boolean emitting) {
    this.settings = settings;
    this.schedule = new Schedule(settings.startMs());
    this.outbox = new Outbox(settings, emitting);
    this.messages = new Messages(identity, connections);
    this.people = new Population(settings, ledger);
    this.gaps = new Gaps(settings);
    this.signals = new Signals(this);
    this.effects = new Effects(this);
    this.payments = new Payments(this);
    this.officers = new DutyOfficers(this);
    this.handover = new Handover(this);
    this.simBanks = new SimBanks(this);
    this.scoreRunners = new ScoreRunners(this);
    this.frauds = new FraudStories(this);
  }

  String device(Holder holder) {
    return messages.deviceToken(holder);
  }
}
