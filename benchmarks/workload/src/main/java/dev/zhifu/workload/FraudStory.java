package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** One fraud from the first contact to the report: what the victim pays, doubts and says. */
final class FraudStory extends Story implements Payment.Reaction {
  private static final long MINUTE_MS = 60_000L;

  /** How far the victim is. */
  enum Phase {
    TO_COME,
    RUNNING,
    GAVE_UP,
    ENDED
  }

  final Typology typology;
  final Holder victim;
  final Crew crew;
  final long plannedFen;
  final long startMs;
  final StoryMoney money;
  final boolean trifle;
  final List<Payment> paid = new ArrayList<>();

  /** Number the fraudster calls from; null when nobody calls. */
  Peer caller;

  /** The fraudster is on the line or on the screen. */
  boolean coached;

  Phase phase = Phase.TO_COME;

  /** Money given back to the victim as bait. */
  long rebateFen;

  /** Kept with the victim because a hold was there when the victim gave up. */
  long heldBackFen;

  /** Planned payments that the victim never tried after giving up. */
  long preventedFen;

  /** Null until the victim reports. */
  String reportId;

  /** From the last payment to the report, as drawn. */
  long reportDelayMs;

  long reportedAt;
  long acceptedAt;
  long reachableAtAcceptanceFen;

  private final World world;
  private final Set<Payment> open = new LinkedHashSet<>();
  private int paymentsLeft;
  private int doubts;
  private long refusedFen;
  private long unpaidFen;
  private boolean reportPlanned;

  FraudStory(
      World world,
      StoryMoney money,
      String id,
      FraudMix.Planned planned,
      Holder victim,
      Crew crew,
      long startMs,
      boolean trifle) {
    super(money.story, id, planned.typology().name(), true);
    this.world = world;
    this.money = money;
    this.typology = planned.typology();
    this.plannedFen = planned.lossFen();
    this.victim = victim;
    this.crew = crew;
    this.startMs = startMs;
    this.trifle = trifle;
  }

  SplittableRandom stream(String purpose) {
    return Draws.stream(world.settings.run().seed(), purpose, id);
  }

  /**
   * Plans something of the script, minutes after the start; it does not happen once the victim has
   * given up.
   */
  void at(double minutes, Runnable act) {
    world.schedule.at(
        startMs + (long) (minutes * MINUTE_MS),
        now -> {
          if (phase == Phase.TO_COME) {
            phase = Phase.RUNNING;
          }
          if (phase == Phase.RUNNING) {
            act.run();
          }
        });
  }

  /** Plans a payment of the victim; the last one planned ends the script. */
  void pay(double minutes, long fen, String role) {
    String way = "p" + paymentsLeft++;
    unpaidFen += fen;
    at(minutes, () -> payNow(fen, role, way));
  }

  private void payNow(long fen, String role, String way) {
    SplittableRandom random = stream(way);
    Account payer = victim.main;
    Account payee = crew.receiver(random);
    unpaidFen -= fen;
    paymentsLeft--;
    long amount = Math.min(fen, payer.availableFen());
    if (amount < 100) {
      endIfLast();
      return;
    }
    world.signals.access(payer, AccessKind.LOGIN, world.device(victim));
    if (!world.payments.paidBefore(payer, payee)) {
      world.signals.payeeAdded(payer, payee, world.device(victim));
    }
    Payment payment =
        Payment.transfer(payer, payee, amount)
            .by(Channel.MOBILE_APP, world.device(victim))
            .of(this, role)
            .reaction(this);
    payment.loss = true;
    open.add(payment);
    world.schedule.at(
        world.schedule.now() + 8_000 + random.nextInt(30_000),
        now -> {
          if (phase == Phase.RUNNING) {
            world.payments.pay(payment);
          } else {
            preventedFen += payment.amountFen;
          }
        });
  }

  /** The crew gives a little back. */
  void rebate(double minutes, long fen) {
    at(
        minutes,
        () -> {
          Account from = crew.payout;
          if (from.availableFen() >= fen) {
            world.payments.pay(
                Payment.transfer(from, victim.main, fen)
                    .by(Channel.MOBILE_APP, world.messages.deviceToken("payout-" + from.index))
                    .of(this, "rebate")
                    .reaction(
                        new Payment.Reaction() {
                          @Override
                          public void completed(Payment payment, long now) {
                            rebateFen += payment.amountFen;
                          }

                          @Override
                          public void held(Payment payment, long now) {
                            // The owner of the payout account does not answer.
                          }
                        }));
          }
        });
  }

  @Override
  public void completed(Payment payment, long now) {
    open.remove(payment);
    paid.add(payment);
    crew.received(this, payment.payee, payment.amountFen, "/" + payment.transactionId);
    if (phase == Phase.GAVE_UP) {
      reportSoon(now);
    }
    endIfLast();
  }

  @Override
  public void held(Payment payment, long now) {
    SplittableRandom random = stream("held" + doubts++);
    double chance =
        coached
            ? world.settings.fraud().cancelOnHoldCoached()
            : world.settings.fraud().cancelOnHold();
    boolean gives = Draws.chance(random, chance);
    long delay = Draws.delayMs(random, world.settings.banks().confirmMinutesMedian() * 60, 0.6);
    world.schedule.at(
        now + delay,
        at -> {
          if (payment.state != Payment.State.HELD) {
            return;
          }
          if (gives) {
            giveUp(at);
          } else {
            world.payments.confirm(payment);
          }
        });
  }

  @Override
  public void refused(Payment payment, Payment.Refusal why, long now) {
    open.remove(payment);
    if (why == Payment.Refusal.BLOCKED) {
      refusedFen += payment.amountFen;
      if (Draws.chance(stream("blocked" + doubts++), world.settings.fraud().cancelOnHold())) {
        giveUp(now);
        return;
      }
    }
    endIfLast();
  }

  private void endIfLast() {
    if (phase == Phase.RUNNING && paymentsLeft == 0 && open.isEmpty()) {
      phase = Phase.ENDED;
      heldBackFen += refusedFen;
      refusedFen = 0;
      if (!paid.isEmpty()) {
        report(world.schedule.now() + reportDelayMs);
      }
    }
  }

  /**
   * The victim understands: nothing more is paid, what is held stays, and what was paid is reported
   * soon.
   */
  void giveUp(long now) {
    if (phase != Phase.RUNNING) {
      return;
    }
    phase = Phase.GAVE_UP;
    preventedFen += unpaidFen;
    heldBackFen += refusedFen;
    refusedFen = 0;
    for (Payment payment : open) {
      if (payment.state == Payment.State.HELD) {
        world.payments.cancel(payment);
        heldBackFen += payment.amountFen;
      }
    }
    open.clear();
    if (!paid.isEmpty()) {
      reportSoon(now);
    }
  }

  /**
   * Somebody warns the victim. Before the first contact it means nothing; after the last payment it
   * brings the report.
   */
  void warned(long now, double chance, SplittableRandom random) {
    if (!Draws.chance(random, chance)) {
      return;
    }
    if (phase == Phase.RUNNING) {
      giveUp(now);
    } else if (phase == Phase.ENDED && !paid.isEmpty() && reportedAt == 0) {
      reportSoon(now);
    }
  }

  private void reportSoon(long now) {
    reportPlanned = false;
    report(now + Draws.delayMs(stream("report-soon"), 600, 0.5));
  }

  private void report(long at) {
    if (!reportPlanned) {
      reportPlanned = true;
      world.schedule.at(
          at,
          now -> {
            if (reportedAt == 0) {
              reportedAt = now;
              world.officers.reported(this, victim, paid);
            }
          });
    }
  }

  /** What the victim is out of pocket, fen. */
  long lossFen() {
    return money.paidFen - rebateFen;
  }

  /** Held back with the victim or, on a mule account, by a hold until the stop. */
  long heldBackTotalFen() {
    return heldBackFen + money.heldThenStoppedFen;
  }

  /** Held at this moment, with neither a cancellation nor a stop yet. */
  long stillHeldFen(long now) {
    long sum = 0;
    for (Payment payment : open) {
      sum += payment.state == Payment.State.HELD ? payment.amountFen : 0;
    }
    for (Account account : money.reached) {
      if (account.lots != null && account.restricts(now, false)) {
        sum += money.unkeptFen(account);
      }
    }
    return sum;
  }

  /** What became of it, for the summary. */
  String outcome() {
    if (phase == Phase.TO_COME || money.paidFen == 0 && phase == Phase.RUNNING) {
      return "notYetPaid";
    }
    long kept = heldBackTotalFen() + money.stoppedFen;
    if (money.paidFen == 0) {
      return "prevented";
    }
    if (kept == 0) {
      return phase == Phase.GAVE_UP ? "cutShort" : "lost";
    }
    return kept >= 0.9 * (money.paidFen + heldBackFen) ? "kept" : "partlyKept";
  }
}
