package dev.zhifu.workload;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Lets the engine's outputs act on the city, and counts by the truth which of them were right. */
final class Effects implements CityEffects {
  static final Peer WARNING_DESK = new Peer("047796110", PrefixClass.LANDLINE);
  private static final long RETRY_MS = 300_000L;
  private static final int CALLS_MAX = 3;

  /** Less than a yuan is an empty account. */
  private static final long NOTHING_FEN = 100;

  private final World world;
  private final Set<String> warnings = new HashSet<>();
  private final Map<String, Judged> orders = new LinkedHashMap<>();
  private final Map<String, Integer> wrongHolds = new TreeMap<>();
  private final Map<Account, Asked> asked = new HashMap<>();
  private final LongTable accountsByToken = new LongTable();
  private final LongTable residentsByToken = new LongTable();
  private final List<StopPaymentRequest> inbox = new ArrayList<>();
  private int accountsIndexed;
  private int residentsIndexed;

  int passAnswers;
  int holdAnswers;
  int lateAnswers;
  int rightHolds;
  int riskHolds;
  int warningsToVictims;
  int warningsToOthers;
  int stops;
  long balanceStoppedFen;

  /** When a stop of an account was asked for, signed and turned away; 0 for not yet. */
  private static final class Asked {
    private long drafted;
    private long signed;
    private long refused;

    void take(OrderState state, long now) {
      drafted = drafted == 0 ? now : drafted;
      switch (state) {
        case SIGNED, SENT -> signed = signed == 0 ? now : signed;
        case MISMATCH, NOT_FOUND, REJECTED_FORMAT -> refused = refused == 0 ? now : refused;
        default -> {
          // Other states tell nothing about why money could leave.
        }
      }
    }
  }

  /** One signed order, as the truth sees it. */
  private static final class Judged {
    private boolean judged;
    private boolean wrong;
    private boolean received;
    private Account account;
    private String reportId;
    private boolean empty;

    /** Wrong: the account never got that case's money by now, or got it in good faith. */
    void judge(Account account, String reportId, boolean received) {
      if (!judged) {
        judged = true;
        this.account = account;
        this.reportId = reportId;
        this.received = received;
        wrong = !received || account.inGoodFaith();
      }
    }

    boolean late() {
      return empty && !wrong;
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
    if (world.frauds.ofHolder(holder).isEmpty()) {
      warningsToOthers++;
    } else {
      warningsToVictims++;
    }
    world.schedule.at(
        effectAt(evidence, delay), now -> deliver(warning.getAction(), holder, person, 1, random));
  }

  /** When an act that rests on an event takes effect. */
  long effectAt(long evidence, long delay) {
    return Math.max(
        world.schedule.now(), evidence + world.settings.run().engineLatencyMs() + delay);
  }

  /** The resident with this token, or null when it is nobody of the city. */
  private Holder person(String holderToken) {
    List<Holder> residents = world.people.residents;
    for (; residentsIndexed < residents.size(); residentsIndexed++) {
      residentsByToken.put(
          Draws.hash(world.messages.holderToken(residents.get(residentsIndexed))),
          residentsIndexed);
    }
    int found = residentsByToken.get(Draws.hash(holderToken));
    boolean same =
        found >= 0 && world.messages.holderToken(residents.get(found)).equals(holderToken);
    return same ? residents.get(found) : null;
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
    inbox.add(request);
  }

  /**
   * Requests are taken up at the start of a step, in an order that does not depend on who fed them
   * when.
   */
  void openInbox() {
    inbox.sort(
        Comparator.comparing(StopPaymentRequest::getBasisAt)
            .thenComparing(StopPaymentRequest::getOrderId)
            .thenComparing(StopPaymentRequest::getSequence));
    for (StopPaymentRequest request : inbox) {
      takeUp(request);
    }
    inbox.clear();
  }

  private void takeUp(StopPaymentRequest request) {
    world.officers.requested(request);
    boolean signed =
        request.getState() == OrderState.SIGNED || request.getState() == OrderState.SENT;
    Account account = account(request.getTarget().getAccountToken());
    if (account != null && request.getReportId() != null) {
      asked
          .computeIfAbsent(account, any -> new Asked())
          .take(request.getState(), world.schedule.now());
    }
    if (signed && account != null) {
      orders
          .computeIfAbsent(request.getOrderId(), id -> new Judged())
          .judge(account, request.getReportId(), received(account, request.getReportId()));
    }
  }

  /**
   * Whether the account got the reported case's money by now; of any case when no report is named.
   */
  private boolean received(Account account, String reportId) {
    FraudStory reported = world.officers.storyOf(reportId);
    if (reported != null) {
      return reported.money.reached.contains(account);
    }
    return world.frauds.all().stream().anyMatch(story -> story.money.reached.contains(account));
  }

  /** Why an account at a connected bank was not stopped at a moment. */
  LostWhy unstopped(Account account, long at) {
    Asked known = asked.get(account);
    if (known == null || at < known.drafted) {
      return LostWhy.NO_REQUEST;
    }
    if (known.signed == 0 || at < known.signed) {
      return LostWhy.NOT_SIGNED;
    }
    return known.refused > 0 && at >= known.refused
        ? LostWhy.ORDER_REFUSED
        : LostWhy.BANK_ANSWERING;
  }

  private Account account(String token) {
    List<Account> accounts = world.ledger.accounts();
    for (; accountsIndexed < accounts.size(); accountsIndexed++) {
      accountsByToken.put(
          Draws.hash(world.messages.token(accounts.get(accountsIndexed))), accountsIndexed);
    }
    int found = accountsByToken.get(Draws.hash(token));
    boolean same = found >= 0 && world.messages.token(accounts.get(found)).equals(token);
    return same ? accounts.get(found) : null;
  }

  /** A bank's stop takes effect. */
  void stopped(Account account, String orderId, long now) {
    stops++;
    balanceStoppedFen += account.balanceFen;
    boolean victimsMoney = world.ledger.victimsFen(account) >= NOTHING_FEN;
    Judged judged = orders.computeIfAbsent(orderId, id -> new Judged());
    judged.judge(account, null, received(account, null));
    judged.empty = !victimsMoney;
    long held =
        account.restricts(now, false)
            ? account.balanceFen
            : world.payments.heldByAnswerFen(account);
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

  /** The wrong orders, by their ids. */
  List<WrongOrder> wrongOrdersFound() {
    List<WrongOrder> found = new ArrayList<>();
    orders.forEach(
        (id, judged) -> {
          if (judged.wrong) {
            Story story = world.truth.innocentOf(judged.account);
            found.add(
                new WrongOrder(
                    id,
                    judged.reportId,
                    TruthAccount.of(judged.account, world.messages),
                    judged.received,
                    story == null ? "ORDINARY" : story.kind));
          }
        });
    found.sort(Comparator.comparing(WrongOrder::orderId));
    return found;
  }

  /** Wrong orders by the innocent story that the account took part in, ORDINARY for none. */
  Map<String, Integer> wrongOrdersByStory() {
    Map<String, Integer> counts = new TreeMap<>();
    wrongOrdersFound().forEach(order -> counts.merge(order.innocentKind(), 1, Integer::sum));
    return counts;
  }

  int lateOrders() {
    return (int) orders.values().stream().filter(Judged::late).count();
  }

  Map<String, Integer> wrongHolds() {
    return wrongHolds;
  }
}
