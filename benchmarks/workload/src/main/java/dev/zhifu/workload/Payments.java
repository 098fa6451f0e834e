package dev.zhifu.workload;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The banks' payment desks. A transfer that is large, or goes to a payee never paid before, asks
 * first: its outcome is booked at the first full city second at or after {@code answerBy}, so that
 * the city can wait there for the answer.
 */
final class Payments {
  private final World world;
  private final Map<String, Payment> asked = new HashMap<>();
  private final TreeMap<Long, List<Payment>> due = new TreeMap<>();
  private final LongTable pairs = new LongTable();
  private final Map<Account, Long> heldByAnswer = new HashMap<>();
  private final Map<Account, Long> atmToday = new HashMap<>();
  private int atmDay;
  private final Payment.Reaction ordinary;
  private long asks;

  Payments(World world) {
    this.world = world;
    this.ordinary = new OrdinaryCustomer(world);
  }

  /** The payee's bank books a little after the payer's; fixed by the transaction id. */
  private long payeeLagMs(Payment payment) {
    boolean inOrder = world.settings.streams().disorder() == 0 || payment.payer == null;
    return inOrder ? 0 : 10 + Math.floorMod(payment.transactionId.hashCode(), 300);
  }

  void pay(Payment payment) {
    long now = world.schedule.now();
    if (payment.reaction == null) {
      payment.reaction = ordinary;
    }
    Payment.Refusal refusal = refusal(payment, now);
    if (refusal != null) {
      payment.state = Payment.State.REFUSED;
      payment.reaction.refused(payment, refusal, now);
      return;
    }
    number(payment);
    if (asksFirst(payment)) {
      ask(payment, now);
    } else {
      complete(payment, now);
    }
  }

  private Payment.Refusal refusal(Payment payment, long now) {
    Account payer = payment.payer;
    if (payer == null) {
      return null;
    }
    if (payer.blockedAt(now)) {
      return Payment.Refusal.BLOCKED;
    }
    if (payer.availableFen() < payment.amountFen) {
      return Payment.Refusal.FUNDS;
    }
    if (payment.kind == TransactionKind.CASH_WITHDRAWAL && payment.channel == Channel.ATM) {
      return overAtmLimit(payer, payment.amountFen, now) ? Payment.Refusal.LIMIT : null;
    }
    return null;
  }

  private boolean overAtmLimit(Account payer, long fen, long now) {
    int day = (int) ((now + 8 * 3_600_000L) / CitySettings.DAY_MS);
    if (atmDay != day) {
      atmDay = day;
      atmToday.clear();
    }
    return atmToday.getOrDefault(payer, 0L) + fen
        > world.settings.banks().atmDailyLimitYuan() * 100;
  }

  private void number(Payment payment) {
    Account account = payment.payer != null ? payment.payer : payment.payee;
    payment.transactionId = "T" + Integer.toString(account.index, 36) + "-" + ++account.payments;
    if (payment.deviceToken != null && !world.gaps.deviceSeen(payment.transactionId)) {
      payment.deviceToken = null;
    }
  }

  private boolean asksFirst(Payment payment) {
    boolean remote = payment.channel == Channel.MOBILE_APP || payment.channel == Channel.WEB;
    if (payment.kind != TransactionKind.TRANSFER
        || !remote
        || !payment.payer.holder.person()
        || !world.connections.has(payment.payer.bank)
        || payment.payer.holder == payment.payee.holder) {
      return false;
    }
    CitySettings.Banks banks = world.settings.banks();
    return payment.amountFen >= banks.askFromYuan() * 100
        || payment.amountFen >= banks.askNewPayeeFromYuan() * 100
            && !paidBefore(payment.payer, payment.payee);
  }

  /** What answers HOLD keep on an account. */
  long heldByAnswerFen(Account account) {
    return heldByAnswer.getOrDefault(account, 0L);
  }

  /** Whether a person's account has paid this payee before; a firm's payments are not kept. */
  boolean paidBefore(Account payer, Account payee) {
    return pairs.get(pair(payer, payee)) >= 0;
  }

  private static long pair(Account payer, Account payee) {
    return (long) payer.index << 32 | payee.index;
  }

  private void ask(Payment payment, long now) {
    payment.state = Payment.State.ASKED;
    payment.askedAt = now;
    payment.answerBy = now + world.settings.banks().answerBudgetMs();
    payment.payer.reservedFen += payment.amountFen;
    asks++;
    asked.put(key(payment), payment);
    long settles = (payment.answerBy + 999) / 1000 * 1000;
    due.computeIfAbsent(settles, second -> new ArrayList<>(1)).add(payment);
    tell(payment);
    emit(payment, TransactionPhase.AWAITING, now, null);
  }

  private static String key(Payment payment) {
    return Messages.bankCode(payment.source()) + ":" + payment.transactionId;
  }

  /** First city second at which an asked transfer is settled, or {@link Long#MAX_VALUE}. */
  long nextSettlement() {
    return due.isEmpty() ? Long.MAX_VALUE : due.firstKey();
  }

  /** The engine's answer; one that is too late or about nothing asked is ignored. */
  boolean answer(String bank, String transactionId, boolean hold) {
    Payment payment = asked.get(bank + ":" + transactionId);
    if (payment == null
        || payment.answered
        || world.settings.run().engineLatencyMs() > world.settings.banks().answerBudgetMs()) {
      return false;
    }
    payment.answered = true;
    payment.answeredHold = hold;
    return true;
  }

  /** Books or keeps back every asked transfer whose second has come. */
  void settle(long now) {
    while (!due.isEmpty() && due.firstKey() <= now) {
      for (Payment payment : due.pollFirstEntry().getValue()) {
        asked.remove(key(payment));
        settle(payment, now);
      }
    }
  }

  private void settle(Payment payment, long now) {
    if (payment.answeredHold) {
      payment.state = Payment.State.HELD;
      heldByAnswer.merge(payment.payer, payment.amountFen, Long::sum);
      world.effects.heldTransfer(payment);
      emit(payment, TransactionPhase.HELD, now, null);
      payment.reaction.held(payment, now);
    } else if (payment.payer.blockedAt(now)) {
      payment.payer.reservedFen -= payment.amountFen;
      payment.state = Payment.State.REFUSED;
      emit(payment, TransactionPhase.HELD, now, null);
      payment.reaction.refused(payment, Payment.Refusal.BLOCKED, now);
    } else {
      payment.payer.reservedFen -= payment.amountFen;
      complete(payment, now);
    }
  }

  /** The customer stands by a held transfer; the bank lets it go unless the account is blocked. */
  void confirm(Payment payment) {
    if (payment.state != Payment.State.HELD) {
      return;
    }
    long now = world.schedule.now();
    release(payment);
    if (payment.payer.blockedAt(now)) {
      payment.state = Payment.State.REFUSED;
      payment.reaction.refused(payment, Payment.Refusal.BLOCKED, now);
    } else {
      complete(payment, now);
    }
  }

  /** The customer gives up a held transfer: the money stays. */
  void cancel(Payment payment) {
    if (payment.state == Payment.State.HELD) {
      release(payment);
      payment.state = Payment.State.CANCELLED;
    }
  }

  private void release(Payment payment) {
    payment.payer.reservedFen -= payment.amountFen;
    heldByAnswer.merge(payment.payer, -payment.amountFen, Long::sum);
  }

  private void complete(Payment payment, long now) {
    Ledger.Booked booked = book(payment, now, now + payeeLagMs(payment));
    emit(payment, TransactionPhase.COMPLETED, now, booked);
    payment.reaction.completed(payment, now);
  }

  private Ledger.Booked book(Payment payment, long now, long payeeAt) {
    Ledger.Flow flow = payment.loss ? Ledger.Flow.LOSS : Ledger.Flow.ORDINARY;
    int story = payment.loss ? ((FraudStory) payment.story).money.story : 0;
    Ledger.Booked booked =
        world.ledger.book(
            payment.payer, payment.payee, payment.amountFen, flow, story, now, payeeAt);
    if (payment.loss) {
      ((FraudStory) payment.story).lost(payment);
    }
    payment.payeeBookedAt = payeeAt;
    world.truth.booked(payment, booked, now);
    payment.state = Payment.State.DONE;
    payment.doneAt = now;
    if (payment.kind == TransactionKind.CASH_WITHDRAWAL && payment.channel == Channel.ATM) {
      atmToday.merge(payment.payer, payment.amountFen, Long::sum);
    }
    if (payment.payee != null) {
      payment.payeeBankTransactionId =
          Messages.bankTransactionId(payment.payee.bank, booked.payeeEntry());
      if (payment.kind == TransactionKind.TRANSFER && payment.payer.holder.person()) {
        pairs.put(pair(payment.payer, payment.payee), 0);
      }
    }
    tell(payment);
    return booked;
  }

  /**
   * A movement of the past: booked and reported as it was, with no questions; skipped when the
   * money was not there.
   */
  boolean bookOld(Payment payment, long at, EventSink sink) {
    if (payment.payer != null && payment.payer.availableFen() < payment.amountFen) {
      return false;
    }
    number(payment);
    Ledger.Booked booked = book(payment, at, at);
    if (world.outbox.enabled() && sink != EventSink.NONE) {
      BankTransaction event = world.messages.phase(payment, TransactionPhase.COMPLETED, at, booked);
      if (event != null) {
        sink.transaction(event);
      }
    }
    return true;
  }

  private void emit(Payment payment, TransactionPhase phase, long at, Ledger.Booked booked) {
    BankTransaction event =
        world.outbox.enabled() ? world.messages.phase(payment, phase, at, booked) : null;
    if (event != null) {
      world.outbox.post(event, phase == TransactionPhase.AWAITING, payment.payeeBookedAt);
    }
  }

  private void tell(Payment payment) {
    if (payment.story != null && !payment.told) {
      payment.told = true;
      world.truth.transaction(payment, world.schedule.now());
    }
  }

  long asks() {
    return asks;
  }

  /** Confirms after a while, or lets it be. */
  private record OrdinaryCustomer(World world) implements Payment.Reaction {
    @Override
    public void held(Payment payment, long now) {
      CitySettings.Banks banks = world.settings.banks();
      SplittableRandom random =
          Draws.stream(world.settings.run().seed(), "confirm", payment.transactionId);
      boolean confirms = Draws.chance(random, banks.confirmShare());
      long delay = Draws.delayMs(random, banks.confirmMinutesMedian() * 60, 0.7);
      world.schedule.at(
          now + delay,
          at -> {
            if (confirms) {
              world.payments.confirm(payment);
            } else {
              world.payments.cancel(payment);
            }
          });
    }
  }
}
