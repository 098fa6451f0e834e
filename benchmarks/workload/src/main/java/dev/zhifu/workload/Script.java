package dev.zhifu.workload;

import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomKind;
import java.util.SplittableRandom;

/** What scripts of fraud are made of. Minutes count from the first contact of the day. */
abstract class Script {
  final World world;
  final History history;
  final ScriptSettings rates;

  Script(World world, History history) {
    this.world = world;
    this.history = history;
    this.rates = world.settings.scripts();
  }

  final boolean chance(SplittableRandom random, double probability) {
    return Draws.chance(random, probability);
  }

  final String device(FraudStory story) {
    return world.device(story.victim);
  }

  /** The call that begins it; the victim is coached until it ends. */
  final void contactCall(
      FraudStory story, Peer caller, double minute, int seconds, SplittableRandom random) {
    boolean complained = chance(random, rates.complained());
    int complaints = 3 + random.nextInt(40);
    double score = 0.4 + random.nextDouble() * 0.6;
    story.caller = caller;
    story.at(
        minute,
        () -> {
          story.asked = FraudStory.Asked.COACHED_VICTIM;
          story.numbers.add(world.messages.numberToken(caller));
          if (complained) {
            world.signals.riskyNumber(story.victim, caller, complaints, score);
          }
          world.signals.call(story.victim, caller, true, true, story.paced(seconds));
        });
    double end = minute + story.minutesOf(seconds);
    story.at(end, () -> story.asked = FraudStory.Asked.VICTIM);
    busyWarning(story, minute, end, random);
  }

  /** Another centre warns, and finds the line busy each time. */
  private void busyWarning(FraudStory story, double from, double to, SplittableRandom random) {
    boolean warns = chance(random, rates.busyWarningShare());
    double minute = from + (to - from) * (0.3 + 0.3 * random.nextDouble());
    for (int attempt = 1; warns && attempt <= 3 && minute < to - 1; attempt++) {
      int number = attempt;
      story.at(minute, () -> world.signals.lineBusy(story.victim, Effects.WARNING_DESK, number));
      minute += 1.5 + random.nextDouble() * 2.5;
    }
  }

  /** A number of the kind that phone frauds call from. */
  final Peer fraudster(FraudStory story, SplittableRandom random) {
    double[] shares = new double[PrefixClass.values().length];
    rates
        .callers()
        .forEach((prefix, share) -> shares[PrefixClass.valueOf(prefix).ordinal()] = share);
    PrefixClass prefix = PrefixClass.values()[Draws.weighted(random, shares)];
    int n = random.nextInt(9_000_000);
    return switch (prefix) {
      case INTERNATIONAL -> new Peer("00852" + n, prefix);
      case VIRTUAL_OPERATOR -> new Peer("170" + n, prefix);
      case VOIP -> new Peer("voip" + n, prefix);
      default ->
          chance(random, rates.simBankShare())
              ? world.simBanks.open(story, random)
              : new Peer("133" + n, PrefixClass.LOCAL_MOBILE);
    };
  }

  final void app(FraudStory story, double minute, AppClass appClass, int seconds) {
    story.at(
        minute,
        () -> world.signals.app(story.victim, appClass, story.paced(Math.max(60, seconds))));
  }

  /** The false page, if the carrier knows it. */
  final void link(FraudStory story, double minute, double share, SplittableRandom random) {
    if (chance(random, share * rates.linkSeen())) {
      story.at(minute, () -> world.signals.plain(story.victim, TelecomKind.URL_HIT, null));
    }
  }

  /** The crew's application, listed by the platform or not. */
  final void platform(FraudStory story, double minute, int seconds, SplittableRandom random) {
    boolean listed = chance(random, rates.fraudListed());
    app(story, minute, listed ? AppClass.FRAUD_LISTED : AppClass.OFFSHORE_IM, seconds);
  }

  final void codeBurst(FraudStory story, double minute, SplittableRandom random) {
    int count = 4 + random.nextInt(6);
    int senders = 2 + random.nextInt(3);
    story.at(minute, () -> world.signals.otpBurst(story.victim, count, senders));
  }

  final void raiseLimit(FraudStory story, double minute) {
    story.at(
        minute,
        () -> world.signals.limitChanged(story.victim.main, device(story), story.plannedFen * 2));
  }

  /** Some yuan first, to see that it works. */
  final double smallTest(FraudStory story, double minute, SplittableRandom random) {
    if (!chance(random, rates.smallTest())) {
      return minute;
    }
    story.pay(minute, story.manner.fen(100 + random.nextInt(900)), "test");
    return minute + 2 + random.nextDouble() * 3;
  }

  final void quickPayments(
      FraudStory story, SplittableRandom random, double minute, int payments, double gap) {
    quickPayments(story, random, minute, payments, gap, Way.USUAL);
  }

  final void quickPayments(
      FraudStory story, SplittableRandom random, double minute, int payments, double gap, Way way) {
    double at = minute;
    for (long part : Draws.split(random, story.plannedFen, story.manner.count(payments), 100_00L)) {
      if (part > 0) {
        story.pay(at, part, "payment", way);
        at += gap * (0.5 + random.nextDouble());
      }
    }
  }

  final void borrow(FraudStory story, double minute, long fen, SplittableRandom random) {
    Account desk = world.people.loanDesks.get(world.people.bank(random));
    long amount = Math.max(1000_00L, fen / 1000_00L * 1000_00L);
    story.at(
        minute,
        () ->
            world.payments.pay(
                Payment.loan(desk, story.victim.main, amount, Channel.MOBILE_APP)
                    .of(story, "loan")));
  }

  final void breakDeposit(FraudStory story, double minute, long fen) {
    long amount = Math.max(1000_00L, fen / 1000_00L * 1000_00L);
    Account term = world.people.termDeposit(story.victim, amount);
    story.at(
        minute,
        () ->
            world.payments.pay(
                Payment.depositBroken(term, story.victim.main, amount, Channel.MOBILE_APP)
                    .of(story, "depositBroken")));
  }

  /** The victim's savings at other banks come together on one account. */
  final void gather(FraudStory story, double minute, long fen, SplittableRandom random) {
    int sources = story.manner.count(2 + random.nextInt(3));
    double at = minute;
    for (long part : Draws.split(random, fen, sources, 1000_00L)) {
      if (part >= 100) {
        Account other = world.people.ownAccount(story.victim, part, random);
        story.at(
            at,
            () ->
                world.payments.pay(
                    Payment.transfer(other, story.victim.main, part)
                        .by(Channel.MOBILE_APP, device(story))
                        .of(story, "gathered")));
        at += 1 + random.nextDouble() * 4;
      }
    }
  }

  /** Parts that grow from the first to the last and add up. */
  final long[] growing(FraudStory story, int scriptParts) {
    long sumFen = story.plannedFen;
    int parts = story.manner.count(scriptParts);
    double growth = world.settings.manners().growth();
    long[] shares = new long[parts];
    long left = sumFen;
    double weights = 0;
    for (int i = 0; i < parts; i++) {
      weights += StrictMath.pow(growth, i);
    }
    for (int i = 0; i < parts - 1; i++) {
      shares[i] =
          Math.max(100, (long) (sumFen * StrictMath.pow(growth, i) / weights) / 100_00L * 100_00L);
      left -= shares[i];
    }
    shares[parts - 1] = Math.max(100, left);
    return shares;
  }
}
