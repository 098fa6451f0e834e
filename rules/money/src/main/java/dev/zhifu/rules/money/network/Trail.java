package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A way that money may have come: first payments, each later than the one before.
 *
 * @param origin account that the trail began at
 * @param first account that the origin paid
 * @param beganAt event time of its first transfer
 * @param lastAt event time of its newest transfer
 * @param lastFen amount of its newest transfer
 * @param handedOn true while every account on it handed on most of what came, and soon
 * @param ids ids of its transfers, the oldest first
 */
public record Trail(
    String origin,
    String first,
    long beganAt,
    long lastAt,
    long lastFen,
    boolean handedOn,
    List<String> ids) {

  /** Copies the list. */
  public Trail {
    ids = Collections.unmodifiableList(new ArrayList<>(ids));
  }

  /** Transfers on it. */
  public int length() {
    return ids.size();
  }

  void write(Bytes.Out bytes) {
    bytes.text(origin);
    bytes.text(first);
    bytes.number(beganAt);
    bytes.number(lastAt);
    bytes.number(lastFen);
    bytes.raw(handedOn ? 1 : 0);
    bytes.unsigned(ids.size());
    ids.forEach(bytes::text);
  }

  static Trail read(Bytes.In from) {
    String origin = from.text();
    String first = from.text();
    long beganAt = from.number();
    long lastAt = from.number();
    long lastFen = from.number();
    boolean handedOn = from.raw() == 1;
    int count = from.count();
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(from.text());
    }
    return new Trail(origin, first, beganAt, lastAt, lastFen, handedOn, ids);
  }

  static Trail begin(String id, long at, long fen, String payer, String payee) {
    return new Trail(payer, payee, at, at, fen, true, List.of(id));
  }

  Trail onward(String id, long at, long fen, NetworkSettings settings) {
    boolean soon = at - lastAt <= settings.chainDwellMs();
    boolean most = fen >= settings.chainShare() * lastFen && fen <= lastFen;
    List<String> longer = new ArrayList<>(ids);
    longer.add(id);
    return new Trail(origin, first, beganAt, at, fen, handedOn && soon && most, longer);
  }
}
