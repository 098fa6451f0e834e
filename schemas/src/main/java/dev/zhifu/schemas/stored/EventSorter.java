package dev.zhifu.schemas.stored;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.wire.EnrichedEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Sorts any number of events into the total order: in memory up to a bound, beyond it in sorted
 * files of a temporary folder. Of events with one id the first that came counts.
 */
public final class EventSorter implements Closeable {
  private static final int MOST_IN_MEMORY = 50_000;

  private final int mostInMemory;
  private final List<EnrichedEvent> pending = new ArrayList<>();
  private final List<Path> runs = new ArrayList<>();
  private Path folder;

  /** A sorter with the usual bound. */
  public EventSorter() {
    this(MOST_IN_MEMORY);
  }

  /**
   * @param mostInMemory events kept in memory at once, at least 1
   */
  EventSorter(int mostInMemory) {
    this.mostInMemory = mostInMemory;
  }

  /** Takes an event. */
  public void add(EnrichedEvent event) {
    pending.add(event);
    if (pending.size() == mostInMemory) {
      spill();
    }
  }

  private void spill() {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("zhifu-sort");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
    pending.sort(EnrichedEvents.ORDER);
    Path run = folder.resolve("run-" + runs.size());
    StoredFile.write(run, EnrichedEvent.class, pending.iterator(), Map.of());
    runs.add(run);
    pending.clear();
  }

  /**
   * Writes all of them.
   *
   * @param without ids of events to leave out
   * @return how many were written
   */
  public long write(Path file, Set<String> without, Map<String, String> notes) {
    pending.sort(EnrichedEvents.ORDER);
    List<Rows<EnrichedEvent>> open = new ArrayList<>();
    try {
      List<Iterator<EnrichedEvent>> parts = new ArrayList<>();
      for (Path run : runs) {
        Rows<EnrichedEvent> rows = StoredFile.read(run, EnrichedEvent.class);
        open.add(rows);
        parts.add(rows);
      }
      parts.add(pending.iterator());
      return StoredFile.write(file, EnrichedEvent.class, new Merged(parts, without), notes);
    } finally {
      open.forEach(Rows::close);
    }
  }

  @Override
  public void close() {
    try {
      for (Path run : runs) {
        Files.deleteIfExists(run);
      }
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sorted parts as one; copies of an event stand side by side in the total order. */
  private static final class Merged implements Iterator<EnrichedEvent> {
    private final PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Comparator.comparing(Head::event, EnrichedEvents.ORDER).thenComparingInt(Head::part));
    private final Set<String> without;
    private String last;

    private record Head(EnrichedEvent event, int part, Iterator<EnrichedEvent> rest) {}

    Merged(List<Iterator<EnrichedEvent>> parts, Set<String> without) {
      this.without = without;
      for (int i = 0; i < parts.size(); i++) {
        push(parts.get(i), i);
      }
    }

    private void push(Iterator<EnrichedEvent> rest, int part) {
      if (rest.hasNext()) {
        heads.add(new Head(rest.next(), part, rest));
      }
    }

    @Override
    public boolean hasNext() {
      while (!heads.isEmpty() && isLeftOut(heads.peek().event().getEventId())) {
        pop();
      }
      return !heads.isEmpty();
    }

    private boolean isLeftOut(String id) {
      return id.equals(last) || without.contains(id);
    }

    private EnrichedEvent pop() {
      Head head = heads.poll();
      push(head.rest(), head.part());
      return head.event();
    }

    @Override
    public EnrichedEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      EnrichedEvent event = pop();
      last = event.getEventId();
      return event;
    }
  }
}
