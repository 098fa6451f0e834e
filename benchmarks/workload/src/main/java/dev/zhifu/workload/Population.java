package dev.zhifu.workload;

import dev.zhifu.wire.AccountKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Who lives and trades in the city, and what each had at the start. */
final class Population {
  /** Banners and districts of the city (GB/T 2260), by weight of people. */
  private static final String[] REGIONS = {
    "150602", "150603", "150621", "150622", "150623", "150624", "150625", "150626", "150627"
  };

  private static final double[] REGION_WEIGHTS = {
    0.27, 0.06, 0.14, 0.17, 0.04, 0.06, 0.06, 0.07, 0.13
  };

  final ArrayList<Holder> residents = new ArrayList<>();
  final List<Account> merchants = new ArrayList<>();
  final List<Account> employers = new ArrayList<>();
  final List<Account> landlords = new ArrayList<>();
  final List<Account> pooled = new ArrayList<>();
  final List<Account> utilities = new ArrayList<>();
  final List<Account> hospitals = new ArrayList<>();
  final List<Account> schools = new ArrayList<>();
  final List<Account> mines = new ArrayList<>();
  final List<Account> herdDealers = new ArrayList<>();
  final List<Account> coinDealers = new ArrayList<>();
  final List<Account> goodsShops = new ArrayList<>();
  final List<Account> gameShops = new ArrayList<>();
  final List<Account> loanDesks = new ArrayList<>();

  private final CitySettings settings;
  private final Ledger ledger;
  private final int firstDay;
  private final long friendBase;
  private final long favouriteBase;
  private final double[] bankWeights;
  private final double[] muleBankWeights;
  private int holders;
  private int[] staff;
  private int[] staffFrom;

  Population(CitySettings settings, Ledger ledger) {
    this.settings = settings;
    this.ledger = ledger;
    this.firstDay = (int) ((settings.startMs() + 8 * 3_600_000L) / CitySettings.DAY_MS);
    this.bankWeights = weights(settings.manners().bankWeights());
    this.muleBankWeights = weights(settings.manners().muleBankWeights());
    this.friendBase = Draws.base(settings.run().seed(), "friend");
    this.favouriteBase = Draws.base(settings.run().seed(), "favourite");
    firms();
    people();
    ties();
  }

  private void firms() {
    int size = settings.run().residents();
    add(
        merchants,
        size / settings.people().residentsPerMerchant(),
        AccountKind.MERCHANT,
        "商店",
        30_000);
    add(
        employers,
        size / settings.people().residentsPerEmployer(),
        AccountKind.PAYROLL,
        "公司",
        3_000_000);
    add(pooled, 2, AccountKind.POOLED, "支付备付金", 500_000_000);
    add(utilities, 3, AccountKind.UTILITY, "水电热力", 5_000_000);
    add(hospitals, 2, AccountKind.MEDICAL, "医院", 8_000_000);
    add(schools, Math.max(4, size / 4000), AccountKind.COMPANY, "学校", 900_000);
    add(mines, 4, AccountKind.COMPANY, "煤矿", 90_000_000);
    add(herdDealers, Math.max(4, size / 6000), AccountKind.COMPANY, "牲畜收购", 9_000_000);
    add(coinDealers, Math.max(3, size / 7500), AccountKind.PERSONAL, "", 400_000);
    add(goodsShops, Math.max(4, size / 3000), AccountKind.MERCHANT, "金店", 300_000);
    add(gameShops, 3, AccountKind.MERCHANT, "游戏点卡", 100_000);
    for (int bank = 0; bank < Ledger.BANKS; bank++) {
      Holder desk = Holder.firm(holders++, "贷款专户" + (bank + 1), REGIONS[0]);
      desk.main = ledger.open(bank, desk, AccountKind.POOLED, firstDay - 4000, 0, 100_000_000_00L);
      loanDesks.add(desk.main);
    }
  }

  private void add(List<Account> to, int count, AccountKind kind, String trade, double medianYuan) {
    for (int i = 0; i < Math.max(1, count); i++) {
      SplittableRandom random = Draws.stream(settings.run().seed(), trade + kind, i);
      boolean person = kind == AccountKind.PERSONAL;
      Holder holder =
          person
              ? newPerson(random, 35, null)
              : Holder.firm(holders++, Names.firm(random) + trade, region(random));
      long balance = Draws.amountFen(random, medianYuan, 0.7);
      holder.main =
          ledger.open(
              bank(random), holder, kind, firstDay - 400 - random.nextInt(3000), 0, balance);
      to.add(holder.main);
    }
  }

  private void people() {
    residents.ensureCapacity(settings.run().residents());
    for (int i = 0; i < settings.run().residents(); i++) {
      SplittableRandom random = Draws.stream(settings.run().seed(), "resident", i);
      residents.add(person(random, age(random)));
    }
  }

  private Holder person(SplittableRandom random, int age) {
    Holder holder = newPerson(random, age, null);
    CitySettings.People people = settings.people();
    long balance = Draws.amountFen(random, people.medianBalanceYuan(), people.balanceSigma());
    int opened = firstDay - 100 - random.nextInt(Math.max(1, Math.min(4500, (age - 15) * 365)));
    holder.main = ledger.open(bank(random), holder, AccountKind.PERSONAL, opened, 0, balance);
    if (Draws.chance(random, 0.25)) {
      holder.second =
          ledger.open(
              bank(random),
              holder,
              AccountKind.PERSONAL,
              firstDay - 30 - random.nextInt(2000),
              0,
              Draws.amountFen(random, people.medianBalanceYuan() / 3, people.balanceSigma()));
    }
    return holder;
  }

  private void ties() {
    CitySettings.People people = settings.people();
    for (int i = 0; i < residents.size(); i += 90) {
      landlords.add(residents.get(i).main);
    }
    for (int i = 0; i < residents.size(); i++) {
      SplittableRandom random = Draws.stream(settings.run().seed(), "ties", i);
      Holder holder = residents.get(i);
      if (holder.age < 62 && Draws.chance(random, people.employedShare())) {
        holder.employer = Draws.pick(random, employers);
        holder.salaryFen = (int) (Draws.amountFen(random, 5800, 0.4) / 1000 * 1000);
      }
      if (holder.age < 50 && Draws.chance(random, people.renterShare())) {
        holder.landlord = Draws.pick(random, landlords);
        holder.rentFen = (8 + random.nextInt(18)) * 100_00;
      }
    }
  }

  private Holder newPerson(SplittableRandom random, int age, String region) {
    int name = Names.person(random);
    int birthday = (1 + random.nextInt(12)) << 5 | 1 + random.nextInt(28);
    return Holder.person(holders++, name, age, birthday, region == null ? region(random) : region);
  }

  /** Any other resident. */
  Holder otherThan(Holder holder, SplittableRandom random) {
    return other(holder, random.nextInt(residents.size()));
  }

  private Holder other(Holder holder, int number) {
    Holder other = residents.get(number);
    return other == holder ? residents.get((number + 1) % residents.size()) : other;
  }

  /** A resident whose age lies within the ends. */
  Holder residentAged(SplittableRandom random, int from, int to) {
    for (int tries = 0; tries < 200; tries++) {
      Holder holder = Draws.pick(random, residents);
      if (holder.age >= from && holder.age <= to) {
        return holder;
      }
    }
    return Draws.pick(random, residents);
  }

  /** One of a resident's friends; the first are the closest. */
  Holder friend(Holder holder, int number) {
    long id = holder.index * 16L + number % settings.people().friends();
    return other(holder, Draws.on(friendBase, id).nextInt(residents.size()));
  }

  /** One of the shops that a resident is used to. */
  Account favourite(Holder holder, int number) {
    long id = holder.index * 16L + number;
    return merchants.get(Draws.on(favouriteBase, id).nextInt(merchants.size()));
  }

  /** Everybody whom a firm employs, by one pass over the residents for all firms. */
  List<Holder> staffOf(Account firm) {
    if (staff == null) {
      countStaff();
    }
    int number = employers.indexOf(firm);
    List<Holder> people = new ArrayList<>();
    for (int i = staffFrom[number]; i < staffFrom[number + 1]; i++) {
      people.add(residents.get(staff[i]));
    }
    return people;
  }

  private void countStaff() {
    int firstFirm = employers.get(0).index;
    staffFrom = new int[employers.size() + 1];
    for (Holder holder : residents) {
      if (holder.employer != null) {
        staffFrom[holder.employer.index - firstFirm + 1]++;
      }
    }
    for (int i = 0; i < employers.size(); i++) {
      staffFrom[i + 1] += staffFrom[i];
    }
    int[] next = staffFrom.clone();
    staff = new int[staffFrom[employers.size()]];
    for (int i = 0; i < residents.size(); i++) {
      Account employer = residents.get(i).employer;
      if (employer != null) {
        staff[next[employer.index - firstFirm]++] = i;
      }
    }
  }

  /**
   * A mule account: of somebody from elsewhere, or lent by a resident.
   *
   * @param level distance from the victim that the crew uses it at, 1..4
   * @param lent true when a resident lends it
   * @param daysAgo when it was opened
   */
  Account mule(SplittableRandom random, int level, boolean lent, int daysAgo) {
    Holder holder;
    if (lent) {
      holder = residentAged(random, 18, 55);
    } else {
      int age = 18 + random.nextInt(35);
      holder = newPerson(random, age, (11 + random.nextInt(50)) + "0100");
    }
    Account account =
        ledger.open(
            muleBank(random),
            holder,
            AccountKind.PERSONAL,
            firstDay - daysAgo,
            level,
            Draws.amountFen(random, 60, 1.2));
    if (holder.main == null) {
      holder.main = account;
    }
    return account;
  }

  /** Somebody from elsewhere with a payment code: as a person, or as a shop in name. */
  Account collector(SplittableRandom random, AccountKind kind) {
    int age = 20 + random.nextInt(25);
    Holder holder = newPerson(random, age, REGIONS[0]);
    holder.main =
        ledger.open(muleBank(random), holder, kind, firstDay - 2 - random.nextInt(60), 1, 0);
    return holder.main;
  }

  /** Another account of a resident's, opened years ago at any bank. */
  Account ownAccount(Holder holder, long fen, SplittableRandom random) {
    return ledger.open(
        bank(random), holder, AccountKind.PERSONAL, firstDay - 500 - random.nextInt(3000), 0, fen);
  }

  /** A new account of a resident's. */
  Account freshAccount(Holder holder, int daysAgo, SplittableRandom random) {
    return ledger.open(bank(random), holder, AccountKind.PERSONAL, firstDay - daysAgo, 0, 0);
  }

  /** A resident's term deposit, opened long ago with the given balance. */
  Account termDeposit(Holder holder, long fen) {
    if (holder.term == null) {
      holder.term =
          ledger.open(holder.main.bank, holder, AccountKind.PERSONAL, firstDay - 700, 0, fen);
    } else {
      ledger.endow(holder.term, fen);
    }
    return holder.term;
  }

  /** A bank by its share among everybody's accounts. */
  int bank(SplittableRandom random) {
    return bank(bankWeights, random);
  }

  private int muleBank(SplittableRandom random) {
    return bank(muleBankWeights, random);
  }

  private static int bank(double[] weights, SplittableRandom random) {
    return weights.length == 0 ? random.nextInt(Ledger.BANKS) : Draws.weighted(random, weights);
  }

  private static double[] weights(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private int age(SplittableRandom random) {
    List<CitySettings.AgeBand> bands = settings.people().ages();
    double[] shares = bands.stream().mapToDouble(CitySettings.AgeBand::share).toArray();
    CitySettings.AgeBand band = bands.get(Draws.weighted(random, shares));
    return band.from() + random.nextInt(band.to() - band.from() + 1);
  }

  private static String region(SplittableRandom random) {
    return REGIONS[Draws.weighted(random, REGION_WEIGHTS)];
  }
}
