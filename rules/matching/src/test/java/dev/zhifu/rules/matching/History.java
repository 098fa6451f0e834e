package dev.zhifu.rules.matching;

import dev.zhifu.wire.EnrichedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A random arrival of events and watermarks at one key: late events, duplicates, ties, window
 * edges.
 */
final class History {
  /** One thing that happens: an event, or a watermark when {@code event} is null. */
  record Happening(EnrichedEvent event, long watermarkMs) {}

  final String key;
  final List<Happening> happenings = new ArrayList<>();
  final long endMs;

  History(Random random, String key, long windowMs) {
    this.key = key;
    int size = 8 + random.nextInt(18);
    List<EnrichedEvent> events = new ArrayList<>();
    long time = 10;
    for (int i = 0; i < size; i++) {
      boolean atWindowEdge = i > 0 && random.nextInt(12) == 0;
      boolean tie = random.nextInt(4) == 0;
      time += atWindowEdge ? windowMs : tie ? 0 : random.nextInt(9);
      EnrichedEvent event =
          Events.telecom(
              key, "e" + random.nextInt(1 << 20), time, random.nextInt(4), random.nextInt(6));
      if (random.nextInt(5) == 0) {
        event.setSerial((long) random.nextInt(3));
      }
      events.add(event);
    }
    arrive(random, events, windowMs, 5 + random.nextInt(25));
    endMs = time + windowMs + 1;
    if (random.nextBoolean()) {
      for (long watermark = time; watermark < endMs; watermark += 1 + random.nextInt(9)) {
        happenings.add(new Happening(null, watermark));
      }
    }
    happenings.add(new Happening(null, endMs));
  }

  private void arrive(Random random, List<EnrichedEvent> events, long windowMs, int bound) {
    long[] arrival = new long[events.size()];
    Integer[] order = new Integer[events.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      // One event in forty comes later than any watermark waits.
      int delay =
          random.nextInt(40) == 0 ? 3 * bound : random.nextInt(3) == 0 ? 0 : random.nextInt(bound);
      arrival[i] = (timeOf(events.get(i)) + delay) * 1000 + random.nextInt(1000);
    }
    Arrays.sort(order, Comparator.comparingLong(i -> arrival[i]));
    long newest = 0;
    for (int i : order) {
      EnrichedEvent event = events.get(i);
      happenings.add(new Happening(event, 0));
      if (random.nextInt(6) == 0) {
        happenings.add(new Happening(event, 0));
      }
      newest = Math.max(newest, timeOf(event));
      if (random.nextInt(3) == 0) {
        happenings.add(new Happening(null, newest - bound - 1));
      }
    }
  }

  static long timeOf(EnrichedEvent event) {
    return event.getOccurredAt().toEpochMilli();
  }
}
