package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** Whom the bank reaches when it asks about a payment. */
  enum Asked {
    VICTIM,
    /** The fraudster is on the line or on the screen. */
    COACHED_VICTIM,
    /** The victim did not enter it and hears of it only now. */
    UNAWARE_VICTIM,
    /** The victim's number rings at the fraudster's. */
    FRAUDSTER
  }

  final Typology typology;
  final Holder victim;
  final Crew crew;
  final long plannedFen;
  final long startMs;
  final StoryMoney money;
  final boolean trifle;
  final List<Payment> paid = new ArrayList<>();

  /** Account that the victim pays from: the own one, or the firm's. */
  Account payer;

  /** Number the fraudster calls from; null when nobody calls. */
  Peer caller;

  Asked asked = Asked.VICTIM;
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

  /** What was paid, by how it came to be paid. */
  final Map<Paid, Long> paidHow = new EnumMap<>(Paid.class);

  /** When a warning first reached the victim, 0 for never. */
  private long heardAt;

  private final World world;
  private final double pace;
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
    this.payer = victim.main;
    this.crew = crew;
    this.startMs = startMs;
    this.trifle = trifle;
    begins(startMs, Manner.of(world.settings.manners().frauds(), world.settings.run().seed(), id));
    this.pace = world.settings.scripts().pace() * manner.pace();
  }

  SplittableRandom stream(String purpose) {
    return Draws.stream(world.settings.run().seed(), purpose, id);
  }

  Iterable<Payment> openPayments() {
    return open;
  }

  /** City time of a minute of the script. */
  long timeOf(double minutes) {
    return startMs + (long) (minutes * pace * MINUTE_MS);
  }

  /** Seconds of a talk or session at this story's pace. */
  int paced(int seconds) {
    return (int) (manner.talk(seconds) * pace);
  }

  /** Script minutes that a talk takes. */
  double minutesOf(int seconds) {
    return seconds / 60.0 * manner.talks();
  }

  /**
   * Plans something of the script, minutes after the start; it does not happen once the victim has
   * given up.
   */
  void at(double minutes, Runnable act) {
    world.schedule.at(
        timeOf(minutes),
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
    pay(minutes, fen, role, Way.USUAL);
  }

  /** Plans a payment that leaves in a given way. */
  void pay(double minutes, long fen, String role, Way way) {
    String number = "p" + paymentsLeft++;
    unpaidFen += fen;
    at(minutes, () -> payNow(fen, role, number, way));
  }

  private void payNow(long fen, String role, String number, Way way) {
    SplittableRandom random = stream(number);
    Account from = way.from() == null ? payer : way.from();
    unpaidFen -= fen;
    paymentsLeft--;
    long amount = Math.min(fen, from.availableFen());
    if (amount < 100) {
      endIfLast();
      return;
    }
    Payment payment = world.handover.enter(this, from, amount, role, way, random);
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
    at(minutes, () -> world.handover.rebate(this, fen));
  }

  @Override
  public void completed(Payment payment, long now) {
    open.remove(payment);
    paid.add(payment);
    if (payment.payee != null && !payment.payee.inGoodFaith()) {
      crew.received(this, payment.payee, payment.amountFen, "/" + payment.transactionId);
    }
    if (phase == Phase.GAVE_UP) {
      reportSoon(now);
    }
    endIfLast();
  }

  /** A payment of the victim has been booked. */
  void lost(Payment payment) {
    paidHow.merge(how(payment), payment.amountFen, Long::sum);
  }

  private Paid how(Payment payment) {
    if (payment.answeredHold) {
      return Paid.CONFIRMED_AFTER_HOLD;
    }
    if (!world.connections.has(payment.payer.bank)) {
      return Paid.BANK_NOT_CONNECTED;
    }
    if (heardAt > 0) {
      return Paid.PAID_AFTER_WARNING;
    }
    return payment.answerBy > 0 ? Paid.PASSED : Paid.NOT_ASKED;
  }

  @Override
  public void held(Payment payment, long now) {
    SplittableRandom random = stream("held" + doubts++);
    boolean gives = Draws.chance(random, cancelChance());
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

  private double cancelChance() {
    CitySettings.Fraud fraud = world.settings.fraud();
    return switch (asked) {
      case VICTIM -> fraud.cancelOnHold();
      case COACHED_VICTIM -> fraud.cancelOnHoldCoached();
      case UNAWARE_VICTIM -> fraud.cancelOnHoldUnaware();
      case FRAUDSTER -> fraud.cancelOnHoldImpostor();
    };
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
    if (heardAt == 0 && phase == Phase.RUNNING) {
      heardAt = now;
    }
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
              world.officers.reported(this, victim, named());
            }
          });
    }
  }

  /**
   * Payments that a report can name: what went to an account of the crew's, and what others paid
   * with the victim's money. Cash, and gold that the victim bought, went to nobody's account.
   */
  private List<Payment> named() {
    return paid.stream()
        .filter(payment -> payment.payee != null)
        .filter(payment -> !payment.payee.inGoodFaith() || payment.role.equals("debit"))
        .toList();
  }
}
