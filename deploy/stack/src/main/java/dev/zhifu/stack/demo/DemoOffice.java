package dev.zhifu.stack.demo;

import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.paper.PaperState;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * The people of the demo city behind the duty officers (ADR-0168): a county head, a case officer
 * with a second one, a reader of the legal office. They look at what recovery has said, and each
 * next step of a case, a freeze, a paper or a refund follows after a delay drawn from the seed, in
 * city time. What they decide is a signed act as any desk's; the tables judge it. Steps are those
 * of the law, their delays are those of one day: nobody waits for a 30 days' notice here, so that
 * such a refund stays in its notice. Pure; not for several threads.
 */
final class DemoOffice {
  private static final Set<OrderState> IN_FORCE =
      EnumSet.of(OrderState.ACTIVE, OrderState.EXTENDED);

  /** Looked at again when the ledger has not answered yet. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private static final double SIGMA = 0.5;
  private static final String PROPOSE = FreezeEvent.PROPOSED.name();
  private static final String VERIFY = "VERIFIED";
  private static final String FIND = "FOUND";

  /**
   * Middle of each delay, city minutes. Invented, and compressed: a county takes days to file and
   * months to verify.
   */
  private static final Map<String, Integer> MINUTES =
      Map.ofEntries(
          Map.entry("FILED", 40),
          Map.entry(PROPOSE, 15),
          Map.entry(LifeKind.FREEZE + FreezeEvent.APPROVED.name(), 15),
          Map.entry(FreezeEvent.SENT.name(), 5),
          Map.entry(VERIFY, 45),
          Map.entry(RefundEvent.OPENED.name(), 15),
          Map.entry(RefundEvent.FLOW_TABLE_BUILT.name(), 20),
          Map.entry(RefundEvent.PREPARED.name(), 15),
          Map.entry(RefundEvent.BANK_PAID.name(), 20));

  private static final int MINUTES_ELSE = 10;

  /** Something that somebody will do, if the object still stands where it stood. */
  private record Task(Instant dueAt, LifeKind kind, String objectId, String state, String step) {}

  private final long seed;
  private final OfficeActs acts = new OfficeActs();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::dueAt).thenComparing(Task::objectId));
  private final Set<String> planned = new HashSet<>();
  private final Map<String, Instant> dueOfAct = new HashMap<>();
  private final Map<String, LifeTransition> lives = new HashMap<>();
  private final Map<String, StopPaymentRequest> orders = new HashMap<>();
  private final Map<String, Set<String>> ordersOfCase = new HashMap<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final Map<String, RefundPlan> plans = new HashMap<>();
  private final Set<String> frozenAccounts = new HashSet<>();

  /**
   * @param seed the city's
   */
  DemoOffice(long seed) {
    this.seed = seed;
  }

  /**
   * A report that a duty officer has accepted: its victim is paid back where the loss came from.
   */
  void report(VictimReport report) {
    acts.report(report);
  }

  /** The newest word about an order. */
  void order(StopPaymentRequest order) {
    StopPaymentRequest known = orders.get(order.getOrderId());
    if (known == null || known.getSequence() < order.getSequence()) {
      orders.put(order.getOrderId(), order);
      order
          .getCaseIds()
          .forEach(
              id ->
                  ordersOfCase.computeIfAbsent(id, any -> new HashSet<>()).add(order.getOrderId()));
      propose(order, order.getTickAt());
    }
  }

  /**
   * A bank's receipt: what was on the account when it stopped it.
   *
   * @param balanceFen fen
   */
  void stopped(String orderId, long balanceFen) {
    balances.putIfAbsent(orderId, balanceFen);
    StopPaymentRequest order = orders.get(orderId);
    if (order != null) {
      propose(order, order.getTickAt());
    }
  }

  /** What the ledger says of a freeze. */
  void plan(RefundPlan plan) {
    plans.merge(
        plan.getFreezeId(),
        plan,
        (old, next) -> next.getRevision() > old.getRevision() ? next : old);
  }

  /** A transition that recovery has told. */
  void life(LifeTransition life) {
    LifeTransition known = lives.get(life.getObjectId());
    if (known != null && known.getSequence() >= life.getSequence()) {
      return;
    }
    lives.put(life.getObjectId(), life);
    // A delay runs from when the step before was due, however late the machine was with it.
    Instant due = dueOfAct.remove(life.getCause());
    Instant from = due == null ? life.getTickAt() : due;
    for (String step : steps(life)) {
      plan(from, life.getKind(), life.getObjectId(), life.getState(), step);
    }
    if (life.getKind() == LifeKind.CASE && filed(life)) {
      ordersOfCase
          .getOrDefault(life.getCaseId(), Set.of())
          .forEach(id -> propose(orders.get(id), from));
    }
  }

  private static boolean filed(LifeTransition life) {
    return life.getState().equals(CaseState.FILED.name());
  }

  private void propose(StopPaymentRequest order, Instant from) {
    if (freezable(order) && filedCase(order).isPresent()) {
      plan(from, LifeKind.STOP_ORDER, order.getOrderId(), "", PROPOSE);
    }
  }

  private Optional<LifeTransition> filedCase(StopPaymentRequest order) {
    return order.getCaseIds().stream()
        .map(lives::get)
        .filter(life -> life != null && filed(life))
        .findFirst();
  }

  /** A person's account with a stop in force, money traced to it and money on it. */
  private boolean freezable(StopPaymentRequest order) {
    return IN_FORCE.contains(order.getState())
        && order.getReportId() != null
        && order.getBankTransactionId() != null
        && order.getTarget().getCipher() != null
        && order.getTarget().getKind() == AccountKind.PERSONAL
        && order.getTracedFen() > 0
        && balances.getOrDefault(order.getOrderId(), 0L) > 0
        && order.getGrounds().stream()
            .flatMap(ground -> ground.getGoodFaithSigns().stream())
            .allMatch(GoodFaithSign.OTHERS_PAY::equals)
        && !frozenAccounts.contains(order.getTarget().getAccountToken());
  }

  /** What somebody of the office has to do about a life as it stands. */
  private static List<String> steps(LifeTransition life) {
    return switch (life.getKind()) {
      case CASE ->
          life.getState().equals(CaseState.EMERGENCY.name()) ? List.of("FILED") : List.<String>of();
      case FREEZE -> ofFreeze(life);
      case PAPER -> ofPaper(life);
      case REFUND -> ofRefund(life);
      default -> List.of();
    };
  }

  private static List<String> ofFreeze(LifeTransition life) {
    FreezeDetail held = (FreezeDetail) life.getDetail();
    List<String> steps = new ArrayList<>();
    switch (FreezeState.valueOf(life.getState())) {
      case LEGAL_REVIEW ->
          steps.add(
              (held.getReviewedAt() == null ? FreezeEvent.REVIEWED : FreezeEvent.APPROVED).name());
      case APPROVED -> steps.add(FreezeEvent.SENT.name());
      case ACTIVE -> steps.add(held.getVerifiedFen() == null ? VERIFY : RefundEvent.OPENED.name());
      case PARTIAL -> {
        if (held.getRefundedFen() == 0) {
          steps.add(RefundEvent.OPENED.name());
        }
        if (held.getRestFen() > 0 && held.getRestAskedFen() == 0) {
          steps.add(FreezeEvent.REST_RELEASE_SIGNED.name());
        }
      }
      case RELEASE_DUE -> steps.add(FreezeEvent.RELEASE_SIGNED.name());
      default -> {
        // Nothing is left to do, or the bank is to answer.
      }
    }
    return steps;
  }

  /** Of papers only those come here that ask for a part of a freeze. */
  private static List<String> ofPaper(LifeTransition life) {
    if (!((PaperDetail) life.getDetail()).getWords().equals(PaperTable.REST_OF_FREEZE)) {
      return List.of();
    }
    return switch (PaperState.valueOf(life.getState())) {
      case TO_PRINT -> List.of(PaperEvent.PRINTED.name());
      case PRINTED -> List.of(PaperEvent.SERVED.name());
      case SERVED -> List.of(PaperEvent.ANSWERED.name());
      default -> List.of();
    };
  }

  private static List<String> ofRefund(LifeTransition life) {
    return switch (RefundState.valueOf(life.getState())) {
      case OPENED -> List.of(RefundEvent.FLOW_TABLE_BUILT.name());
      case TRACED -> List.of(FIND);
      case SINGLE, TIMESTAMP -> List.of(RefundEvent.PREPARED.name());
      case PRORATA -> List.of(RefundEvent.PUBLISHED.name());
      case PREPARED -> List.of(RefundEvent.APPROVED.name());
      case APPROVED -> List.of(RefundEvent.SERVED.name());
      case ISSUED -> List.of(RefundEvent.BANK_EXAMINES.name());
      case BANK_CHECK -> List.of(RefundEvent.BANK_ACCEPTS.name());
      case EXECUTING -> List.of(RefundEvent.BANK_PAID.name());
      case EXECUTED -> List.of(RefundEvent.CLOSED.name());
      // A notice runs 30 days; the city's day ends before.
      default -> List.of();
    };
  }

  private void plan(Instant from, LifeKind kind, String objectId, String state, String step) {
    if (planned.add(objectId + "\n" + step)) {
      tasks.add(new Task(from.plus(delay(kind, objectId, step)), kind, objectId, state, step));
    }
  }

  /** Log-normal around its middle, of object and step alone. */
  private Duration delay(LifeKind kind, String objectId, String step) {
    int middle = MINUTES.getOrDefault(kind + step, MINUTES.getOrDefault(step, MINUTES_ELSE));
    SplittableRandom random =
        new SplittableRandom(seed * 31 + ((long) objectId.hashCode() << 32) + step.hashCode());
    // The first numbers of neighbouring seeds are alike.
    random.nextLong();
    return Duration.ofMillis(
        Math.round(60_000 * middle * StrictMath.exp(SIGMA * random.nextGaussian())));
  }

  /**
   * What is done up to {@code now}: signed {@code RecoveryAct}s, and a bank's answers on paper as
   * {@code ChannelAnswer}s, in the order in which they are to be heard.
   */
  List<SpecificRecord> work(Instant now) {
    List<SpecificRecord> done = new ArrayList<>();
    while (!tasks.isEmpty() && !tasks.peek().dueAt().isAfter(now)) {
      Task task = tasks.poll();
      if (!stands(task)) {
        continue;
      }
      List<SpecificRecord> said = act(task, now);
      if (said.isEmpty()) {
        tasks.add(
            new Task(now.plus(AGAIN), task.kind(), task.objectId(), task.state(), task.step()));
      }
      said.forEach(record -> dueOfAct.put(OfficeActs.idOf(record), task.dueAt()));
      done.addAll(said);
    }
    return done;
  }

  private boolean stands(Task task) {
    if (task.kind() == LifeKind.STOP_ORDER) {
      StopPaymentRequest order = orders.get(task.objectId());
      return freezable(order) && filedCase(order).isPresent();
    }
    return lives.get(task.objectId()).getState().equals(task.state());
  }

  private List<SpecificRecord> act(Task task, Instant now) {
    if (task.kind() == LifeKind.STOP_ORDER) {
      StopPaymentRequest order = orders.get(task.objectId());
      frozenAccounts.add(order.getTarget().getAccountToken());
      return acts.freeze(
          order,
          filedCase(order).orElseThrow().getCaseId(),
          // What is not there any more cannot be frozen: the bank's receipt says what is.
          Math.min(order.getTracedFen(), balances.get(order.getOrderId())),
          now);
    }
    LifeTransition life = lives.get(task.objectId());
    return switch (life.getKind()) {
      case CASE -> List.of(acts.filed(life, now));
      case FREEZE -> ofFreeze(life, task.step(), now);
      case PAPER -> List.of(acts.paper(life, task.step(), now));
      case REFUND -> ofRefund(life, task.step(), now);
      default -> throw new IllegalStateException("nobody acts on a " + life.getKind());
    };
  }

  private List<SpecificRecord> ofFreeze(LifeTransition life, String step, Instant now) {
    return switch (step) {
      case VERIFY ->
          sum(life.getObjectId())
              .map(fen -> List.<SpecificRecord>of(acts.verified(life, fen, now)))
              .orElse(List.of());
      case "OPENED" ->
          sum(life.getObjectId()).isEmpty()
              ? List.of()
              : List.of(acts.opened(life, plans.get(life.getObjectId()), now));
      default -> List.of(acts.freeze(life, step, now));
    };
  }

  /** What the ledger's plan returns out of a freeze, fen; empty while it says nothing. */
  private Optional<Long> sum(String freezeId) {
    RefundPlan plan = plans.get(freezeId);
    if (plan == null
        || !plan.getObstacles().isEmpty()
        || plan.getVictims().stream()
            .map(RefundVictim::getNormalisedFen)
            .anyMatch(Objects::isNull)) {
      return Optional.empty();
    }
    return Optional.of(plan.getVictims().stream().mapToLong(RefundVictim::getNormalisedFen).sum());
  }

  private List<SpecificRecord> ofRefund(LifeTransition life, String step, Instant now) {
    String freezeId = OfficeActs.refund(life).getFreezeId();
    RefundPlan plan = plans.get(freezeId);
    return switch (step) {
      case FIND -> List.of(acts.found(life, plan, now));
      case "PREPARED" ->
          acts.prepared(life, lives.get(freezeId), plan, now).stream()
              .map(SpecificRecord.class::cast)
              .toList();
      case "BANK_EXAMINES", "BANK_ACCEPTS", "BANK_PAID" ->
          List.of(acts.answer(life, lives.get(freezeId), step, now));
      default -> List.of(acts.refund(life, step, now));
    };
  }
}
