package dev.zhifu.jobs.backtest;

import dev.zhifu.wire.EnrichedEvent;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges files that are each sorted by time into one stream in the total order (event time, serial, event id). */
final class MergedRows implements Iterator<EnrichedEvent> {

  /** The total order of events. */
  static final Comparator<EnrichedEvent> ORDER =
      Comparator.comparing(EnrichedEvent::getOccurredAt)
          .thenComparing(EnrichedEvent::getSerial, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(EnrichedEvent::getEventId);

  private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::event, ORDER));

  MergedRows(List<? extends Iterator<EnrichedEvent>> files) {
    files.forEach(this::advance);
  }

  private record Head(EnrichedEvent event, Iterator<EnrichedEvent> rest) {}

  private void advance(Iterator<EnrichedEvent> file) {
    if (file.hasNext()) {
      heads.add(new Head(file.next(), file));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public EnrichedEvent next() {
    Head first = heads.poll();
    if (first == null) {
      throw new NoSuchElementException();
    }
    advance(first.rest());
    return first.event();
  }
}
