package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.SmsClass;
import java.util.SplittableRandom;

/** Large or hasty payments that are just what they seem. */
final class PurchaseStories extends Everyday {
  private final History history;

  PurchaseStories(World world, History history) {
    super(world);
    this.history = history;
  }

  void reimbursement(Story story, long start, SplittableRandom random) {
    Account firm = Draws.pick(random, world.people.employers);
    Holder traveller = world.people.residentAged(random, 24, 58);
    Account hotel = anyMerchant(random);
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      long fen = story.manner.fen((10 + random.nextInt(120)) * 100_00L);
      long back = start + i * (20 + random.nextInt(20)) * MINUTE_MS;
      at(
          story,
          back,
          now ->
              world.payments.pay(
                  Payment.transfer(firm, traveller.main, fen)
                      .by(Channel.WEB, null)
                      .of(story, "advance")));
      at(
          story,
          back + (3 + random.nextInt(40)) * MINUTE_MS,
          now ->
              onward(traveller.main, hotel, fen * (90 + random.nextInt(10)) / 100, story, "bill"));
    }
  }

  void meetingSupplier(Story story, long start, SplittableRandom random) {
    Holder owner = saver(random, 28, 58, 200_000_00L);
    Account supplier = anyMerchant(random);
    int minutes = 30 + random.nextInt(60);
    Peer partner = mobile(random);
    boolean shares = Draws.chance(random, 0.6);
    at(
        story,
        start,
        now -> world.signals.app(owner, AppClass.MEETING, story.manner.talk(minutes * 60)));
    if (shares) {
      at(
          story,
          start + 8 * MINUTE_MS,
          now ->
              world.signals.app(
                  owner, AppClass.SCREEN_SHARE, story.manner.talk((minutes - 10) * 60)));
    }
    at(
        story,
        start + 12 * MINUTE_MS,
        now ->
            world.signals.call(
                owner, partner, true, true, story.manner.talk((3 + random.nextInt(10)) * 60)));
    long fen = story.manner.fen((20 + random.nextInt(180)) * 1000_00L);
    at(
        story,
        start + (minutes - 5 + random.nextInt(30)) * MINUTE_MS,
        now -> send(owner, supplier, Math.min(fen, owner.main.availableFen()), story, "supplier"));
  }

  /** Equal parts to one payee: the bank's daily limit wants it so. */
  void instalments(Story story, long start, SplittableRandom random) {
    int parts = story.manner.count(3 + random.nextInt(4));
    long part = story.manner.fen((10 + random.nextInt(41)) * 1000_00L);
    Holder owner = saver(random, 28, 60, parts * part);
    Account decorator = world.people.otherThan(owner, random).main;
    for (int i = 0; i < parts; i++) {
      at(
          story,
          start + i * (2 + random.nextInt(30)) * MINUTE_MS,
          now -> send(owner, decorator, Math.min(part, owner.main.availableFen()), story, "part"));
    }
  }

  void testTransfer(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((10 + random.nextInt(190)) * 1000_00L);
    Holder payer = saver(random, 25, 65, fen);
    Account payee = world.people.otherThan(payer, random).main;
    at(story, start, now -> send(payer, payee, 100 + random.nextInt(9) * 100L, story, "test"));
    at(
        story,
        start + (2 + random.nextInt(25)) * MINUTE_MS,
        now -> send(payer, payee, Math.min(fen, payer.main.availableFen()), story, "price"));
  }

  void carSale(Story story, long start, SplittableRandom random) {
    long price = story.manner.fen((15 + random.nextInt(120)) * 1000_00L);
    Holder buyer = saver(random, 22, 58, price);
    Holder seller = world.people.otherThan(buyer, random);
    Peer stranger = seller.peer();
    at(
        story,
        start,
        now ->
            world.signals.call(
                buyer, stranger, false, true, story.manner.talk((2 + random.nextInt(8)) * 60)));
    at(
        story,
        start + 12 * MINUTE_MS,
        now -> send(buyer, seller.main, (5 + random.nextInt(25)) * 100_00L, story, "deposit"));
    at(
        story,
        start + (90 + random.nextInt(150)) * MINUTE_MS,
        now -> {
          world.signals.call(buyer, stranger, true, false, story.manner.talk(4 * 60));
          send(buyer, seller.main, Math.min(price, buyer.main.availableFen()), story, "car");
        });
    Holder seldom = friend(seller, 0);
    at(
        story,
        start + 300 * MINUTE_MS,
        now -> onward(seller.main, seldom.main, price / 2, story, "debtPaid"));
  }

  void houseDeposit(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((20 + random.nextInt(280)) * 1000_00L);
    Holder buyer = saver(random, 25, 55, fen);
    Account agency = Draws.pick(random, world.people.mines);
    Peer agent = mobile(random);
    int minutes = 12 + random.nextInt(30);
    at(
        story,
        start,
        now ->
            world.signals.call(
                buyer, agent, true, random.nextInt(3) == 0, story.manner.talk(minutes * 60)));
    boolean raises = Draws.chance(random, 0.4);
    at(
        story,
        start + 4 * MINUTE_MS,
        now -> {
          if (raises) {
            world.signals.limitChanged(buyer.main, world.device(buyer), fen * 2);
          }
        });
    at(
        story,
        start + (6 + random.nextInt(minutes - 8)) * MINUTE_MS,
        now ->
            send(buyer, agency, Math.min(fen, buyer.main.availableFen()), story, "houseDeposit"));
  }

  void loanPurchase(Story story, long start, SplittableRandom random) {
    Holder buyer = world.people.residentAged(random, 22, 45);
    Account desk = Draws.pick(random, world.people.loanDesks);
    Account seller = anyMerchant(random);
    long fen = story.manner.fen((20 + random.nextInt(280)) * 100_00L);
    at(
        story,
        start,
        now -> {
          world.signals.access(buyer.main, AccessKind.LOGIN, world.device(buyer));
          world.payments.pay(
              Payment.loan(desk, buyer.main, fen, Channel.MOBILE_APP).of(story, "loan"));
        });
    at(
        story,
        start + (5 + random.nextInt(50)) * MINUTE_MS,
        now -> send(buyer, seller, fen * (80 + random.nextInt(20)) / 100, story, "purchase"));
  }

  void goldPresent(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((80 + random.nextInt(500)) * 100_00L);
    Holder elder = saver(random, 58, 80, fen);
    Account shop = Draws.pick(random, world.people.goodsShops);
    at(
        story,
        start,
        now ->
            world.signals.call(
                elder, friend(elder, 0).peer(), true, false, story.manner.talk(9 * 60)));
    at(
        story,
        start + (30 + random.nextInt(90)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.purchase(elder.main, shop, Math.min(fen, elder.main.availableFen()))
                    .of(story, "gold")));
  }

  void cashForCare(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((20 + random.nextInt(600)) * 100_00L);
    Holder elder = saver(random, 60, 85, fen);
    at(
        story,
        start,
        now -> world.signals.call(elder, landline(random), true, true, story.manner.talk(7 * 60)));
    at(
        story,
        start + (35 + random.nextInt(120)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.cash(elder.main, Math.min(fen, elder.main.availableFen()), null)
                    .by(Channel.COUNTER, null)
                    .of(story, "cash")));
  }

  /** A small redemption last week, a large purchase of shares in the fund today. */
  void realFund(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((30 + random.nextInt(300)) * 1000_00L);
    Holder owner = saver(random, 28, 65, fen);
    Account fund = Draws.pick(random, world.people.pooled);
    history.add(
        history.ago(random, 3, 20),
        Payment.transfer(owner.main, fund, 2000_00L).by(Channel.MOBILE_APP, world.device(owner)));
    history.add(
        history.ago(random, 1, 3),
        Payment.transfer(fund, owner.main, 2100_00L).by(Channel.BATCH, null));
    at(
        story,
        start,
        now ->
            world.signals.sms(
                owner, new Peer("95" + 500, dev.zhifu.wire.PrefixClass.SERVICE_95), SmsClass.OTP));
    at(
        story,
        start + 5 * MINUTE_MS,
        now -> send(owner, fund, Math.min(fen, owner.main.availableFen()), story, "fund"));
  }

  void childGames(Story story, long start, SplittableRandom random) {
    Holder parent = world.people.residentAged(random, 28, 48);
    Account shop = Draws.pick(random, world.people.gameShops);
    int debits = story.manner.count(4 + random.nextInt(9));
    long each = new long[] {6_00L, 30_00L, 68_00L, 98_00L, 198_00L, 648_00L}[random.nextInt(6)];
    for (int i = 0; i < debits; i++) {
      at(
          story,
          start + i * 90_000L + random.nextInt(60_000),
          now -> {
            if (parent.main.availableFen() >= each) {
              world.payments.pay(
                  Payment.qr(parent.main, shop, each, world.device(parent)).of(story, "game"));
            }
          });
    }
  }

  void nightWork(Story story, long start, SplittableRandom random) {
    Holder driver = world.people.residentAged(random, 24, 55);
    long midnight = start - Math.floorMod(start + 8 * 3_600_000L, CitySettings.DAY_MS);
    story.begins(midnight, story.manner);
    int rides = story.manner.count(4 + random.nextInt(8));
    for (int i = 0; i < rides; i++) {
      Holder guest = world.people.otherThan(driver, random);
      long fen = story.manner.fen((12 + random.nextInt(60)) * 100L);
      at(
          story,
          midnight + random.nextInt(300) * MINUTE_MS,
          now -> {
            if (guest.main.availableFen() >= fen) {
              world.payments.pay(app(guest, driver.main, fen, story, "ride"));
            }
          });
    }
    Account family = friend(driver, 0).main;
    at(
        story,
        midnight + 320 * MINUTE_MS,
        now -> onward(driver.main, family, 2500_00L, story, "home"));
  }
}
