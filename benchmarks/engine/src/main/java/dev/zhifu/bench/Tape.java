package dev.zhifu.bench;

import dev.zhifu.wire.EnrichedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file of events, its last part played again and again as later days. The bytes are decoded anew
 * each time, as a job that reads a topic would.
 *
 * @param file of {@link EventFile}
 * @param once events at its head that are played once
 * @param spanMs event time of the part played again
 * @param most events at most; negative for no end
 */
record Tape(String file, int once, long spanMs, long most) implements Feed {
  private static final Map<String, byte[][]> READ = new ConcurrentHashMap<>();

  @Override
  public Cursor open(int subtask, int parallelism) throws IOException {
    byte[][] events = bytes();
    EventFile.Decoder decoder = new EventFile.Decoder();
    return new Cursor() {
      private long at = subtask;

      @Override
      public EnrichedEvent next() throws IOException {
        if (most >= 0 && at >= most) {
          return null;
        }
        long again = Math.max(0, at - once);
        int length = events.length - once;
        int index = at < once ? (int) at : once + (int) (again % length);
        long round = again / length;
        at += parallelism;
        EnrichedEvent event = decoder.decode(events[index]);
        Shift.apply(event, round, spanMs);
        return event;
      }
    };
  }

  private byte[][] bytes() throws IOException {
    synchronized (READ) {
      byte[][] events = READ.get(file);
      if (events == null) {
        events = EventFile.read(Path.of(file));
        READ.put(file, events);
      }
      return events;
    }
  }
}
