package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.SplittableRandom;

/** Strangers in town and shops on their great day; sets A and B have none of them. */
final class VisitorStories extends Everyday {
  private static final long[] BARGAIN_FEN = {1_00L, 6_60L, 9_90L, 19_90L, 29_90L};

  VisitorStories(World world) {
    super(world);
  }

  /** Shops never seen before, a hotel, a machine in another district, a guide met by telephone. */
  void tourist(Story story, long start, SplittableRandom random) {
    Holder guest = saver(random, 20, 72, story.manner.fen(4_000_00L));
    Holder local = world.people.otherThan(guest, random);
    String machine = DailyLife.atm(local, random);
    at(story, start, now -> world.signals.away(guest, local.region));
    int stops = story.manner.count(4 + random.nextInt(7));
    long time = start;
    for (int i = 0; i < stops; i++) {
      Account shop = anyMerchant(random);
      long fen = story.manner.fen((12 + random.nextInt(260)) * 100L);
      at(story, time, now -> payByCode(story, guest, shop, fen));
      time += (15 + random.nextInt(70)) * MINUTE_MS;
    }
    long cash = (3 + random.nextInt(20)) * 100_00L;
    at(
        story,
        start + (10 + random.nextInt(200)) * MINUTE_MS,
        now -> world.payments.pay(Payment.cash(guest.main, cash, machine).of(story, "cash")));
    long fee = story.manner.fen((2 + random.nextInt(14)) * 100_00L);
    long met = start + (20 + random.nextInt(120)) * MINUTE_MS;
    int seconds = story.manner.talk((1 + random.nextInt(6)) * 60);
    boolean incoming = random.nextBoolean();
    at(story, met, now -> world.signals.call(guest, local.peer(), incoming, true, seconds));
    at(
        story,
        met + (4 + random.nextInt(30)) * MINUTE_MS,
        now -> send(guest, local.main, Math.min(fee, guest.main.availableFen()), story, "guide"));
    Account hotel = anyMerchant(random);
    long night = story.manner.fen((16 + random.nextInt(70)) * 10_00L);
    at(
        story,
        time + MINUTE_MS,
        now -> {
          world.payments.pay(Payment.purchase(guest.main, hotel, night).of(story, "hotel"));
          world.signals.away(guest, guest.region);
        });
  }

  /** Everybody pays the one low price; who brought a friend gets a little back. */
  void shopPromotion(Story story, long start, SplittableRandom random) {
    Account shop = anyMerchant(random);
    long price = BARGAIN_FEN[random.nextInt(BARGAIN_FEN.length)];
    int buyers = story.manner.count(40 + random.nextInt(120));
    double friends = 0.1 + 0.4 * random.nextDouble();
    for (int i = 0; i < buyers; i++) {
      Holder buyer = Draws.pick(random, world.people.residents);
      long time = start + random.nextInt(180) * MINUTE_MS + random.nextInt(60_000);
      at(story, time, now -> payByCode(story, buyer, shop, price));
      boolean brought = Draws.chance(random, friends);
      long back = story.manner.fen((1 + random.nextInt(8)) * 100L);
      long later = time + (5 + random.nextInt(60)) * MINUTE_MS;
      if (brought) {
        at(story, later, now -> giveBack(story, shop, buyer, back));
      }
    }
  }

  private void payByCode(Story story, Holder payer, Account shop, long fen) {
    if (payer.main.availableFen() >= fen && payer.main != shop) {
      world.payments.pay(
          Payment.qr(payer.main, shop, fen, world.device(payer)).of(story, "bargain"));
    }
  }

  private void giveBack(Story story, Account shop, Holder buyer, long fen) {
    if (shop.availableFen() >= fen) {
      world.payments.pay(
          Payment.transfer(shop, buyer.main, fen).by(Channel.BATCH, null).of(story, "promotion"));
    }
  }
}
