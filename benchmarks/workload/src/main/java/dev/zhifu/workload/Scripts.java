package dev.zhifu.workload;

import java.util.SplittableRandom;

/** What fraudsters and victims do, typology by typology, as police describe it. */
final class Scripts {
  private final World world;
  private final ChatScripts chats;
  private final CallScripts calls;
  private final TakeoverScripts takeovers;

  Scripts(World world, History history) {
    this.world = world;
    this.chats = new ChatScripts(world, history);
    this.calls = new CallScripts(world, history);
    this.takeovers = new TakeoverScripts(world, history);
  }

  /** Plans a whole story. */
  void plan(FraudStory story) {
    SplittableRandom random = story.stream("script");
    switch (story.typology) {
      case TASK_REBATE -> chats.taskRebate(story, random);
      case FAKE_INVESTMENT -> chats.fakeInvestment(story, random);
      case ROMANCE -> chats.romance(story, random);
      case CASH_COURIER -> chats.cashCourier(story, random);
      case CUSTOMER_SERVICE -> calls.customerService(story, random);
      case FAKE_LOAN -> chats.fakeLoan(story, random);
      case FAKE_SHOPPING -> chats.fakeShopping(story, random);
      case BOSS_IMPERSONATION -> chats.bossImpersonation(story, random);
      case DEEPFAKE_CALL -> chats.deepfakeCall(story, random);
      case FAKE_POLICE -> calls.fakePolice(story, random);
      case CREDIT_REPAIR -> calls.creditRepair(story, random);
      case GAME_TRADE -> chats.gameTrade(story, random);
      case FLIGHT_CHANGE -> calls.flightChange(story, random);
      case SCREEN_TAKEOVER -> takeovers.screenTakeover(story, random);
      case FAMILY_EMERGENCY -> calls.familyEmergency(story, random);
      case FORWARDED_CALLS -> takeovers.forwardedCalls(story, random);
      case STOLEN_SIM -> takeovers.stolenSim(story, random);
      case PHISHED_CODES -> takeovers.phishedCodes(story, random);
    }
    probes(story, random);
  }

  /** The crew tries the accounts that this victim's money will come to. */
  private void probes(FraudStory story, SplittableRandom random) {
    for (Account account : story.crew.receivers(story)) {
      SplittableRandom own = random.split();
      if (Draws.chance(random, world.settings.crews().cardTest())) {
        long before = (5 + random.nextInt(600)) * 60_000L;
        world.schedule.at(story.startMs - before, now -> story.crew.probe(story, account, own));
      }
    }
  }
}
