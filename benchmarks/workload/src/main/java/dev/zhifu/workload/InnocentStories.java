package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ordinary life that looks like fraud, at the rates of the settings. */
final class InnocentStories {
  private static final long MINUTE_MS = 60_000L;

  private final World world;
  private final List<Story> stories = new ArrayList<>();

  InnocentStories(World world) {
    this.world = world;
  }

  List<Story> all() {
    return stories;
  }

  void begin() {
    for (int day = 0; day < world.settings.run().days(); day++) {
      for (InnocentKind kind : InnocentKind.values()) {
        plan(kind, day);
      }
    }
  }

  private void plan(InnocentKind kind, int day) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), kind.name(), day);
    double mean =
        world.settings.innocent().getOrDefault(kind, 0.0)
            * world.settings.run().residents()
            / 30_000.0;
    int count = Draws.rounded(random, mean);
    for (int i = 0; i < count; i++) {
      Story story =
          new Story(
              -1 - stories.size(),
              String.format("I-%d-%s-%02d", day + 1, kind, i + 1),
              kind.name(),
              false);
      stories.add(story);
      SplittableRandom own = Draws.stream(world.settings.run().seed(), "innocent", story.id);
      long start =
          world.settings.startMs()
              + day * CitySettings.DAY_MS
              + (long) ((8 + own.nextDouble() * 12) * 60) * MINUTE_MS;
      act(kind, story, start, own);
    }
  }

  private void act(InnocentKind kind, Story story, long start, SplittableRandom random) {
    switch (kind) {
      case LANDLORD -> landlord(story, start, random);
      case PAYDAY -> payday(story, start, random);
      case FREIGHT -> freight(story, start, random);
      case TUITION -> tuition(story, start, random);
      case COUNTER_LOAN -> counterLoan(story, start, random);
      case WEDDING -> wedding(story, start, random);
      case LIVESTOCK -> livestock(story, start, random);
      case NEW_PHONE -> newPhone(story, start, random);
      case ELDERLY_SAVINGS -> elderlySavings(story, start, random);
      case FAMILY_SUPPORT -> familySupport(story, start, random);
      case GROUP_BUY -> groupBuy(story, start, random);
      case SHOP_DISPUTE -> shopDispute(story, start, random);
    }
  }

  private void at(long time, Schedule.Act act) {
    world.schedule.at(time, act);
  }

  private Payment app(Holder payer, Account payee, long fen, Story story, String role) {
    return Payment.transfer(payer.main, payee, fen)
        .by(Channel.MOBILE_APP, world.device(payer))
        .of(story, role);
  }

  private void landlord(Story story, long start, SplittableRandom random) {
    Account landlord = Draws.pick(random, world.people.landlords);
    int tenants = 6 + random.nextInt(16);
    long[] sum = new long[1];
    for (int i = 0; i < tenants; i++) {
      Holder tenant = world.people.otherThan(landlord.holder, random);
      long rent = (8 + random.nextInt(18)) * 100_00L;
      at(
          start + random.nextInt(300) * MINUTE_MS,
          now -> {
            if (tenant.main.availableFen() >= rent) {
              sum[0] += rent;
              world.payments.pay(app(tenant, landlord, rent, story, "rent"));
            }
          });
    }
    Holder family = landlord.holder.friends[0];
    at(
        start + 310 * MINUTE_MS,
        now -> onward(landlord, family.main, sum[0] * 8 / 10, story, "family"));
  }

  private void onward(Account from, Account to, long fen, Story story, String role) {
    long amount = Math.min(fen, from.availableFen()) / 100 * 100;
    if (amount >= 100) {
      world.payments.pay(
          Payment.transfer(from, to, amount)
              .by(Channel.MOBILE_APP, world.device(from.holder))
              .of(story, role));
    }
  }

  private void payday(Story story, long start, SplittableRandom random) {
    Account firm = Draws.pick(random, world.people.employers);
    List<Holder> staff =
        world.people.residents.stream().filter(holder -> holder.employer == firm).toList();
    for (Holder person : staff) {
      boolean moves = Draws.chance(random, 0.3);
      long later = (2 + random.nextInt(120)) * MINUTE_MS;
      int second = random.nextInt(40_000);
      at(
          start + second,
          now ->
              world.payments.pay(
                  Payment.transfer(firm, person.main, person.salaryFen)
                      .by(Channel.BATCH, null)
                      .of(story, "salary")));
      if (moves) {
        Account to = person.landlord != null ? person.landlord : person.friends[0].main;
        at(
            start + second + later,
            now -> onward(person.main, to, person.salaryFen * 7 / 10, story, "moved"));
      }
    }
  }

  private void freight(Story story, long start, SplittableRandom random) {
    Account mine = Draws.pick(random, world.people.mines);
    Holder fleetOwner = Draws.pick(random, world.people.residents);
    int drivers = 25 + random.nextInt(45);
    for (int i = 0; i < drivers; i++) {
      Holder driver = world.people.residentAged(random, 25, 58);
      long pay = (30 + random.nextInt(140)) * 100_00L;
      long paidAt = start + random.nextInt(20) * MINUTE_MS;
      boolean toOwner = Draws.chance(random, 0.6);
      long wait = (3 + random.nextInt(150)) * MINUTE_MS;
      SplittableRandom own = random.split();
      at(
          paidAt,
          now ->
              world.payments.pay(
                  Payment.transfer(mine, driver.main, pay)
                      .by(Channel.BATCH, null)
                      .of(story, "freight")));
      at(
          paidAt + wait,
          now -> {
            if (toOwner) {
              onward(driver.main, fleetOwner.main, pay * 8 / 10, story, "fleet");
            } else {
              world.payments.pay(
                  Payment.cash(
                          driver.main,
                          Math.min(10_000_00L, pay / 2 / 100_00L * 100_00L),
                          DailyLife.atm(driver, own))
                      .of(story, "cash"));
            }
          });
    }
  }

  /** Somebody of that age who can afford it, if a few tries find one. */
  private Holder withMoney(SplittableRandom random, int from, int to, long fen) {
    Holder holder = world.people.residentAged(random, from, to);
    for (int tries = 0; tries < 30 && holder.main.balanceFen < fen; tries++) {
      holder = world.people.residentAged(random, from, to);
    }
    return holder;
  }

  private void tuition(Story story, long start, SplittableRandom random) {
    Holder parent = withMoney(random, 30, 55, 25_000_00L);
    Account school = Draws.pick(random, world.people.schools);
    Peer office = new Peer("0477" + random.nextInt(9_000_000), PrefixClass.LANDLINE);
    int minutes = 6 + random.nextInt(15);
    long fee = (30 + random.nextInt(150)) * 100_00L;
    at(start, now -> world.signals.call(parent, office, random.nextInt(3) > 0, true, minutes * 60));
    at(
        start + (3 + random.nextInt(Math.max(1, minutes - 4))) * MINUTE_MS,
        now -> {
          world.signals.access(parent.main, AccessKind.LOGIN, world.device(parent));
          world.signals.payeeAdded(parent.main, school, world.device(parent));
          world.payments.pay(app(parent, school, fee, story, "tuition"));
        });
  }

  private void counterLoan(Story story, long start, SplittableRandom random) {
    Holder buyer = world.people.residentAged(random, 25, 58);
    Holder seller = world.people.otherThan(buyer, random);
    Account desk = world.people.loanDesks.get(buyer.main.bank);
    long sum = (50 + random.nextInt(250)) * 1000_00L;
    at(
        start,
        now ->
            world.payments.pay(
                Payment.loan(desk, buyer.main, sum, Channel.COUNTER).of(story, "loan")));
    at(
        start + (8 + random.nextInt(40)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.transfer(buyer.main, seller.main, sum)
                    .by(Channel.COUNTER, null)
                    .of(story, "purchase")));
  }

  private void wedding(Story story, long start, SplittableRandom random) {
    Holder couple = world.people.residentAged(random, 22, 38);
    Account restaurant = Draws.pick(random, world.people.merchants);
    int guests = 40 + random.nextInt(70);
    for (int i = 0; i < guests; i++) {
      Holder guest = world.people.otherThan(couple, random);
      long gift =
          new long[] {200_00L, 300_00L, 500_00L, 666_00L, 888_00L, 1000_00L, 2000_00L}
              [random.nextInt(7)];
      at(
          start + random.nextInt(150) * MINUTE_MS,
          now -> world.payments.pay(app(guest, couple.main, gift, story, "gift")));
    }
    long feast = (150 + random.nextInt(250)) * 100_00L;
    at(
        start + 200 * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.purchase(
                        couple.main,
                        restaurant,
                        Math.max(100, Math.min(feast, couple.main.availableFen())))
                    .of(story, "feast")));
    at(
        start + 260 * MINUTE_MS,
        now ->
            onward(
                couple.main,
                couple.friends[0].main,
                couple.main.availableFen() * 6 / 10,
                story,
                "parents"));
  }

  private void livestock(Story story, long start, SplittableRandom random) {
    Account dealer = Draws.pick(random, world.people.herdDealers);
    Holder herder = world.people.residentAged(random, 35, 70);
    long price = (40 + random.nextInt(180)) * 1000_00L;
    at(
        start,
        now ->
            world.payments.pay(
                Payment.transfer(dealer, herder.main, price)
                    .by(Channel.WEB, null)
                    .of(story, "herd")));
    Account fodder = Draws.pick(random, world.people.merchants);
    at(
        start + (10 + random.nextInt(60)) * MINUTE_MS,
        now -> onward(herder.main, fodder, price * 3 / 10, story, "fodder"));
    at(
        start + (30 + random.nextInt(90)) * MINUTE_MS,
        now -> onward(herder.main, herder.friends[1].main, price * 4 / 10, story, "relatives"));
    SplittableRandom own = random.split();
    at(
        start + (60 + random.nextInt(90)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.cash(herder.main, 5_000_00L, DailyLife.atm(herder, own))
                    .of(story, "cash")));
  }

  private void newPhone(Story story, long start, SplittableRandom random) {
    Holder person = Draws.pick(random, world.people.residents);
    boolean otherSim = Draws.chance(random, 0.5);
    boolean moves = Draws.chance(random, 0.5);
    double share = 0.2 + random.nextDouble() * 0.6;
    at(
        start,
        now -> {
          world.signals.newSim(person, otherSim ? TelecomKind.NEW_SIM : TelecomKind.SIM_SWAP, 0);
          person.deviceGeneration++;
          person.deviceToken = null;
        });
    at(
        start + 20 * MINUTE_MS,
        now -> {
          world.signals.otpBurst(person, 3 + random.nextInt(3), 2);
          world.signals.access(person.main, AccessKind.DEVICE_BOUND, world.device(person));
          world.signals.access(person.main, AccessKind.LOGIN, world.device(person));
        });
    if (moves) {
      Account to = person.second != null ? person.second : person.friends[0].main;
      at(
          start + (30 + random.nextInt(60)) * MINUTE_MS,
          now ->
              onward(person.main, to, (long) (person.main.availableFen() * share), story, "moved"));
    }
  }

  private void elderlySavings(Story story, long start, SplittableRandom random) {
    Holder elder = world.people.residentAged(random, 66, 85);
    Holder child = elder.friends[0];
    long sum = (30 + random.nextInt(170)) * 1000_00L;
    boolean counter = Draws.chance(random, 0.6);
    Channel channel = counter ? Channel.COUNTER : Channel.MOBILE_APP;
    Account term = world.people.termDeposit(elder, sum);
    at(start, now -> world.signals.call(elder, child.peer(), true, false, 25 * 60));
    at(
        start + 6 * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.depositBroken(term, elder.main, sum, channel).of(story, "depositBroken")));
    at(
        start + (10 + random.nextInt(12)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.transfer(elder.main, child.main, sum)
                    .by(channel, counter ? null : world.device(elder))
                    .of(story, "toChild")));
  }

  private void familySupport(Story story, long start, SplittableRandom random) {
    Holder parent = world.people.residentAged(random, 52, 80);
    Holder child = parent.friends[0];
    Account payee =
        random.nextBoolean()
            ? Draws.pick(random, world.people.utilities)
            : Draws.pick(random, world.people.schools);
    long fen = (2 + random.nextInt(60)) * 100_00L;
    at(start, now -> world.signals.call(parent, child.peer(), false, false, 900));
    at(start + 3 * MINUTE_MS, now -> world.signals.app(parent, AppClass.SCREEN_SHARE, 700));
    at(
        start + 7 * MINUTE_MS,
        now -> {
          world.signals.access(parent.main, AccessKind.LOGIN, world.device(parent));
          world.payments.pay(app(parent, payee, fen, story, "bill"));
        });
  }

  private void groupBuy(Story story, long start, SplittableRandom random) {
    Holder leader = world.people.residentAged(random, 28, 60);
    Account supplier = Draws.pick(random, world.people.merchants);
    int buyers = 12 + random.nextInt(40);
    long[] sum = new long[1];
    for (int i = 0; i < buyers; i++) {
      Holder buyer = world.people.otherThan(leader, random);
      long fen = (20 + random.nextInt(180)) * 100L;
      at(
          start + random.nextInt(120) * MINUTE_MS,
          now -> {
            if (buyer.main.availableFen() >= fen) {
              sum[0] += fen;
              world.payments.pay(app(buyer, leader.main, fen, story, "order"));
            }
          });
    }
    at(
        start + 125 * MINUTE_MS,
        now -> onward(leader.main, supplier, sum[0] * 9 / 10, story, "supplier"));
  }

  private void shopDispute(Story story, long start, SplittableRandom random) {
    Holder buyer = Draws.pick(random, world.people.residents);
    Account shop = Draws.pick(random, world.people.merchants);
    long fen = (3 + random.nextInt(40)) * 100_00L;
    Payment payment = app(buyer, shop, fen, story, "disputed");
    at(start, now -> world.payments.pay(payment));
    at(
        start + (40 + random.nextInt(200)) * MINUTE_MS,
        now -> {
          if (payment.state == Payment.State.DONE) {
            world.officers.disputed(story, buyer, payment);
          }
        });
  }
}
