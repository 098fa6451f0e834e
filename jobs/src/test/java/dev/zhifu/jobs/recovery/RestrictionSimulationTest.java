package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.refund.RefundFunction;
import dev.zhifu.jobs.refund.RefundInput;
import dev.zhifu.jobs.refund.RefundSpecimens;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.calendar.WorkCalendar;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.Happening;
import dev.zhifu.rules.lives.desk.LifeDesk;
import dev.zhifu.rules.lives.desk.RiskHolds;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.rules.lives.holds.RiskHoldTable;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Acts, answers, messages and ticks on all restrictions of one account at once, some of them
 * doubled, late or out of order, and the books that hear of it: every transition is a row of its
 * table, every restriction that was in force ends once and its holder is told so once, and the
 * books add up to zero after each step. Where {@code LifeSimulationTest} plays a case, a freeze and
 * a refund, here stops, victim holds, risk holds, appeals and the ledger are in play too. {@code
 * -Drestrictions.seed=N -Drestrictions.seeds=1} plays one seed again.
 */
public class RestrictionSimulationTest {
  private static final long SEED = Long.getLong("restrictions.seed", 1);
  private static final int SEEDS = Integer.getInteger("restrictions.seeds", 2_000);
  private static final int STEPS = 100;

  /** The ledger is one key with all books: a new one now and then keeps it small. */
  private static final int STORIES_A_LEDGER = 40;

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final LifeDesk DESK = new LifeDesk(new LegalTerms(WorkCalendar.official()));

  private static final Map<LifeKind, LifeTable<?, ?, ?, ?>> TABLES =
      Map.of(
          LifeKind.CASE, CaseTable.law(),
          LifeKind.FREEZE, FreezeTable.law(),
          LifeKind.REFUND, RefundTable.law(),
          LifeKind.VICTIM_HOLD, VictimHoldTable.law(),
          LifeKind.RISK_HOLD, RiskHoldTable.law(),
          LifeKind.APPEAL, AppealTable.law(),
          LifeKind.PAPER, PaperTable.law());

  /** What would end most histories before they tell anything; played now and then. */
  private static final Set<String> ENDINGS =
      Set.of(
          "NOT_FILED",
          "WITHDRAWN",
          "CLOSED",
          "TRANSFERRED",
          "REFUSED",
          "BANK_REFUSED",
          "FOUND_UNRELATED",
          "CASE_DROPPED",
          "APPEAL_UPHELD",
          "RELEASE_SIGNED",
          "LIFT_DECIDED");

  @Test
  void everyRestrictionEndsOnceByItsTableAndTheBooksAddUp() throws Exception {
    Map<String, Integer> seen = new HashMap<>();
    for (long seed = SEED; seed < SEED + SEEDS; seed += STORIES_A_LEDGER) {
      try (var ledger = ledger()) {
        for (long one = seed; one < Math.min(seed + STORIES_A_LEDGER, SEED + SEEDS); one++) {
          play(one, ledger, seen);
        }
      }
    }
    System.out.println("restrictions: " + SEEDS + " stories from seed " + SEED + ", " + seen);
    if (SEEDS >= 1_000) {
      assertThat(seen.keySet())
          .as("the stories do reach what is checked")
          .contains(
              "FREEZE ended",
              "VICTIM_HOLD ended",
              "RISK_HOLD ended",
              "APPEAL UPHELD",
              "REFUND EXECUTED",
              "REFUND NOTICE",
              "STOP_ORDER ACTIVE");
    }
  }

  /**
   * Plays one story with books of its own; what breaks a bound fails.
   *
   * @return restrictions that were in force and ended
   */
  public static long play(long seed) throws Exception {
    try (var ledger = ledger()) {
      Story story = new Story(seed, ledger);
      story.play();
      return story.ended.size();
    }
  }

  private static void play(long seed, Ledger ledger, Map<String, Integer> seen) throws Exception {
    Story story = new Story(seed, ledger);
    try {
      story.play();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed "
              + seed
              + " (again with -Drestrictions.seed="
              + seed
              + " -Drestrictions.seeds=1): "
              + e.getMessage(),
          e);
    }
    story.seen.forEach(one -> seen.merge(one, 1, Integer::sum));
  }

  private static Ledger ledger() throws Exception {
    Ledger ledger = new Ledger();
    ledger.open();
    return ledger;
  }

  /** The books. */
  private static final class Ledger
      extends KeyedTwoInputStreamOperatorTestHarness<String, RefundInput, Long, RefundPlan> {
    private long lastMs;

    Ledger() throws Exception {
      super(
          new KeyedCoProcessOperator<>(new RefundFunction()),
          input -> RefundFunction.KEY,
          tick -> RefundFunction.KEY,
          Types.STRING);
    }

    void hear(RefundInput input) throws Exception {
      processElement1(new StreamRecord<>(input));
      check();
    }

    /** The next minute after {@code at}, in which all books are held against the lives. */
    void minute(Instant at) throws Exception {
      // Each story begins at T0 again; the ledger's clock has gone on.
      lastMs = Math.max(lastMs, at.toEpochMilli()) + 60_000;
      processElement2(new StreamRecord<>(lastMs));
      check();
    }

    private void check() {
      var books = getSideOutput(RefundFunction.BOOKS);
      while (books != null && !books.isEmpty()) {
        AccountBooks one = books.poll().getValue();
        assertThat(one.getSumFen()).as("books of %s", one.getAccount()).isZero();
        assertThat(one.getFaults()).as("books of %s", one.getAccount()).isEmpty();
      }
      var alarms = getSideOutput(RefundFunction.ALARMS);
      while (alarms != null && !alarms.isEmpty()) {
        RecoveryAlarm alarm = alarms.poll().getValue();
        assertThat(alarm.getAlarm()).as(alarm.getWords()).isNotEqualTo("BOOKS");
      }
      getOutput().clear();
    }
  }

  private interface Delivery {
    void arrive() throws Exception;
  }

  /** One account with everything that can restrict it. */
  private static final class Story implements DeskOutput {
    private final SplittableRandom random;
    private final Ledger ledger;
    private final String name;
    private final CaseFile file;
    private final CaseFile holdFile;
    private final List<Delivery> sent = new ArrayList<>();
    private final List<Delivery> late = new ArrayList<>();
    private final Deque<RefundInput> told = new ArrayDeque<>();
    private final List<RefundInput> toldBefore = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<String> inForce = new HashSet<>();
    private final Map<String, Integer> begun = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final Map<String, Integer> endNotices = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private StopPaymentRequest stop;
    private Instant now = T0;
    private int causes;

    Story(long seed, Ledger ledger) {
      this.random = new SplittableRandom(seed);
      this.ledger = ledger;
      this.name = "s" + seed;
      this.file = new CaseFile(id("case"), Map.of());
      this.holdFile = new CaseFile(id("hold"), Map.of());
    }

    private String id(String what) {
      return name + "-" + what;
    }

    void play() throws Exception {
      DESK.adopt(file, RecoveryFunctionTest.emergency(id("case")), now, this);
      numbers.put(id("case"), file.get(id("case")).getSequence());
      take(file, LifeKind.CASE, id("case"), act("FILED", Role.COUNTY_HEAD, null, "reason", null));
      // No account is frozen that no stop order of the case leads to.
      stop();
      settle();
      if (random.nextInt(4) == 0) {
        straightToTheBank();
      }
      for (int step = 0; step < STEPS; step++) {
        step(random.nextInt(24));
        settle();
      }
      // Nobody acts any more: what is in force ends by its clock alone.
      for (int days : List.of(1, 31, 100, 200, 400, 800)) {
        pass(Duration.ofDays(days));
        settle();
      }
      ledger.minute(now);
      check();
    }

    private void step(int choice) throws Exception {
      switch (choice) {
        case 0, 1 -> {
          if (!sent.isEmpty()) {
            sent.get(random.nextInt(sent.size())).arrive();
          }
        }
        case 2, 3 -> {
          if (!late.isEmpty()) {
            late.remove(random.nextInt(late.size())).arrive();
          }
        }
        case 4, 5 -> {
          boolean leap = random.nextInt(15) == 0;
          pass(Duration.ofMinutes(random.nextInt(leap ? 60 * 24 * 60 : 60 * 30)));
        }
        case 6 -> stop();
        case 7 -> asked();
        case 8 -> answered();
        case 9, 10 -> appeal();
        case 11, 12, 13 -> walk(LifeKind.VICTIM_HOLD, id("victim"));
        case 14 -> walk(LifeKind.CASE, id("case"));
        case 15, 16, 17, 18, 19 -> walk(LifeKind.FREEZE, id("freeze"));
        default -> walk(LifeKind.REFUND, id("refund"));
      }
    }

    /** Now, later, or now and later again. */
    private void deliver(Delivery delivery) throws Exception {
      sent.add(delivery);
      if (random.nextInt(8) == 0) {
        late.add(delivery);
      } else {
        delivery.arrive();
      }
    }

    // ---- what happens

    private void walk(LifeKind kind, String id) throws Exception {
      LifeTransition life = file.get(id);
      String state = life == null ? null : life.getState();
      boolean outOfPlace = random.nextInt(5) == 0;
      var rows =
          TABLES.get(kind).rows().stream()
              .filter(
                  row ->
                      outOfPlace
                          || (state == null
                              ? row.from().isEmpty()
                              : row.from().stream().anyMatch(from -> from.name().equals(state))))
              .toList();
      if (rows.isEmpty()) {
        return;
      }
      var row = rows.get(random.nextInt(rows.size()));
      String event = row.event().name();
      if (event.equals("REFUND_EXECUTED")) {
        // Nobody says so of a freeze: it follows from a refund that its bank has paid.
        return;
      }
      if (ENDINGS.contains(event) && random.nextInt(20) > 0) {
        return;
      }
      List<Role> roles = row.roles().stream().sorted().toList();
      // Some banks freeze more than they were asked.
      long fen = List.of(1_000_000L, 4_000_000L, 5_000_000L).get(random.nextInt(3));
      Happening happening =
          happening(kind, id, event, roles.get(random.nextInt(roles.size())), fen);
      deliver(() -> take(file, kind, id, happening));
    }

    /** A freeze and a refund at its bank: by chance alone few stories come so far. */
    private void straightToTheBank() throws Exception {
      for (String event :
          List.of("PROPOSED", "SUBMITTED", "REVIEWED", "APPROVED", "SENT", "BANK_FROZE")) {
        straight(LifeKind.FREEZE, id("freeze"), event);
      }
      for (String event :
          List.of("OPENED", "FLOW_TABLE_BUILT", "FOUND_SINGLE", "PREPARED", "APPROVED", "SERVED")) {
        straight(LifeKind.REFUND, id("refund"), event);
      }
    }

    private void straight(LifeKind kind, String id, String event) throws Exception {
      Role role =
          TABLES.get(kind).rows().stream()
              .filter(row -> row.event().name().equals(event))
              .flatMap(row -> row.roles().stream())
              .sorted()
              .findFirst()
              .orElseThrow();
      Happening happening = happening(kind, id, event, role, 4_000_000);
      sent.add(() -> take(file, kind, id, happening));
      take(file, kind, id, happening);
      settle();
    }

    private Happening happening(LifeKind kind, String id, String event, Role role, long fen) {
      return role == Role.BANK
          ? Happening.of(answer(kind, id, event, fen))
          : role.person()
              ? act(event, role, detail(kind), "reason", fen)
              : Happening.message(event, role, now, cause(), null).with("", fen);
    }

    private Object detail(LifeKind kind) {
      return switch (kind) {
        case FREEZE -> {
          FreezeDetail freeze = RecoveryFunctionTest.freeze();
          freeze.getTarget().setAccountToken(id("mule"));
          yield freeze;
        }
        case REFUND ->
            RefundSpecimens.refund(
                id("freeze"),
                List.of(
                    RefundSpecimens.share(
                        id("v"), 4_000_000, 4_000_000, 0, 1_000_000 + random.nextInt(2))));
        case VICTIM_HOLD -> {
          var target = RecoveryFunctionTest.freeze().getTarget();
          target.setHolderToken("victim");
          yield VictimHoldDetail.newBuilder()
              .setTarget(target)
              .setVictim("victim")
              .setDays(1 + random.nextInt(31))
              .build();
        }
        default -> null;
      };
    }

    private void appeal() throws Exception {
      String about = List.of("freeze", "victim", "hold", "stop").get(random.nextInt(4));
      String id = id("appeal-" + about);
      CaseFile of = about.equals("hold") ? holdFile : file;
      LifeTransition restriction = of.get(id(about));
      if (restriction == null) {
        return;
      }
      if (of.get(id) == null) {
        AppealDetail detail =
            AppealDetail.newBuilder()
                .setRestrictionId(id(about))
                .setRestriction(restriction.getKind())
                .setAccountToken(id("mule"))
                .setBank("B01")
                .setHolder("mule-holder")
                .setStatement("wages")
                .setSubmittedAt(now)
                .setDecidingOfficer("officer-1")
                .setEvidence(List.of("hit-1"))
                .setHarm("rent")
                .build();
        Happening submitted = Happening.message("SUBMITTED", Role.HOLDER, now, cause(), detail);
        deliver(() -> take(of, LifeKind.APPEAL, id, submitted));
        return;
      }
      String event =
          List.of("ACCEPTED", "CHECK_BEGUN", "REJECTED", "UPHELD", "UPHELD").get(random.nextInt(5));
      Role role = random.nextInt(3) == 0 ? Role.COUNTY_HEAD : Role.DUTY_OFFICER;
      Happening decided = act(event, role, null, "MODEL_FP", null);
      deliver(() -> take(of, LifeKind.APPEAL, id, decided));
    }

    private void asked() throws Exception {
      boolean place = random.nextInt(3) > 0;
      RiskHold hold =
          RiskHold.newBuilder()
              .setHoldId(id("hold"))
              .setSequence(place ? 1 : 2)
              .setAction(place ? HoldAction.PLACE : HoldAction.LIFT)
              .setBank("B01")
              .setAccount(RecoveryFunctionTest.freeze().getTarget())
              .setAmountFen(4_000_000)
              .setReasonCode(place ? ReasonCode.PASS_THROUGH : ReasonCode.SCORE_DROPPED)
              .setOccurredAt(now)
              .setEndsAt(now.plus(Duration.ofHours(24)))
              .setNoticeId(id("notice"))
              .build();
      deliver(() -> RiskHolds.asked(DESK, holdFile, hold, now, this));
    }

    private void answered() throws Exception {
      HoldResult[] results = HoldResult.values();
      RiskHoldOutcome outcome =
          RiskHoldOutcome.newBuilder()
              .setHoldId(id("hold"))
              .setBank(random.nextInt(10) == 0 ? "B02" : "B01")
              .setResult(
                  random.nextBoolean()
                      ? HoldResult.APPLIED
                      : results[random.nextInt(results.length)])
              .setHeldFen(4_000_000)
              .setAt(now)
              .build();
      deliver(
          () -> {
            RiskHolds.answered(DESK, holdFile, outcome, now, this);
            told.add(RefundInput.hold(outcome));
          });
    }

    /** The next step of an order by its own table, as stop-orders tells it. */
    private void stop() throws Exception {
      OrderState from = stop == null ? null : stop.getState();
      List<OrderState> to =
          OrderTable.law().rows().stream()
              .filter(row -> from == null ? row.from().isEmpty() : row.from().contains(from))
              .map(row -> row.to())
              .toList();
      if (to.isEmpty()) {
        return;
      }
      stop =
          StopPaymentRequest.newBuilder(
                  StopWatchFunctionTest.order(
                      id("stop"),
                      id("mule"),
                      to.get(random.nextInt(to.size())),
                      stop == null ? 1 : stop.getSequence() + 1))
              .setFromState(from)
              .setCaseIds(List.of(id("case")))
              .setTracedFen(4_000_000)
              .setTickAt(now)
              .build();
      StopPaymentRequest said = stop;
      deliver(
          () -> {
            DESK.adopt(file, said, now, this).ifPresent(this::stopped);
            told.add(RefundInput.stop(said));
          });
    }

    private void stopped(LifeTransition stop) {
      assertThat(stop.getSequence())
          .as("an old word about a stop changes nothing")
          .isGreaterThan(
              Objects.requireNonNullElse(numbers.put(id("stop"), stop.getSequence()), 0L));
      seen.add("STOP_ORDER " + stop.getState());
    }

    private Happening act(String event, Role role, Object detail, String reason, Long fen) {
      String cause = cause();
      return new Happening(
          event,
          role,
          role == Role.LEGAL_REVIEWER ? "reviewer-1" : "officer-1",
          "officer-2",
          now,
          reason,
          List.of("id:1", "notice:1", "visit:1", "publication:1"),
          fen,
          detail,
          null,
          random.nextInt(20) > 0,
          cause,
          cause);
    }

    private ChannelAnswer answer(LifeKind kind, String id, String event, long fen) {
      return ChannelAnswer.newBuilder()
          .setAnswerId(cause())
          .setCode("100202")
          .setChannel(OrderChannel.PLATFORM)
          .setKind(kind)
          .setObjectId(id)
          .setCaseId(id("case"))
          .setApplicationId("00000000-0000-0000-0000-000000000001")
          .setBank(random.nextInt(15) == 0 ? "B02" : "B01")
          .setEvent(event)
          .setAmountFen(fen)
          .setStartTime(random.nextInt(8) == 0 ? null : now)
          .setAt(now)
          .build();
    }

    private String cause() {
      return name + ":" + causes++;
    }

    private void take(CaseFile of, LifeKind kind, String id, Happening happening) {
      DESK.take(of, kind, id, happening, now, this);
    }

    private void pass(Duration time) {
      now = now.plus(time);
      DESK.ring(file, now, this);
      DESK.ring(holdFile, now, this);
    }

    /** The books hear what was said, and at times something again. */
    private void settle() throws Exception {
      while (!told.isEmpty()) {
        RefundInput input = told.poll();
        toldBefore.add(input);
        ledger.hear(input);
        if (random.nextInt(6) == 0) {
          ledger.hear(toldBefore.get(random.nextInt(toldBefore.size())));
        }
      }
    }

    // ---- what is checked

    private void check() {
      assertThat(inForce).as("in force when all time has passed").isEmpty();
      assertThat(ended).as("ended as often as begun").isEqualTo(begun);
      assertThat(begun.values()).as("in force again after its end").allMatch(times -> times == 1);
      assertThat(endNotices.values()).as("told of the end twice").allMatch(times -> times == 1);
      for (String freezeOrVictim : List.of(id("freeze"), id("victim"))) {
        if (ended.containsKey(freezeOrVictim)) {
          assertThat(endNotices).as("told of the end").containsKey(freezeOrVictim);
        }
      }
      for (CaseFile of : List.of(file, holdFile)) {
        assertThat(of.nextClock().filter(at -> !at.isAfter(now))).as("clocks due").isEmpty();
      }
    }

    @Override
    public void transition(LifeTransition moved) {
      String id = moved.getObjectId();
      assertThat(moved.getSequence()).as(id).isEqualTo(numbers.merge(id, 1L, Long::sum));
      assertThat(
              TABLES.get(moved.getKind()).rows().stream()
                  .anyMatch(
                      row ->
                          row.event().name().equals(moved.getEvent())
                              && row.to().name().equals(moved.getState())
                              && row.roles().contains(Role.valueOf(moved.getRole()))
                              && (moved.getFromState() == null
                                  ? row.from().isEmpty()
                                  : row.from().stream()
                                      .anyMatch(from -> from.name().equals(moved.getFromState())))))
          .as("a row for %s", moved)
          .isTrue();
      if (holds(moved)) {
        if (inForce.add(id)) {
          begun.merge(id, 1, Integer::sum);
        }
      } else if (inForce.remove(id)) {
        ended.merge(id, 1, Integer::sum);
        seen.add(moved.getKind() + " ended");
      }
      seen.add(moved.getKind() + " " + moved.getState());
      if (moved.getKind() == LifeKind.FREEZE || moved.getKind() == LifeKind.REFUND) {
        told.add(RefundInput.life(moved));
      }
    }

    private static boolean holds(LifeTransition life) {
      return switch (life.getKind()) {
        case FREEZE ->
            FreezeTable.HOLDING.contains(FreezeState.valueOf(life.getState()))
                && ((FreezeDetail) life.getDetail()).getStartAt() != null;
        case VICTIM_HOLD ->
            Set.of(VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE)
                .contains(VictimHoldState.valueOf(life.getState()));
        case RISK_HOLD -> RiskHoldTable.LIVE.contains(RiskHoldState.valueOf(life.getState()));
        default -> false;
      };
    }

    @Override
    public void adopted(LifeTransition transition) {
      throw new AssertionError("nothing is read back here: " + transition);
    }

    @Override
    public void request(ChannelRequest request) {
      assertThat(request.getAmountFen()).isNotNegative();
    }

    @Override
    public void notice(RestrictionNotice notice) {
      if (!notice.getInForce()) {
        endNotices.merge(notice.getRestrictionId(), 1, Integer::sum);
      }
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      seen.add("alarm " + alarm.getAlarm());
    }
  }
}
