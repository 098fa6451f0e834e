package dev.zhifu.workload;

import java.util.SplittableRandom;

/** What a crew does about the outcome of one movement. */
final class Hop implements Payment.Reaction {
  private final World world;
  private final Crew crew;
  private final FraudStory story;
  private final String path;
  private final boolean onward;

  /**
   * @param story whose money it is; null for the crew's own trials
   * @param onward true when the payee is a mule account, where the money rests again
   */
  Hop(World world, Crew crew, FraudStory story, String path, boolean onward) {
    this.world = world;
    this.crew = crew;
    this.story = story;
    this.path = path;
    this.onward = onward;
  }

  @Override
  public void completed(Payment payment, long now) {
    if (onward) {
      crew.received(story, payment.payee, payment.amountFen, path);
    }
  }

  /** The bank wants to hear the owner; few answer. */
  @Override
  public void held(Payment payment, long now) {
    SplittableRandom random =
        Draws.stream(world.settings.run().seed(), "mule-confirms", payment.transactionId);
    if (Draws.chance(random, world.settings.fraud().muleConfirmsHold())) {
      long delay = Draws.delayMs(random, 40 * 60, 0.6);
      world.schedule.at(now + delay, at -> world.payments.confirm(payment));
    } else {
      crew.burn(payment.payer);
    }
  }

  @Override
  public void refused(Payment payment, Payment.Refusal why, long now) {
    if (why == Payment.Refusal.BLOCKED) {
      crew.burn(payment.payer);
    }
  }
}
