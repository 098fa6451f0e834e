package dev.zhifu.rules.stream;

import dev.zhifu.wire.EnrichedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several files of events as one stream in the total order: event time, serial, event id. */
public final class EventFiles implements Iterator<EnrichedEvent>, AutoCloseable {
  private static final Comparator<EnrichedEvent> ORDER =
      Comparator.comparing(EnrichedEvent::getOccurredAt)
          .thenComparing(EnrichedEvent::getSerial, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(EnrichedEvent::getEventId);

  private final List<EventFile> files = new ArrayList<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::event, ORDER));

  private record Head(EnrichedEvent event, EventFile rest) {}

  /**
   * Opens files of JSON lines, gzipped or not.
   *
   * @throws EventFileException when one cannot be read or holds something else; later reads throw
   *     it too
   */
  public EventFiles(List<Path> files) {
    for (Path file : files) {
      EventFile events = new EventFile(file);
      this.files.add(events);
      push(events);
    }
  }

  private void push(EventFile file) {
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
    Head head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException();
    }
    push(head.rest());
    return head.event();
  }

  @Override
  public void close() {
    files.forEach(EventFile::close);
  }
}
