package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.EnrichedEvent;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges files that are each in the total order into one stream in the total order. */
final class MergedRows implements Iterator<EnrichedEvent> {
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::event, EnrichedEvents.ORDER));

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
