package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomKind;
import java.util.SplittableRandom;

/** What families do with money and telephones. */
final class FamilyStories extends Everyday {
  FamilyStories(World world) {
    super(world);
  }

  void landlord(Story story, long start, SplittableRandom random) {
    Account landlord = Draws.pick(random, world.people.landlords);
    int tenants = story.manner.count(6 + random.nextInt(16));
    long[] sum = new long[1];
    for (int i = 0; i < tenants; i++) {
      Holder tenant = world.people.otherThan(landlord.holder, random);
      long rent = story.manner.fen((8 + random.nextInt(18)) * 100_00L);
      at(
          story,
          start + random.nextInt(300) * MINUTE_MS,
          now -> {
            if (tenant.main.availableFen() >= rent) {
              sum[0] += rent;
              world.payments.pay(app(tenant, landlord, rent, story, "rent"));
            }
          });
    }
    Holder family = friend(landlord.holder, 0);
    at(
        story,
        start + 310 * MINUTE_MS,
        now -> onward(landlord, family.main, sum[0] * 8 / 10, story, "family"));
  }

  void wedding(Story story, long start, SplittableRandom random) {
    Holder couple = world.people.residentAged(random, 22, 38);
    Account restaurant = Draws.pick(random, world.people.merchants);
    int guests = story.manner.count(40 + random.nextInt(70));
    for (int i = 0; i < guests; i++) {
      Holder guest = world.people.otherThan(couple, random);
      long gift =
          new long[] {200_00L, 300_00L, 500_00L, 666_00L, 888_00L, 1000_00L, 2000_00L}
              [random.nextInt(7)];
      at(
          story,
          start + random.nextInt(150) * MINUTE_MS,
          now -> world.payments.pay(app(guest, couple.main, gift, story, "gift")));
    }
    long feast = story.manner.fen((150 + random.nextInt(250)) * 100_00L);
    at(
        story,
        start + 200 * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.purchase(
                        couple.main,
                        restaurant,
                        Math.max(100, Math.min(feast, couple.main.availableFen())))
                    .of(story, "feast")));
    at(
        story,
        start + 260 * MINUTE_MS,
        now ->
            onward(
                couple.main,
                friend(couple, 0).main,
                couple.main.availableFen() * 6 / 10,
                story,
                "parents"));
  }

  void newPhone(Story story, long start, SplittableRandom random) {
    Holder person = Draws.pick(random, world.people.residents);
    boolean otherSim = Draws.chance(random, 0.5);
    boolean moves = Draws.chance(random, 0.5);
    double share = 0.2 + random.nextDouble() * 0.6;
    at(
        story,
        start,
        now -> {
          world.signals.newSim(person, otherSim ? TelecomKind.NEW_SIM : TelecomKind.SIM_SWAP, 0);
          person.deviceGeneration++;
          world.messages.forgetDevice(person);
        });
    at(
        story,
        start + 20 * MINUTE_MS,
        now -> {
          world.signals.otpBurst(person, 3 + random.nextInt(3), 2);
          world.signals.access(person.main, AccessKind.DEVICE_BOUND, world.device(person));
          world.signals.access(person.main, AccessKind.LOGIN, world.device(person));
        });
    if (moves) {
      Account to = person.second != null ? person.second : friend(person, 0).main;
      at(
          story,
          start + (30 + random.nextInt(60)) * MINUTE_MS,
          now ->
              onward(person.main, to, (long) (person.main.availableFen() * share), story, "moved"));
    }
  }

  void elderlySavings(Story story, long start, SplittableRandom random) {
    Holder elder = world.people.residentAged(random, 66, 85);
    Holder child = friend(elder, 0);
    long sum = story.manner.fen((30 + random.nextInt(170)) * 1000_00L);
    boolean counter = Draws.chance(random, 0.6);
    Channel channel = counter ? Channel.COUNTER : Channel.MOBILE_APP;
    Account term = world.people.termDeposit(elder, sum);
    at(
        story,
        start,
        now -> world.signals.call(elder, child.peer(), true, false, story.manner.talk(25 * 60)));
    at(
        story,
        start + 6 * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.depositBroken(term, elder.main, sum, channel).of(story, "depositBroken")));
    at(
        story,
        start + (10 + random.nextInt(12)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.transfer(elder.main, child.main, sum)
                    .by(channel, counter ? null : world.device(elder))
                    .of(story, "toChild")));
  }

  void familySupport(Story story, long start, SplittableRandom random) {
    Holder parent = world.people.residentAged(random, 52, 80);
    Holder child = friend(parent, 0);
    Account payee =
        random.nextBoolean()
            ? Draws.pick(random, world.people.utilities)
            : Draws.pick(random, world.people.schools);
    long fen = story.manner.fen((2 + random.nextInt(60)) * 100_00L);
    at(
        story,
        start,
        now -> world.signals.call(parent, child.peer(), false, false, story.manner.talk(900)));
    at(
        story,
        start + 3 * MINUTE_MS,
        now -> world.signals.app(parent, AppClass.SCREEN_SHARE, story.manner.talk(700)));
    at(
        story,
        start + 7 * MINUTE_MS,
        now -> {
          world.signals.access(parent.main, AccessKind.LOGIN, world.device(parent));
          world.payments.pay(app(parent, payee, fen, story, "bill"));
        });
  }

  void tuition(Story story, long start, SplittableRandom random) {
    Holder parent = withMoney(random, 30, 55, story.manner.fen(25_000_00L));
    Account school = Draws.pick(random, world.people.schools);
    Peer office = new Peer("0477" + random.nextInt(9_000_000), PrefixClass.LANDLINE);
    int minutes = 6 + random.nextInt(15);
    long fee = story.manner.fen((30 + random.nextInt(150)) * 100_00L);
    at(
        story,
        start,
        now ->
            world.signals.call(
                parent, office, random.nextInt(3) > 0, true, story.manner.talk(minutes * 60)));
    at(
        story,
        start + (3 + random.nextInt(Math.max(1, minutes - 4))) * MINUTE_MS,
        now -> {
          world.signals.access(parent.main, AccessKind.LOGIN, world.device(parent));
          world.signals.payeeAdded(parent.main, school, world.device(parent));
          world.payments.pay(app(parent, school, fee, story, "tuition"));
        });
  }

  void counterLoan(Story story, long start, SplittableRandom random) {
    Holder buyer = world.people.residentAged(random, 25, 58);
    Holder seller = world.people.otherThan(buyer, random);
    Account desk = world.people.loanDesks.get(buyer.main.bank);
    long sum = story.manner.fen((50 + random.nextInt(250)) * 1000_00L);
    at(
        story,
        start,
        now ->
            world.payments.pay(
                Payment.loan(desk, buyer.main, sum, Channel.COUNTER).of(story, "loan")));
    at(
        story,
        start + (8 + random.nextInt(40)) * MINUTE_MS,
        now ->
            world.payments.pay(
                Payment.transfer(buyer.main, seller.main, sum)
                    .by(Channel.COUNTER, null)
                    .of(story, "purchase")));
  }
}
