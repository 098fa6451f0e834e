package dev.zhifu.rules.money.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A way that money may have come: first payments, each later than the one before.
 *
 * @param origin account that the trail began at
 * @param first account that the origin paid
 * @param lastFen amount of its newest transfer
 * @param handedOn true while every account on it handed on most of what came, and soon
 * @param legs its transfers, the oldest first
 */
public record Trail(String origin, String first, long lastFen, boolean handedOn, List<Leg> legs) {

  /**
   * Trails that end with one transfer, the newest way first: read back from that transfer, the one
   * that waited less comes first. What a bound drops does not hang on the order of arrival.
   */
  static final Comparator<Trail> NEWEST_FIRST = Trail::compareBackwards;

  /** Copies the list. */
  public Trail {
    legs = Collections.unmodifiableList(new ArrayList<>(legs));
  }

  /** Transfers on it. */
  public int length() {
    return legs.size();
  }

  /** Event time of its first transfer. */
  public long beganAt() {
    return legs.get(0).at();
  }

  /** Event time of its newest transfer. */
  public long lastAt() {
    return legs.get(legs.size() - 1).at();
  }

  static Trail begin(Leg leg, long fen, String payer, String payee) {
    return new Trail(payer, payee, fen, true, List.of(leg));
  }

  Trail onward(Leg leg, long fen, NetworkSettings settings) {
    boolean soon = leg.at() - lastAt() <= settings.chainDwellMs();
    boolean most = fen >= settings.chainShare() * lastFen && fen <= lastFen;
    List<Leg> longer = new ArrayList<>(legs);
    longer.add(leg);
    return new Trail(origin, first, fen, handedOn && soon && most, longer);
  }

  private static int compareBackwards(Trail one, Trail other) {
    int steps = Math.min(one.length(), other.length());
    for (int back = 1; back <= steps; back++) {
      Leg mine = one.legs.get(one.length() - back);
      Leg theirs = other.legs.get(other.length() - back);
      int newer = Long.compare(theirs.at(), mine.at());
      if (newer != 0) {
        return newer;
      }
      int byId = mine.id().compareTo(theirs.id());
      if (byId != 0) {
        return byId;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  void write(SharedTexts.Out to) {
    to.text(origin);
    to.text(first);
    to.bytes().number(lastFen);
    to.bytes().raw(handedOn ? 1 : 0);
    to.bytes().unsigned(legs.size());
    long before = 0;
    for (Leg leg : legs) {
      to.text(leg.id());
      to.bytes().number(leg.at() - before);
      before = leg.at();
    }
  }

  static Trail read(SharedTexts.In from) {
    String origin = from.text();
    String first = from.text();
    long lastFen = from.bytes().number();
    boolean handedOn = from.bytes().raw() == 1;
    int count = from.bytes().count();
    List<Leg> legs = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      String id = from.text();
      before += from.bytes().number();
      legs.add(new Leg(id, before));
    }
    return new Trail(origin, first, lastFen, handedOn, legs);
  }
}
