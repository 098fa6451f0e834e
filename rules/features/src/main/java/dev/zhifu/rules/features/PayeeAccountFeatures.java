package dev.zhifu.rules.features;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;

/**
 * Features of the first step: of the account that receives, who paid it, how much, and since when
 * it is alive; of a number and of a device, which take the same step under their own keys, what
 * {@link NumberFeatures} and {@link DeviceFeatures} say.
 */
public final class PayeeAccountFeatures implements FeatureStep<PayeeState> {
  static final long IN_DEGREE = Windows.HOUR;
  static final long QR_SHARE = 24 * Windows.HOUR;
  static final long CREDIT_SUM = 15 * Windows.DAY;

  private final Limits limits;
  private final Distinct distinct = new Distinct(PayeeState.MOST_CREDITS + 1);
  private final Distinct distinctQr = new Distinct(PayeeState.MOST_CREDITS + 1);
  private final NumberFeatures numbers;
  private final DeviceFeatures devices;

  /** A step that tells {@code limits} of full lists. */
  public PayeeAccountFeatures(Limits limits) {
    this.limits = limits;
    this.numbers = new NumberFeatures(limits);
    this.devices = new DeviceFeatures(limits);
  }

  @Override
  public PayeeState empty() {
    return new PayeeState();
  }

  @Override
  public PayeeState read(byte[] bytes) {
    return PayeeState.of(bytes);
  }

  @Override
  public boolean enrich(PayeeState state, EnrichedEvent event) {
    if (event.getEvent() instanceof TelecomEvent telecom) {
      return numbers.enrich(state, telecom, event.getFeatures());
    }
    if (event.getEvent() instanceof BankAccessEvent access) {
      return devices.enrich(state, access, event.getFeatures());
    }
    return enrich(state, event, (BankTransaction) event.getEvent());
  }

  private boolean enrich(PayeeState state, EnrichedEvent event, BankTransaction transaction) {
    event.getFeatures().setPhaseRepeats(phaseRepeats(state, transaction));
    if (transaction.getPayee() == null) {
      return false;
    }
    long at = event.getOccurredAt().toEpochMilli();
    long payer = Hash64.of(Movements.account(transaction.getPayer()));
    fill(state, event.getFeatures(), transaction, payer, at);
    if (!Movements.booked(transaction)) {
      return false;
    }
    move(state, transaction, payer, at);
    return true;
  }

  /** Nobody sends this step notes: the payee's own key sees every credit. */
  @Override
  public boolean note(PayeeState state, EnrichedEvent event) {
    return false;
  }

  /**
   * True when the ids of the last day hold the other of the two phases that a rule takes the first
   * of.
   */
  private static Boolean phaseRepeats(PayeeState state, BankTransaction transaction) {
    TransactionPhase other =
        switch (transaction.getPhase()) {
          case AWAITING -> TransactionPhase.COMPLETED;
          case COMPLETED -> TransactionPhase.AWAITING;
          case HELD, REVERSED -> null;
        };
    if (other == null) {
      return null;
    }
    long id = Hash64.of(transaction.getSource(), transaction.getTransactionId(), other.name());
    return state.lastId(id) >= 0;
  }

  private void fill(
      PayeeState state, Features features, BankTransaction transaction, long payer, long at) {
    boolean itself = Movements.countsItself(transaction);
    boolean qr = itself && transaction.getKind() == TransactionKind.QR_PAYMENT;
    features.setPayeeAccountAgeDays(Movements.accountAgeDays(transaction.getPayee(), at));
    features.setPayeeDaysSinceCredit(daysSinceCredit(state, at));
    fillPayers(state, features, itself ? payer : Hash64.NONE, qr, at);
    features.setPayeeCreditFen15d(creditSum(state, at) + (itself ? transaction.getAmountFen() : 0));
    features.setPayeeQrSameAmountShare24h(
        sameAmountShare(state, at, qr, transaction.getAmountFen()));
  }

  private static Long daysSinceCredit(PayeeState state, long at) {
    long last = lastCredit(state, at);
    return last == Long.MIN_VALUE ? null : Windows.wholeDays(last, at);
  }

  private static long lastCredit(PayeeState state, long at) {
    if (state.lastCredit <= at) {
      return state.lastCredit;
    }
    int row = state.credits.firstAfter(at) - 1;
    if (row >= 0) {
      return state.credits.time(row);
    }
    return state.creditBeforeRows <= at ? state.creditBeforeRows : Long.MIN_VALUE;
  }

  private void fillPayers(PayeeState state, Features features, long itself, boolean qr, long at) {
    distinct.clear().addToken(itself);
    distinctQr.clear().addToken(qr ? itself : Hash64.NONE);
    int end = state.credits.firstAfter(at);
    for (int row = state.credits.firstAfter(at - IN_DEGREE); row < end; row++) {
      long payer = state.credits.value(row, PayeeState.PAYER);
      distinct.addToken(payer);
      if (state.credits.value(row, PayeeState.IS_QR) == 1) {
        distinctQr.addToken(payer);
      }
    }
    features.setPayeeInDegree1h(distinct.distinct());
    features.setPayeeQrPayers1h(distinctQr.distinct());
  }

  private static long creditSum(PayeeState state, long at) {
    long sum = 0;
    int end = state.sums.firstAfter(at);
    for (int row = state.sums.firstAfter(at - CREDIT_SUM); row < end; row++) {
      sum += state.sums.value(row, PayeeState.AMOUNT);
    }
    return sum;
  }

  private Double sameAmountShare(PayeeState state, long at, boolean itself, long amountFen) {
    int from = state.qrCredits.firstAfter(at - QR_SHARE);
    int end = state.qrCredits.firstAfter(at);
    int n = end - from + (itself ? 1 : 0);
    if (n == 0) {
      return null;
    }
    distinct.clear();
    if (itself) {
      distinct.add(amountFen);
    }
    for (int row = from; row < end; row++) {
      distinct.add(state.qrCredits.value(row, PayeeState.AMOUNT));
    }
    return (double) distinct.mostFrequent() / n;
  }

  private void move(PayeeState state, BankTransaction transaction, long payer, long at) {
    boolean qr = transaction.getKind() == TransactionKind.QR_PAYMENT;
    long amount = transaction.getAmountFen();
    state.newest = Math.max(state.newest, at);
    state.lastCredit = Math.max(state.lastCredit, at);
    dropOld(state);
    addCredit(state, at, payer, qr);
    if (qr && !state.qrCredits.add(at, amount)) {
      limits.passed(PayeeState.LIMIT_QR);
    }
    addSum(state, at, amount);
  }

  private static void dropOld(PayeeState state) {
    long hourEnd = state.newest - IN_DEGREE - Windows.SLACK;
    state.creditBeforeRows = Math.max(state.creditBeforeRows, state.credits.dropUntil(hourEnd));
    state.qrCredits.dropUntil(state.newest - QR_SHARE - Windows.SLACK);
    state.sums.dropUntil(state.newest - CREDIT_SUM - Windows.SLACK);
  }

  private void addCredit(PayeeState state, long at, long payer, boolean qr) {
    if (state.credits.isFull()) {
      state.creditBeforeRows =
          Math.max(state.creditBeforeRows, Math.min(at, state.credits.time(0)));
    }
    if (!state.credits.add(at, payer, qr ? 1 : 0)) {
      limits.passed(PayeeState.LIMIT_CREDITS);
    }
  }

  private void addSum(PayeeState state, long at, long amount) {
    if (state.sums.isFull()) {
      limits.passed(PayeeState.LIMIT_SUMS);
      addUpByTheHour(state.sums);
    }
    state.sums.add(at, amount);
  }

  /**
   * Makes one row of each hour's rows, at the time of the hour's last, so that nothing leaves the
   * window too early.
   */
  private static void addUpByTheHour(TimedRows sums) {
    for (int row = sums.size() - 1; row > 0; row--) {
      if (hour(sums.time(row)) == hour(sums.time(row - 1))) {
        long both = sums.value(row, PayeeState.AMOUNT) + sums.value(row - 1, PayeeState.AMOUNT);
        sums.set(row, PayeeState.AMOUNT, both);
        sums.remove(row - 1);
      }
    }
  }

  private static long hour(long time) {
    return Math.floorDiv(time, Windows.HOUR);
  }
}
