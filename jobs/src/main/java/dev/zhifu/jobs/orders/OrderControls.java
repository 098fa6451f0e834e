package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.ControlState.AutomaticOrder;
import dev.zhifu.jobs.orders.ControlState.Position;
import dev.zhifu.jobs.orders.ControlState.WrongStop;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.StandingAuthorisation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Clock, authorisations, lists, limits and reading positions: what all accounts share. One instance
 * serves the whole operator, which therefore runs with parallelism 1.
 */
final class OrderControls {

  /** Lists that a signature asks about. */
  private static final Set<ListKind> OF_ACCOUNTS =
      EnumSet.of(ListKind.POOLED, ListKind.PROTECTED, ListKind.HUB, ListKind.CRYPTO_OTC);

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final OrderSettings settings;
  private final Map<String, StandingAuthorisation> authorisations = new TreeMap<>();
  private final Map<String, ListEntry> entries = new HashMap<>();
  private final Map<String, AutomaticOrder> automatic = new TreeMap<>();
  private final Map<String, WrongStop> wrongStops = new TreeMap<>();
  private final Map<String, Long> positions = new TreeMap<>();

  /** By authorisation; empty when the clock or the orders have moved. */
  private final Map<String, Tally> tallies = new HashMap<>();

  private long nowMs;
  private long killedAtMs;
  private long wrongOffAtMs;

  /**
   * Positions to reach before anything is signed; null until they are told. Never kept: each start
   * reads back anew.
   */
  private Map<String, Long> awaited;

  OrderControls(OrderSettings settings, ControlState state) {
    this.settings = settings;
    nowMs = state.nowMs();
    killedAtMs = state.killedAtMs();
    wrongOffAtMs = state.wrongOffAtMs();
    state.authorisations().forEach(it -> authorisations.put(it.getAuthorisationId(), it));
    state.entries().forEach(it -> entries.put(key(it.getList(), it.getToken()), it));
    state.automatic().forEach(it -> automatic.put(it.orderId(), it));
    state.wrongStops().forEach(it -> wrongStops.put(it.orderId(), it));
    state.positions().forEach(it -> positions.put(it.name(), it.next()));
  }

  ControlState state() {
    List<Position> read = new ArrayList<>();
    positions.forEach((name, next) -> read.add(new Position(name, next)));
    return new ControlState(
        nowMs,
        killedAtMs,
        wrongOffAtMs,
        List.copyOf(authorisations.values()),
        List.copyOf(entries.values()),
        List.copyOf(automatic.values()),
        List.copyOf(wrongStops.values()),
        List.copyOf(read));
  }

  OrderSettings settings() {
    return settings;
  }

  /** Newest tick, UTC milliseconds; 0 before the first. */
  long nowMs() {
    return nowMs;
  }

  /** Moves the clock; it never goes back, so that ticks read again change nothing. */
  void tick(ClockTick tick) {
    nowMs = Math.max(nowMs, tick.getAt().toEpochMilli());
    long oldest = nowMs - DAY - settings.evidenceMaxAgeMs();
    automatic.values().removeIf(order -> order.atMs() < oldest);
    tallies.clear();
    wrongStops.values().removeIf(stop -> stop.atMs() < oldest);
  }

  /** Keeps the highest revision; of one revision the newest renewal; a revocation is final. */
  void authorise(StandingAuthorisation next) {
    authorisations.merge(next.getAuthorisationId(), next, OrderControls::newer);
  }

  private static StandingAuthorisation newer(
      StandingAuthorisation kept, StandingAuthorisation next) {
    if (next.getRevoked() != kept.getRevoked()) {
      return next.getRevoked() ? next : kept;
    }
    if (next.getRevision() != kept.getRevision()) {
      return next.getRevision() > kept.getRevision() ? next : kept;
    }
    return next.getRenewedAt().isAfter(kept.getRenewedAt()) ? next : kept;
  }

  List<StandingAuthorisation> authorisations() {
    return List.copyOf(authorisations.values());
  }

  /**
   * True when this very revision and signature is known, so that a renewal need not be verified
   * again.
   */
  boolean knows(StandingAuthorisation next) {
    StandingAuthorisation kept = authorisations.get(next.getAuthorisationId());
    if (kept == null || kept.getRenewedAt().equals(next.getRenewedAt())) {
      return kept != null && kept.equals(next);
    }
    return StandingAuthorisation.newBuilder(kept)
        .setRenewedAt(next.getRenewedAt())
        .build()
        .equals(next);
  }

  void kill(long actAtMs) {
    killedAtMs = Math.max(killedAtMs, actAtMs);
  }

  /**
   * True when a kill switch act is not older than the authorisation: only one given after it signs
   * again.
   */
  boolean killed(StandingAuthorisation authorisation) {
    return killedAtMs > 0 && authorisation.getValidFrom().toEpochMilli() <= killedAtMs;
  }

  /**
   * Counts a stop found wrong; each order once.
   *
   * @return true when this one turns automatic signing off
   */
  boolean foundWrong(String orderId, long atMs) {
    if (wrongStops.putIfAbsent(orderId, new WrongStop(orderId, atMs)) != null) {
      return false;
    }
    long offAt =
        wrongStops.values().stream()
            .mapToLong(WrongStop::atMs)
            .filter(end -> foundWrongInDay(end) >= settings.wrongStopsMax())
            .max()
            .orElse(0);
    if (offAt <= wrongOffAtMs) {
      return false;
    }
    wrongOffAtMs = offAt;
    return true;
  }

  private long foundWrongInDay(long endMs) {
    return wrongStops.values().stream()
        .filter(stop -> stop.atMs() <= endMs && stop.atMs() > endMs - DAY)
        .count();
  }

  /** True when too many stops were found wrong since the authorisation was given. */
  boolean wrongOff(StandingAuthorisation authorisation) {
    return wrongOffAtMs > 0 && authorisation.getValidFrom().toEpochMilli() <= wrongOffAtMs;
  }

  void list(ListEntry entry) {
    if (entry.getSubject() == ListSubject.ACCOUNT && OF_ACCOUNTS.contains(entry.getList())) {
      entries.put(key(entry.getList(), entry.getToken()), entry);
    }
  }

  /** True when the account stands on the list now; before the first tick any entry counts. */
  boolean listed(ListKind list, String accountToken) {
    ListEntry entry = entries.get(key(list, accountToken));
    return entry != null && inForce(entry);
  }

  private static String key(ListKind list, String accountToken) {
    return list + ":" + accountToken;
  }

  private boolean inForce(ListEntry entry) {
    Instant now = Instant.ofEpochMilli(nowMs);
    return nowMs == 0
        || !entry.getEffectiveFrom().isAfter(now)
            && (entry.getEffectiveTo() == null || entry.getEffectiveTo().isAfter(now));
  }

  /**
   * Enters an automatic order into the limits; each order once, also when it is found in the
   * record.
   */
  void signedAutomatically(AutomaticOrder order) {
    automatic.merge(order.orderId(), order, (kept, next) -> kept.fen() >= next.fen() ? kept : next);
    tallies.clear();
  }

  /** What has been signed under an authorisation, by the tick clock. */
  Usage usage(String authorisationId, String bank) {
    Tally tally = tallies.computeIfAbsent(authorisationId, this::tally);
    return new Usage(
        tally.inHour,
        tally.toBankInDay.getOrDefault(bank, 0),
        tally.inDay,
        tally.fenInHour,
        tally.fenToBankInDay.getOrDefault(bank, 0L),
        tally.fenInDay);
  }

  /**
   * Counted once between two ticks or signatures: every waiting draft asks, several times each.
   * Nothing of it is state.
   */
  private Tally tally(String authorisationId) {
    Tally tally = new Tally();
    long fromMs = nowMs - settings.evidenceMaxAgeMs();
    for (AutomaticOrder order : automatic.values()) {
      if (order.authorisationId().equals(authorisationId) && order.atMs() >= fromMs - DAY) {
        if (order.atMs() >= fromMs - HOUR) {
          tally.inHour++;
          tally.fenInHour += order.fen();
        }
        tally.toBankInDay.merge(order.bank(), 1, Integer::sum);
        tally.fenToBankInDay.merge(order.bank(), order.fen(), Long::sum);
        tally.inDay++;
        tally.fenInDay += order.fen();
      }
    }
    return tally;
  }

  private static final class Tally {
    private final Map<String, Integer> toBankInDay = new HashMap<>();
    private final Map<String, Long> fenToBankInDay = new HashMap<>();
    private int inHour;
    private int inDay;
    private long fenInHour;
    private long fenInDay;
  }

  /**
   * Orders and money under one authorisation. An order counts by its applicationTime, which may lie
   * before its signature by as much as evidence may be old; the windows are longer by that.
   */
  record Usage(
      int inHour, int toBankInDay, int inDay, long fenInHour, long fenToBankInDay, long fenInDay) {}

  /**
   * Notes that the record at {@code offset} of {@code position} (topic:partition) has been read.
   */
  void read(String position, long offset) {
    positions.merge(position, offset + 1, Math::max);
  }

  /**
   * Tells how far to read before anything may be signed: topic:partition to the offset after the
   * last record there.
   */
  void awaitEnds(Map<String, Long> ends) {
    awaited = new TreeMap<>(ends);
  }

  /** True until the record has been read to the ends seen at start; nothing is signed before. */
  boolean readingBack() {
    if (awaited == null) {
      return true;
    }
    awaited.entrySet().removeIf(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    return !awaited.isEmpty();
  }
}
