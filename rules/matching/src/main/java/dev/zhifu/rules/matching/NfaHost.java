package dev.zhifu.rules.matching;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;

/**
 * Runs the library's NFAs over partial matches in plain maps: one shared buffer per task whose maps
 * are swapped from key to key. Time moves in a canonical cadence, at every due deadline in order
 * and then at the event, so that matches that depend on time do not depend on how often a watermark
 * comes. Not thread-safe.
 */
final class NfaHost {
  private static final TimerService NO_PROCESSING_TIME = () -> 0L;

  private final SwappedMaps maps = new SwappedMaps();
  private final SharedBuffer<MatchEvent> buffer;
  private final int maxPartials;

  NfaHost(MatchEventSerializer serializer, int maxPartials) {
    this.maxPartials = maxPartials;
    buffer = new SharedBuffer<>(maps, serializer);
    // Every shared buffer starts a statistics thread that would keep the JVM alive.
    buffer.releaseCacheStatisticsTimer();
    replaceCache("eventsBufferCache", maps.eventCache());
    replaceCache("entryCache", maps.entryCache());
  }

  /** The library lets nobody choose its caches but by size (ADR-0063). */
  private void replaceCache(String field, SwappedCache<?, ?> cache) {
    try {
      Field cacheField = SharedBuffer.class.getDeclaredField(field);
      cacheField.setAccessible(true);
      cacheField.set(buffer, cache);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Flink CEP's shared buffer has no cache "
              + field
              + " as it had in 2.3: look how it keeps events now and change NfaHost (ADR-0063)",
          e);
    }
  }

  /** Feeds one event, no older than what was fed before; matches go to {@code sink}. */
  void feed(
      CompiledRule rule,
      Partials partials,
      MatchEvent event,
      Consumer<Map<String, List<MatchEvent>>> sink)
      throws Exception {
    if (partials.quiet() && !rule.canStart(event.view())) {
      return;
    }
    advance(rule, partials, event.timeMs(), sink);
    process(rule, partials, event, sink);
    if (partials.live() > maxPartials) {
      throw new TooManyPartialsException(event.timeMs());
    }
  }

  private void process(
      CompiledRule rule,
      Partials partials,
      MatchEvent event,
      Consumer<Map<String, List<MatchEvent>>> sink)
      throws Exception {
    maps.swap(partials);
    try (SharedBufferAccessor<MatchEvent> accessor = buffer.getAccessor()) {
      for (Map<String, List<MatchEvent>> match :
          rule.nfa()
              .process(
                  accessor,
                  partials.state,
                  event,
                  event.timeMs(),
                  rule.skip(),
                  NO_PROCESSING_TIME)) {
        sink.accept(match);
      }
    }
  }

  /**
   * Moves time to {@code timeMs}, stopping at every deadline on the way; matches that time
   * completes go to {@code sink}.
   */
  void advance(
      CompiledRule rule,
      Partials partials,
      long timeMs,
      Consumer<Map<String, List<MatchEvent>>> sink)
      throws Exception {
    if (partials.state == null) {
      partials.state = rule.initialState();
    }
    for (long due = partials.nextDeadline(rule); due <= timeMs; due = partials.nextDeadline(rule)) {
      moveTo(rule, partials, due, sink);
    }
    if (timeMs > partials.advancedTo) {
      if (partials.state.getCompletedMatches().isEmpty()) {
        partials.passTo(timeMs);
      } else {
        moveTo(rule, partials, timeMs, sink);
      }
    }
  }

  private void moveTo(
      CompiledRule rule,
      Partials partials,
      long timeMs,
      Consumer<Map<String, List<MatchEvent>>> sink)
      throws Exception {
    maps.swap(partials);
    try (SharedBufferAccessor<MatchEvent> accessor = buffer.getAccessor()) {
      rule.nfa().advanceTime(accessor, partials.state, timeMs, rule.skip()).f0.forEach(sink);
    }
    partials.advancedTo = timeMs;
  }

  /** Completed matches that the library holds back while one that started earlier lives. */
  List<Map<String, List<MatchEvent>>> withheld(Partials partials) throws Exception {
    if (partials.state == null || partials.state.getCompletedMatches().isEmpty()) {
      return List.of();
    }
    List<Map<String, List<MatchEvent>>> withheld = new ArrayList<>();
    maps.swap(partials);
    try (SharedBufferAccessor<MatchEvent> accessor = buffer.getAccessor()) {
      for (ComputationState completed : partials.state.getCompletedMatches()) {
        accessor
            .extractPatterns(completed.getPreviousBufferEntry(), completed.getVersion())
            .forEach(path -> withheld.add(accessor.materializeMatch(path)));
      }
    }
    return withheld;
  }
}
