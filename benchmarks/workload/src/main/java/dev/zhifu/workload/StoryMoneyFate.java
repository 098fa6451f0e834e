package dev.zhifu.workload;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the money of one victim's story, by the truth, fen. {@code paidFen} is the sum of
 * {@code stoppedFen}, {@code heldOnMulesFen} and all of {@code lostWhy}.
 *
 * @param storyId the story
 * @param typology its kind
 * @param paidFen what the victim paid
 * @param rebateFen what came back as bait
 * @param heldWithVictimFen kept on the victim's own account by a hold until the victim gave up
 * @param heldOnMulesFen kept on mule accounts by a hold until a stop took over
 * @param stoppedFen on mule accounts when a stop took effect
 * @param preventedFen never tried after the victim gave up
 * @param heldAtEndFen held with the victim when the run ended
 * @param ceilingFen on mule accounts of connected banks when the report was accepted
 * @param reported whether the victim has reported
 * @param paidHow what was paid, by how it came to be paid
 * @param lostWhy what was not kept, by why
 * @param lostAs what left mule accounts or the victim for good, by what it became: CASH, COINS,
 *     GOODS, GAME or OTHER
 */
public record StoryMoneyFate(
    String storyId,
    String typology,
    long paidFen,
    long rebateFen,
    long heldWithVictimFen,
    long heldOnMulesFen,
    long stoppedFen,
    long preventedFen,
    long heldAtEndFen,
    long ceilingFen,
    boolean reported,
    Map<Paid, Long> paidHow,
    Map<LostWhy, Long> lostWhy,
    Map<String, Long> lostAs) {

  static StoryMoneyFate of(FraudStory story, World world) {
    Map<LostWhy, Long> why = new EnumMap<>(LostWhy.class);
    Map<String, Long> as = new TreeMap<>();
    for (Exit exit : world.ledger.exitsOf(story.money.story)) {
      why.merge(why(story, exit, world), exit.fen(), Long::sum);
      as.merge(way(exit, world), exit.fen(), Long::sum);
    }
    for (Account account : story.money.reached) {
      long fen = account.lots == null ? 0 : story.money.unkeptFen(account);
      if (fen > 0) {
        why.merge(whyThere(story, account, world), fen, Long::sum);
      }
    }
    long held = 0;
    for (Payment payment : story.openPayments()) {
      held += payment.state == Payment.State.HELD ? payment.amountFen : 0;
    }
    return new StoryMoneyFate(
        story.id,
        story.kind,
        story.money.paidFen,
        story.rebateFen,
        story.heldBackFen,
        story.money.heldThenStoppedFen,
        story.money.stoppedFen,
        story.preventedFen,
        held,
        story.reachableAtAcceptanceFen,
        story.reportedAt > 0,
        new EnumMap<>(story.paidHow),
        why,
        as);
  }

  private static LostWhy why(FraudStory story, Exit exit, World world) {
    if (exit.from() == story.payer || exit.from().inGoodFaith()) {
      return LostWhy.NEVER_ON_AN_ACCOUNT;
    }
    return why(story, exit.from(), exit.at(), world);
  }

  private static LostWhy why(FraudStory story, Account account, long at, World world) {
    if (story.reportedAt == 0) {
      return LostWhy.NOT_REPORTED;
    }
    if (at < story.reportedAt) {
      return LostWhy.OUT_BEFORE_REPORT;
    }
    if (story.acceptedAt == 0 || at < story.acceptedAt) {
      return LostWhy.OUT_BEFORE_ACCEPTANCE;
    }
    if (!world.connections.has(account.bank)) {
      return LostWhy.BANK_NOT_CONNECTED;
    }
    return world.effects.unstopped(account, at);
  }

  /** What still lies on a mule account and is counted as kept by nothing. */
  private static LostWhy whyThere(FraudStory story, Account account, World world) {
    long now = world.schedule.now();
    if (account.restricts(now, true)) {
      return LostWhy.ON_A_STOPPED_ACCOUNT;
    }
    if (account.restricts(now, false)) {
      return LostWhy.STILL_HELD;
    }
    return why(story, account, now, world);
  }

  private static String way(Exit exit, World world) {
    if (exit.to() == null) {
      return "CASH";
    }
    if (world.people.coinDealers.contains(exit.to())) {
      return "COINS";
    }
    if (world.people.goodsShops.contains(exit.to())) {
      return "GOODS";
    }
    return world.people.gameShops.contains(exit.to()) ? "GAME" : "OTHER";
  }
}
