package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ordinary life that looks like fraud, at the rates of the settings. */
final class InnocentStories {
  private static final long MINUTE_MS = 60_000L;

  private final World world;
  private final List<Story> stories = new ArrayList<>();
  private final FamilyStories families;
  private final TradeStories trade;
  private final CollectorStories collectors;
  private final PurchaseStories purchases;
  private final TelephoneStories telephones;
  private final VisitorStories visitors;

  InnocentStories(World world, History history) {
    this.world = world;
    this.families = new FamilyStories(world);
    this.trade = new TradeStories(world);
    this.collectors = new CollectorStories(world, history);
    this.purchases = new PurchaseStories(world, history);
    this.telephones = new TelephoneStories(world);
    this.visitors = new VisitorStories(world);
  }

  List<Story> all() {
    return stories;
  }

  void begin() {
    for (int day = 0; day < world.settings.run().days(); day++) {
      for (InnocentKind kind : InnocentKind.values()) {
        plan(kind, day);
      }
    }
  }

  private void plan(InnocentKind kind, int day) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), kind.name(), day);
    double mean =
        world.settings.innocent().getOrDefault(kind, 0.0)
            * world.settings.run().residents()
            / 30_000.0;
    int count = Draws.rounded(random, mean);
    MannerSettings manners = world.settings.manners();
    double from = manners.lookAlikesFromHour();
    double to = manners.lookAlikesToHour();
    for (int i = 0; i < count; i++) {
      Story story =
          new Story(
              -1 - stories.size(),
              String.format("I-%d-%s-%02d", day + 1, kind, i + 1),
              kind.name(),
              false);
      stories.add(story);
      SplittableRandom own = Draws.stream(world.settings.run().seed(), "innocent", story.id);
      long start =
          world.settings.startMs()
              + day * CitySettings.DAY_MS
              + (long) ((from + own.nextDouble() * (to - from)) * 60) * MINUTE_MS;
      story.begins(start, Manner.of(manners.lookAlikes(), world.settings.run().seed(), story.id));
      act(kind, story, start, own);
    }
  }

  private void act(InnocentKind kind, Story story, long start, SplittableRandom random) {
    switch (kind) {
      case LANDLORD -> families.landlord(story, start, random);
      case PAYDAY -> trade.payday(story, start, random);
      case FREIGHT -> trade.freight(story, start, random);
      case TUITION -> families.tuition(story, start, random);
      case COUNTER_LOAN -> families.counterLoan(story, start, random);
      case WEDDING -> families.wedding(story, start, random);
      case LIVESTOCK -> trade.livestock(story, start, random);
      case NEW_PHONE -> families.newPhone(story, start, random);
      case ELDERLY_SAVINGS -> families.elderlySavings(story, start, random);
      case FAMILY_SUPPORT -> families.familySupport(story, start, random);
      case GROUP_BUY -> trade.groupBuy(story, start, random);
      case SHOP_DISPUTE -> trade.shopDispute(story, start, random);
      case CODE_STALL -> collectors.codeStall(story, start, random);
      case GROUP_PRICE -> collectors.groupPrice(story, start, random);
      case CLASS_FEES -> collectors.classFees(story, start, random);
      case COOPERATIVE -> collectors.cooperative(story, start, random);
      case FESTIVAL_CARDS -> collectors.festivalCards(story, start, random);
      case SLEEPING_ACCOUNT -> collectors.sleepingAccount(story, start, random);
      case NEW_ACCOUNT -> collectors.newAccount(story, start, random);
      case STUDENT_CREDITS -> collectors.studentCredits(story, start, random);
      case REIMBURSEMENT -> purchases.reimbursement(story, start, random);
      case MEETING_SUPPLIER -> purchases.meetingSupplier(story, start, random);
      case INSTALMENTS -> purchases.instalments(story, start, random);
      case TEST_TRANSFER -> purchases.testTransfer(story, start, random);
      case CAR_SALE -> purchases.carSale(story, start, random);
      case HOUSE_DEPOSIT -> purchases.houseDeposit(story, start, random);
      case LOAN_PURCHASE -> purchases.loanPurchase(story, start, random);
      case GOLD_PRESENT -> purchases.goldPresent(story, start, random);
      case CASH_FOR_CARE -> purchases.cashForCare(story, start, random);
      case REAL_FUND -> purchases.realFund(story, start, random);
      case CHILD_GAMES -> purchases.childGames(story, start, random);
      case NIGHT_WORK -> purchases.nightWork(story, start, random);
      case SHARED_PHONE -> telephones.sharedPhone(story, start, random);
      case FAMILY_CARDS -> telephones.familyCards(story, start, random);
      case COURIER_CALLS -> telephones.courierCalls(story, start, random);
      case BANK_CALL_CENTRE -> telephones.bankCallCentre(story, start, random);
      case SHOPPING_CODES -> telephones.shoppingCodes(story, start, random);
      case FORWARDED_OFFICE -> telephones.forwardedOffice(story, start, random);
      case VIDEO_FAMILY -> telephones.videoFamily(story, start, random);
      case HELP_DESK -> telephones.helpDesk(story, start, random);
      case NEEDLESS_WARNING -> telephones.needlessWarning(story, start, random);
      case TOURIST -> visitors.tourist(story, start, random);
      case SHOP_PROMOTION -> visitors.shopPromotion(story, start, random);
    }
  }
}
