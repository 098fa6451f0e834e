package dev.zhifu.oracle;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.EnrichedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An event at its place in the language's total order (docs/rule-language.md §2), once.
 *
 * @param index place in the sorted, deduplicated stream of its key
 * @param key token of the key
 * @param view the event
 */
record Seen(int index, String key, EventView view) {
  private static final Comparator<EventView> ORDER =
      Comparator.<EventView>comparingLong(view -> Signals.timeOf(view.event()))
          .thenComparing(
              view -> view.event().getSerial(),
              Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
          .thenComparing(view -> view.event().getEventId())
          .thenComparing(EventView::side);

  long timeMs() {
    return Signals.timeOf(view.event());
  }

  String id() {
    return view.event().getEventId();
  }

  /** The stream of one key in the total order, each event once. */
  static List<Seen> sorted(String key, Collection<EnrichedEvent> events) {
    return sortedViews(key, events.stream().map(Signals::view).toList());
  }

  /** The same of events that the key sees from one side or both. */
  static List<Seen> sortedViews(String key, Collection<EventView> events) {
    Set<String> ids = new HashSet<>();
    List<EventView> views = new ArrayList<>();
    for (EventView view : events) {
      if (ids.add(view.event().getEventId() + view.side())) {
        views.add(view);
      }
    }
    views.sort(ORDER);
    List<Seen> sorted = new ArrayList<>(views.size());
    for (EventView view : views) {
      sorted.add(new Seen(sorted.size(), key, view));
    }
    return sorted;
  }
}
