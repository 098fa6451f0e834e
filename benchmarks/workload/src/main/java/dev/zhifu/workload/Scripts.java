package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomKind;
import java.util.SplittableRandom;

/**
 * What fraudsters and victims do, typology by typology, as police describe it. Minutes count from
 * the first contact of the day.
 */
final class Scripts {
  private final World world;
  private final History history;

  Scripts(World world, History history) {
    this.world = world;
    this.history = history;
  }

  /** Plans a whole story. */
  void plan(FraudStory story) {
    SplittableRandom random = story.stream("script");
    switch (story.typology) {
      case TASK_REBATE -> taskRebate(story, random);
      case FAKE_INVESTMENT -> fakeInvestment(story, random);
      case CUSTOMER_SERVICE -> customerService(story, random);
      case FAKE_LOAN -> fakeLoan(story, random);
      case FAKE_SHOPPING -> fakeShopping(story, random);
      case BOSS_IMPERSONATION -> bossImpersonation(story, random);
      case FAKE_POLICE -> fakePolice(story, random);
      case CREDIT_REPAIR -> creditRepair(story, random);
      case GAME_TRADE -> gameTrade(story, random);
      case FLIGHT_CHANGE -> flightChange(story, random);
    }
    probes(story, random);
  }

  /** The crew tries its accounts before the money comes. */
  private void probes(FraudStory story, SplittableRandom random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      SplittableRandom own = random.split();
      world.schedule.at(
          story.startMs - random.nextInt(90) * 60_000L, now -> story.crew.probe(story, own));
    }
  }

  private void taskRebate(FraudStory story, SplittableRandom random) {
    Peer sender = new Peer("grp" + random.nextInt(50_000), PrefixClass.UNKNOWN);
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.OTHER));
    boolean link = Draws.chance(random, 0.5);
    story.at(
        4,
        () -> {
          if (link) {
            world.signals.plain(story.victim, TelecomKind.URL_HIT, null);
          }
          boolean listed = story.index % 3 != 0;
          world.signals.app(
              story.victim,
              listed ? AppClass.FRAUD_LISTED : AppClass.OFFSHORE_IM,
              7200 + story.index * 60);
        });
    double minute = 12 + random.nextInt(15);
    if (Draws.chance(random, 0.7)) {
      story.rebate(minute, (8 + random.nextInt(40)) * 100L);
      minute += 6 + random.nextInt(12);
    }
    long task = (10 + random.nextInt(30)) * 10_00L;
    int paidTasks = 1 + random.nextInt(4);
    for (int i = 0; i < paidTasks; i++) {
      story.pay(minute, task, "bait");
      story.rebate(minute + 4 + random.nextInt(10), task + task * (10 + random.nextInt(20)) / 100);
      minute += 12 + random.nextInt(25);
      task *= 1 + random.nextInt(3);
    }
    int linked = 2 + random.nextInt(4);
    long[] parts = growing(story.plannedFen, linked);
    for (long part : parts) {
      story.pay(minute, part, "payment");
      minute += 6 + random.nextInt(35);
    }
  }

  private void fakeInvestment(FraudStory story, SplittableRandom random) {
    double daysBefore = 4 + random.nextInt(16);
    long test = (5 + random.nextInt(40)) * 100_00L;
    baitBefore(story, random, daysBefore, test);
    Peer mentor = new Peer("im" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    story.at(
        0,
        () -> {
          world.signals.app(story.victim, AppClass.OFFSHORE_IM, 3600 + random.nextInt(3600));
          world.signals.sms(story.victim, mentor, SmsClass.OTP);
        });
    if (Draws.chance(random, 0.6)) {
      story.at(10, () -> world.signals.app(story.victim, AppClass.FRAUD_LISTED, 5400));
    }
    if (Draws.chance(random, 0.4)) {
      story.at(
          15,
          () ->
              world.signals.limitChanged(
                  story.victim.main, world.device(story.victim), story.plannedFen * 2));
    }
    if (Draws.chance(random, 0.35)) {
      breakDeposit(story, 18, story.plannedFen * 6 / 10);
    }
    double minute = 22 + random.nextInt(30);
    long[] parts =
        Draws.split(
            random,
            story.plannedFen * 88 / 100 / 100_00L * 100_00L + 100_00L,
            1 + random.nextInt(3),
            1000_00L);
    for (long part : parts) {
      story.pay(minute, part, "payment");
      minute += 10 + random.nextInt(80);
    }
    story.pay(minute + 60 + random.nextInt(90), story.plannedFen * 12 / 100 + 100, "fee");
  }

  /** Days before: a small investment that could be withdrawn with a gain. */
  private void baitBefore(FraudStory story, SplittableRandom random, double days, long test) {
    Account first = story.crew.receiver(random);
    long at = history.ago(random, days, days + 1);
    Payment out =
        Payment.transfer(story.victim.main, first, test)
            .by(Channel.MOBILE_APP, world.device(story.victim));
    out.loss = true;
    history.add(at, out.of(story, "bait"));
    Payment on = Payment.transfer(first, story.crew.payout, test).by(Channel.MOBILE_APP, null);
    history.add(at + 5_400_000L, on.of(story, "hop1"));
    long back = test + test * (5 + random.nextInt(15)) / 100;
    Payment in =
        Payment.transfer(story.crew.payout, story.victim.main, back).by(Channel.MOBILE_APP, null);
    history.add(at + CitySettings.DAY_MS, in.of(story, "rebate"));
    story.rebateFen += back;
  }

  private void customerService(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(random);
    int seconds = (25 + random.nextInt(50)) * 60;
    contactCall(story, caller, 0, seconds, random);
    boolean share = Draws.chance(random, 0.8);
    double opened = 3 + random.nextInt(6);
    story.at(
        opened,
        () ->
            world.signals.app(
                story.victim,
                share ? AppClass.SCREEN_SHARE : AppClass.MEETING,
                seconds - (int) (opened * 60)));
    story.at(
        opened + 2,
        () -> {
          world.signals.access(story.victim.main, AccessKind.LOGIN, world.device(story.victim));
          world.signals.access(
              story.victim.main, AccessKind.BALANCE_QUERY, world.device(story.victim));
        });
    double minute = opened + 4 + random.nextInt(5);
    if (Draws.chance(random, 0.3)) {
      story.at(
          minute - 1,
          () ->
              world.signals.limitChanged(
                  story.victim.main, world.device(story.victim), story.plannedFen * 2));
    }
    if (Draws.chance(random, 0.25)) {
      borrow(story, minute, story.plannedFen / 2, random);
      minute += 4;
    }
    if (Draws.chance(random, 0.4)) {
      double burst = minute;
      story.at(
          burst,
          () -> world.signals.otpBurst(story.victim, 4 + random.nextInt(6), 2 + random.nextInt(4)));
    }
    quickPayments(story, random, minute, 2 + random.nextInt(3), 2.5);
  }

  private void fakeLoan(FraudStory story, SplittableRandom random) {
    Peer sender = new Peer("106" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.LOAN));
    if (Draws.chance(random, 0.7)) {
      story.at(8, () -> world.signals.plain(story.victim, TelecomKind.URL_HIT, null));
    }
    story.at(12, () -> world.signals.app(story.victim, AppClass.FRAUD_LISTED, 2400));
    double minute = 25 + random.nextInt(40);
    for (long part : growing(story.plannedFen, 2 + random.nextInt(3))) {
      story.pay(minute, part, "fee");
      minute += 20 + random.nextInt(60);
    }
  }

  private void fakeShopping(FraudStory story, SplittableRandom random) {
    if (Draws.chance(random, 0.4)) {
      story.at(0, () -> world.signals.plain(story.victim, TelecomKind.URL_HIT, null));
    }
    story.pay(10 + random.nextInt(20), story.plannedFen, "payment");
  }

  private void bossImpersonation(FraudStory story, SplittableRandom random) {
    story.at(0, () -> world.signals.app(story.victim, AppClass.OTHER, 1800));
    if (Draws.chance(random, 0.4)) {
      Peer boss = new Peer("voip" + random.nextInt(90_000), PrefixClass.VOIP);
      story.at(
          3, () -> world.signals.call(story.victim, boss, true, true, 90 + random.nextInt(120)));
    }
    quickPayments(story, random, 14 + random.nextInt(20), 1 + random.nextInt(2), 15);
  }

  private void fakePolice(FraudStory story, SplittableRandom random) {
    Peer caller =
        new Peer(
            "00" + (60 + random.nextInt(30)) + random.nextInt(9_000_000),
            PrefixClass.INTERNATIONAL);
    int seconds = (60 + random.nextInt(120)) * 60;
    contactCall(story, caller, 0, seconds, random);
    story.at(6, () -> world.signals.sms(story.victim, caller, SmsClass.COURT));
    story.at(14, () -> world.signals.app(story.victim, AppClass.MEETING, seconds - 900));
    if (Draws.chance(random, 0.35)) {
      story.at(16, () -> world.signals.plain(story.victim, TelecomKind.CALL_FWD_SET, caller));
    }
    breakDeposit(story, 24, story.plannedFen / 2);
    story.at(
        28,
        () ->
            world.signals.limitChanged(
                story.victim.main, world.device(story.victim), story.plannedFen * 2));
    quickPayments(story, random, 32 + random.nextInt(12), 1 + random.nextInt(3), 12);
  }

  private void creditRepair(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(random);
    int seconds = (40 + random.nextInt(50)) * 60;
    contactCall(story, caller, 0, seconds, random);
    story.at(7, () -> world.signals.app(story.victim, AppClass.MEETING, seconds - 500));
    double minute = 14;
    int loans = 1 + random.nextInt(3);
    for (int i = 0; i < loans; i++) {
      borrow(story, minute, story.plannedFen * 8 / 10 / loans, random);
      minute += 5 + random.nextInt(4);
    }
    quickPayments(story, random, minute + 2, loans + 1, 3);
  }

  private void gameTrade(FraudStory story, SplittableRandom random) {
    if (Draws.chance(random, 0.6)) {
      story.at(0, () -> world.signals.plain(story.victim, TelecomKind.URL_HIT, null));
    }
    double minute = 9;
    for (long part : growing(story.plannedFen, 2 + random.nextInt(3))) {
      story.pay(minute, part, "fee");
      minute += 6 + random.nextInt(18);
    }
  }

  private void flightChange(FraudStory story, SplittableRandom random) {
    Peer desk = new Peer("400" + random.nextInt(900_000), PrefixClass.SERVICE_400);
    Peer sender = new Peer("106" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    int seconds = (15 + random.nextInt(30)) * 60;
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.REFUND));
    story.at(
        6,
        () -> {
          story.coached = true;
          world.signals.call(story.victim, desk, false, true, seconds);
        });
    story.at(10, () -> world.signals.app(story.victim, AppClass.SCREEN_SHARE, seconds - 300));
    story.at(6 + seconds / 60.0, () -> story.coached = false);
    quickPayments(story, random, 14, 1 + random.nextInt(3), 3);
  }

  private void contactCall(
      FraudStory story, Peer caller, double minute, int seconds, SplittableRandom random) {
    boolean complained = Draws.chance(random, 0.35);
    int complaints = 3 + random.nextInt(40);
    double score = 0.4 + random.nextDouble() * 0.6;
    story.caller = caller;
    story.at(
        minute,
        () -> {
          story.coached = true;
          if (complained) {
            world.signals.riskyNumber(story.victim, caller, complaints, score);
          }
          world.signals.call(story.victim, caller, true, true, seconds);
        });
    story.at(minute + seconds / 60.0, () -> story.coached = false);
  }

  /** Numbers that customer-service frauds call from. */
  private static Peer fraudster(SplittableRandom random) {
    double draw = random.nextDouble();
    int n = random.nextInt(9_000_000);
    if (draw < 0.40) {
      return new Peer("00852" + n, PrefixClass.INTERNATIONAL);
    }
    if (draw < 0.65) {
      return new Peer("170" + n, PrefixClass.VIRTUAL_OPERATOR);
    }
    return draw < 0.85
        ? new Peer("voip" + n, PrefixClass.VOIP)
        : new Peer("133" + n, PrefixClass.LOCAL_MOBILE);
  }

  private static void quickPayments(
      FraudStory story, SplittableRandom random, double minute, int payments, double gap) {
    double at = minute;
    for (long part : Draws.split(random, story.plannedFen, payments, 100_00L)) {
      if (part > 0) {
        story.pay(at, part, "payment");
        at += gap * (0.5 + random.nextDouble());
      }
    }
  }

  private void borrow(FraudStory story, double minute, long fen, SplittableRandom random) {
    Account desk = world.people.loanDesks.get(random.nextInt(Ledger.BANKS));
    long amount = Math.max(1000_00L, fen / 1000_00L * 1000_00L);
    story.at(
        minute,
        () ->
            world.payments.pay(
                Payment.loan(desk, story.victim.main, amount, Channel.MOBILE_APP)
                    .of(story, "loan")));
  }

  private void breakDeposit(FraudStory story, double minute, long fen) {
    long amount = Math.max(1000_00L, fen / 1000_00L * 1000_00L);
    Account term = world.people.termDeposit(story.victim, amount);
    story.at(
        minute,
        () ->
            world.payments.pay(
                Payment.depositBroken(term, story.victim.main, amount, Channel.MOBILE_APP)
                    .of(story, "depositBroken")));
  }

  /** Parts that grow from the first to the last and add up. */
  private static long[] growing(long sumFen, int parts) {
    long[] shares = new long[parts];
    long left = sumFen;
    double weights = 0;
    for (int i = 0; i < parts; i++) {
      weights += 1 << i;
    }
    for (int i = 0; i < parts - 1; i++) {
      shares[i] = Math.max(100, (long) (sumFen * (1 << i) / weights) / 100_00L * 100_00L);
      left -= shares[i];
    }
    shares[parts - 1] = Math.max(100, left);
    return shares;
  }
}
