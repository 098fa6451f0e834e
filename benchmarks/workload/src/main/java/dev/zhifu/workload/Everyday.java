package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import java.util.SplittableRandom;

/** What innocent stories are made of. */
abstract class Everyday {
  static final long MINUTE_MS = 60_000L;

  final World world;

  Everyday(World world) {
    this.world = world;
  }

  /** Plans something of the story's script, at the story's own pace. */
  final void at(Story story, long time, Schedule.Act act) {
    world.schedule.at(story.when(time), act);
  }

  final Holder friend(Holder holder, int number) {
    return world.people.friend(holder, number);
  }

  final Payment app(Holder payer, Account payee, long fen, Story story, String role) {
    return Payment.transfer(payer.main, payee, fen)
        .by(Channel.MOBILE_APP, world.device(payer))
        .of(story, role);
  }

  /** A transfer after a login; a payee never paid before is added first. */
  final void send(Holder payer, Account payee, long fen, Story story, String role) {
    if (payer.main == payee || fen < 100) {
      return;
    }
    world.signals.access(payer.main, AccessKind.LOGIN, world.device(payer));
    if (!world.payments.paidBefore(payer.main, payee)) {
      world.signals.payeeAdded(payer.main, payee, world.device(payer));
    }
    world.payments.pay(app(payer, payee, fen, story, role));
  }

  final void onward(Account from, Account to, long fen, Story story, String role) {
    long amount = Math.min(fen, from.availableFen()) / 100 * 100;
    if (amount >= 100 && from != to) {
      world.payments.pay(
          Payment.transfer(from, to, amount)
              .by(Channel.MOBILE_APP, world.device(from.holder))
              .of(story, role));
    }
  }

  /** Somebody of that age who can afford it, if a few tries find one. */
  final Holder withMoney(SplittableRandom random, int from, int to, long fen) {
    Holder holder = world.people.residentAged(random, from, to);
    for (int tries = 0; tries < 30 && holder.main.balanceFen < fen; tries++) {
      holder = world.people.residentAged(random, from, to);
    }
    return holder;
  }

  /** Somebody who has saved for it: the money was there when the city began. */
  final Holder saver(SplittableRandom random, int from, int to, long fen) {
    Holder holder = withMoney(random, from, to, fen);
    if (holder.main.balanceFen < fen) {
      world.ledger.endow(holder.main, fen - holder.main.balanceFen + 200_00L);
    }
    return holder;
  }

  final Account anyMerchant(SplittableRandom random) {
    return Draws.pick(random, world.people.merchants);
  }

  static Peer landline(SplittableRandom random) {
    return new Peer("0477" + random.nextInt(9_000_000), PrefixClass.LANDLINE);
  }

  static Peer mobile(SplittableRandom random) {
    return new Peer("139" + random.nextInt(90_000_000), PrefixClass.LOCAL_MOBILE);
  }
}
