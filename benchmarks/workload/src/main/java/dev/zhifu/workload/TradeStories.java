package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.List;
import java.util.SplittableRandom;

/** What firms, herders and shops do. */
final class TradeStories extends Everyday {
  TradeStories(World world) {
    super(world);
  }

  void payday(Story story, long start, SplittableRandom random) {
    Account firm = Draws.pick(random, world.people.employers);
    List<Holder> staff = world.people.staffOf(firm);
    for (Holder person : staff) {
      boolean moves = Draws.chance(random, 0.3);
      long later = (2 + random.nextInt(120)) * MINUTE_MS;
      int second = random.nextInt(40_000);
      at(
          story,
          start + second,
          now ->
              world.payments.pay(
                  Payment.transfer(firm, person.main, person.salaryFen)
                      .by(Channel.BATCH, null)
                      .of(story, "salary")));
      if (moves) {
        Account to = person.landlord != null ? person.landlord : friend(person, 0).main;
        at(
            story,
            start + second + later,
            now -> onward(person.main, to, person.salaryFen * 7 / 10, story, "moved"));
      }
    }
  }

  void freight(Story story, long start, SplittableRandom random) {
    Account mine = Draws.pick(random, world.people.mines);
    Holder fleetOwner = Draws.pick(random, world.people.residents);
    int drivers = story.manner.count(25 + random.nextInt(45));
    for (int i = 0; i < drivers; i++) {
      Holder driver = world.people.residentAged(random, 25, 58);
      long pay = story.manner.fen((30 + random.nextInt(140)) * 100_00L);
      long paidAt = start + random.nextInt(20) * MINUTE_MS;
      boolean toOwner = Draws.chance(random, 0.6);
      long wait = (3 + random.nextInt(150)) * MINUTE_MS;
      SplittableRandom own = random.split();
      at(
          story,
          paidAt,
          now ->
              world.payments.pay(
                  Payment.transfer(mine, driver.main, pay)
                      .by(Channel.BATCH, null)
                      .of(story, "freight")));
      at(
          story,
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

  void livestock(Story story, long start, SplittableRandom random) {
    Account dealer = Draws.pick(random, world.people.herdDealers);
    Holder herder = world.people.residentAged(random, 35, 70);
    long price = story.manner.fen((40 + random.nextInt(180)) * 1000_00L);
    at(
        story,
        start,
        now ->
            world.payments.pay(
                Payment.transfer(dealer, herder.main, price)
                    .by(Channel.WEB, null)
                    .of(story, "herd")));
    Account fodder = Draws.pick(random, world.people.merchants);
    at(
        story,
        start + (10 + random.nextInt(60)) * MINUTE_MS,
        now -> onward(herder.main, fodder, price * 3 / 10, story, "fodder"));
    at(
        story,
        start + (30 + random.nextInt(90)) * MINUTE_MS,
        now -> onward(herder.main, friend(herder, 1).main, price * 4 / 10, story, "relatives"));
    SplittableRandom own = random.split();
    at(
        story,
        start + (60 + random.nextInt(90)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.cash(herder.main, 5_000_00L, DailyLife.atm(herder, own))
                    .of(story, "cash")));
  }

  void groupBuy(Story story, long start, SplittableRandom random) {
    Holder leader = world.people.residentAged(random, 28, 60);
    Account supplier = Draws.pick(random, world.people.merchants);
    int buyers = story.manner.count(12 + random.nextInt(40));
    long[] sum = new long[1];
    for (int i = 0; i < buyers; i++) {
      Holder buyer = world.people.otherThan(leader, random);
      long fen = story.manner.fen((20 + random.nextInt(180)) * 100L);
      at(
          story,
          start + random.nextInt(120) * MINUTE_MS,
          now -> {
            if (buyer.main.availableFen() >= fen) {
              sum[0] += fen;
              world.payments.pay(app(buyer, leader.main, fen, story, "order"));
            }
          });
    }
    at(
        story,
        start + 125 * MINUTE_MS,
        now -> onward(leader.main, supplier, sum[0] * 9 / 10, story, "supplier"));
  }

  void shopDispute(Story story, long start, SplittableRandom random) {
    Holder buyer = Draws.pick(random, world.people.residents);
    Account shop = Draws.pick(random, world.people.merchants);
    long fen = story.manner.fen((3 + random.nextInt(40)) * 100_00L);
    Payment payment = app(buyer, shop, fen, story, "disputed");
    at(story, start, now -> world.payments.pay(payment));
    at(
        story,
        start + (40 + random.nextInt(200)) * MINUTE_MS,
        now -> {
          if (payment.state == Payment.State.DONE) {
            world.officers.disputed(story, buyer, payment);
          }
        });
  }
}
