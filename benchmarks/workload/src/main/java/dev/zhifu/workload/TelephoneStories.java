package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Telephones and devices in ordinary use that look like a fraudster's. */
final class TelephoneStories extends Everyday {
  TelephoneStories(World world) {
    super(world);
  }

  /** One telephone, several holders' accounts. */
  void sharedPhone(Story story, long start, SplittableRandom random) {
    Holder owner = world.people.residentAged(random, 30, 60);
    String device = world.device(owner);
    List<Holder> family = new ArrayList<>(List.of(owner, friend(owner, 0)));
    if (random.nextBoolean()) {
      family.add(friend(owner, 1));
    }
    long time = start;
    for (Holder member : family) {
      at(
          story,
          time,
          now -> {
            world.signals.access(member.main, AccessKind.LOGIN, device);
            world.signals.access(member.main, AccessKind.BALANCE_QUERY, device);
          });
      time += (4 + random.nextInt(40)) * MINUTE_MS;
    }
    long fen = story.manner.fen((3 + random.nextInt(30)) * 100_00L);
    Holder giver = family.get(1);
    at(
        story,
        time,
        now -> {
          if (giver.main.availableFen() >= fen && giver.main != owner.main) {
            world.payments.pay(
                Payment.transfer(giver.main, owner.main, fen)
                    .by(dev.zhifu.wire.Channel.MOBILE_APP, device)
                    .of(story, "pension"));
          }
        });
  }

  void familyCards(Story story, long start, SplittableRandom random) {
    Holder runner = world.people.residentAged(random, 28, 60);
    String atm = DailyLife.atm(runner, random);
    long time = start;
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      Account card = i == 0 ? runner.main : friend(runner, i - 1).main;
      long fen = story.manner.fen((10 + random.nextInt(90)) * 100_00L);
      at(
          story,
          time,
          now ->
              world.payments.pay(
                  Payment.cash(
                          card,
                          Math.max(100, Math.min(fen, card.availableFen() / 100_00L * 100_00L)),
                          atm)
                      .of(story, "pension")));
      time += 60_000 + random.nextInt(120_000);
    }
  }

  /** Most doors open; a few people are at work and do not answer. */
  void courierCalls(Story story, long start, SplittableRandom random) {
    Peer courier = mobile(random);
    int calls = story.manner.count(80 + random.nextInt(140));
    dialling(story, courier, start, calls, 150_000, 0.75, 25, random);
  }

  void bankCallCentre(Story story, long start, SplittableRandom random) {
    Peer bank = new Peer("95" + (500 + random.nextInt(90)), PrefixClass.SERVICE_95);
    int calls = story.manner.count(60 + random.nextInt(90));
    dialling(story, bank, start, calls, 200_000, 0.45, 95, random);
    for (int i = 0; i < 8; i++) {
      Holder customer = Draws.pick(random, world.people.residents);
      at(
          story,
          start + random.nextInt(180) * MINUTE_MS,
          now -> world.signals.access(customer.main, AccessKind.LOGIN, world.device(customer)));
    }
  }

  private void dialling(
      Story story,
      Peer peer,
      long start,
      int calls,
      int gapMs,
      double answered,
      int seconds,
      SplittableRandom random) {
    long time = start;
    for (int i = 0; i < calls; i++) {
      Holder called = Draws.pick(random, world.people.residents);
      int length =
          Draws.chance(random, answered)
              ? (int) Math.min(900, 5 + Draws.logNormal(random, seconds, 0.8))
              : random.nextInt(4);
      at(
          story,
          time,
          now -> {
            story.numbers.add(world.messages.numberToken(peer));
            if (called.busyUntil <= now) {
              world.signals.call(called, peer, true, true, story.manner.talk(length));
            }
          });
      time += random.nextInt(gapMs);
    }
  }

  void shoppingCodes(Story story, long start, SplittableRandom random) {
    Holder buyer = world.people.residentAged(random, 18, 55);
    int bursts = story.manner.count(1 + random.nextInt(3));
    for (int i = 0; i < bursts; i++) {
      long time = start + i * (12 + random.nextInt(50)) * MINUTE_MS;
      int codes = 4 + random.nextInt(7);
      at(story, time, now -> world.signals.otpBurst(buyer, codes, 3 + random.nextInt(2)));
      Account shop = anyMerchant(random);
      long fen = story.manner.fen((5 + random.nextInt(90)) * 1000L);
      at(
          story,
          time + 2 * MINUTE_MS,
          now ->
              world.payments.pay(
                  Payment.qr(buyer.main, shop, fen, world.device(buyer)).of(story, "bargain")));
    }
    Account seller = world.people.otherThan(buyer, random).main;
    long fen = story.manner.fen((5 + random.nextInt(60)) * 100_00L);
    at(
        story,
        start + 70 * MINUTE_MS,
        now -> send(buyer, seller, Math.min(fen, buyer.main.availableFen()), story, "bargain"));
  }

  void forwardedOffice(Story story, long start, SplittableRandom random) {
    Holder worker = world.people.residentAged(random, 25, 60);
    Peer office = landline(random);
    at(story, start, now -> world.signals.plain(worker, TelecomKind.CALL_FWD_SET, office));
    Account payee = friend(worker, 2).main;
    long fen = story.manner.fen((10 + random.nextInt(150)) * 100_00L);
    at(
        story,
        start + (30 + random.nextInt(200)) * MINUTE_MS,
        now -> {
          world.signals.sms(
              worker,
              new Peer("95" + (500 + worker.main.bank), PrefixClass.SERVICE_95),
              dev.zhifu.wire.SmsClass.OTP);
          send(worker, payee, Math.min(fen, worker.main.availableFen()), story, "payment");
        });
    at(
        story,
        start + 420 * MINUTE_MS,
        now -> world.signals.plain(worker, TelecomKind.CALL_FWD_CLEAR, office));
  }

  void videoFamily(Story story, long start, SplittableRandom random) {
    long fen = story.manner.fen((20 + random.nextInt(400)) * 100_00L);
    Holder parent = saver(random, 42, 62, fen);
    Holder child = friend(parent, 0);
    int minutes = 4 + random.nextInt(30);
    AppClass video = random.nextBoolean() ? AppClass.OFFSHORE_IM : AppClass.MEETING;
    at(story, start, now -> world.signals.app(parent, video, story.manner.talk(minutes * 60)));
    at(
        story,
        start + (minutes + random.nextInt(10)) * MINUTE_MS,
        now ->
            send(parent, child.main, Math.min(fen, parent.main.availableFen()), story, "living"));
  }

  void helpDesk(Story story, long start, SplittableRandom random) {
    Holder worker = world.people.residentAged(random, 24, 60);
    Peer desk = new Peer("400" + random.nextInt(900_000), PrefixClass.SERVICE_400);
    at(
        story,
        start,
        now -> world.signals.call(worker, desk, false, true, story.manner.talk(18 * 60)));
    at(
        story,
        start + 3 * MINUTE_MS,
        now -> world.signals.app(worker, AppClass.REMOTE_CONTROL, story.manner.talk(14 * 60)));
    Account shop = anyMerchant(random);
    for (int i = 0; i < random.nextInt(3); i++) {
      long fen = story.manner.fen((10 + random.nextInt(400)) * 100L);
      at(
          story,
          start + (6 + i * 3) * MINUTE_MS,
          now ->
              world.payments.pay(
                  Payment.qr(worker.main, shop, fen, world.device(worker)).of(story, "bill")));
    }
  }

  /** Somebody was taken for a victim; the second or third call gets through. */
  void needlessWarning(Story story, long start, SplittableRandom random) {
    Holder person = world.people.residentAged(random, 18, 75);
    Peer friend = friend(person, 0).peer();
    int minutes = 5 + random.nextInt(25);
    boolean busy = Draws.chance(random, 0.45);
    int tries = busy ? 1 + random.nextInt(3) : 0;
    at(
        story,
        start,
        now -> {
          if (busy) {
            world.signals.call(
                person, friend, random.nextBoolean(), false, story.manner.talk(minutes * 60));
          }
        });
    for (int i = 1; i <= tries; i++) {
      int attempt = i;
      at(
          story,
          start + MINUTE_MS + (i - 1) * (minutes * MINUTE_MS / (tries + 1)),
          now -> world.signals.lineBusy(person, Effects.WARNING_DESK, attempt));
    }
    at(
        story,
        start + (minutes + 2) * MINUTE_MS,
        now -> world.signals.call(person, Effects.WARNING_DESK, true, true, story.manner.talk(90)));
  }
}
