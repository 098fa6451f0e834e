package dev.zhifu.rules.matching;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies of a fork on its way through the tail, so that after an event out of order only what comes
 * behind it is fed again (ADR-0072). They lie closer together the nearer they are to the newest
 * event, where most late events belong.
 */
final class ForkMarks {
  /** A copy costs about what feeding one event costs at a busy key, and saves feeding many. */
  static final int EVERY = 8;

  private static final int MOST = 6;

  private final PartialsCodec codec;
  private final int every;
  private final List<Mark> marks = new ArrayList<>(2);
  private int fed;

  /**
   * The fork after some event.
   *
   * @param last event that it was fed last
   * @param at events that it had been fed then
   * @param partials never changed
   * @param hits ids of what it had found
   */
  record Mark(MatchEvent last, int at, Partials partials, Set<String> hits) {}

  /**
   * No marks yet.
   *
   * @param every events fed between two marks
   */
  ForkMarks(PartialsCodec codec, int every) {
    this.codec = codec;
    this.every = every;
  }

  /** The fork has been fed an event, later than all before. */
  void fed(MatchEvent event, Partials fork, Set<String> hits) {
    fed++;
    int last = marks.isEmpty() ? 0 : marks.get(marks.size() - 1).at;
    if (fed - last >= every) {
      marks.add(new Mark(event, fed, codec.copy(fork), new HashSet<>(hits)));
      thin();
    }
  }

  /** Keeps of the older ones about one for each doubling of the distance to the newest event. */
  private void thin() {
    for (int i = marks.size() - 2; i > 0 && marks.size() > 2; i--) {
      if (fed - marks.get(i - 1).at <= 2 * (fed - marks.get(i + 1).at + every)) {
        marks.remove(i);
      }
    }
    if (marks.size() > MOST) {
      marks.remove(0);
    }
  }

  /**
   * The newest mark that an event leaves as it is; those behind it are dropped.
   *
   * @return null when there is none
   */
  Mark before(MatchEvent event) {
    while (!marks.isEmpty()) {
      Mark newest = marks.get(marks.size() - 1);
      if (newest.last.compareTo(event) < 0) {
        fed = newest.at;
        return newest;
      }
      marks.remove(marks.size() - 1);
    }
    fed = 0;
    return null;
  }

  /** The tail begins after the watermark now, and with it what can be fed again. */
  void passed(long watermarkMs) {
    marks.removeIf(mark -> mark.last.timeMs() <= watermarkMs);
  }
}
