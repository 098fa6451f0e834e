package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomKind;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What people do on any day. Planned hour by hour, each resident by a stream of its own. */
final class DailyLife {
  private static final long HOUR_MS = 3_600_000L;
  private static final int ACT_BITS = 8;

  /** Acts of one resident in one hour; ten times the busiest hour's mean at rate 1. */
  private static final int ACTS_MOST = (1 << ACT_BITS) - 1;

  private final World world;
  private final CitySettings.Activity rates;
  private final double[] weights;
  private final double perDay;
  private final double meanHour;
  private final long lifeBase;
  private final long actBase;
  private long[] packed = new long[1 << 12];

  DailyLife(World world) {
    this.world = world;
    this.rates = world.settings.activity();
    this.lifeBase = Draws.base(world.settings.run().seed(), "life");
    this.actBase = Draws.base(world.settings.run().seed(), "act");
    this.weights =
        new double[] {
          rates.transfers(),
          rates.cashWithdrawals(),
          rates.cashDeposits(),
          rates.cardPurchases(),
          rates.qrPayments(),
          rates.calls(),
          rates.nuisanceCalls(),
          rates.sms(),
          rates.appSessions(),
          rates.logins(),
          rates.rareSignals()
        };
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    this.perDay = sum;
    this.meanHour = rates.hourWeights().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Plans all days; each hour plans itself when it comes. */
  void begin() {
    for (int hour = 0; hour < world.settings.run().days() * 24; hour++) {
      long index = hour;
      world.schedule.at(world.settings.startMs() + hour * HOUR_MS, now -> planHour(index, now));
    }
  }

  /** Only who acts when is planned; what it is, is drawn when the moment comes. */
  private void planHour(long hour, long start) {
    double mean =
        perDay
            * world.settings.run().rate()
            * rates.hourWeights().get((int) (hour % 24))
            / meanHour;
    double floor = StrictMath.exp(-mean);
    int residents = world.people.residents.size();
    int count = 0;
    for (int i = 0; i < residents; i++) {
      SplittableRandom random = Draws.on(lifeBase, i * 10_000L + hour);
      int acts = Math.min(ACTS_MOST, Draws.poissonAbove(random, floor));
      if (count + acts > packed.length) {
        packed = Arrays.copyOf(packed, (count + acts) * 5 / 4);
      }
      for (int n = 0; n < acts; n++) {
        packed[count++] = (long) random.nextInt((int) HOUR_MS) << 32 | (long) i << ACT_BITS | n;
      }
    }
    world.schedule.crowd(start, packed, count, (code, now) -> act(code, hour));
    if (hour % 24 == 21) {
      merchantsSettle(hour, start);
    }
  }

  private void act(int code, long hour) {
    int resident = code >>> ACT_BITS;
    long id = (resident * 10_000L + hour) << ACT_BITS | code & ACTS_MOST;
    SplittableRandom random = Draws.on(actBase, id);
    act(Draws.weighted(random, weights), world.people.residents.get(resident), random);
  }

  private void act(int what, Holder holder, SplittableRandom random) {
    switch (what) {
      case 0 -> transfer(holder, random);
      case 1 -> withdraw(holder, random);
      case 2 ->
          world.payments.pay(
              Payment.deposit(holder.main, (1 + random.nextInt(80)) * 100_00L, Channel.ATM));
      case 3 ->
          world.payments.pay(
              Payment.purchase(holder.main, merchant(holder, random), purchaseFen(random) * 2));
      case 4 -> payByCode(holder, random);
      case 5 -> call(holder, random);
      case 6 -> nuisanceCall(holder, random);
      case 7 -> world.signals.sms(holder, service(random), smsClass(random));
      case 8 -> world.signals.app(holder, appClass(random), 60 + random.nextInt(2400));
      case 9 -> login(holder, random);
      default -> rare(holder, random);
    }
  }

  private void transfer(Holder holder, SplittableRandom random) {
    long fen =
        Draws.amountFen(random, rates.transferMedianYuan(), rates.transferSigma()) / 100 * 100;
    boolean toStranger = Draws.chance(random, rates.strangerShare());
    double friendDraw = random.nextDouble();
    boolean own = holder.second != null && Draws.chance(random, 0.15);
    boolean loginFirst = Draws.chance(random, 0.5);
    Holder stranger = world.people.otherThan(holder, random);
    Account payee =
        own
            ? holder.second
            : toStranger ? stranger.main : world.people.friend(holder, closest(friendDraw)).main;
    if (loginFirst) {
      world.signals.access(holder.main, AccessKind.LOGIN, world.device(holder));
    }
    if (!own && !world.payments.paidBefore(holder.main, payee)) {
      world.signals.payeeAdded(holder.main, payee, world.device(holder));
    }
    world.payments.pay(
        Payment.transfer(holder.main, payee, Math.max(100, fen))
            .by(Channel.MOBILE_APP, world.device(holder)));
  }

  /** The first friends are the closest. */
  private int closest(double draw) {
    int friends = world.settings.people().friends();
    return Math.min(friends - 1, (int) (draw * draw * friends * 1.05));
  }

  private void withdraw(Holder holder, SplittableRandom random) {
    long fen = (1 + random.nextInt(30)) * 100_00L;
    world.payments.pay(Payment.cash(holder.main, fen, atm(holder, random)));
  }

  static String atm(Holder holder, SplittableRandom random) {
    return "ATM-" + holder.region + "-" + random.nextInt(25);
  }

  private Account merchant(Holder holder, SplittableRandom random) {
    int used = world.settings.people().favouriteMerchants();
    int n = random.nextInt(used * 5 / 4);
    return n < used
        ? world.people.favourite(holder, n)
        : Draws.pick(random, world.people.merchants);
  }

  private long purchaseFen(SplittableRandom random) {
    return Draws.amountFen(random, rates.purchaseMedianYuan(), rates.purchaseSigma());
  }

  private void payByCode(Holder holder, SplittableRandom random) {
    long fen = purchaseFen(random);
    Account payee = merchant(holder, random);
    double where = random.nextDouble();
    if (where < 0.06) {
      payee = Draws.pick(random, world.people.pooled);
    } else if (where < 0.08) {
      payee = Draws.pick(random, world.people.utilities);
    } else if (where < 0.085) {
      payee = Draws.pick(random, world.people.hospitals);
    }
    world.payments.pay(Payment.qr(holder.main, payee, fen, world.device(holder)));
  }

  private void call(Holder holder, SplittableRandom random) {
    int seconds = (int) Math.min(5400, 5 + Draws.logNormal(random, 65, 1.1));
    boolean known = Draws.chance(random, 0.8);
    Holder other =
        known
            ? world.people.friend(holder, random.nextInt(world.settings.people().friends()))
            : world.people.otherThan(holder, random);
    boolean incoming = random.nextBoolean();
    if (world.schedule.now() > holder.busyUntil) {
      world.signals.call(holder, other.peer(), incoming, !known, seconds);
    }
  }

  private void nuisanceCall(Holder holder, SplittableRandom random) {
    Peer peer = service(random);
    int seconds = (int) Math.min(900, 4 + Draws.logNormal(random, 28, 1.0));
    boolean complained = Draws.chance(random, 0.06);
    int complaints = 1 + random.nextInt(12);
    double score = random.nextDouble() * 0.6;
    if (world.schedule.now() > holder.busyUntil) {
      if (complained) {
        world.signals.riskyNumber(holder, peer, complaints, score);
      }
      world.signals.call(holder, peer, true, true, seconds);
    }
  }

  /** Couriers, insurers, banks, platforms: few numbers that call and write to many. */
  private static Peer service(SplittableRandom random) {
    int n = random.nextInt(400);
    PrefixClass prefix =
        switch (n % 10) {
          case 0, 1 -> PrefixClass.SERVICE_400;
          case 2, 3, 4 -> PrefixClass.SERVICE_95;
          case 5 -> PrefixClass.VIRTUAL_OPERATOR;
          case 6 -> PrefixClass.LANDLINE;
          case 7 -> PrefixClass.VOIP;
          default -> PrefixClass.LOCAL_MOBILE;
        };
    boolean abroad = random.nextInt(250) == 0;
    return new Peer((abroad ? "0085" : "svc") + n, abroad ? PrefixClass.INTERNATIONAL : prefix);
  }

  private static SmsClass smsClass(SplittableRandom random) {
    double draw = random.nextDouble();
    if (draw < 0.45) {
      return SmsClass.OTHER;
    }
    if (draw < 0.72) {
      return SmsClass.OTP;
    }
    if (draw < 0.97) {
      return SmsClass.LOGISTICS;
    }
    return draw < 0.98 ? SmsClass.REFUND : draw < 0.998 ? SmsClass.LOAN : SmsClass.COURT;
  }

  private static AppClass appClass(SplittableRandom random) {
    double draw = random.nextDouble();
    if (draw < 0.55) {
      return AppClass.OTHER;
    }
    if (draw < 0.93) {
      return AppClass.BANK_APP;
    }
    if (draw < 0.985) {
      return AppClass.MEETING;
    }
    if (draw < 0.992) {
      return AppClass.SCREEN_SHARE;
    }
    return draw < 0.997 ? AppClass.REMOTE_CONTROL : AppClass.OFFSHORE_IM;
  }

  private void login(Holder holder, SplittableRandom random) {
    Account account = holder.second != null && random.nextInt(4) == 0 ? holder.second : holder.main;
    world.signals.access(account, AccessKind.LOGIN, world.device(holder));
    if (random.nextInt(3) == 0) {
      world.signals.access(account, AccessKind.BALANCE_QUERY, world.device(holder));
    }
  }

  private void rare(Holder holder, SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0 ->
          world.signals.newSim(
              holder, random.nextInt(5) == 0 ? TelecomKind.ESIM : TelecomKind.NEW_SIM, 0);
      case 1 -> world.signals.access(holder.main, AccessKind.DEVICE_BOUND, world.device(holder));
      case 2 ->
          world.signals.limitChanged(
              holder.main, world.device(holder), (1 + random.nextInt(20)) * 1_000_000L);
      case 3 ->
          world.signals.plain(
              holder, TelecomKind.CALL_FWD_SET, world.people.friend(holder, 0).peer());
      case 4 -> world.signals.otpBurst(holder, 3 + random.nextInt(5), 1 + random.nextInt(3));
      default -> world.signals.plain(holder, TelecomKind.URL_HIT, null);
    }
  }

  /** In the evening a third of the shops pay suppliers or the owner from the day's takings. */
  private void merchantsSettle(long hour, long start) {
    List<Account> merchants = world.people.merchants;
    for (int i = 0; i < merchants.size(); i++) {
      SplittableRandom random =
          Draws.stream(world.settings.run().seed(), "settle", i * 10_000L + hour);
      if (!Draws.chance(random, 0.33)) {
        continue;
      }
      Account shop = merchants.get(i);
      double share = 0.5 + random.nextDouble() * 0.45;
      boolean supplier = random.nextBoolean();
      Account payee =
          supplier
              ? merchants.get((i + 17) % merchants.size())
              : world.people.residents.get(i).main;
      world.schedule.at(
          start + random.nextInt((int) (2 * HOUR_MS)),
          now ->
              world.payments.pay(
                  Payment.transfer(
                          shop,
                          payee,
                          Math.max(100, (long) (shop.availableFen() * share) / 100 * 100))
                      .by(Channel.WEB, null)));
    }
  }
}
