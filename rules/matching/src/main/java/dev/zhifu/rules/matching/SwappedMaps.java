package dev.zhifu.rules.matching;

import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/** The three maps that the library's shared buffer asks for, and nothing else. */
final class SwappedMaps implements KeyedStateStore {
  private final SwappedMap<EventId, Lockable<MatchEvent>> events = new SwappedMap<>();
  private final SwappedMap<NodeId, Lockable<SharedBufferNode>> entries = new SwappedMap<>();
  private final SwappedMap<Long, Integer> counts = new SwappedMap<>();

  /** What stands for the library's cache of events. */
  SwappedCache<EventId, Lockable<MatchEvent>> eventCache() {
    return new SwappedCache<>(events);
  }

  /** What stands for the library's cache of entries. */
  SwappedCache<NodeId, Lockable<SharedBufferNode>> entryCache() {
    return new SwappedCache<>(entries);
  }

  void swap(Partials partials) {
    events.swap(partials.events);
    entries.swap(partials.entries);
    counts.swap(partials.counts);
  }

  // The library names the type of each map by its own descriptor.
  @SuppressWarnings("unchecked")
  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
    String name = descriptor.getName();
    return (MapState<K, V>)
        switch (name) {
          case "sharedBuffer-events" -> events;
          case "sharedBuffer-events-count" -> counts;
          case "sharedBuffer-entries-with-lockable-edges" -> entries;
          default -> throw unsupported(name);
        };
  }

  @Override
  public String getBackendTypeIdentifier() {
    return "swapped-maps";
  }

  private static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "Flink CEP's shared buffer asks for state it did not use in 2.3: " + what);
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
    throw unsupported(descriptor.getName());
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    throw unsupported(descriptor.getName());
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
    throw unsupported(descriptor.getName());
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unsupported(descriptor.getName());
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
      org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
    throw unsupported("a value of the asynchronous state API");
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
      org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
    throw unsupported("a list of the asynchronous state API");
  }

  @Override
  public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
      org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
    throw unsupported("a map of the asynchronous state API");
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
      org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
    throw unsupported("a reducer of the asynchronous state API");
  }

  @Override
  public <I, A, O> org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
      org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unsupported("an aggregator of the asynchronous state API");
  }
}
