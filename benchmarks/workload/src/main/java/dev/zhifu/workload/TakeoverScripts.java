package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomKind;
import java.util.SplittableRandom;

/** Frauds in which the fraudster pays, with the victim's telephone, number or codes. */
final class TakeoverScripts extends Script {
  TakeoverScripts(World world, History history) {
    super(world, history);
  }

  /** On the victim's own telephone: the limit for small payments goes up, then debit upon debit. */
  void screenTakeover(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(story, random);
    int seconds = (14 + random.nextInt(20)) * 60;
    contactCall(story, caller, 0, seconds, random);
    double opened = 2 + random.nextInt(4);
    boolean remote = chance(random, 0.6);
    app(
        story,
        opened,
        remote ? AppClass.REMOTE_CONTROL : AppClass.SCREEN_SHARE,
        seconds - (int) (opened * 60));
    story.at(
        opened + 1,
        () -> {
          world.signals.access(story.victim.main, AccessKind.LOGIN, device(story));
          world.signals.limitChanged(story.victim.main, device(story), 1000_00L);
        });
    int debits = (int) Math.min(25, Math.max(3, story.plannedFen / 1000_00L));
    Account shop = Draws.pick(random, world.people.goodsShops);
    Way way = chance(random, 0.5) ? Way.at(shop, device(story)) : Way.USUAL;
    double minute = opened + 2;
    for (long part : Draws.split(random, story.plannedFen, debits, 1_00L)) {
      story.pay(minute, Math.max(100, part), "debit", way);
      minute += 10.0 / debits * (0.6 + 0.8 * random.nextDouble());
    }
  }

  /** The victim dials a code; from then on the bank's calls ring at the fraudster's. */
  void forwardedCalls(FraudStory story, SplittableRandom random) {
    Peer caller = fraudster(story, random);
    contactCall(story, caller, 0, (4 + random.nextInt(10)) * 60, random);
    story.at(
        4,
        () -> {
          world.signals.plain(story.victim, TelecomKind.CALL_FWD_SET, caller);
          story.asked = FraudStory.Asked.FRAUDSTER;
        });
    double minute = 25 + random.nextInt(240);
    story.at(minute - 1, () -> story.asked = FraudStory.Asked.FRAUDSTER);
    takeAccount(story, minute, random);
  }

  /** A copied SIM: the victim's own telephone falls silent. */
  void stolenSim(FraudStory story, SplittableRandom random) {
    TelecomKind kind = chance(random, 0.7) ? TelecomKind.SIM_SWAP : TelecomKind.ESIM;
    story.at(
        0,
        () -> {
          world.signals.newSim(story.victim, kind, 0);
          story.asked = FraudStory.Asked.FRAUDSTER;
        });
    takeAccount(story, 12 + random.nextInt(600), random);
  }

  /** A message that the card is frozen, a false page, and codes typed into it. */
  void phishedCodes(FraudStory story, SplittableRandom random) {
    Peer sender = new Peer("106" + random.nextInt(90_000), PrefixClass.UNKNOWN);
    story.at(0, () -> world.signals.sms(story.victim, sender, SmsClass.OTHER));
    link(story, 3, 0.8, random);
    story.at(4, () -> story.asked = FraudStory.Asked.UNAWARE_VICTIM);
    takeAccount(story, 6 + random.nextInt(20), random);
  }

  /** Codes, a strange device bound to the account, a look at the balance, and the money goes. */
  private void takeAccount(FraudStory story, double minute, SplittableRandom random) {
    String strange = story.crew.device(story.index);
    Peer bank = new Peer("95" + (500 + story.victim.main.bank), PrefixClass.SERVICE_95);
    story.at(minute, () -> world.signals.sms(story.victim, bank, SmsClass.OTP));
    if (chance(random, 0.7)) {
      codeBurst(story, minute + 1, random);
    }
    story.at(
        minute + 2,
        () -> {
          world.signals.access(story.victim.main, AccessKind.DEVICE_BOUND, strange);
          world.signals.access(story.victim.main, AccessKind.LOGIN, strange);
          world.signals.access(story.victim.main, AccessKind.BALANCE_QUERY, strange);
        });
    if (chance(random, 0.6)) {
      story.at(
          minute + 3,
          () -> world.signals.limitChanged(story.victim.main, strange, story.plannedFen * 2));
    }
    quickPayments(story, random, minute + 5, 1 + random.nextInt(4), 4, Way.on(strange));
  }
}
