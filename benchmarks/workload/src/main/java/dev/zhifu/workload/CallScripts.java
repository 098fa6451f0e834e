package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomKind;
import java.util.SplittableRandom;

/** Frauds that are told on the telephone. */
final class CallScripts extends Script {
  CallScripts(World world, History history) {
    super(world, history);
  }

  void customerService(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(story, random);
    int seconds = (25 + random.nextInt(50)) * 60;
    contactCall(story, caller, 0, seconds, random);
    boolean share = chance(random, rates.screenShare());
    double opened = 3 + random.nextInt(6);
    app(
        story,
        opened,
        share ? AppClass.SCREEN_SHARE : AppClass.MEETING,
        seconds - (int) (opened * 60));
    lookAround(story, opened + 2);
    double minute = opened + 4 + random.nextInt(5);
    if (chance(random, 0.3)) {
      raiseLimit(story, minute - 1);
    }
    if (chance(random, 0.25)) {
      borrow(story, minute, story.plannedFen / 2, random);
      minute += 4;
    }
    if (chance(random, rates.codeBurst())) {
      codeBurst(story, minute, random);
    }
    minute = smallTest(story, minute, random);
    quickPayments(story, random, minute, 2 + random.nextInt(3), 2.5);
  }

  private void lookAround(FraudStory story, double minute) {
    story.at(
        minute,
        () -> {
          world.signals.access(story.victim.main, AccessKind.LOGIN, device(story));
          world.signals.access(story.victim.main, AccessKind.BALANCE_QUERY, device(story));
        });
  }

  /**
   * Hours on the line: papers, a room of one's own, deposits broken, all savings on one account.
   */
  void fakePolice(FraudStory story, SplittableRandom random) {
    Peer caller =
        new Peer(
            "00" + (60 + random.nextInt(30)) + random.nextInt(9_000_000),
            PrefixClass.INTERNATIONAL);
    int seconds = (60 + random.nextInt(120)) * 60;
    contactCall(story, caller, 0, seconds, random);
    story.at(6, () -> world.signals.sms(story.victim, caller, SmsClass.COURT));
    app(story, 14, AppClass.MEETING, seconds - 900);
    if (chance(random, 0.35)) {
      story.at(16, () -> world.signals.plain(story.victim, TelecomKind.CALL_FWD_SET, caller));
    }
    secrecy(story, random);
    if (chance(random, 0.7)) {
      breakDeposit(story, 24, story.plannedFen / 2);
    } else {
      borrow(story, 24, story.plannedFen / 2, random);
    }
    if (chance(random, 0.6)) {
      gather(story, 25, story.plannedFen / 3, random);
    }
    if (chance(random, rates.codeBurst())) {
      codeBurst(story, 30, random);
    }
    raiseLimit(story, 28);
    String strange = world.messages.deviceToken("remote-" + story.id);
    Way way = chance(random, 0.25) ? Way.on(strange) : Way.USUAL;
    quickPayments(story, random, 42 + random.nextInt(12), 1 + random.nextInt(3), 12, way);
  }

  /** Friends' calls are declined, and some victims go to a hotel in another district. */
  private void secrecy(FraudStory story, SplittableRandom random) {
    for (int i = story.manner.count(random.nextInt(4)); i > 0; i--) {
      Peer friend = world.people.friend(story.victim, i).peer();
      story.at(
          10 + random.nextInt(30),
          () -> world.signals.plain(story.victim, TelecomKind.CALL_DECLINED, friend));
    }
    if (chance(random, 0.3)) {
      String region = Draws.pick(random, world.people.residents).region;
      story.at(18, () -> world.signals.away(story.victim, region));
    }
  }

  void creditRepair(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(story, random);
    int seconds = (40 + random.nextInt(50)) * 60;
    contactCall(story, caller, 0, seconds, random);
    app(story, 7, AppClass.MEETING, seconds - 500);
    double minute = 14;
    int loans = story.manner.count(1 + random.nextInt(3));
    for (int i = 0; i < loans; i++) {
      borrow(story, minute, story.plannedFen * 8 / 10 / loans, random);
      minute += 5 + random.nextInt(4);
    }
    quickPayments(story, random, minute + 2, loans + 1, 3);
  }

  void flightChange(FraudStory story, SplittableRandom random) {
    boolean abroad = chance(random, 0.3);
    Peer desk =
        abroad
            ? new Peer("00852" + random.nextInt(900_000), PrefixClass.INTERNATIONAL)
            : new Peer("400" + random.nextInt(900_000), PrefixClass.SERVICE_400);
    Peer sender = new Peer("106" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    int seconds = (15 + random.nextInt(30)) * 60;
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.REFUND));
    story.at(
        6,
        () -> {
          story.asked = FraudStory.Asked.COACHED_VICTIM;
          story.numbers.add(world.messages.numberToken(desk));
          world.signals.call(story.victim, desk, abroad, true, story.paced(seconds));
        });
    if (chance(random, rates.screenShare())) {
      app(story, 10, AppClass.SCREEN_SHARE, seconds - 300);
    }
    if (chance(random, rates.codeBurst())) {
      codeBurst(story, 12, random);
    }
    story.at(6 + story.minutesOf(seconds), () -> story.asked = FraudStory.Asked.VICTIM);
    double minute = smallTest(story, 14, random);
    quickPayments(story, random, minute, 1 + random.nextInt(3), 3);
  }

  /** A voice that cries, then one that explains; the courier comes before noon. */
  void familyEmergency(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(story, random);
    int calls = 1 + random.nextInt(3);
    double minute = 0;
    for (int i = 0; i < calls; i++) {
      int seconds = (6 + random.nextInt(20)) * 60;
      contactCall(story, caller, minute, seconds, random);
      minute += story.minutesOf(seconds) + 3 + random.nextInt(10);
    }
    if (chance(random, 0.4)) {
      breakDeposit(story, minute, story.plannedFen * 7 / 10);
      minute += 15;
    }
    double how = random.nextDouble();
    if (how < 0.6) {
      story.pay(minute + 20 + random.nextInt(60), story.plannedFen, "cashToCourier", Way.CASH);
    } else if (how < 0.8) {
      Account shop = Draws.pick(random, world.people.goodsShops);
      story.pay(minute + 30, story.plannedFen, "goldToCourier", Way.at(shop, null));
    } else {
      quickPayments(story, random, minute + 10, 1 + random.nextInt(2), 20);
    }
  }
}
