package dev.zhifu.rules.features;

import dev.zhifu.rules.features.TimedRows.Column;

/**
 * What the first step keeps under one key, which is an account, a number or a device: the ids of
 * events that came under it, and beside them what an account received, what calls a number had, or
 * who logged in on a device. The sections of the other two stay empty and are not written, so that
 * bytes from before numbers and devices were kept read as they were. At most 1,024 ids, 512 credits
 * of an hour, 256 QR credits of a day, 512 sums of 15 days, 64 calls and 64 holders of a day; sizes
 * stand in {@code docs/features.md}.
 */
public final class PayeeState implements EntityState {
  /** Ids remembered for one key; the oldest go first. */
  public static final String LIMIT_IDS = "payee.ids";

  /** Credits of the last hour of one account. */
  public static final String LIMIT_CREDITS = "payee.credits";

  /** QR credits of the last 24 hours of one account. */
  public static final String LIMIT_QR = "payee.qrCredits";

  /** Single sums of the last 15 days; past it they are added up by the hour. */
  public static final String LIMIT_SUMS = "payee.sums";

  /** Calls of the last 24 hours of one number. */
  public static final String LIMIT_CALLS = "number.calls";

  /** Holders that logged in on one device in the last 24 hours. */
  public static final String LIMIT_HOLDERS = "device.holders";

  static final int VERSION = 1;
  static final int MOST_IDS = 1_024;
  static final int MOST_CREDITS = 512;
  static final int MOST_QR = 256;
  static final int MOST_CALLS = 64;
  static final int MOST_HOLDERS = 64;

  /**
   * More than the 361 hours that 15 days can touch, so that adding up by the hour always makes
   * room.
   */
  static final int MOST_SUMS = 512;

  /**
   * Longer than the 180 days after which an account counts as dormant, so that dormancy is seen and
   * not forgotten.
   */
  static final long KEPT = 366 * Windows.DAY;

  private static final int TAG_IDS = 1;
  private static final int TAG_CREDITS = 2;
  private static final int TAG_QR = 3;
  private static final int TAG_SUMS = 4;
  private static final int TAG_TIMES = 5;
  private static final int TAG_CALLS = 6;
  private static final int TAG_HOLDERS = 7;

  static final int ID = 0;
  static final int CONTENT = 1;
  static final int PAYER = 0;
  static final int IS_QR = 1;
  static final int AMOUNT = 0;
  static final int SESSION = 0;
  static final int PEER = 1;
  static final int PLACED = 2;
  static final int SECONDS = 3;
  static final int HOLDER = 0;

  /** Length of a call whose end was not seen yet. */
  static final long OPEN = -1;

  final TimedRows ids = new TimedRows(MOST_IDS, Column.HASH, Column.HASH);
  final TimedRows credits = new TimedRows(MOST_CREDITS, Column.HASH, Column.NUMBER);
  final TimedRows qrCredits = new TimedRows(MOST_QR, Column.NUMBER);
  final TimedRows sums = new TimedRows(MOST_SUMS, Column.NUMBER);
  final TimedRows calls =
      new TimedRows(MOST_CALLS, Column.HASH, Column.HASH, Column.NUMBER, Column.NUMBER);
  final TimedRows holders = new TimedRows(MOST_HOLDERS, Column.HASH);

  /** Newest event time under this key, whatever it was. */
  long newest = Long.MIN_VALUE;

  /** Newest credit; {@link Long#MIN_VALUE} when never credited. */
  long lastCredit = Long.MIN_VALUE;

  /** Newest credit that is no longer among {@link #credits}. */
  long creditBeforeRows = Long.MIN_VALUE;

  /** Which ids may be among many; null while they are few. Made from them when it is needed. */
  private SeenIds seen;

  /** Place of an id; −1 when it is not remembered. Nearly every event asks, and in vain. */
  int lastId(long id) {
    if (ids.size() > SeenIds.FEW) {
      if (seen == null || seen.isFull()) {
        seen = SeenIds.of(ids, ID);
      }
      if (!seen.mayHold(id)) {
        return -1;
      }
    }
    return ids.lastWith(ID, id);
  }

  /** Remembers an id; false when the oldest had to go for it. */
  boolean addId(long at, long id, long content) {
    if (seen != null) {
      seen.add(id);
    }
    return ids.add(at, id, content);
  }

  @Override
  public long expiresAt() {
    if (newest == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    long idsEnd = newest + Dedupe.HORIZON + Windows.SLACK;
    return lastCredit == Long.MIN_VALUE ? idsEnd : Math.max(idsEnd, lastCredit + KEPT);
  }

  @Override
  public byte[] toBytes() {
    StateWriter out = new StateWriter(VERSION);
    out.section(TAG_IDS, ids::writeTo);
    out.section(TAG_CREDITS, credits::writeTo);
    out.section(TAG_QR, qrCredits::writeTo);
    out.section(TAG_SUMS, sums::writeTo);
    out.section(TAG_TIMES, this::writeTimes);
    writeUnlessEmpty(out, TAG_CALLS, calls);
    writeUnlessEmpty(out, TAG_HOLDERS, holders);
    return out.toBytes();
  }

  private static void writeUnlessEmpty(StateWriter out, int tag, TimedRows rows) {
    if (rows.size() > 0) {
      out.section(tag, rows::writeTo);
    }
  }

  private void writeTimes(StateWriter out) {
    out.number(newest);
    out.number(lastCredit);
    out.number(creditBeforeRows);
  }

  static PayeeState of(byte[] bytes) {
    PayeeState state = new PayeeState();
    StateReader in = new StateReader(bytes, "payee account", VERSION);
    for (int tag = in.nextSection(); tag != 0; tag = in.nextSection()) {
      state.readSection(tag, in);
    }
    return state;
  }

  private void readSection(int tag, StateReader in) {
    switch (tag) {
      case TAG_IDS -> ids.readFrom(in);
      case TAG_CREDITS -> credits.readFrom(in);
      case TAG_QR -> qrCredits.readFrom(in);
      case TAG_SUMS -> sums.readFrom(in);
      case TAG_CALLS -> calls.readFrom(in);
      case TAG_HOLDERS -> holders.readFrom(in);
      case TAG_TIMES -> {
        newest = in.number();
        lastCredit = in.number();
        creditBeforeRows = in.number();
      }
      default -> {
        // A section of a later program with the same version: skipped, as its tag promises.
      }
    }
  }
}
