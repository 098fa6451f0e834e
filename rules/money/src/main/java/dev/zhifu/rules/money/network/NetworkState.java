package dev.zhifu.rules.money.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/** What one account remembers for the shapes; bounded by the settings. */
public final class NetworkState {
  /** Accounts that this one has paid, with the time of the newest payment, the longest unpaid first. */
  final LinkedHashMap<String, Long> paid = new LinkedHashMap<>(16, 0.75f, true);

  /** First payments from others, the oldest first. */
  final Deque<TrailMessage> in = new ArrayDeque<>();

  /** First payments to others, the oldest first. */
  final Deque<TrailMessage> out = new ArrayDeque<>();

  /** Movements, trails and partners kept: what a bound is about. */
  public int size() {
    int trails = 0;
    for (TrailMessage message : in) {
      trails += 1 + message.trails().size();
    }
    return paid.size() + trails + out.size();
  }

  void forget(long before) {
    forget(in, before);
    forget(out, before);
  }

  private static void forget(Deque<TrailMessage> steps, long before) {
    while (!steps.isEmpty() && steps.peekFirst().at() < before) {
      steps.removeFirst();
    }
  }

  /** Keeps the order of time; one that comes late finds its place. */
  static void add(Deque<TrailMessage> steps, TrailMessage message, int most) {
    if (steps.isEmpty() || steps.peekLast().at() <= message.at()) {
      steps.addLast(message);
    } else {
      List<TrailMessage> sorted = new ArrayList<>(steps);
      int place = sorted.size();
      while (place > 0 && sorted.get(place - 1).at() > message.at()) {
        place--;
      }
      sorted.add(place, message);
      steps.clear();
      steps.addAll(sorted);
    }
    while (steps.size() > most) {
      steps.removeFirst();
    }
  }
}
