package dev.zhifu.rules.features;

import dev.zhifu.rules.features.TimedRows.Column;

/**
 * What one account did, both ways. At most 512 movements of an hour, 512 transfers of a week, 64
 * own sources of 5 days, 9 days of night sums and 512 payees; about 370 bytes for an ordinary
 * account, 19 kB for the busiest.
 */
public final class PayerState implements EntityState {
  /** Movements of the last hour of one account. */
  public static final String LIMIT_MOVES = "payer.moves";

  /** Transfers and cash of the last 7 days of one account. */
  public static final String LIMIT_WEEK = "payer.week";

  /** Transfers from own accounts in the last 5 days. */
  public static final String LIMIT_OWN = "payer.ownSources";

  /** Payees remembered; the one paid longest ago goes first and counts as never paid. */
  public static final String LIMIT_PAYEES = "payer.payees";

  static final int VERSION = 1;
  static final int MOST_MOVES = 512;
  static final int MOST_WEEK = 512;
  static final int MOST_OWN = 64;

  /** Seven days and room for late events of the day before. */
  static final int MOST_DAYS = 9;

  static final int MOST_PAYEES = 512;

  /**
   * Longer than the 180 days after which an account counts as dormant, so that dormancy is seen and
   * not forgotten.
   */
  static final long KEPT = 366 * Windows.DAY;

  private static final int TAG_MOVES = 1;
  private static final int TAG_OWN = 2;
  private static final int TAG_DAYS = 3;
  private static final int TAG_PAYEES = 4;
  private static final int TAG_TIMES = 5;
  private static final int TAG_BALANCE = 6;
  private static final int TAG_WEEK = 7;
  private static final int TAG_LIFE = 8;

  static final int OTHER = 0;
  static final int AMOUNT = 1;
  static final int FLAGS = 2;
  static final int NIGHT_FEN = 0;
  static final int DAY_FEN = 1;

  /** Flag of a movement: money left the account; otherwise it came. */
  static final int DEBIT = 1;

  /** Flag of a movement: the other side is another holder's. */
  static final int OTHER_HOLDER = 2;

  /** Flag of a movement of the hour: a QR payment. */
  static final int QR = 4;

  /** Flag of a movement of the week: cash drawn. */
  static final int CASH = 2;

  final TimedRows moves = new TimedRows(MOST_MOVES, Column.HASH, Column.NUMBER, Column.NUMBER);

  /** Transfers with other holders and cash drawn, of the last 7 days. */
  final TimedRows week = new TimedRows(MOST_WEEK, Column.HASH, Column.NUMBER, Column.NUMBER);

  final TimedRows ownSources = new TimedRows(MOST_OWN, Column.HASH);

  /**
   * One row a day with a movement; its "time" is the day number, so that a day is found like a
   * time.
   */
  final TimedRows days = new TimedRows(MOST_DAYS, Column.NUMBER, Column.NUMBER);

  /** One row a payee; its "time" is the day number of the last payment. */
  final TimedRows payees = new TimedRows(MOST_PAYEES, Column.HASH);

  /** Newest movement; {@link Long#MIN_VALUE} when there was none. */
  long lastMove = Long.MIN_VALUE;

  /** Newest movement that is no longer among {@link #moves}. */
  long moveBeforeRows = Long.MIN_VALUE;

  /**
   * First movement ever seen; {@link Long#MIN_VALUE} when there was none, or when it lies before
   * this program kept it.
   */
  long firstMove = Long.MIN_VALUE;

  /** Newest movement after a day or more of silence; {@link Long#MIN_VALUE} when there was none. */
  long wokeAt = Long.MIN_VALUE;

  /** How long that silence was, in milliseconds. */
  long silence;

  /**
   * Balance after the newest movement that told it; meaningless while {@link #balanceAt} is {@link
   * Long#MIN_VALUE}.
   */
  long balanceFen;

  /** Event time of {@link #balanceFen}. */
  long balanceAt = Long.MIN_VALUE;

  /** Last known balance in fen; null when no movement told it. */
  public Long lastBalanceFen() {
    return balanceAt == Long.MIN_VALUE ? null : balanceFen;
  }

  /** Event time of that balance, UTC milliseconds; 0 when no movement told it. */
  public long balanceAtMs() {
    return balanceAt == Long.MIN_VALUE ? 0 : balanceAt;
  }

  /** Notes a movement for {@link #firstMove} and the silences; before {@link #lastMove} moves. */
  void live(long at) {
    if (lastMove == Long.MIN_VALUE) {
      firstMove = at;
    } else if (firstMove != Long.MIN_VALUE) {
      firstMove = Math.min(firstMove, at);
    }
    if (lastMove != Long.MIN_VALUE && at - lastMove >= Windows.DAY) {
      wake(at, at - lastMove);
    } else if (at < wokeAt && at > wokeAt - silence) {
      // A late movement broke the silence before the one that seemed to.
      wake(at, at - (wokeAt - silence));
    }
  }

  private void wake(long at, long after) {
    boolean silent = after >= Windows.DAY;
    wokeAt = silent ? at : Long.MIN_VALUE;
    silence = silent ? after : 0;
  }

  @Override
  public long expiresAt() {
    long newest = Math.max(lastMove, balanceAt);
    return newest == Long.MIN_VALUE ? newest : newest + KEPT;
  }

  @Override
  public byte[] toBytes() {
    StateWriter out = new StateWriter(VERSION);
    out.section(TAG_MOVES, moves::writeTo);
    out.section(TAG_OWN, ownSources::writeTo);
    out.section(TAG_DAYS, days::writeTo);
    out.section(TAG_PAYEES, payees::writeTo);
    out.section(TAG_TIMES, this::writeTimes);
    if (balanceAt != Long.MIN_VALUE) {
      out.section(TAG_BALANCE, this::writeBalance);
    }
    if (week.size() > 0) {
      out.section(TAG_WEEK, week::writeTo);
    }
    if (firstMove != Long.MIN_VALUE || wokeAt != Long.MIN_VALUE) {
      out.section(TAG_LIFE, this::writeLife);
    }
    return out.toBytes();
  }

  private void writeTimes(StateWriter out) {
    out.number(lastMove);
    out.number(moveBeforeRows);
  }

  private void writeLife(StateWriter out) {
    out.number(firstMove);
    out.number(wokeAt);
    out.number(silence);
  }

  private void writeBalance(StateWriter out) {
    out.number(balanceAt);
    out.number(balanceFen);
  }

  static PayerState of(byte[] bytes) {
    PayerState state = new PayerState();
    StateReader in = new StateReader(bytes, "payer account", VERSION);
    for (int tag = in.nextSection(); tag != 0; tag = in.nextSection()) {
      state.readSection(tag, in);
    }
    return state;
  }

  private void readSection(int tag, StateReader in) {
    switch (tag) {
      case TAG_MOVES -> moves.readFrom(in);
      case TAG_OWN -> ownSources.readFrom(in);
      case TAG_DAYS -> days.readFrom(in);
      case TAG_PAYEES -> payees.readFrom(in);
      case TAG_TIMES -> {
        lastMove = in.number();
        moveBeforeRows = in.number();
      }
      case TAG_BALANCE -> {
        balanceAt = in.number();
        balanceFen = in.number();
      }
      case TAG_WEEK -> week.readFrom(in);
      case TAG_LIFE -> {
        firstMove = in.number();
        wokeAt = in.number();
        silence = in.number();
      }
      default -> {
        // A section of a later program with the same version: skipped, as its tag promises.
      }
    }
  }
}
