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
 * @param handedOn true while every account on it handed on most of what came, and soon
 * @param legs its transfers, the oldest first
 */
public record Trail(String origin, String first, boolean handedOn, List<Leg> legs) {

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

  static Trail begin(TrailMessage payment) {
    return new Trail(payment.payer(), payment.payee(), true, List.of(payment.leg()));
  }

  /**
   * The trail handed on.
   *
   * @param came the payment that it came with
   * @param payment the payment that it goes on with
   */
  Trail onward(TrailMessage came, TrailMessage payment, NetworkSettings settings) {
    boolean soon = payment.at() - came.at() <= settings.chainDwellMs();
    boolean most =
        payment.fen() >= settings.chainShare() * came.fen() && payment.fen() <= came.fen();
    List<Leg> longer = new ArrayList<>(legs);
    longer.add(payment.leg());
    return new Trail(origin, first, handedOn && soon && most, longer);
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

  /** All but the last transfer, which the message is about. */
  void write(SharedTexts.Out to) {
    to.text(origin);
    to.text(first);
    to.bytes().raw((legs.size() - 1) * 2 + (handedOn ? 1 : 0));
    legs.subList(0, legs.size() - 1).forEach(to::leg);
  }

  static Trail read(SharedTexts.In from, Leg last) {
    String origin = from.text();
    String first = from.text();
    int said = from.bytes().raw();
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < said / 2; i++) {
      legs.add(from.leg());
    }
    legs.add(last);
    return new Trail(origin, first, said % 2 == 1, legs);
  }
}
