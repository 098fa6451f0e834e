package dev.zhifu.oracle;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.wire.EnrichedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws histories near a rule: most events fit one of its steps, mostly in the order of the steps,
 * so that most histories have hits.
 */
final class RandomHistory {
  private final Random random;
  private final Rule rule;
  private final List<List<Signals.Content>> fitting = new ArrayList<>();
  private int serials;

  RandomHistory(Random random, Rule rule) {
    this.random = random;
    this.rule = rule;
    for (Step step : rule.steps()) {
      List<Signals.Content> fits =
          Signals.contents().stream()
              .filter(
                  content ->
                      step.condition().stateFree(Signals.view(Signals.event("k", "e", 1, content))))
              .toList();
      fitting.add(fits.isEmpty() ? Signals.contents() : fits);
    }
  }

  History draw(String key, Disturbance disturbance) {
    boolean late =
        disturbance == Disturbance.LATE || disturbance.mayAlsoBeLate() && random.nextInt(5) != 0;
    List<EnrichedEvent> events = events(key, disturbance);
    int bound = late ? 5 + random.nextInt((int) rule.withinMs()) : 0;
    List<EnrichedEvent> arrivals = arrivals(events, bound, late, disturbance);
    List<Happening> happenings = happenings(arrivals, bound);
    long newest = events.stream().mapToLong(Signals::timeOf).max().orElseThrow();
    long end = newest + rule.withinMs() + 1;
    if (random.nextBoolean()) {
      for (long watermark = newest; watermark < end; watermark += 1 + random.nextInt(9)) {
        happenings.add(Happening.watermark(watermark));
      }
    }
    happenings.add(Happening.watermark(end));
    int size = happenings.size();
    int failure = disturbance == Disturbance.RESTORE ? 2 + random.nextInt(size - 2) : -1;
    int snapshot = failure < 0 ? -1 : failure - 1 - random.nextInt(Math.min(8, failure));
    return new History(key, disturbance, happenings, end, snapshot, failure);
  }

  // -- events

  private List<EnrichedEvent> events(String key, Disturbance disturbance) {
    int size = 10 + random.nextInt(15);
    int longestGap = Math.max(2, (int) rule.withinMs() / (3 + random.nextInt(6)));
    List<EnrichedEvent> events = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long time = 10;
    int step = 0;
    for (int i = 0; i < size; i++) {
      time = next(time, times, disturbance, longestGap);
      times.add(time);
      boolean onward = random.nextInt(100) < 70;
      int at = onward ? step : random.nextInt(fitting.size());
      EnrichedEvent event =
          Signals.event(key, "e" + serials++ + "x" + random.nextInt(90), time, content(at));
      if (disturbance == Disturbance.TIED && random.nextInt(3) == 0) {
        event.setSerial((long) random.nextInt(3));
      }
      events.add(event);
      step = onward ? onward(step) : step;
    }
    return events;
  }

  private long next(long time, List<Long> times, Disturbance disturbance, int longestGap) {
    if (disturbance == Disturbance.TIED && random.nextInt(100) < 45) {
      return time;
    }
    if (disturbance == Disturbance.WINDOW_EDGE && !times.isEmpty() && random.nextInt(5) == 0) {
      long from = times.get(times.size() - 1 - random.nextInt(Math.min(6, times.size())));
      long edge = from + window() + random.nextInt(3) - 1;
      if (edge > time) {
        return edge;
      }
    }
    return time + 1 + random.nextInt(longestGap);
  }

  /** The rule's window, or one of its steps' own. */
  private long window() {
    List<Long> own =
        rule.steps().stream().map(Step::withinPreviousMs).filter(window -> window > 0).toList();
    return own.isEmpty() || random.nextBoolean()
        ? rule.withinMs()
        : own.get(random.nextInt(own.size()));
  }

  private Signals.Content content(int step) {
    if (random.nextInt(12) == 0) {
      List<Signals.Content> all = Signals.contents();
      return all.get(random.nextInt(all.size()));
    }
    List<Signals.Content> fits = fitting.get(step);
    return fits.get(random.nextInt(fits.size()));
  }

  /** The step whose event comes next: mostly the next one that takes events. */
  private int onward(int step) {
    if (rule.steps().get(step).timesMax() > 1 && random.nextInt(2) == 0) {
      return step;
    }
    int next = (step + 1) % fitting.size();
    return rule.steps().get(next).negated() && random.nextInt(6) != 0
        ? (next + 1) % fitting.size()
        : next;
  }

  // -- arrival

  private List<EnrichedEvent> arrivals(
      List<EnrichedEvent> events, int bound, boolean late, Disturbance disturbance) {
    Map<EnrichedEvent, Long> arrival = new IdentityHashMap<>();
    List<EnrichedEvent> arrivals = new ArrayList<>();
    boolean few = random.nextBoolean();
    for (EnrichedEvent event : events) {
      arrivals.add(event);
      arrival.put(event, at(event, late ? delay(bound, few) : 0));
      if (disturbance == Disturbance.DUPLICATE && random.nextInt(3) == 0) {
        EnrichedEvent copy = EnrichedEvent.newBuilder(event).build();
        arrivals.add(copy);
        arrival.put(copy, at(event, random.nextInt(4) == 0 ? 60 : random.nextInt(bound + 9)));
      }
    }
    arrivals.sort(Comparator.comparingLong(arrival::get));
    return arrivals;
  }

  /** One event in forty comes later than any watermark waits. */
  private int delay(int bound, boolean few) {
    if (random.nextInt(40) == 0) {
      return 3 * bound;
    }
    // A few events that are very late undo more hits than many that are shuffled.
    boolean late = few ? random.nextInt(4) == 0 : random.nextInt(3) != 0;
    int least = few ? bound / 2 : 0;
    return late ? least + random.nextInt(bound - least) : 0;
  }

  private long at(EnrichedEvent event, int delay) {
    return (Signals.timeOf(event) + delay) * 1000 + random.nextInt(1000);
  }

  private List<Happening> happenings(List<EnrichedEvent> arrivals, int bound) {
    List<Happening> happenings = new ArrayList<>();
    long newest = 0;
    for (EnrichedEvent event : arrivals) {
      happenings.add(Happening.of(event));
      newest = Math.max(newest, Signals.timeOf(event));
      if (random.nextInt(3) == 0) {
        happenings.add(Happening.watermark(newest - bound - 1));
      }
    }
    return happenings;
  }
}
