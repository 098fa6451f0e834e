package dev.zhifu.workload;

/** What became of a fraud, by the truth. All money is fen. */
final class StoryOutcome {
  private StoryOutcome() {}

  /** What the victim is out of pocket. */
  static long lossFen(FraudStory story) {
    return story.money.paidFen - story.rebateFen;
  }

  /** Held back with the victim or, on a mule account, by a hold until the stop. */
  static long heldBackFen(FraudStory story) {
    return story.heldBackFen + story.money.heldThenStoppedFen;
  }

  /** Held at this moment, with neither a cancellation nor a stop yet. */
  static long stillHeldFen(FraudStory story, long now) {
    long sum = 0;
    for (Payment payment : story.openPayments()) {
      sum += payment.state == Payment.State.HELD ? payment.amountFen : 0;
    }
    for (Account account : story.money.reached) {
      if (account.lots != null && account.restricts(now, false)) {
        sum += story.money.unkeptFen(account);
      }
    }
    return sum;
  }

  /** One word for the summary. */
  static String word(FraudStory story) {
    long paid = story.money.paidFen;
    boolean running = story.phase == FraudStory.Phase.RUNNING;
    if (story.phase == FraudStory.Phase.TO_COME || paid == 0 && running) {
      return "notYetPaid";
    }
    if (paid == 0) {
      return "prevented";
    }
    long kept = heldBackFen(story) + story.money.stoppedFen;
    if (kept == 0) {
      return story.phase == FraudStory.Phase.GAVE_UP ? "cutShort" : "lost";
    }
    return kept >= 0.9 * (paid + story.heldBackFen) ? "kept" : "partlyKept";
  }
}
