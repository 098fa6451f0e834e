package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A gang with its mule accounts. Money rests on each for a drawn time, then moves on in the crew's
 * style, level by level, until it is cash, coins, gold or game credit. What a bank blocks, the crew
 * gives up.
 */
final class Crew {
  static final int LEVELS = 4;

  /** Above this no crew dares an everyday account of a young person. */
  private static final long STUDENT_MOST_FEN = 5_000_00L;

  final int index;
  final MuleStyle style;

  /** Pays the small rebates that bait victims. */
  final Account payout;

  private final World world;
  private final List<List<Account>> levels = new ArrayList<>();
  private final List<Account> students;
  private final Set<Account> burnt = new HashSet<>();
  private final Map<String, List<Account>> reserved = new HashMap<>();
  private final String[] devices;
  private final boolean fewDevices;
  private final Onward onward;
  private final CashOuts cashOuts;

  /** Above 1 this crew moves money on where others cash it, below 1 the other way round. */
  private final double depth;

  /** Multiplies how long money rests. */
  private final double haste;

  Crew(World world, MuleAccounts accounts, int index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    CrewSettings crews = world.settings.crews();
    this.style = drawStyle(crews, random);
    for (int level = 1; level <= LEVELS; level++) {
      levels.add(
          accounts.cast(random, level, crews.accountsPerStory().get(level - 1) * crews.stories()));
    }
    payout = world.people.mule(random, 1, false, 120 + random.nextInt(400));
    world.ledger.endow(payout, 60_000_00L);
    students =
        Draws.chance(random, crews.studentShare())
            ? accounts.students(random, 1 + random.nextInt(3))
            : List.of();
    fewDevices = Draws.chance(random, crews.sharedDevice());
    devices = new String[2 + crews.stories()];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = world.messages.deviceToken("crew-" + index + "-" + i);
    }
    if (Draws.chance(random, crews.nightShift())) {
      accounts.nights(random, payout, levels.get(1), levels.get(2));
    }
    MannerSettings manners = world.settings.manners();
    SplittableRandom own = Draws.stream(world.settings.run().seed(), "crew-manner", index);
    this.depth = Manner.factor(own, manners.depthSigma());
    this.haste = Manner.factor(own, manners.hasteSigma());
    this.onward = new Onward(world, this);
    this.cashOuts = new CashOuts(world, this, random.split());
  }

  private static MuleStyle drawStyle(CrewSettings crews, SplittableRandom random) {
    List<MuleStyle> styles = List.copyOf(crews.styles().keySet());
    double[] shares = styles.stream().mapToDouble(crews.styles()::get).toArray();
    return styles.get(Draws.weighted(random, shares));
  }

  List<Account> level(int level) {
    return levels.get(level - 1);
  }

  /** The accounts set aside for one victim: one or two when the style gathers, else up to four. */
  List<Account> receivers(FraudStory story) {
    return reserved.computeIfAbsent(
        story.id,
        id -> {
          SplittableRandom random = story.stream("receivers");
          boolean few = style == MuleStyle.GATHERED || style == MuleStyle.SCATTERED;
          int count = story.manner.count(few ? 1 + random.nextInt(2) : 2 + random.nextInt(3));
          List<Account> chosen = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            chosen.add(Draws.pick(random, levels.get(0)));
          }
          return chosen;
        });
  }

  /** An account for the next payment of a victim. */
  Account receiver(FraudStory story, long fen, SplittableRandom random) {
    if (!students.isEmpty() && fen <= STUDENT_MOST_FEN && Draws.chance(random, 0.5)) {
      Account student = Draws.pick(random, students);
      if (!burnt.contains(student) && student.holder != story.victim) {
        return student;
      }
    }
    Account chosen = Draws.pick(random, receivers(story));
    return burnt.contains(chosen) ? unburnt(levels.get(0), random) : chosen;
  }

  /** An account that took a victim's money in the past: one that existed then. */
  Account earlierReceiver(FraudStory story, long at) {
    return receivers(story).stream()
        .filter(account -> account.openAt(at))
        .findFirst()
        .orElse(payout);
  }

  /**
   * Accounts that other places' cases have brought on the list: few, and none that a victim pays
   * into.
   */
  List<Account> listed() {
    List<Account> known = new ArrayList<>();
    for (List<Account> accounts : levels.subList(1, LEVELS)) {
      for (Account account : accounts) {
        if (Draws.chance(
            Draws.stream(world.settings.run().seed(), "listed", account.index), 0.03)) {
          known.add(account);
        }
      }
    }
    return known;
  }

  Account unburnt(List<Account> accounts, SplittableRandom random) {
    Account chosen = Draws.pick(random, accounts);
    for (int tries = 0; tries < 20 && burnt.contains(chosen); tries++) {
      chosen = Draws.pick(random, accounts);
    }
    return chosen;
  }

  void burn(Account account) {
    burnt.add(account);
  }

  /** Device that works an account; a young person uses the own telephone. */
  String device(Account account) {
    if (account.holder.main == account && students.contains(account)) {
      return world.device(account.holder);
    }
    return fewDevices
        ? devices[account.index % devices.length]
        : world.messages.deviceToken("crew-" + index + "-of-" + account.index);
  }

  String device(int number) {
    return devices[Math.floorMod(number, devices.length)];
  }

  /**
   * A trifle from an unrelated account shows whether an account still works; some of it goes back,
   * and somebody looks at the balance.
   */
  void probe(FraudStory story, Account account, SplittableRandom random) {
    Account from = Draws.pick(random, levels.get(2));
    long fen = 1 + random.nextInt(1000);
    if (from.availableFen() < fen) {
      return;
    }
    world.signals.access(from, AccessKind.LOGIN, device(from));
    trial(story, from, account, fen);
    boolean back = Draws.chance(random, 0.3);
    world.schedule.at(
        world.schedule.now() + 60_000 + random.nextInt(400_000),
        now -> {
          world.signals.access(account, AccessKind.LOGIN, device(account));
          world.signals.access(account, AccessKind.BALANCE_QUERY, device(account));
          if (back && account.availableFen() >= fen) {
            trial(story, account, from, fen);
          }
        });
  }

  private void trial(FraudStory story, Account from, Account to, long fen) {
    world.payments.pay(
        Payment.transfer(from, to, fen)
            .by(Channel.MOBILE_APP, device(from))
            .of(story, "probe")
            .reaction(new Hop(world, this, null, "", false)));
  }

  /** Money has come: it rests, then goes on. */
  void received(FraudStory story, Account account, long fen, String path) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "dwell", story.id + path);
    long dwell = (long) (Draws.durationMs(random, world.settings.fraud().dwell()) * haste);
    world.schedule.at(world.schedule.now() + dwell, now -> moveOn(story, account, fen, path));
  }

  private void moveOn(FraudStory story, Account account, long fen, String path) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "hop", story.id + path);
    world.signals.access(account, AccessKind.LOGIN, device(account));
    if (Draws.chance(random, 0.7)) {
      world.signals.access(account, AccessKind.BALANCE_QUERY, device(account));
    }
    MannerSettings manners = world.settings.manners();
    double commission =
        Math.max(0, random.nextDouble() - manners.keepsNothing()) * manners.keepRate();
    double keep = story.trifle ? 0.03 : commission;
    long moving = Math.min(account.availableFen(), (long) (fen * (1 - keep)));
    if (moving < 100) {
      return;
    }
    if (moving < 300_00L || Draws.chance(random, straightOut(account))) {
      cashOuts.out(story, account, moving, random, path);
    } else {
      onward.send(story, account, moving, random, path);
    }
    if (story.trifle && account.level == 1) {
      cashOuts.trifle(story, account, random);
    }
  }

  private double straightOut(Account account) {
    double listed = world.settings.crews().straightOut().get(account.level - 1);
    double chance = StrictMath.pow(listed, depth);
    boolean cashier = style == MuleStyle.CASH_CREW || style == MuleStyle.ONE_SHOP;
    return cashier && account.level > 1 ? Math.max(chance, 0.8) : chance;
  }
}
