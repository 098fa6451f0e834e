package dev.zhifu.workload;

import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import java.util.SplittableRandom;

/** Frauds that are told in chats. */
final class ChatScripts extends Script {
  ChatScripts(World world, History history) {
    super(world, history);
  }

  /** Small commissions, tasks that are paid for, then linked tasks that are not. */
  void taskRebate(FraudStory story, SplittableRandom random) {
    Peer sender = new Peer("grp" + random.nextInt(50_000), PrefixClass.UNKNOWN);
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.OTHER));
    link(story, 4, 0.5, random);
    platform(story, 4, 7200 + story.index % 60 * 60, random);
    double minute = 12 + random.nextInt(15);
    for (int i = story.manner.count(random.nextInt(3)); i > 0; i--) {
      story.rebate(minute, story.manner.fen((5 + random.nextInt(43)) * 100L));
      minute += 6 + random.nextInt(12);
    }
    long task = story.manner.fen((10 + random.nextInt(30)) * 10_00L);
    int tasks = 1 + random.nextInt(rates.paidTasks());
    for (int i = 0; i < tasks; i++) {
      story.pay(minute, task, "bait");
      story.rebate(minute + 4 + random.nextInt(10), task + task * (10 + random.nextInt(20)) / 100);
      minute += 12 + random.nextInt(25);
      task *= 1 + random.nextInt(3);
    }
    linkedTasks(story, random, minute);
  }

  /** One victim in eight buys gift cards and sends their codes. */
  private void linkedTasks(FraudStory story, SplittableRandom random, double from) {
    boolean cards = chance(random, 0.12);
    Account shop = Draws.pick(random, world.people.gameShops);
    double minute = from;
    for (long part : growing(story, 2 + random.nextInt(4))) {
      boolean small = cards && part <= 5_000_00L;
      Way way = small ? Way.at(shop, device(story)) : Way.USUAL;
      story.pay(minute, part, "payment", way);
      minute += 6 + random.nextInt(35);
    }
  }

  void fakeInvestment(FraudStory story, SplittableRandom random) {
    double minute = lure(story, random);
    long[] parts =
        Draws.split(
            random,
            story.plannedFen * 88 / 100 / 100_00L * 100_00L + 100_00L,
            story.manner.count(1 + random.nextInt(3)),
            1000_00L);
    for (long part : parts) {
      story.pay(minute, part, "payment");
      minute += 10 + random.nextInt(80);
    }
    story.pay(minute + 60 + random.nextInt(90), story.plannedFen * 12 / 100 + 100, "fee");
  }

  /** Days of chat and a small investment that could be withdrawn, then the large one is at hand. */
  private double lure(FraudStory story, SplittableRandom random) {
    double daysBefore = 4 + random.nextInt(16);
    baitBefore(story, random, daysBefore, story.manner.fen((5 + random.nextInt(40)) * 100_00L));
    Peer mentor = new Peer("im" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    app(story, 0, AppClass.OFFSHORE_IM, 3600 + random.nextInt(3600));
    story.at(0, () -> world.signals.sms(story.victim, mentor, SmsClass.OTP));
    if (chance(random, 0.6)) {
      platform(story, 10, 5400, random);
    }
    if (chance(random, 0.4)) {
      raiseLimit(story, 15);
    }
    if (chance(random, 0.35)) {
      breakDeposit(story, 18, story.plannedFen * 6 / 10);
    }
    return 22 + random.nextInt(30);
  }

  /** Days before: a small investment that could be withdrawn with a gain. */
  private void baitBefore(FraudStory story, SplittableRandom random, double days, long test) {
    long at = history.ago(random, days, days + 1);
    Account first = story.crew.earlierReceiver(story, at);
    Payment out =
        Payment.transfer(story.victim.main, first, test).by(Channel.MOBILE_APP, device(story));
    out.loss = true;
    history.add(at, out.of(story, "bait"));
    if (first != story.crew.payout) {
      Payment on = Payment.transfer(first, story.crew.payout, test).by(Channel.MOBILE_APP, null);
      history.add(at + 5_400_000L, on.of(story, "hop1"));
    }
    long back = test + test * (5 + random.nextInt(15)) / 100;
    Payment in =
        Payment.transfer(story.crew.payout, story.victim.main, back).by(Channel.MOBILE_APP, null);
    history.add(at + CitySettings.DAY_MS, in.of(story, "rebate"));
    story.rebateFen += back;
  }

  /** Presents with sums that mean love, weeks of evenings, then the platform. */
  void romance(FraudStory story, SplittableRandom random) {
    long[] presents = {520_00L, 1314_00L, 999_00L};
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      long at = history.ago(random, 3, 40);
      Account to = story.crew.earlierReceiver(story, at);
      Payment present =
          Payment.transfer(story.victim.main, to, presents[i - 1])
              .by(Channel.MOBILE_APP, device(story));
      present.loss = true;
      history.add(at, present.of(story, "present"));
    }
    app(story, 0, AppClass.OFFSHORE_IM, 5400 + random.nextInt(5400));
    if (chance(random, 0.5)) {
      platform(story, 35, 3600, random);
    }
    double minute = 50 + random.nextInt(60);
    for (long part : growing(story, 2 + random.nextInt(3))) {
      story.pay(minute, part, "payment");
      minute += 25 + random.nextInt(120);
    }
  }

  /** The platform cannot be reached by transfer today: a courier comes for cash or gold. */
  void cashCourier(FraudStory story, SplittableRandom random) {
    double minute = lure(story, random);
    long first = story.plannedFen * 3 / 10 / 1000_00L * 1000_00L;
    if (first > 0) {
      story.pay(minute, first, "payment");
      minute += 60 + random.nextInt(90);
    }
    long rest = story.plannedFen - first;
    if (chance(random, 0.5)) {
      story.pay(minute, rest, "cashToCourier", Way.CASH);
    } else {
      for (long part :
          Draws.split(random, rest, story.manner.count(1 + random.nextInt(2)), 100_00L)) {
        Account shop = Draws.pick(random, world.people.goodsShops);
        story.pay(minute, Math.max(100, part), "goldToCourier", Way.at(shop, null));
        minute += 20 + random.nextInt(40);
      }
    }
  }

  void fakeLoan(FraudStory story, SplittableRandom random) {
    Peer sender = new Peer("106" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.LOAN));
    link(story, 8, 0.7, random);
    platform(story, 12, 2400, random);
    double minute = 25 + random.nextInt(40);
    for (long part : growing(story, 2 + random.nextInt(3))) {
      story.pay(minute, part, "fee");
      minute += 20 + random.nextInt(60);
    }
  }

  /** Paid outside the platform; every second seller wants an unlocking payment too. */
  void fakeShopping(FraudStory story, SplittableRandom random) {
    link(story, 0, 0.4, random);
    double minute = 10 + random.nextInt(20);
    if (chance(random, 0.5)) {
      story.pay(minute, story.plannedFen, "payment");
      return;
    }
    for (long part : growing(story, 2 + random.nextInt(2))) {
      story.pay(minute, part, "payment");
      minute += 15 + random.nextInt(60);
    }
  }

  void gameTrade(FraudStory story, SplittableRandom random) {
    link(story, 0, 0.6, random);
    double minute = 9;
    for (long part : growing(story, 2 + random.nextInt(3))) {
      story.pay(minute, part, "fee");
      minute += 6 + random.nextInt(18);
    }
  }

  void bossImpersonation(FraudStory story, SplittableRandom random) {
    app(story, 0, AppClass.OTHER, 1800);
    if (chance(random, 0.4)) {
      Peer boss = new Peer("voip" + random.nextInt(90_000), PrefixClass.VOIP);
      int seconds = 90 + random.nextInt(120);
      story.at(
          3,
          () -> {
            story.numbers.add(world.messages.numberToken(boss));
            world.signals.call(story.victim, boss, true, true, story.manner.talk(seconds));
          });
    }
    quickPayments(
        story, random, 14 + random.nextInt(20), 1 + random.nextInt(2), 15, purse(story, random));
  }

  /** A short video call, then two payments before anybody calls back. */
  void deepfakeCall(FraudStory story, SplittableRandom random) {
    app(story, 0, AppClass.OTHER, 600);
    int seconds = (3 + random.nextInt(7)) * 60;
    AppClass video = chance(random, 0.5) ? AppClass.MEETING : AppClass.OFFSHORE_IM;
    double begins = 4 + random.nextInt(10);
    app(story, begins, video, seconds);
    story.at(begins, () -> story.asked = FraudStory.Asked.COACHED_VICTIM);
    double ends = begins + story.minutesOf(seconds);
    story.at(ends + 12, () -> story.asked = FraudStory.Asked.VICTIM);
    quickPayments(story, random, ends + random.nextInt(6), 2, 3, purse(story, random));
  }

  /** The firm's account when the victim keeps its books, else the own one. */
  private Way purse(FraudStory story, SplittableRandom random) {
    if (story.victim.employer == null || !chance(random, rates.corporate())) {
      return Way.USUAL;
    }
    story.payer = story.victim.employer;
    world.ledger.endow(story.payer, story.plannedFen);
    return Way.from(story.payer);
  }
}
