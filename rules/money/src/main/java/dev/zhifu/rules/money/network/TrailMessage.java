package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an account tells one that it pays for the first time: the transfer, and the trails that lead
 * to it, this transfer included. Told again when an account hears late of a trail; what was told
 * before stays true.
 *
 * @param id of the transfer
 * @param at event time
 * @param fen amount
 * @param payer who paid
 * @param payee who was paid
 * @param trails the newest, bounded by the settings
 */
public record TrailMessage(
    String id, long at, long fen, String payer, String payee, List<Trail> trails) {
  private static final int VERSION = 1;

  /** Copies the list. */
  public TrailMessage {
    trails = Collections.unmodifiableList(new ArrayList<>(trails));
  }

  Leg leg() {
    return new Leg(id, at);
  }

  TrailMessage with(List<Trail> others) {
    return new TrailMessage(id, at, fen, payer, payee, others);
  }

  /** The message as it travels inside the job, its version first. */
  public byte[] toBytes() {
    Bytes.Out bytes = new Bytes.Out();
    bytes.raw(VERSION);
    write(new SharedTexts.Out(bytes));
    return bytes.toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged or of a later version
   */
  public static TrailMessage of(byte[] bytes) {
    Bytes.In from = new Bytes.In(bytes, "A message of trails");
    from.version(VERSION);
    return read(new SharedTexts.In(from));
  }

  void write(SharedTexts.Out to) {
    to.leg(leg());
    to.bytes().number(fen);
    to.text(payer);
    to.text(payee);
    to.bytes().unsigned(trails.size());
    trails.forEach(trail -> trail.write(to));
  }

  static TrailMessage read(SharedTexts.In from) {
    Leg leg = from.leg();
    long fen = from.bytes().number();
    String payer = from.text();
    String payee = from.text();
    int count = from.bytes().count();
    List<Trail> trails = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      trails.add(Trail.read(from, leg));
    }
    return new TrailMessage(leg.id(), leg.at(), fen, payer, payee, trails);
  }
}
