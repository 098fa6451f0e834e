package dev.zhifu.jobs.refund;

import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.rules.money.refund.Books;
import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.HeldBooks;
import dev.zhifu.rules.money.refund.RefundException;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.BookBalance;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the books of money under risk holds, stops, freezes and refunds, and says what may be
 * returned out of each freeze. One key: a victim's money may lie frozen in several cases, and
 * nobody may get more than was lost over all of them (ADR-0096). First input: lives, stops, banks'
 * answers to holds, what frozen ledgers say, accepted reports, in any order; second: ticks. Main
 * output: plans.
 *
 * <p>The books are checked at every entry and all of them once a minute of ticks in which one
 * changed: their sum is zero, what they hold frozen is what the freezes' lives say, what left a
 * freeze has reached victims, and nobody has got more than was lost. What does not hold is an
 * alarm.
 *
 * <p>State, never cleared, since terms run for years and a victim may report late; one element
 * each: {@code refund.freezes.v1} a freeze, {@code refund.accounts.v1} a frozen account, {@code
 * refund.cases.v1} a freeze with a refund case, {@code refund.stops.v1} an order, {@code
 * refund.holds.v1} a hold, {@code refund.examined.v1} and {@code refund.plans.v1} a freeze, {@code
 * refund.claims.v1} a report, {@code refund.victims.v1} a victim, {@code refund.books.v1} a
 * restricted account; {@code refund.waiting.v1} refunds whose freeze is not read yet; {@code
 * refund.unsettled.v1} accounts whose two lives have not both spoken; {@code refund.minute.v1} one.
 */
public final class RefundFunction
    extends KeyedCoProcessFunction<String, RefundInput, Long, RefundPlan> {
  private static final long serialVersionUID = 1L;

  /** Uid of the operator. */
  public static final String UID = "refunds";

  /** The one key. */
  public static final String KEY = "refunds";

  /** Books of restricted accounts. */
  public static final OutputTag<AccountBooks> BOOKS =
      new OutputTag<>("refund.books", TypeInformation.of(AccountBooks.class));

  /** What banks are asked to pay. */
  public static final OutputTag<RefundNotice> NOTICES =
      new OutputTag<>("refund.notices", TypeInformation.of(RefundNotice.class));

  /** Victims' files. */
  public static final OutputTag<VictimFile> VICTIMS =
      new OutputTag<>("refund.victims", TypeInformation.of(VictimFile.class));

  /** What a person must look at. */
  public static final OutputTag<RecoveryAlarm> ALARMS =
      new OutputTag<>("refund.alarms", TypeInformation.of(RecoveryAlarm.class));

  private static final long MINUTE_MS = 60_000;

  /** A list was made, and it is not too late for a new victim to matter. */
  private static final Set<RefundState> LISTED =
      EnumSet.of(
          RefundState.PREPARED,
          RefundState.APPROVED,
          RefundState.ISSUED,
          RefundState.BANK_CHECK,
          RefundState.SUPPLEMENT,
          RefundState.EXECUTING,
          RefundState.FAILED_ACCOUNT,
          RefundState.EXECUTED,
          RefundState.RESIDUE_HELD);

  private static final Set<String> TO_BANK =
      Set.of(
          RefundEvent.SERVED.name(),
          RefundEvent.SUPPLEMENTED.name(),
          RefundEvent.OTHER_ACCOUNT_NAMED.name());

  private transient MapState<String, LifeTransition> freezes;
  private transient MapState<String, List<String>> accounts;
  private transient MapState<String, LifeTransition> cases;
  private transient MapState<String, List<LifeTransition>> waiting;
  private transient MapState<String, StopPaymentRequest> stops;
  private transient MapState<String, RiskHoldOutcome> holds;
  private transient MapState<String, AccountExamined> examined;
  private transient MapState<String, RefundPlan> plans;
  private transient MapState<String, Loss> claims;
  private transient MapState<String, VictimFile> victims;
  private transient MapState<String, byte[]> books;
  private transient MapState<String, Long> unsettled;
  private transient ValueState<Long> minute;

  private transient boolean changed;
  private transient long sumFen;
  private transient long unsettledFen;
  private transient Counter faults;

  @Override
  public void open(OpenContext context) {
    TypeInformation<LifeTransition> life = TypeInformation.of(LifeTransition.class);
    freezes = map("refund.freezes.v1", life);
    accounts = map("refund.accounts.v1", Types.LIST(Types.STRING));
    cases = map("refund.cases.v1", life);
    waiting = map("refund.waiting.v1", Types.LIST(life));
    stops = map("refund.stops.v1", TypeInformation.of(StopPaymentRequest.class));
    holds = map("refund.holds.v1", TypeInformation.of(RiskHoldOutcome.class));
    examined = map("refund.examined.v1", TypeInformation.of(AccountExamined.class));
    plans = map("refund.plans.v1", TypeInformation.of(RefundPlan.class));
    claims = map("refund.claims.v1", TypeInformation.of(Loss.class));
    victims = map("refund.victims.v1", TypeInformation.of(VictimFile.class));
    books = map("refund.books.v1", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    unsettled = map("refund.unsettled.v1", Types.LONG);
    minute =
        getRuntimeContext().getState(new ValueStateDescriptor<>("refund.minute.v1", Types.LONG));
    // After a start all books are read and checked once.
    changed = true;
    var metrics = getRuntimeContext().getMetricGroup();
    metrics.gauge("refundBooksSumFen", (Gauge<Long>) () -> sumFen);
    metrics.gauge("refundBooksUnsettledFen", (Gauge<Long>) () -> unsettledFen);
    faults = metrics.counter("refundBooksFaults");
  }

  private <T> MapState<String, T> map(String name, TypeInformation<T> of) {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.STRING, of));
  }

  @Override
  public void processElement1(RefundInput input, Context context, Collector<RefundPlan> out)
      throws Exception {
    Leaving leaving = new Leaving(context, out);
    if (input.life() != null && input.life().getKind() == LifeKind.FREEZE) {
      freeze(input.life(), leaving);
    } else if (input.life() != null && input.life().getKind() == LifeKind.REFUND) {
      refund(input.life(), leaving);
    } else if (input.stop() != null) {
      stop(input.stop(), leaving);
    } else if (input.hold() != null) {
      hold(input.hold(), leaving);
    } else if (input.examined() != null) {
      examined.put(input.examined().getFreezeId(), input.examined());
      plan(input.examined().getFreezeId(), leaving);
    } else if (input.claim() != null) {
      claim(input.claim().claim(), input.claim().act().getReport(), leaving);
    }
  }

  // --- restrictions

  private void freeze(LifeTransition told, Leaving leaving) throws Exception {
    String id = told.getObjectId();
    LifeTransition before = freezes.get(id);
    if (before != null && before.getSequence() >= told.getSequence()) {
      return;
    }
    freezes.put(id, told);
    String account = ((FreezeDetail) told.getDetail()).getTarget().getAccountToken();
    if (before == null) {
      List<String> on =
          new ArrayList<>(accounts.contains(account) ? accounts.get(account) : List.of());
      on.add(id);
      accounts.put(account, on);
    }
    long frozenBefore = before == null ? 0 : RefundPlans.frozenFen(before);
    long refundedBefore = before == null ? 0 : ((FreezeDetail) before.getDetail()).getRefundedFen();
    long refunded = ((FreezeDetail) told.getDetail()).getRefundedFen() - refundedBefore;
    long frozen = RefundPlans.frozenFen(told);
    long keptBefore = before == null ? 0 : RefundPlans.keptFen(before);
    long kept = RefundPlans.keptFen(told);
    String cause = cause(told);
    book(
        account,
        cause,
        told,
        leaving,
        held -> {
          held.hold(cause, Kind.FROZEN, keptBefore, kept + refunded);
          held.leftFreeze(cause + "/returned", refunded);
        });
    List<LifeTransition> early = waiting.get(id);
    if (early != null) {
      waiting.remove(id);
      for (LifeTransition refund : early) {
        refund(refund, leaving);
      }
    }
    plan(id, leaving);
    if (frozen != frozenBefore) {
      for (String other : freezesOf(told.getCaseId())) {
        if (!other.equals(id)) {
          plan(other, leaving);
        }
      }
    }
  }

  private List<String> freezesOf(String caseId) throws Exception {
    List<String> of = new ArrayList<>();
    for (Map.Entry<String, LifeTransition> freeze : freezes.entries()) {
      if (freeze.getValue().getCaseId().equals(caseId)) {
        of.add(freeze.getKey());
      }
    }
    return of;
  }

  private void stop(StopPaymentRequest told, Leaving leaving) throws Exception {
    StopPaymentRequest before = stops.get(told.getOrderId());
    if (before != null && before.getSequence() >= told.getSequence()) {
      return;
    }
    stops.put(told.getOrderId(), told);
    long from = before == null ? 0 : stoppedFen(before);
    long to = stoppedFen(told);
    if (from != to) {
      String cause = told.getOrderId() + ':' + told.getSequence();
      book(
          told.getTarget().getAccountToken(),
          cause,
          null,
          leaving.at(told.getTickAt()),
          held -> held.hold(cause, Kind.STOPPED, from, to));
    }
  }

  /** Victims' money on the account when it was stopped: the balance is never called theirs. */
  private static long stoppedFen(StopPaymentRequest stop) {
    return OrderTable.IN_FORCE.contains(stop.getState()) ? stop.getTracedFen() : 0;
  }

  private void hold(RiskHoldOutcome told, Leaving leaving) throws Exception {
    RiskHoldOutcome before = holds.get(told.getHoldId());
    boolean over = before != null && before.getResult() != HoldResult.APPLIED;
    if (over || before != null && told.getResult() == HoldResult.APPLIED) {
      return;
    }
    holds.put(told.getHoldId(), told);
    long from = before == null ? 0 : before.getHeldFen();
    long to = told.getResult() == HoldResult.APPLIED ? told.getHeldFen() : 0;
    if (from != to) {
      String cause = told.getHoldId() + ':' + told.getResult();
      book(
          "hold:" + told.getHoldId(),
          cause,
          null,
          leaving.at(told.getAt()),
          held -> held.hold(cause, Kind.HELD, from, to));
    }
  }

  // --- refunds

  private void refund(LifeTransition told, Leaving leaving) throws Exception {
    RefundDetail detail = (RefundDetail) told.getDetail();
    LifeTransition freeze = freezes.get(detail.getFreezeId());
    if (freeze == null) {
      List<LifeTransition> early =
          new ArrayList<>(
              waiting.contains(detail.getFreezeId())
                  ? waiting.get(detail.getFreezeId())
                  : List.of());
      early.add(told);
      waiting.put(detail.getFreezeId(), early);
      return;
    }
    LifeTransition before = cases.get(detail.getFreezeId());
    boolean newest =
        before == null
            || (before.getObjectId().equals(told.getObjectId())
                ? before.getSequence() < told.getSequence()
                : !told.getTickAt().isBefore(before.getTickAt()));
    if (newest) {
      cases.put(detail.getFreezeId(), told);
    }
    if (TO_BANK.contains(told.getEvent())) {
      leaving.notice(RefundSheets.notice(told, freeze));
    }
    Set<String> touched = new TreeSet<>(Set.of(detail.getFreezeId()));
    if (told.getEvent().equals(RefundEvent.BANK_PAID.name())) {
      // Each payment is booked by its own transition, whatever is known of later ones.
      touched.addAll(paid(told, freeze, leaving));
    }
    for (String freezeId : touched) {
      plan(freezeId, leaving);
    }
  }

  /** Freezes with money of those who were paid. */
  private Set<String> paid(LifeTransition told, LifeTransition freeze, Leaving leaving)
      throws Exception {
    Map<String, Long> shares = new TreeMap<>();
    for (RefundShare share : ((RefundDetail) told.getDetail()).getShares()) {
      shares.merge(share.getVictim(), share.getRefundFen(), Long::sum);
    }
    Map<String, Long> news = new TreeMap<>();
    String cause = cause(told);
    book(
        ((FreezeDetail) freeze.getDetail()).getTarget().getAccountToken(),
        cause,
        told,
        leaving,
        held -> news.putAll(held.paid(cause, shares)));
    Set<String> touched = new TreeSet<>();
    for (Map.Entry<String, Long> one : news.entrySet()) {
      VictimFile file = file(one.getKey());
      VictimFile now = RefundSheets.paid(file, freeze.getObjectId(), one.getValue());
      leaving.victim(file, now);
      now.getParts().forEach(part -> touched.add(part.getFreezeId()));
      withinLoss(now, told, leaving);
    }
    return touched;
  }

  /** Before the reports are read nothing can be said. */
  private void withinLoss(VictimFile file, LifeTransition life, Leaving leaving) {
    long got = file.getRefundedFen() + file.getCompensationFen();
    if (file.getLossFen() > 0 && got > file.getLossFen()) {
      fault(
          file.getVictim(),
          life,
          leaving,
          "WITHIN_LOSS: victim "
              + file.getVictim()
              + " lost "
              + file.getLossFen()
              + " fen, got "
              + file.getRefundedFen()
              + " back and "
              + file.getCompensationFen()
              + " otherwise; recover what is above the loss",
          String.valueOf(got));
    }
  }

  private void claim(String claim, VictimReport report, Leaving leaving) throws Exception {
    if (claims.contains(claim)) {
      return;
    }
    long lossFen = 0;
    for (ReportedTransfer transfer : report.getTransfers()) {
      lossFen = Math.addExact(lossFen, transfer.getAmountFen());
    }
    String victim = report.getHolderToken();
    claims.put(claim, new Loss(victim, lossFen));
    leaving.victim(file(victim), RefundSheets.reported(file(victim), claim, lossFen));
    withinLoss(file(victim), null, leaving.at(report.getReportedAt()));
    Set<String> touched = new TreeSet<>();
    file(victim).getParts().forEach(part -> touched.add(part.getFreezeId()));
    for (AccountExamined one : examined.values()) {
      for (RefundFinding finding : one.getFindings()) {
        if (finding.getClaim().equals(claim)) {
          touched.add(one.getFreezeId());
        }
      }
    }
    for (String freezeId : touched) {
      plan(freezeId, leaving);
    }
  }

  private VictimFile file(String victim) throws Exception {
    VictimFile known = victims.get(victim);
    return known == null ? RefundSheets.fresh(victim) : known;
  }

  // --- plans

  private void plan(String freezeId, Leaving leaving) throws Exception {
    LifeTransition freeze = freezes.get(freezeId);
    AccountExamined said = examined.get(freezeId);
    if (freeze == null || said == null) {
      return;
    }
    LifeTransition refund = cases.get(freezeId);
    Map<String, RefundShare> shares = new HashMap<>();
    if (refund != null) {
      ((RefundDetail) refund.getDetail())
          .getShares()
          .forEach(share -> shares.put(share.getVictim(), share));
    }
    Map<String, Loss> losses = new HashMap<>();
    Map<String, RefundPlans.Known> known = new HashMap<>();
    for (RefundFinding finding : said.getFindings()) {
      Loss loss = claims.get(finding.getClaim());
      if (loss != null) {
        losses.put(finding.getClaim(), loss);
        VictimFile file = file(loss.victim());
        RefundShare share = shares.get(loss.victim());
        known.put(
            loss.victim(),
            new RefundPlans.Known(
                file.getLossFen(),
                share == null ? 0 : share.getCompensationFen(),
                RefundSheets.refundedFen(file, freezeId),
                file.getRefundedFen()));
      }
    }
    long inCase = 0;
    for (String other : freezesOf(freeze.getCaseId())) {
      inCase = Math.addExact(inCase, RefundPlans.frozenFen(freezes.get(other)));
    }
    RefundPlan now = RefundPlans.plan(freeze, said, inCase, losses, known);
    RefundPlan before = plans.get(freezeId);
    if (before != null) {
      now.setRevision(before.getRevision());
    }
    if (!now.equals(before)) {
      now.setRevision(now.getRevision() + 1);
      plans.put(freezeId, now);
      leaving.plan(now);
    }
    for (VictimFile file : files(before, now)) {
      leaving.victim(file, RefundSheets.part(file, now, refund, shares.get(file.getVictim())));
    }
    newVictims(now, refund, shares, leaving);
  }

  /** Of everybody in either plan. */
  private List<VictimFile> files(RefundPlan before, RefundPlan now) throws Exception {
    Set<String> all = new TreeSet<>();
    now.getVictims().forEach(one -> all.add(one.getVictim()));
    if (before != null) {
      before.getVictims().forEach(one -> all.add(one.getVictim()));
    }
    List<VictimFile> files = new ArrayList<>();
    for (String victim : all) {
      files.add(file(victim));
    }
    return files;
  }

  private static void newVictims(
      RefundPlan plan, LifeTransition refund, Map<String, RefundShare> shares, Leaving leaving) {
    if (refund == null || !LISTED.contains(RefundState.valueOf(refund.getState()))) {
      return;
    }
    for (RefundVictim victim : plan.getVictims()) {
      if (!shares.containsKey(victim.getVictim())) {
        leaving.alarm(
            "NEW_VICTIM",
            refund,
            "refund "
                + refund.getObjectId()
                + " is "
                + refund.getState()
                + " and its list lacks victim "
                + victim.getVictim()
                + ", of whom "
                + victim.getTracedFen()
                + " fen came into the account (返还规定 art. 8); before payment refuse it and open"
                + " another, after payment sign NEW_VICTIM",
            victim.getVictim());
      }
    }
  }

  // --- books

  private interface Entry {
    void enter(HeldBooks held) throws RefundException;
  }

  /** Enters and checks; what is refused changes nothing and is an alarm. */
  private void book(String account, String cause, LifeTransition life, Leaving leaving, Entry entry)
      throws Exception {
    byte[] known = books.get(account);
    Books now = known == null ? new Books() : Books.of(known);
    try {
      entry.enter(new HeldBooks(account, now));
    } catch (RefundException e) {
      fault(account, life, leaving, "ENTRY_ALLOWED: " + e.getMessage(), cause);
      return;
    }
    books.put(account, now.toBytes());
    changed = true;
    HeldBooks held = new HeldBooks(account, now);
    List<String> found = check(account, held);
    for (String one : found) {
      fault(account, life, leaving, one, cause);
    }
    long open = held.of(Kind.PAYING);
    if (open == 0) {
      unsettled.remove(account);
    } else if (!unsettled.contains(account)) {
      unsettled.put(account, life == null ? leaving.atMs() : life.getTickAt().toEpochMilli());
    }
    List<BookBalance> balances = new ArrayList<>();
    now.balances()
        .forEach(
            (place, fen) -> balances.add(new BookBalance(place.kind().name(), place.of(), fen)));
    leaving.books(new AccountBooks(account, balances, now.total(), open, found, cause));
  }

  private List<String> check(String account, HeldBooks held) throws Exception {
    List<String> found = new ArrayList<>();
    if (held.books().total() != 0) {
      found.add(
          "SUM_ZERO: the books of "
              + account
              + " add up to "
              + held.books().total()
              + " fen; stop refunds and compare them with recovery.lives");
    }
    long frozen = 0;
    List<String> on = accounts.get(account);
    for (String freezeId : on == null ? List.<String>of() : on) {
      frozen = Math.addExact(frozen, RefundPlans.keptFen(freezes.get(freezeId)));
    }
    if (held.of(Kind.FROZEN) != frozen) {
      found.add(
          "FROZEN_AGREES: the books of "
              + account
              + " hold "
              + held.of(Kind.FROZEN)
              + " fen frozen, its freezes "
              + frozen
              + "; stop refunds and compare them with recovery.lives");
    }
    return found;
  }

  private void fault(
      String object, LifeTransition life, Leaving leaving, String words, String cause) {
    faults.inc();
    leaving.alarm("BOOKS", life, object, words, cause);
  }

  private static String cause(LifeTransition life) {
    return life.getObjectId() + ':' + life.getSequence();
  }

  @Override
  public void processElement2(Long tickMs, Context context, Collector<RefundPlan> out)
      throws Exception {
    long now = tickMs / MINUTE_MS;
    Long before = minute.value();
    if (before != null && now <= before) {
      return;
    }
    minute.update(now);
    Leaving leaving = new Leaving(context, out).at(Instant.ofEpochMilli(tickMs));
    if (changed) {
      changed = false;
      sumFen = 0;
      for (Map.Entry<String, byte[]> entry : books.entries()) {
        sumFen = Math.addExact(sumFen, Books.of(entry.getValue()).total());
      }
      if (sumFen != 0) {
        fault(
            KEY,
            null,
            leaving,
            "SUM_ZERO: all books together add up to " + sumFen + " fen; stop refunds",
            "minute:" + now);
      }
    }
    unsettledFen = 0;
    for (Map.Entry<String, Long> one : unsettled.entries()) {
      long open = new HeldBooks(one.getKey(), Books.of(books.get(one.getKey()))).of(Kind.PAYING);
      unsettledFen = Math.addExact(unsettledFen, Math.abs(open));
      if (tickMs - one.getValue() >= MINUTE_MS) {
        fault(
            one.getKey(),
            null,
            leaving,
            "SETTLED: "
                + open
                + " fen of account "
                + one.getKey()
                + " left its freeze and have not reached victims by the refund's life, or the other"
                + " way; compare the bank's receipt with the list",
            "since:" + one.getValue());
      }
    }
  }

  /** What leaves during one input. */
  private final class Leaving {
    private final Context context;
    private final Collector<RefundPlan> out;
    private Instant at;

    private Leaving(Context context, Collector<RefundPlan> out) {
      this.context = context;
      this.out = out;
    }

    private Leaving at(Instant time) {
      at = time;
      return this;
    }

    private long atMs() {
      return at == null ? 0 : at.toEpochMilli();
    }

    private void plan(RefundPlan plan) {
      out.collect(plan);
    }

    private void books(AccountBooks told) {
      context.output(BOOKS, told);
    }

    private void notice(RefundNotice notice) {
      context.output(NOTICES, notice);
    }

    private void victim(VictimFile before, VictimFile now) throws Exception {
      if (!now.equals(before)) {
        victims.put(now.getVictim(), now);
        context.output(VICTIMS, now);
      }
    }

    private void alarm(String alarm, LifeTransition life, String words, String cause) {
      alarm(alarm, life, life.getObjectId(), words, cause);
    }

    private void alarm(
        String alarm, LifeTransition life, String object, String words, String cause) {
      context.output(
          ALARMS,
          new RecoveryAlarm(
              Sha256.hex(object + "\n" + alarm + "\n" + cause),
              alarm,
              life == null ? LifeKind.FREEZE : life.getKind(),
              object,
              life == null ? "" : life.getCaseId(),
              words,
              cause,
              life == null ? at : life.getTickAt()));
    }
  }
}
