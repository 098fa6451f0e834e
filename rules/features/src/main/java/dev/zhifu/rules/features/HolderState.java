package dev.zhifu.rules.features;

import dev.zhifu.rules.features.TimedRows.Column;

/**
 * What one person's numbers and lenders did. At most 128 calls of a day, 16 sessions of four hours
 * and 32 loans of a day; about 200 bytes for an ordinary person, 4 kB for a courier on the phone
 * all day.
 */
public final class HolderState implements EntityState {
  /** Calls of the last 24 hours of one holder. */
  public static final String LIMIT_CALLS = "holder.calls";

  /** Screen-share, meeting and remote-control sessions of the last 4 hours. */
  public static final String LIMIT_SESSIONS = "holder.sessions";

  /** Loans paid out in the last 24 hours. */
  public static final String LIMIT_LOANS = "holder.loans";

  static final int VERSION = 1;
  static final int MOST_CALLS = 128;
  static final int MOST_SESSIONS = 16;
  static final int MOST_LOANS = 32;

  /** The longest window of this step. */
  static final long KEPT = Windows.DAY + Windows.SLACK;

  private static final int TAG_CALLS = 1;
  private static final int TAG_SESSIONS = 2;
  private static final int TAG_LOANS = 3;
  private static final int TAG_TIMES = 4;

  static final int SESSION = 0;
  static final int END = 1;
  static final int PEER = 2;
  static final int SECONDS = 3;
  static final int FIRST_CONTACT = 4;
  static final int PREFIX = 5;
  static final int LENDER = 0;

  /** An end not seen yet. */
  static final long OPEN = Long.MAX_VALUE;

  final TimedRows calls =
      new TimedRows(
          MOST_CALLS,
          Column.HASH,
          Column.NUMBER,
          Column.HASH,
          Column.NUMBER,
          Column.NUMBER,
          Column.NUMBER);
  final TimedRows sessions = new TimedRows(MOST_SESSIONS, Column.HASH, Column.NUMBER);
  final TimedRows loans = new TimedRows(MOST_LOANS, Column.HASH);

  /** Newest event that moved this state; {@link Long#MIN_VALUE} when there was none. */
  long newest = Long.MIN_VALUE;

  @Override
  public long expiresAt() {
    return newest == Long.MIN_VALUE ? newest : newest + KEPT;
  }

  @Override
  public byte[] toBytes() {
    StateWriter out = new StateWriter(VERSION);
    out.section(TAG_CALLS, calls::writeTo);
    out.section(TAG_SESSIONS, sessions::writeTo);
    out.section(TAG_LOANS, loans::writeTo);
    out.section(TAG_TIMES, times -> times.number(newest));
    return out.toBytes();
  }

  static HolderState of(byte[] bytes) {
    HolderState state = new HolderState();
    StateReader in = new StateReader(bytes, "holder", VERSION);
    for (int tag = in.nextSection(); tag != 0; tag = in.nextSection()) {
      state.readSection(tag, in);
    }
    return state;
  }

  private void readSection(int tag, StateReader in) {
    switch (tag) {
      case TAG_CALLS -> calls.readFrom(in);
      case TAG_SESSIONS -> sessions.readFrom(in);
      case TAG_LOANS -> loans.readFrom(in);
      case TAG_TIMES -> newest = in.number();
      default -> {
        // A section of a later program with the same version: skipped, as its tag promises.
      }
    }
  }
}
