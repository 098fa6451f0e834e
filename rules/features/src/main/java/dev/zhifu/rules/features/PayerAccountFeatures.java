package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;

/**
 * Features of the account that pays: whom it paid before, what came in just before, what is left.
 * The account hears of its credits by notes.
 */
public final class PayerAccountFeatures implements FeatureStep<PayerState> {
  static final long HOUR = Windows.HOUR;
  static final long OUT_DEGREE = 30 * Windows.MINUTE;
  static final long OWN_SOURCES = 5 * Windows.DAY;
  static final long PAYEE_DAYS = 180;
  static final long NIGHT_DAYS = 7;
  static final long SILENCE_ENDED = Windows.DAY;

  private final Limits limits;
  private final Distinct distinct = new Distinct(PayerState.MOST_MOVES + 1);
  private final PayerQr qr = new PayerQr();
  private final PayerWeek week;

  /** A step that tells {@code limits} of full lists. */
  public PayerAccountFeatures(Limits limits) {
    this.limits = limits;
    this.week = new PayerWeek(limits);
  }

  @Override
  public PayerState empty() {
    return new PayerState();
  }

  @Override
  public PayerState read(byte[] bytes) {
    return PayerState.of(bytes);
  }

  @Override
  public boolean enrich(PayerState state, EnrichedEvent event) {
    if (!(event.getEvent() instanceof BankTransaction transaction)
        || transaction.getPayer() == null) {
      return false;
    }
    long at = event.getOccurredAt().toEpochMilli();
    long payee = Hash64.of(Movements.account(transaction.getPayee()));
    fill(state, event.getFeatures(), transaction, payee, at);
    return move(state, transaction, payee, at, true);
  }

  /** A credit of this account. */
  @Override
  public boolean note(PayerState state, EnrichedEvent event) {
    return event.getEvent() instanceof BankTransaction transaction
        && transaction.getPayee() != null
        && move(
            state,
            transaction,
            Hash64.of(Movements.account(transaction.getPayer())),
            event.getOccurredAt().toEpochMilli(),
            false);
  }

  private void fill(
      PayerState state, Features features, BankTransaction transaction, long payee, long at) {
    AccountRef payer = transaction.getPayer();
    long itself = Movements.countsItself(transaction) ? transaction.getAmountFen() : 0;
    features.setOwnTransfer(Movements.ownTransfer(transaction));
    features.setPayerAccountAgeDays(Movements.accountAgeDays(payer, at));
    features.setPayerDaysSinceActivity(daysSinceActivity(state, at));
    features.setPayeeFirstSeen(payee == Hash64.NONE ? null : firstSeen(state, payee, at));
    features.setPayerKnownHours(knownHours(state, at));
    features.setPayerSilenceDays24h(silenceDays(state, at));
    fillBalance(features, payer.getBalanceBeforeFen(), transaction.getAmountFen());
    fillHour(state, features, at, itself);
    features.setPayerOutDegree30m(outDegree(state, at, itself == 0 ? Hash64.NONE : payee));
    features.setOwnSources5d(ownSources(state, at));
    fillNights(state, features, at, itself);
    qr.fill(state.moves, features, at);
    week.fill(state, features, transaction, payee, at);
  }

  private static Long knownHours(PayerState state, long at) {
    return state.firstMove == Long.MIN_VALUE || state.firstMove > at
        ? null
        : (at - state.firstMove) / Windows.HOUR;
  }

  private static Long silenceDays(PayerState state, long at) {
    return state.wokeAt > at - SILENCE_ENDED && state.wokeAt <= at
        ? Windows.wholeDays(0, state.silence)
        : null;
  }

  private static Long daysSinceActivity(PayerState state, long at) {
    long last = lastMove(state, at);
    return last == Long.MIN_VALUE ? null : Windows.wholeDays(last, at);
  }

  private static long lastMove(PayerState state, long at) {
    if (state.lastMove <= at) {
      return state.lastMove;
    }
    int row = state.moves.firstAfter(at) - 1;
    if (row >= 0) {
      return state.moves.time(row);
    }
    return state.moveBeforeRows <= at ? state.moveBeforeRows : Long.MIN_VALUE;
  }

  private static boolean firstSeen(PayerState state, long payee, long at) {
    int row = state.payees.lastWith(0, payee);
    return row < 0 || Windows.chinaDay(at) - state.payees.time(row) >= PAYEE_DAYS;
  }

  private static void fillBalance(Features features, Long balanceBefore, long amount) {
    if (balanceBefore == null) {
      return;
    }
    features.setPayerResidueFen(balanceBefore - amount);
    if (balanceBefore > 0) {
      features.setShareOfBalance((double) amount / balanceBefore);
    }
  }

  /** Everything that one pass over the last hour tells. */
  private void fillHour(PayerState state, Features features, long at, long itself) {
    TimedRows moves = state.moves;
    long creditFen = 0;
    long debitFen = itself;
    long largest = 0;
    long newestCredit = Long.MIN_VALUE;
    distinct.clear();
    int end = moves.firstAfter(at);
    for (int row = moves.firstAfter(at - HOUR); row < end; row++) {
      long flags = moves.value(row, PayerState.FLAGS);
      long amount = moves.value(row, PayerState.AMOUNT);
      if ((flags & PayerState.DEBIT) != 0) {
        debitFen += amount;
        continue;
      }
      distinct.addToken(moves.value(row, PayerState.OTHER));
      if ((flags & PayerState.OTHER_HOLDER) != 0) {
        creditFen += amount;
        largest = Math.max(largest, amount);
        newestCredit = moves.time(row);
      }
    }
    features.setPayerCreditFen60m(creditFen);
    features.setPayerDebitFen60m(debitFen);
    features.setPayerLargestCreditFen60m(largest);
    features.setPayerInDegree60m(distinct.distinct());
    if (newestCredit != Long.MIN_VALUE) {
      features.setPassThroughShare60m((double) debitFen / creditFen);
      features.setDwellMinutes((at - newestCredit) / (double) Windows.MINUTE);
    }
  }

  private long outDegree(PayerState state, long at, long itself) {
    TimedRows moves = state.moves;
    distinct.clear().addToken(itself);
    int end = moves.firstAfter(at);
    for (int row = moves.firstAfter(at - OUT_DEGREE); row < end; row++) {
      if ((moves.value(row, PayerState.FLAGS) & PayerState.DEBIT) != 0) {
        distinct.addToken(moves.value(row, PayerState.OTHER));
      }
    }
    return distinct.distinct();
  }

  private long ownSources(PayerState state, long at) {
    distinct.clear();
    int end = state.ownSources.firstAfter(at);
    for (int row = state.ownSources.firstAfter(at - OWN_SOURCES); row < end; row++) {
      distinct.addToken(state.ownSources.value(row, 0));
    }
    return distinct.distinct();
  }

  private static void fillNights(PayerState state, Features features, long at, long itself) {
    long today = Windows.chinaDay(at);
    boolean nightNow = itself > 0 && Windows.isNight(at);
    long nightFen = nightNow ? itself : 0;
    long allFen = itself;
    long nights = nightNow ? 1 : 0;
    int end = state.days.firstAfter(today);
    for (int row = state.days.firstAfter(today - NIGHT_DAYS); row < end; row++) {
      long night = state.days.value(row, PayerState.NIGHT_FEN);
      nightFen += night;
      allFen += night + state.days.value(row, PayerState.DAY_FEN);
      boolean countedAlready = nightNow && state.days.time(row) == today;
      nights += night > 0 && !countedAlready ? 1 : 0;
    }
    features.setPayerNights7d(nights);
    features.setPayerNightShare7d(allFen == 0 ? null : (double) nightFen / allFen);
  }

  /**
   * Moves the state by one movement.
   *
   * @param other hash of the other side's account
   */
  private boolean move(
      PayerState state, BankTransaction transaction, long other, long at, boolean debit) {
    boolean balanceMoved = moveBalance(state, transaction, at, debit);
    if (!Movements.booked(transaction)) {
      return balanceMoved;
    }
    state.live(at);
    state.lastMove = Math.max(state.lastMove, at);
    boolean own = Boolean.TRUE.equals(Movements.ownTransfer(transaction));
    addMove(state, transaction, other, own, at, debit);
    week.add(state, transaction, other, own, at, debit);
    addToDay(state, at, transaction.getAmountFen());
    if (debit) {
      addPayee(state, other, at);
    } else if (own) {
      addOwnSource(state, other, at);
    }
    return true;
  }

  /** A reversal gives back what the booking took; it undoes the balance and no count. */
  private static boolean moveBalance(
      PayerState state, BankTransaction transaction, long at, boolean debit) {
    boolean reversed = transaction.getPhase() == TransactionPhase.REVERSED;
    Long before = (debit ? transaction.getPayer() : transaction.getPayee()).getBalanceBeforeFen();
    if (before == null || at < state.balanceAt || !(reversed || Movements.booked(transaction))) {
      return false;
    }
    long amount = transaction.getAmountFen();
    state.balanceFen = before + (debit != reversed ? -amount : amount);
    state.balanceAt = at;
    return true;
  }

  private void addMove(
      PayerState state,
      BankTransaction transaction,
      long other,
      boolean own,
      long at,
      boolean debit) {
    boolean otherHolder = other != Hash64.NONE && !own;
    long flags = (debit ? PayerState.DEBIT : 0) | (otherHolder ? PayerState.OTHER_HOLDER : 0);
    flags |= transaction.getKind() == TransactionKind.QR_PAYMENT ? PayerState.QR : 0;
    TimedRows moves = state.moves;
    long gone = moves.dropUntil(state.lastMove - HOUR - Windows.SLACK);
    if (moves.isFull()) {
      gone = Math.max(gone, Math.min(at, moves.time(0)));
    }
    state.moveBeforeRows = Math.max(state.moveBeforeRows, gone);
    if (!moves.add(at, other, transaction.getAmountFen(), flags)) {
      limits.passed(PayerState.LIMIT_MOVES);
    }
  }

  private static void addToDay(PayerState state, long at, long amount) {
    long day = Windows.chinaDay(at);
    int row = state.days.firstAfter(day) - 1;
    if (row < 0 || state.days.time(row) != day) {
      // A full list drops its oldest day, which is out of the window already: nine days hold seven
      // and slack.
      state.days.add(day, 0, 0);
      row = state.days.firstAfter(day) - 1;
    }
    if (row >= 0 && state.days.time(row) == day) {
      int column = Windows.isNight(at) ? PayerState.NIGHT_FEN : PayerState.DAY_FEN;
      state.days.set(row, column, state.days.value(row, column) + amount);
    }
  }

  private void addPayee(PayerState state, long payee, long at) {
    if (payee == Hash64.NONE) {
      return;
    }
    long day = Windows.chinaDay(at);
    state.payees.dropUntil(Windows.chinaDay(state.lastMove) - PAYEE_DAYS - 1);
    int row = state.payees.lastWith(0, payee);
    if (row >= 0 && state.payees.time(row) >= day) {
      return;
    }
    if (row >= 0) {
      state.payees.remove(row);
    }
    if (!state.payees.add(day, payee)) {
      limits.passed(PayerState.LIMIT_PAYEES);
    }
  }

  private void addOwnSource(PayerState state, long source, long at) {
    state.ownSources.dropUntil(state.lastMove - OWN_SOURCES - Windows.SLACK);
    if (!state.ownSources.add(at, source)) {
      limits.passed(PayerState.LIMIT_OWN);
    }
  }
}
