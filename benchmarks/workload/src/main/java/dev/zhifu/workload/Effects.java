package dev.zhifu.workload;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Lets the engine's outputs act on the city, and counts by the truth which of them were right. */
final class Effects implements CityEffects {
  private static final Peer WARNING_DESK = new Peer("047796110", PrefixClass.LANDLINE);
  private static final long RETRY_MS = 300_000L;
  private static final int CALLS_MAX = 3;

  private final World world;
  private final Set<String> warnings = new HashSet<>();
  private final Map<String, Judged> orders = new LinkedHashMap<>();
  private final Map<String, Integer> wrongHolds = new TreeMap<>();
  private final Map<String, Account> accountsByToken = new HashMap<>();
  private int accountsIndexed;

  int passAnswers;
  int holdAnswers;
  int lateAnswers;
  int rightHolds;
  int riskHolds;
  int stops;
  int stopsOnNothing;
  long balanceStoppedFen;

  /** One signed order, as the truth sees it. */
  static final class Judged {
    final Account account;
    final boolean wrong;
    boolean late;

    Judged(Account account, boolean wrong) {
      this.account = account;
      this.wrong = wrong;
    }
  }

  Effects(World world) {
    this.world = world;
  }

  @Override
  public boolean decided(TransferDecision decision) {
    boolean hold = decision.getDecision() == DecisionKind.HOLD;
    boolean taken = world.payments.answer(decision.getBank(), decision.getTransactionId(), hold);
    if (!taken) {
      lateAnswers++;
    } else if (hold) {
      holdAnswers++;
    } else {
      passAnswers++;
    }
    return taken;
  }

  void heldTransfer(Payment payment) {
    if (payment.story != null && payment.story.fraud) {
      rightHolds++;
    } else {
      wrongHold(payment.story);
    }
  }

  private void wrongHold(Story story) {
    wrongHolds.merge(story == null ? "ORDINARY" : story.kind, 1, Integer::sum);
  }

  @Override
  public void warned(VictimWarning warning) {
    if (!warning.getHolds() || !warnings.add(warning.getWarningId())) {
      return;
    }
    SplittableRandom random =
        Draws.stream(world.settings.run().seed(), "warning", warning.getWarningId());
    long evidence = warning.getOccurredAt().toEpochMilli();
    long delay =
        warning.getAction() == ActionCode.A6
            ? Draws.delayMs(random, world.settings.police().visitMinutesMedian() * 60, 0.5)
            : Draws.delayMs(random, warning.getAction() == ActionCode.A2 ? 90 : 5, 0.6);
    String holder = warning.getHolderToken();
    Holder person = person(holder);
    world.schedule.at(
        effectAt(evidence, delay), now -> deliver(warning.getAction(), holder, person, 1, random));
  }

  /** When an act that rests on an event takes effect. */
  long effectAt(long evidence, long delay) {
    return Math.max(
        world.schedule.now(), evidence + world.settings.run().engineLatencyMs() + delay);
  }

  private Holder person(String holderToken) {
    for (FraudStory story : world.frauds.ofHolder(holderToken)) {
      return story.victim;
    }
    return null;
  }

  private void deliver(
      ActionCode action, String holder, Holder person, int attempt, SplittableRandom random) {
    if (person == null) {
      return;
    }
    long now = world.schedule.now();
    CitySettings.Fraud fraud = world.settings.fraud();
    switch (action) {
      case A2 -> call(holder, person, attempt, random);
      case A6 -> heard(holder, now, fraud.cancelOnVisit(), random);
      default -> {
        world.signals.plain(person, TelecomKind.FUND_WARNING, WARNING_DESK);
        heard(holder, now, fraud.cancelOnSms(), random);
      }
    }
  }

  private void call(String holder, Holder person, int attempt, SplittableRandom random) {
    long now = world.schedule.now();
    if (person.busyUntil > now) {
      world.signals.lineBusy(person, WARNING_DESK, attempt);
      if (attempt < CALLS_MAX) {
        world.schedule.at(now + RETRY_MS, at -> call(holder, person, attempt + 1, random));
      }
    } else if (Draws.chance(random, 0.12)) {
      world.signals.plain(person, TelecomKind.CALL_DECLINED, WARNING_DESK);
    } else {
      world.signals.call(person, WARNING_DESK, true, true, 60 + random.nextInt(240));
      heard(holder, now, world.settings.fraud().cancelOnCall(), random);
    }
  }

  private void heard(String holder, long now, double chance, SplittableRandom random) {
    for (FraudStory story : world.frauds.ofHolder(holder)) {
      story.warned(now, chance, random);
    }
  }

  @Override
  public void requested(StopPaymentRequest request) {
    world.officers.requested(request);
    boolean signed =
        request.getState() == OrderState.SIGNED || request.getState() == OrderState.SENT;
    if (signed && !orders.containsKey(request.getOrderId())) {
      Account account = account(request.getTarget().getAccountToken());
      if (account != null) {
        orders.put(request.getOrderId(), judge(account, request.getReportId()));
      }
    }
  }

  /** Wrong: the account never got that case's money by now, or got it in good faith. */
  private Judged judge(Account account, String reportId) {
    FraudStory reported = world.officers.storyOf(reportId);
    boolean received = false;
    for (FraudStory story : world.frauds.all()) {
      boolean asked = reported == null || reported == story;
      received |= asked && story.money.reached.contains(account);
    }
    return new Judged(account, !received || account.inGoodFaith());
  }

  private Account account(String token) {
    for (; accountsIndexed < world.ledger.accounts().size(); accountsIndexed++) {
      Account account = world.ledger.accounts().get(accountsIndexed);
      accountsByToken.put(world.messages.token(account), account);
    }
    return accountsByToken.get(token);
  }

  /** A bank's stop takes effect. */
  void stopped(Account account, String orderId, long now) {
    stops++;
    balanceStoppedFen += account.balanceFen;
    boolean victimsMoney = account.lots != null;
    if (!victimsMoney) {
      stopsOnNothing++;
    }
    Judged judged = orders.computeIfAbsent(orderId, id -> judge(account, null));
    judged.late = !judged.wrong && !victimsMoney;
    long held = account.restricts(now, false) ? account.balanceFen : account.heldByAnswerFen;
    world.ledger.keep(account, held);
  }

  /** A bank's risk hold takes effect. */
  void riskHold(Account account, Story payment) {
    riskHolds++;
    boolean right = account.lots != null || !account.inGoodFaith() || victimUnderWay(account);
    if (!right) {
      wrongHold(payment);
    }
  }

  private boolean victimUnderWay(Account account) {
    return world.frauds.all().stream()
        .anyMatch(
            story -> story.victim == account.holder && story.phase == FraudStory.Phase.RUNNING);
  }

  int ordersSeen() {
    return orders.size();
  }

  int wrongOrders() {
    return (int) orders.values().stream().filter(judged -> judged.wrong).count();
  }

  int lateOrders() {
    return (int) orders.values().stream().filter(judged -> judged.late).count();
  }

  Map<String, Integer> wrongHolds() {
    return wrongHolds;
  }
}
