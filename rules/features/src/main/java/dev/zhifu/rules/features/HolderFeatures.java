package dev.zhifu.rules.features;

import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionKind;

/**
 * Features of the person: calls and screen sessions under way, lenders of the last day, and, by
 * {@link HolderMoney}, what his own money did. Telecom signals move this state always; of
 * transactions the booked ones do that he pays or, by a note, receives.
 */
public final class HolderFeatures implements FeatureStep<HolderState> {
  /** A call or session without an end is taken as over after this long: ends get lost. */
  static final long LONGEST = 4 * Windows.HOUR;

  static final long LENGTH_REMEMBERED = 30 * Windows.MINUTE;
  static final long DAY = 24 * Windows.HOUR;
  static final long SIM = 72 * Windows.HOUR;

  private static final long UNKNOWN = -1;

  private final Limits limits;
  private final HolderMoney money;
  private final Distinct distinct = new Distinct(HolderState.MOST_LOANS);

  /** A step that tells {@code limits} of full lists. */
  public HolderFeatures(Limits limits) {
    this.limits = limits;
    this.money = new HolderMoney(limits);
  }

  @Override
  public HolderState empty() {
    return new HolderState();
  }

  @Override
  public HolderState read(byte[] bytes) {
    return HolderState.of(bytes);
  }

  /**
   * A telecom signal moves the state first, so that a call's start already finds its call under
   * way.
   */
  @Override
  public boolean enrich(HolderState state, EnrichedEvent event) {
    long at = event.getOccurredAt().toEpochMilli();
    boolean moved = event.getEvent() instanceof TelecomEvent telecom && move(state, telecom, at);
    fill(state, event.getFeatures(), at);
    if (!(event.getEvent() instanceof BankTransaction transaction)) {
      return moved;
    }
    if (transaction.getKind() == TransactionKind.TRANSFER && transaction.getPayer() != null) {
      StrangerCalls.fill(state, event.getFeatures(), at);
    }
    return money.enrich(state, event, transaction, at);
  }

  /** Money booked on an account of this holder; see {@link StepKeys#holderNote}. */
  @Override
  public boolean note(HolderState state, EnrichedEvent event) {
    if (!(event.getEvent() instanceof BankTransaction transaction)
        || StepKeys.holderNote(event) == null) {
      return false;
    }
    long at = event.getOccurredAt().toEpochMilli();
    money.credit(state, event.getFeatures(), transaction, at);
    if (transaction.getKind() == TransactionKind.LOAN_DISBURSAL) {
      loan(state, transaction, at);
    }
    return true;
  }

  private void loan(HolderState state, BankTransaction transaction, long at) {
    touch(state, at);
    // A lender whose account is not named is still one: its transaction's source stands for it.
    String lender = Movements.account(transaction.getPayer());
    if (!state.loans.add(at, Hash64.of(lender == null ? transaction.getSource() : lender))) {
      limits.passed(HolderState.LIMIT_LOANS);
    }
  }

  private void fill(HolderState state, Features features, long at) {
    fillCall(state, features, at);
    features.setScreenShareActive(underWay(state.sessions, at) >= 0);
    features.setLenders24h(lenders(state, at));
    features.setCallsWithPeer24h(callsWithPeer(state, at));
    features.setSecondsSinceForward(since(state.forwardedAt, at, DAY));
    features.setSecondsSinceSim(since(state.simAt, at, SIM));
  }

  private static Long since(long mark, long at, long window) {
    return mark == Long.MIN_VALUE || mark > at || at - mark >= window
        ? null
        : (at - mark) / Windows.SECOND;
  }

  private static void fillCall(HolderState state, Features features, long at) {
    int active = underWay(state.calls, at);
    features.setCallActive(active >= 0);
    if (active >= 0) {
      features.setCallSeconds((at - state.calls.time(active)) / Windows.SECOND);
      features.setSecondsSinceCall(0L);
      fillPeer(state.calls, active, features);
      return;
    }
    int last = lastEnded(state.calls, at);
    if (last >= 0) {
      long since = at - state.calls.value(last, HolderState.END);
      features.setCallSeconds(
          since < LENGTH_REMEMBERED ? state.calls.value(last, HolderState.SECONDS) : null);
      features.setSecondsSinceCall(since / Windows.SECOND);
      fillPeer(state.calls, last, features);
    }
  }

  private static void fillPeer(TimedRows calls, int row, Features features) {
    long first = calls.value(row, HolderState.FIRST_CONTACT);
    features.setCallerFirstContact(first == UNKNOWN ? null : first == 1);
    features.setCallerPrefix(PrefixClass.values()[(int) calls.value(row, HolderState.PREFIX)]);
  }

  /** The one started last of those started and not ended at {@code at}; −1 when there is none. */
  private static int underWay(TimedRows rows, long at) {
    for (int row = rows.firstAfter(at) - 1; row >= 0 && at - rows.time(row) <= LONGEST; row--) {
      if (rows.value(row, HolderState.END) > at) {
        return row;
      }
    }
    return -1;
  }

  /** The call ended last within four hours before {@code at}; −1 when there is none. */
  private static int lastEnded(TimedRows calls, long at) {
    int last = -1;
    for (int row = calls.firstAfter(at) - 1; row >= 0; row--) {
      long end = calls.value(row, HolderState.END);
      if (end > at - LONGEST
          && end <= at
          && (last < 0 || end > calls.value(last, HolderState.END))) {
        last = row;
      }
    }
    return last;
  }

  private long lenders(HolderState state, long at) {
    distinct.clear();
    int end = state.loans.firstAfter(at);
    for (int row = state.loans.firstAfter(at - DAY); row < end; row++) {
      distinct.addToken(state.loans.value(row, HolderState.LENDER));
    }
    return distinct.distinct();
  }

  private static Long callsWithPeer(HolderState state, long at) {
    TimedRows calls = state.calls;
    int from = calls.firstAfter(at - DAY);
    int latest = calls.firstAfter(at) - 1;
    if (latest < from) {
      return null;
    }
    long peer = calls.value(latest, HolderState.PEER);
    long count = 0;
    for (int row = from; row <= latest; row++) {
      count += calls.value(row, HolderState.PEER) == peer ? 1 : 0;
    }
    return count;
  }

  private boolean move(HolderState state, TelecomEvent event, long at) {
    switch (event.getKind()) {
      case CALL_START -> startCall(state, event, at);
      case CALL_END -> endCall(state, event, at);
      case APP_SESSION_START -> {
        return startApp(state, event, at);
      }
      case CALL_DECLINED, LINE_BUSY_ON_WARN -> silence(state, at);
      case URL_HIT -> money.riskyApp(state, at);
      case APP_SESSION_END -> {
        if (!showsScreen(event)) {
          return false;
        }
        endSession(state, event, at);
      }
      case CALL_FWD_SET -> {
        if (!Boolean.TRUE.equals(event.getFirstContact())) {
          return false;
        }
        touch(state, at);
        state.forwardedAt = Math.max(state.forwardedAt, at);
      }
      case SIM_SWAP, NEW_SIM, ESIM -> {
        touch(state, at);
        state.simAt = Math.max(state.simAt, at);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void silence(HolderState state, long at) {
    touch(state, at);
    if (!state.silenced.add(at)) {
      limits.passed(HolderState.LIMIT_SILENCED);
    }
  }

  private boolean startApp(HolderState state, TelecomEvent event, long at) {
    if (showsScreen(event)) {
      startSession(state, event, at);
      return true;
    }
    boolean risky =
        event.getAppClass() == AppClass.FRAUD_LISTED || event.getAppClass() == AppClass.OFFSHORE_IM;
    if (risky) {
      money.riskyApp(state, at);
    }
    return risky;
  }

  private static boolean showsScreen(TelecomEvent event) {
    return switch (event.getAppClass()) {
      case SCREEN_SHARE, MEETING, REMOTE_CONTROL -> true;
      case NONE, OTHER, FRAUD_LISTED, OFFSHORE_IM, BANK_APP -> false;
    };
  }

  private void startCall(HolderState state, TelecomEvent event, long at) {
    touch(state, at);
    // The end may have come first; it has set start and end then.
    if (state.calls.lastWith(HolderState.SESSION, session(event)) < 0) {
      addCall(state, event, at, HolderState.OPEN, 0);
    }
  }

  private void endCall(HolderState state, TelecomEvent event, long at) {
    touch(state, at);
    int row = state.calls.lastWith(HolderState.SESSION, session(event));
    if (row < 0) {
      long seconds = event.getDurationSeconds() == null ? 0 : event.getDurationSeconds();
      addCall(state, event, at - seconds * Windows.SECOND, at, seconds);
      return;
    }
    state.calls.set(row, HolderState.END, at);
    state.calls.set(row, HolderState.SECONDS, seconds(event, at - state.calls.time(row)));
  }

  private static long seconds(TelecomEvent event, long measuredMs) {
    return event.getDurationSeconds() == null
        ? measuredMs / Windows.SECOND
        : event.getDurationSeconds();
  }

  private void addCall(HolderState state, TelecomEvent event, long start, long end, long seconds) {
    long first = event.getFirstContact() == null ? UNKNOWN : event.getFirstContact() ? 1 : 0;
    if (!state.calls.add(
        start,
        session(event),
        end,
        Hash64.of(event.getPeerToken()),
        seconds,
        first,
        event.getPeerPrefix().ordinal())) {
      limits.passed(HolderState.LIMIT_CALLS);
    }
  }

  private void startSession(HolderState state, TelecomEvent event, long at) {
    touch(state, at);
    if (state.sessions.lastWith(HolderState.SESSION, session(event)) < 0
        && !state.sessions.add(at, session(event), HolderState.OPEN)) {
      limits.passed(HolderState.LIMIT_SESSIONS);
    }
  }

  private void endSession(HolderState state, TelecomEvent event, long at) {
    touch(state, at);
    int row = state.sessions.lastWith(HolderState.SESSION, session(event));
    if (row >= 0) {
      state.sessions.set(row, HolderState.END, at);
      return;
    }
    long seconds = event.getDurationSeconds() == null ? 0 : event.getDurationSeconds();
    if (!state.sessions.add(at - seconds * Windows.SECOND, session(event), at)) {
      limits.passed(HolderState.LIMIT_SESSIONS);
    }
  }

  /** Joins a start with its end; without a session id the pair of numbers does. */
  static long session(TelecomEvent event) {
    return event.getSessionId() != null
        ? Hash64.of(event.getSource() + ':' + event.getSessionId())
        : Hash64.of(event.getNumberToken() + '|' + event.getPeerToken() + event.getAppClass());
  }

  private static void touch(HolderState state, long at) {
    state.newest = Math.max(state.newest, at);
    state.calls.dropUntil(state.newest - DAY - Windows.SLACK);
    state.sessions.dropUntil(state.newest - LONGEST - Windows.SLACK);
    state.loans.dropUntil(state.newest - DAY - Windows.SLACK);
    state.silenced.dropUntil(state.newest - DAY - Windows.SLACK);
  }
}
