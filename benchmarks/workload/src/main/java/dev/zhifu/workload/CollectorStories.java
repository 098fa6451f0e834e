package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.SplittableRandom;

/** People and firms to whom many pay, or who pay many. */
final class CollectorStories extends Everyday {
  private final History history;

  CollectorStories(World world, History history) {
    super(world);
    this.history = history;
  }

  /** A bowl costs what it costs. */
  void codeStall(Story story, long start, SplittableRandom random) {
    Account stall = anyMerchant(random);
    long[] prices = {8_00L + random.nextInt(4) * 100, 12_00L, 15_00L + random.nextInt(6) * 100};
    int guests = story.manner.count(40 + random.nextInt(90));
    for (int i = 0; i < guests; i++) {
      Holder guest = Draws.pick(random, world.people.residents);
      long fen = prices[random.nextInt(3)] * (1 + random.nextInt(2));
      at(
          story,
          start + random.nextInt(100) * MINUTE_MS + random.nextInt(60_000),
          now -> {
            if (guest.main.availableFen() >= fen && guest.main != stall) {
              world.payments.pay(
                  Payment.qr(guest.main, stall, fen, world.device(guest)).of(story, "meal"));
            }
          });
    }
    Account owner = world.people.residentAged(random, 25, 60).main;
    at(
        story,
        start + 150 * MINUTE_MS,
        now -> onward(stall, owner, stall.availableFen() * 8 / 10, story, "takings"));
  }

  void groupPrice(Story story, long start, SplittableRandom random) {
    Holder leader = world.people.residentAged(random, 22, 65);
    Account hall = anyMerchant(random);
    long price = story.manner.fen((30 + random.nextInt(40) * 5) * 100L);
    collect(story, start, leader, hall, price, 10 + random.nextInt(30), "hall", random);
  }

  void classFees(Story story, long start, SplittableRandom random) {
    Holder parent = world.people.residentAged(random, 30, 48);
    Account school = Draws.pick(random, world.people.schools);
    long fee = story.manner.fen((120 + random.nextInt(50) * 20) * 100L);
    collect(story, start, parent, school, fee, 20 + random.nextInt(30), "schoolFees", random);
  }

  private void collect(
      Story story,
      long start,
      Holder leader,
      Account payee,
      long price,
      int members,
      String role,
      SplittableRandom random) {
    long[] sum = new long[1];
    int all = story.manner.count(members);
    for (int i = 0; i < all; i++) {
      Holder member = world.people.otherThan(leader, random);
      long fen = random.nextInt(8) == 0 ? price * 2 : price;
      at(
          story,
          start + random.nextInt(150) * MINUTE_MS + random.nextInt(60_000),
          now -> {
            if (member.main.availableFen() >= fen) {
              sum[0] += fen;
              world.payments.pay(app(member, leader.main, fen, story, "share"));
            }
          });
    }
    at(story, start + 160 * MINUTE_MS, now -> onward(leader.main, payee, sum[0], story, role));
  }

  /** The buyer pays for the milk; within the hour each farmer has his part. */
  void cooperative(Story story, long start, SplittableRandom random) {
    Account buyer = Draws.pick(random, world.people.herdDealers);
    Account fund = Draws.pick(random, world.people.herdDealers);
    if (buyer == fund) {
      return;
    }
    int farmers = story.manner.count(22 + random.nextInt(20));
    long each = story.manner.fen((15 + random.nextInt(50)) * 100_00L);
    at(
        story,
        start,
        now ->
            world.payments.pay(
                Payment.transfer(buyer, fund, each * farmers)
                    .by(Channel.WEB, null)
                    .of(story, "harvest")));
    for (int i = 0; i < farmers; i++) {
      Holder farmer = world.people.residentAged(random, 30, 70);
      long share = each * (85 + random.nextInt(30)) / 100 / 100 * 100;
      at(
          story,
          start + (8 + i) * MINUTE_MS + random.nextInt(40_000),
          now ->
              world.payments.pay(
                  Payment.transfer(fund, farmer.main, share)
                      .by(Channel.WEB, null)
                      .of(story, "share")));
    }
  }

  void festivalCards(Story story, long start, SplittableRandom random) {
    Account firm = Draws.pick(random, world.people.employers);
    Account shop = Draws.pick(random, world.people.goodsShops);
    int cards = story.manner.count(4 + random.nextInt(9));
    long value = new long[] {500_00L, 1000_00L, 2000_00L}[random.nextInt(3)] * 5;
    for (int i = 0; i < cards; i++) {
      at(
          story,
          start + i * (2 + random.nextInt(4)) * MINUTE_MS,
          now -> world.payments.pay(Payment.purchase(firm, shop, value).of(story, "giftCards")));
    }
  }

  /** Land money reaches a passbook that slept for half a year or more. */
  void sleepingAccount(Story story, long start, SplittableRandom random) {
    Holder owner = world.people.residentAged(random, 45, 80);
    Account asleep = world.people.ownAccount(owner, (5 + random.nextInt(60)) * 100_00L, random);
    Account shop = anyMerchant(random);
    history.add(
        history.longAgo(random, 190, 360),
        Payment.purchase(asleep, shop, 20_00L + random.nextInt(8_000)));
    Account office = Draws.pick(random, world.people.mines);
    long sum = story.manner.fen((30 + random.nextInt(250)) * 1000_00L);
    at(
        story,
        start,
        now ->
            world.payments.pay(
                Payment.transfer(office, asleep, sum)
                    .by(Channel.BATCH, null)
                    .of(story, "landMoney")));
    for (int child = 0; child < 1 + random.nextInt(3); child++) {
      Account to = friend(owner, child).main;
      at(
          story,
          start + (20 + random.nextInt(300)) * MINUTE_MS,
          now -> onward(asleep, to, sum * 3 / 10, story, "toChild"));
    }
  }

  /** Opened for a house or a new job some days ago; the first large sums come and go. */
  void newAccount(Story story, long start, SplittableRandom random) {
    Holder owner = world.people.residentAged(random, 22, 50);
    Account fresh = world.people.freshAccount(owner, 1 + random.nextInt(14), random);
    long sum = story.manner.fen((20 + random.nextInt(130)) * 1000_00L);
    int sources = story.manner.count(1 + random.nextInt(4));
    for (int i = 0; i < sources; i++) {
      Holder relative = i == 0 ? owner : friend(owner, i);
      long part = sum / sources / 100 * 100;
      if (relative.main.balanceFen < part) {
        world.ledger.endow(relative.main, part - relative.main.balanceFen + 100_00L);
      }
      at(
          story,
          start + random.nextInt(90) * MINUTE_MS,
          now -> send(relative, fresh, Math.min(part, relative.main.availableFen()), story, "in"));
    }
    Account developer = Draws.pick(random, world.people.mines);
    at(
        story,
        start + (120 + random.nextInt(120)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.transfer(fresh, developer, Math.max(100, fresh.availableFen() * 9 / 10))
                    .by(Channel.COUNTER, null)
                    .of(story, "house")));
  }

  void studentCredits(Story story, long start, SplittableRandom random) {
    Holder student = world.people.residentAged(random, 17, 23);
    int credits = story.manner.count(2 + random.nextInt(4));
    for (int i = 0; i < credits; i++) {
      Holder from =
          random.nextBoolean() ? friend(student, i) : world.people.otherThan(student, random);
      long fen = story.manner.fen((8 + random.nextInt(25)) * 100_00L);
      at(
          story,
          start + random.nextInt(300) * MINUTE_MS,
          now -> send(from, student.main, Math.min(fen, from.main.availableFen()), story, "in"));
    }
    Account shop = anyMerchant(random);
    at(
        story,
        start + 320 * MINUTE_MS,
        now -> onward(student.main, shop, 1500_00L + random.nextInt(80) * 1000L, story, "laptop"));
  }
}
