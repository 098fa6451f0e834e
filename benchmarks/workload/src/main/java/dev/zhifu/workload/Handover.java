package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.Channel;
import java.util.SplittableRandom;

/** Money between a victim and a crew: the victim's payments, and the bait that comes back. */
final class Handover {
  private static final Channel[] CHANNELS = {Channel.MOBILE_APP, Channel.WEB, Channel.COUNTER};

  private final World world;
  private final double[] channels;

  Handover(World world) {
    this.world = world;
    this.channels = new double[CHANNELS.length];
    for (int i = 0; i < CHANNELS.length; i++) {
      channels[i] = world.settings.scripts().channels().getOrDefault(CHANNELS[i].name(), 0.0);
    }
  }

  /** A payment as it is entered now; it leaves some seconds later. */
  Payment enter(
      FraudStory story, Account from, long fen, String role, Way way, SplittableRandom random) {
    Payment payment = payment(story, from, fen, way, random).of(story, role).reaction(story);
    payment.loss = true;
    if (payment.channel == Channel.MOBILE_APP || payment.channel == Channel.WEB) {
      signIn(from, payment);
    }
    return payment;
  }

  private Payment payment(
      FraudStory story, Account from, long fen, Way way, SplittableRandom random) {
    if (way.cash()) {
      return Payment.cash(from, fen, null).by(Channel.COUNTER, null);
    }
    String device = way.device() == null ? world.device(story.victim) : way.device();
    if (way.shop() != null) {
      return way.channel() == Channel.QR
          ? Payment.qr(from, way.shop(), fen, device)
          : Payment.purchase(from, way.shop(), fen);
    }
    Channel channel =
        way.channel() == null ? CHANNELS[Draws.weighted(random, channels)] : way.channel();
    Account payee = story.crew.receiver(story, fen, random);
    return Payment.transfer(from, payee, fen)
        .by(channel, channel == Channel.COUNTER ? null : device);
  }

  private void signIn(Account from, Payment payment) {
    world.signals.access(from, AccessKind.LOGIN, payment.deviceToken);
    if (payment.payee != null && !world.payments.paidBefore(from, payment.payee)) {
      world.signals.payeeAdded(from, payment.payee, payment.deviceToken);
    }
  }

  /** The crew's paymaster sends a little back. */
  void rebate(FraudStory story, long fen) {
    Account from = story.crew.payout;
    if (from.availableFen() < fen) {
      return;
    }
    world.payments.pay(
        Payment.transfer(from, story.victim.main, fen)
            .by(Channel.MOBILE_APP, world.messages.deviceToken("payout-" + from.index))
            .of(story, "rebate")
            .reaction(new Rebate(story)));
  }

  private record Rebate(FraudStory story) implements Payment.Reaction {
    @Override
    public void completed(Payment payment, long now) {
      story.rebateFen += payment.amountFen;
    }

    @Override
    public void held(Payment payment, long now) {
      // The owner of the paymaster's account does not answer.
    }
  }
}
