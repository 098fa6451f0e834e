package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** One account at one bank: money, what lies on it, and what restricts it. */
final class Account {
  private static final long NUMBER_FIRST = 1_000_003L;
  private static final long NUMBER_STEP = 7919L;

  final int index;
  final byte bank;
  final Holder holder;
  final AccountKind kind;

  /** Day it was opened, counted from 1970-01-01. */
  final int openedDay;

  /** 1..4 for a mule account, 0 for one that acts in good faith. Set before the city lives. */
  byte level;

  long balanceFen;

  /** Money promised to transfers that the bank is asking about or holds. */
  long reservedFen;

  /** Bookings so far; the newest is the serial number. */
  int serial;

  /** Payments entered so far. */
  int payments;

  /** Accesses so far. */
  int accesses;

  /** Null while every fen is clean. */
  ArrayDeque<Lot> lots;

  /** Null until the first restriction. */
  private Map<String, Restriction> restrictions;

  ByteBuffer cipher;
  boolean sealed;

  /** A stop or hold that blocks debits within [from, until). */
  record Restriction(String id, boolean stop, long from, long until) {}

  Account(int index, int bank, Holder holder, AccountKind kind, int openedDay, int level) {
    this.index = index;
    this.bank = (byte) bank;
    this.holder = holder;
    this.kind = kind;
    this.openedDay = openedDay;
    this.level = (byte) level;
  }

  long availableFen() {
    return balanceFen - reservedFen;
  }

  /** Whether the account existed then, by the bank's calendar. */
  boolean openAt(long ms) {
    return openedDay <= (ms + 8 * 3_600_000L) / CitySettings.DAY_MS;
  }

  boolean inGoodFaith() {
    return level == 0;
  }

  /** Account number, 19 digits, the bank's digits in front; unique by construction. */
  String number() {
    return "6217"
        + Messages.padded(bank + 1, 2)
        + Messages.padded(NUMBER_FIRST + index * NUMBER_STEP, 13);
  }

  /** The index that {@link #number} hides, or -1 when it is no number of ours. */
  static int indexOf(String number) {
    if (!number.matches("6217[0-9]{15}")) {
      return -1;
    }
    long serial = Long.parseLong(number.substring(6)) - NUMBER_FIRST;
    return serial >= 0 && serial % NUMBER_STEP == 0 ? (int) (serial / NUMBER_STEP) : -1;
  }

  String name() {
    return holder.name();
  }

  boolean blockedAt(long now) {
    return restricts(now, true) || restricts(now, false);
  }

  boolean restricts(long now, boolean stop) {
    if (restrictions == null) {
      return false;
    }
    for (Restriction restriction : restrictions.values()) {
      if (restriction.stop == stop && now >= restriction.from && now < restriction.until) {
        return true;
      }
    }
    return false;
  }

  void restrict(Restriction restriction) {
    if (restrictions == null) {
      restrictions = new HashMap<>();
    }
    restrictions.put(restriction.id, restriction);
  }

  boolean has(String id) {
    return restrictions != null && restrictions.containsKey(id);
  }

  /** True when there was such a restriction. */
  boolean lift(String id) {
    return restrictions != null && restrictions.remove(id) != null;
  }
}
