package dev.zhifu.workload;

import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * SIM banks: racks of cards whose numbers dial one resident after the other, most in vain. A victim
 * who believes the voice becomes a fraud story of its own; the rack is a story too, with its
 * numbers and without money.
 */
final class SimBanks {
  static final String KIND = "SIM_BANK";
  private static final long MINUTE_MS = 60_000L;

  private final World world;
  private final List<Story> stories = new ArrayList<>();

  SimBanks(World world) {
    this.world = world;
  }

  List<Story> all() {
    return stories;
  }

  /** The number that a story's first call comes from; its rack dials from two hours before. */
  Peer open(FraudStory victim, SplittableRandom random) {
    Story story = new Story(-1, victim.id.replaceFirst("^F", "N") + "-" + KIND, KIND, true);
    stories.add(story);
    int numbers = 3 + random.nextInt(6);
    PrefixClass prefix =
        Draws.chance(random, 0.6) ? PrefixClass.LOCAL_MOBILE : PrefixClass.VIRTUAL_OPERATOR;
    List<Peer> rack = new ArrayList<>(numbers);
    for (int i = 0; i < numbers; i++) {
      Peer peer = new Peer("goip" + random.nextInt(900_000_000), prefix);
      rack.add(peer);
      dial(story, peer, victim.startMs - 120 * MINUTE_MS, random.split());
    }
    return Draws.pick(random, rack);
  }

  private void dial(Story story, Peer peer, long from, SplittableRandom random) {
    int calls = world.settings.crews().simBankCalls();
    double minute = random.nextInt(25);
    for (int i = 0; i < calls / 2 + random.nextInt(calls); i++) {
      int number = i;
      SplittableRandom own = random.split();
      long at = from + (long) (minute * MINUTE_MS);
      if (at >= world.settings.startMs()) {
        world.schedule.at(at, now -> ring(story, peer, number, own));
      }
      minute += 0.5 + random.nextDouble() * 5;
    }
  }

  /** One in five is answered; the carrier's score rises as the dialling goes on. */
  private void ring(Story story, Peer peer, int number, SplittableRandom random) {
    Holder called = Draws.pick(random, world.people.residents);
    story.numbers.add(world.messages.numberToken(peer));
    if (called.busyUntil > world.schedule.now()) {
      return;
    }
    double answered = random.nextDouble();
    if (number > 12 && Draws.chance(random, 0.25)) {
      double score = Math.min(1, 0.35 + number * 0.012 + random.nextDouble() * 0.2);
      world.signals.riskyNumber(called, peer, number / 8, score);
    }
    if (answered < 0.15) {
      world.signals.plain(called, TelecomKind.CALL_DECLINED, peer);
    } else {
      int seconds = answered < 0.8 ? random.nextInt(3) : 8 + random.nextInt(70);
      world.signals.call(called, peer, true, true, seconds);
    }
  }
}
