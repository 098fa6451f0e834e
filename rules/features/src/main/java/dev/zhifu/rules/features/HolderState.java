package dev.zhifu.rules.features;

import dev.zhifu.rules.features.TimedRows.Column;

/**
 * What one person's numbers, lenders and own money did. At most 128 calls of a day, 16 sessions of
 * four hours, 32 loans, 16 silenced calls, 64 payments to new payees and 64 balances of a day, 32
 * baits of 60 days, 16 transfers and 16 cash withdrawals of 90 days; bytes are stated in {@link
 * FeatureDeclaration.Entity#HOLDER}.
 */
public final class HolderState implements EntityState {
  /** Calls of the last 24 hours of one holder. */
  public static final String LIMIT_CALLS = "holder.calls";

  /** Screen-share, meeting and remote-control sessions of the last 4 hours. */
  public static final String LIMIT_SESSIONS = "holder.sessions";

  /** Loans paid out in the last 24 hours. */
  public static final String LIMIT_LOANS = "holder.loans";

  /** Calls declined and warnings that found the line busy, of the last 24 hours. */
  public static final String LIMIT_SILENCED = "holder.silenced";

  /** Transfers to payees never paid before, of the last 24 hours. */
  public static final String LIMIT_NEW_PAYEES = "holder.newPayees";

  /** Movements of the last 24 hours with what the account held before. */
  public static final String LIMIT_BALANCES = "holder.balances";

  /** Small first payments of the last 60 days. */
  public static final String LIMIT_BAITS = "holder.baits";

  static final int VERSION = 1;
  static final int MOST_CALLS = 128;
  static final int MOST_SESSIONS = 16;
  static final int MOST_LOANS = 32;
  static final int MOST_SILENCED = 16;
  static final int MOST_NEW_PAYEES = 64;
  static final int MOST_BALANCES = 64;
  static final int MOST_BAITS = 32;

  /** Habits are of the newest so many; older ones go and nothing is lost by it. */
  static final int NEWEST_HABITS = 16;

  /** The longest window of calls, sessions and loans. */
  static final long KEPT = Windows.DAY + Windows.SLACK;

  /** The longest window of money. */
  static final long MONEY_KEPT = HolderMoney.HABIT_WINDOW + Windows.SLACK;

  /** How long a new SIM is remembered. */
  static final long SIM_KEPT = HolderFeatures.SIM + Windows.SLACK;

  private static final int TAG_CALLS = 1;
  private static final int TAG_SESSIONS = 2;
  private static final int TAG_LOANS = 3;
  private static final int TAG_TIMES = 4;
  private static final int TAG_NEW_PAYEES = 5;
  private static final int TAG_BALANCES = 6;
  private static final int TAG_BAITS = 7;
  private static final int TAG_TRANSFERS = 8;
  private static final int TAG_CASH = 9;
  private static final int TAG_MONEY_TIMES = 10;
  private static final int TAG_SILENCED = 11;
  private static final int TAG_MARKS = 12;

  static final int SESSION = 0;
  static final int END = 1;
  static final int PEER = 2;
  static final int SECONDS = 3;
  static final int FIRST_CONTACT = 4;
  static final int PREFIX = 5;
  static final int LENDER = 0;
  static final int NEW_PAYEE = 0;
  static final int NEW_FEN = 1;
  static final int NEW_FIRST = 2;
  static final int ACCOUNT = 0;
  static final int BALANCE = 1;
  static final int OUT = 2;
  static final int BAIT_FEN = 0;
  static final int CAME_BACK = 1;
  static final int FEN = 0;

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
  final TimedRows silenced = new TimedRows(MOST_SILENCED);
  final TimedRows newPayees =
      new TimedRows(MOST_NEW_PAYEES, Column.HASH, Column.NUMBER, Column.NUMBER);
  final TimedRows balances =
      new TimedRows(MOST_BALANCES, Column.HASH, Column.NUMBER, Column.NUMBER);
  final TimedRows baits = new TimedRows(MOST_BAITS, Column.NUMBER, Column.NUMBER);
  final TimedRows transfers = new TimedRows(NEWEST_HABITS, Column.NUMBER);
  final TimedRows cash = new TimedRows(NEWEST_HABITS, Column.NUMBER);

  /** Newest signal or loan; {@link Long#MIN_VALUE} when there was none. */
  long newest = Long.MIN_VALUE;

  /** Newest movement of own money or risky application; {@link Long#MIN_VALUE} without one. */
  long newestMoney = Long.MIN_VALUE;

  /** Newest transfer from another holder, or loan; {@link Long#MIN_VALUE} without one. */
  long lastCredit = Long.MIN_VALUE;

  /** Newest risky application or listed address; {@link Long#MIN_VALUE} without one. */
  long riskyAppAt = Long.MIN_VALUE;

  /** When calls were last forwarded to a first contact; {@link Long#MIN_VALUE} when never seen. */
  long forwardedAt = Long.MIN_VALUE;

  /** When a SIM was last replaced or newly issued; {@link Long#MIN_VALUE} when never seen. */
  long simAt = Long.MIN_VALUE;

  @Override
  public long expiresAt() {
    long signals = Math.max(end(newest, KEPT), end(simAt, SIM_KEPT));
    return Math.max(signals, end(newestMoney, MONEY_KEPT));
  }

  private static long end(long time, long kept) {
    return time == Long.MIN_VALUE ? time : time + kept;
  }

  @Override
  public byte[] toBytes() {
    StateWriter out = new StateWriter(VERSION);
    out.section(TAG_CALLS, calls::writeTo);
    out.section(TAG_SESSIONS, sessions::writeTo);
    out.section(TAG_LOANS, loans::writeTo);
    out.section(TAG_TIMES, times -> times.number(newest));
    if (silenced.size() > 0) {
      out.section(TAG_SILENCED, silenced::writeTo);
    }
    if (newestMoney != Long.MIN_VALUE) {
      writeMoney(out);
    }
    if (forwardedAt != Long.MIN_VALUE || simAt != Long.MIN_VALUE) {
      out.section(TAG_MARKS, this::writeMarks);
    }
    return out.toBytes();
  }

  private void writeMoney(StateWriter out) {
    out.section(TAG_NEW_PAYEES, newPayees::writeTo);
    out.section(TAG_BALANCES, balances::writeTo);
    out.section(TAG_BAITS, baits::writeTo);
    out.section(TAG_TRANSFERS, transfers::writeTo);
    out.section(TAG_CASH, cash::writeTo);
    out.section(
        TAG_MONEY_TIMES,
        times -> {
          times.number(newestMoney);
          times.number(lastCredit);
          times.number(riskyAppAt);
        });
  }

  private void writeMarks(StateWriter out) {
    out.number(forwardedAt);
    out.number(simAt);
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
      case TAG_SILENCED -> silenced.readFrom(in);
      case TAG_NEW_PAYEES -> newPayees.readFrom(in);
      case TAG_BALANCES -> balances.readFrom(in);
      case TAG_BAITS -> baits.readFrom(in);
      case TAG_TRANSFERS -> transfers.readFrom(in);
      case TAG_CASH -> cash.readFrom(in);
      case TAG_MONEY_TIMES -> {
        newestMoney = in.number();
        lastCredit = in.number();
        riskyAppAt = in.number();
      }
      case TAG_MARKS -> {
        forwardedAt = in.number();
        simAt = in.number();
      }
      default -> {
        // A section of a later program with the same version: skipped, as its tag promises.
      }
    }
  }
}
