package dev.zhifu.jobs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.refund.RefundFunction;
import dev.zhifu.jobs.refund.RefundInput;
import dev.zhifu.jobs.refund.RefundSpecimens;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.rules.money.trace.WorkList;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.VictimFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/**
 * Every fen from the loss to the refund: random graphs are traced by the trace's own node, what it
 * finds is frozen, the frozen ledgers are examined and refunded in two rounds by the job's own
 * functions, and after all of it what was lost is what is still there and what has ended, what was
 * frozen is what was refunded and what stays, and nobody has got more than was lost or came to the
 * account. 2,000 graphs by default; {@code -Dmoney.cases=100000} runs more, {@code -Dmoney.seed=N
 * -Dmoney.cases=1} plays one seed again; {@code ./zhifu bench money} runs them in blocks.
 */
class ConservationSimulationTest {
  private static final int CASES = Integer.getInteger("money.cases", 2_000);
  private static final long SEED = Long.getLong("money.seed", 20_260_301L);
  private static final long T0 = RefundSpecimens.T0.toEpochMilli();

  @Test
  void whatWasLostIsFoundAndWhatWasFrozenIsRefundedOrStays() throws Exception {
    Told told = new Told();
    try (Player player = new Player()) {
      for (int i = 0; i < CASES; i++) {
        player.play(SEED + i, told);
      }
    }
    System.out.printf(
        "conservation: %d graphs from seed %d, %s, 0 differences%n", CASES, SEED, told);
    if (CASES > 100) {
      assertThat(told.ways.keySet()).containsExactlyInAnyOrder(RefundWay.values());
      assertThat(told.shared).as("accounts with money of several victims").isPositive();
      assertThat(told.residue).as("fen that stay frozen").isPositive();
      assertThat(told.ended).as("fen that came to an end").isPositive();
    }
  }

  /** What the graphs came to, fen. */
  private static final class Told {
    private final Map<RefundWay, Integer> ways = new TreeMap<>();
    private long lost;
    private long there;
    private long ended;
    private long frozen;
    private long refunded;
    private long residue;
    private int shared;

    @Override
    public String toString() {
      return "lost "
          + lost
          + " = there "
          + there
          + " + ended "
          + ended
          + ", frozen "
          + frozen
          + " = refunded "
          + refunded
          + " + residue "
          + residue
          + " fen, "
          + shared
          + " accounts shared, ways "
          + ways;
    }
  }

  /** Plays graph after graph; a new ledger of refunds now and then keeps its one key small. */
  static final class Player implements AutoCloseable {
    private static final int GRAPHS_A_LEDGER = 20;

    private Ledger ledger;
    private int played;

    /** Plays one; a difference fails. The number of fen whose way was followed to the end. */
    long play(long seed) throws Exception {
      Told told = new Told();
      play(seed, told);
      return told.lost;
    }

    private void play(long seed, Told told) throws Exception {
      if (ledger == null || played++ % GRAPHS_A_LEDGER == 0) {
        close();
        ledger = new Ledger();
        ledger.open();
      }
      try {
        new Story(seed, ledger).play(told);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " (again with -Dmoney.seed=" + seed + " -Dmoney.cases=1): " + e, e);
      }
    }

    @Override
    public void close() throws Exception {
      if (ledger != null) {
        ledger.close();
      }
    }
  }

  /** The job's refunds. */
  private static final class Ledger
      extends KeyedTwoInputStreamOperatorTestHarness<String, RefundInput, Long, RefundPlan> {
    private final Map<String, RefundPlan> plans = new HashMap<>();
    private final Map<String, AccountBooks> books = new HashMap<>();
    private final Map<String, VictimFile> victims = new HashMap<>();
    private long minute = T0;

    Ledger() throws Exception {
      super(
          new KeyedCoProcessOperator<>(new RefundFunction()),
          input -> RefundFunction.KEY,
          tick -> RefundFunction.KEY,
          Types.STRING);
    }

    void tell(RefundInput input) throws Exception {
      processElement1(new StreamRecord<>(input));
      hear();
    }

    /** Some minutes later all books are checked, and what is not settled has waited too long. */
    void minutes() throws Exception {
      for (int i = 0; i < 2; i++) {
        minute += 120_000;
        processElement2(new StreamRecord<>(minute));
        hear();
      }
    }

    private void hear() {
      extractOutputValues().forEach(plan -> plans.put(plan.getFreezeId(), plan));
      getOutput().clear();
      for (AccountBooks one : drain(RefundFunction.BOOKS)) {
        assertThat(one.getSumFen()).as("books of %s", one.getAccount()).isZero();
        assertThat(one.getFaults()).as("books of %s", one.getAccount()).isEmpty();
        books.put(one.getAccount(), one);
      }
      drain(RefundFunction.VICTIMS).forEach(one -> victims.put(one.getVictim(), one));
      for (RecoveryAlarm alarm : drain(RefundFunction.ALARMS)) {
        assertThat(alarm.getAlarm()).as(alarm.getWords()).isEqualTo("NEW_VICTIM");
      }
    }

    private <T> List<T> drain(OutputTag<T> tag) {
      Queue<StreamRecord<T>> side = getSideOutput(tag);
      List<T> values = new ArrayList<>();
      while (side != null && !side.isEmpty()) {
        values.add(side.poll().getValue());
      }
      return values;
    }

    private long balance(String account, String kind, String of) {
      AccountBooks one = books.get(account);
      return one == null
          ? 0
          : one.getBalances().stream()
              .filter(balance -> balance.getKind().equals(kind) && balance.getOf().equals(of))
              .mapToLong(balance -> balance.getFen())
              .sum();
    }
  }

  /**
   * One graph: a few victims, the accounts their money passes through, and what is done about it.
   */
  private static final class Story {
    private final Random random;
    private final Ledger refunds;
    private final String name;
    private final WorkList.Ledgers ledgers = new WorkList.Ledgers();
    private final Map<String, Long> balances = new TreeMap<>();
    private final Map<String, Long> losses = new TreeMap<>();
    private final List<Edge> reported = new ArrayList<>();
    private final Map<String, Long> frozen = new TreeMap<>();
    private final Map<String, Long> paid = new TreeMap<>();
    private long at = T0;

    Story(long seed, Ledger refunds) {
      this.random = new Random(seed);
      this.refunds = refunds;
      this.name = "g" + seed;
    }

    void play(Told told) throws Exception {
      draw();
      WorkList trace =
          new WorkList(new TraceNode(TraceSettings.everything(), Listed.NOTHING, 0), ledgers);
      reported.forEach(loss -> trace.report(message(loss)));
      trace.run();
      traced(trace, told);
      Map<String, Map<String, Statement>> there = there(trace);
      freeze(trace, there, told);
      List<String> victims = new ArrayList<>(losses.keySet());
      // Some report in time for the first round, the others for the second.
      int first = 1 + random.nextInt(victims.size());
      claims(victims.subList(0, first));
      refund();
      claims(victims.subList(first, victims.size()));
      refund();
      refunds.minutes();
      settled(told);
    }

    // ---- the city

    private void draw() {
      int victims = 1 + random.nextInt(4);
      int mules = 2 + random.nextInt(5);
      boolean ties = random.nextInt(4) == 0;
      int transfers = 4 + random.nextInt(18);
      for (int i = 0; i < transfers; i++) {
        at += ties ? random.nextInt(2) * 1000L : 1 + random.nextInt(3_000_000);
        String id = "S:" + Integer.toString(random.nextInt(1 << 28), 36) + i;
        Party payee = mule(random.nextInt(mules));
        int way = i == 0 ? 0 : random.nextInt(9);
        if (way <= 1) {
          loss(id, "v" + random.nextInt(victims), payee);
        } else if (way == 2) {
          // Money of the mule's own, which nobody lost.
          move(id, null, payee, amount(), Means.atm("atm").with(TransactionKind.CASH_DEPOSIT));
        } else {
          Party payer = mule(random.nextInt(mules));
          long most = balances.getOrDefault(payer.token(), 0L);
          if (most > 0 && !payer.equals(payee)) {
            long fen = random.nextInt(3) == 0 ? most : 1 + random.nextLong(most);
            onward(id, way, payer, payee, fen);
          }
        }
      }
      at += 1;
    }

    private void loss(String id, String victim, Party payee) {
      Party payer = Party.personal(name + "-" + victim, "B01");
      long fen = amount();
      move(id, payer, payee, fen, Means.TRANSFER);
      losses.merge(payer.token(), fen, Math::addExact);
      reported.add(new Edge(id, at, fen, payer, payee, Means.TRANSFER, ""));
    }

    /** One report a victim; each of its transfers is a message of its own. */
    private HopMessage message(Edge loss) {
      String victim = loss.payer().token();
      return HopMessage.loss("R-" + victim, caseId(), at, losses.get(victim), loss, 1);
    }

    private void onward(String id, int way, Party payer, Party payee, long fen) {
      if (way == 3) {
        move(id, payer, null, fen, Means.atm("atm"));
      } else if (way == 4) {
        Party shop = new Party(name + "-shop", "B09", AccountKind.MERCHANT);
        Means means = new Means(TransactionKind.PURCHASE, Channel.POS, false, false, "");
        move(id, payer, shop, fen, means);
      } else {
        move(id, payer, payee, fen, Means.TRANSFER);
      }
    }

    private long amount() {
      return random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1 + random.nextInt(4_000_000);
    }

    private Party mule(int i) {
      return Party.personal(name + "-m" + i, "B0" + (1 + i % 4));
    }

    private String caseId() {
      return name + "-case";
    }

    private void move(String id, Party payer, Party payee, long fen, Means means) {
      if (payer != null) {
        Party other = payee == null ? Party.CASH : payee;
        ledgers.add(payer.token(), Movement.debit(id, at, fen, other).withMeans(means));
        balances.merge(payer.token(), -fen, Math::addExact);
      }
      if (payee != null) {
        Party other = payer == null ? Party.CASH : payer;
        ledgers.add(payee.token(), Movement.credit(id, at, fen, other).withMeans(means));
        balances.merge(payee.token(), fen, Math::addExact);
      }
    }

    // ---- traced

    private void traced(WorkList trace, Told told) {
      long found = 0;
      for (Map.Entry<String, CaseTrace> claim : trace.claims().entrySet()) {
        CaseTrace of = claim.getValue();
        assertThat(of.isComplete()).as(claim.getKey()).isTrue();
        assertThat(of.faults()).as(claim.getKey()).isEmpty();
        CaseTrace.Sums sums = of.sums();
        long loss = losses.get(claim.getKey().substring(2));
        // By both accounts what was lost is what is there and what has ended, to the fen.
        assertThat(sums.thereFifo() + sums.endedFifo()).as(claim.getKey()).isEqualTo(loss);
        assertThat(sums.thereProRata() + sums.endedProRata()).as(claim.getKey()).isEqualTo(loss);
        found += loss;
        told.there += sums.thereProRata();
        told.ended += sums.endedProRata();
      }
      assertThat(found).isEqualTo(losses.values().stream().mapToLong(Long::longValue).sum());
      told.lost += found;
    }

    /** Of each account what each claim states. */
    private Map<String, Map<String, Statement>> there(WorkList trace) {
      Map<String, Map<String, Statement>> there = new TreeMap<>();
      trace
          .claims()
          .forEach(
              (claim, of) ->
                  of.statements()
                      .forEach(
                          said ->
                              there
                                  .computeIfAbsent(said.account().token(), a -> new TreeMap<>())
                                  .put(claim, said)));
      there.forEach(
          (account, claims) -> {
            long balance = balances.getOrDefault(account, 0L);
            assertThat(claims.values().stream().mapToLong(s -> s.remaining().fifo()).sum())
                .as("by FIFO on %s", account)
                .isBetween(0L, balance);
            assertThat(claims.values().stream().mapToLong(s -> s.remaining().proRata()).sum())
                .as("by pro rata on %s", account)
                .isBetween(0L, balance);
          });
      return there;
    }

    // ---- frozen

    private void freeze(WorkList trace, Map<String, Map<String, Statement>> there, Told told)
        throws Exception {
      Examiner examiner = new Examiner(TraceSettings.everything());
      for (Map.Entry<String, Map<String, Statement>> one : there.entrySet()) {
        String account = one.getKey();
        long traced =
            one.getValue().values().stream().mapToLong(s -> s.remaining().proRata()).sum();
        if (traced == 0 || random.nextInt(6) == 0) {
          continue;
        }
        long balance = balances.get(account);
        long fen =
            switch (random.nextInt(4)) {
              case 0 -> 1 + random.nextLong(traced);
              case 1 -> balance;
              default -> traced;
            };
        frozen.put(account, fen);
        told.frozen += fen;
        told.shared += one.getValue().size() > 1 ? 1 : 0;
        AccountExamined asked =
            Examiner.asked(
                Examiner.ask(account, freezeId(account), caseId(), Instant.ofEpochMilli(at)));
        AccountExamined said =
            examiner.examine(asked, trace.stateOf(account), ledgers.apply(account));
        agrees(said, one.getValue(), told);
        List<RefundInput> inputs =
            new ArrayList<>(
                List.of(
                    RefundInput.life(freezeOf(account, 4, fen, 0)), RefundInput.examined(said)));
        Collections.shuffle(inputs, random);
        for (RefundInput input : inputs) {
          refunds.tell(input);
        }
      }
    }

    private LifeTransition freezeOf(String account, long sequence, long frozenFen, long refunded) {
      return RefundSpecimens.freeze(
          freezeId(account), caseId(), account, sequence, frozenFen, refunded);
    }

    private static String freezeId(String account) {
      return "f-" + account;
    }

    /** What the frozen ledger says is what the trace says. */
    private static void agrees(AccountExamined said, Map<String, Statement> trace, Told told) {
      Map<String, RefundFinding> findings = new TreeMap<>();
      said.getFindings().forEach(finding -> findings.put(finding.getClaim(), finding));
      trace.forEach(
          (claim, statement) -> {
            RefundFinding finding = findings.remove(claim);
            long in = statement.inflows().stream().mapToLong(i -> i.share().proRata()).sum();
            if (finding == null) {
              assertThat(in).as("%s on %s", claim, said.getAccountToken()).isZero();
              return;
            }
            boolean direct = finding.getWay() != RefundWay.PRORATA;
            assertThat(finding.getTracedFen()).as("came of %s", claim).isEqualTo(in);
            assertThat(finding.getThereFen())
                .as("there of %s, %s", claim, finding.getWay())
                .isEqualTo(direct ? statement.remaining().fifo() : statement.remaining().proRata());
            told.ways.merge(finding.getWay(), 1, Integer::sum);
          });
      assertThat(findings).as("claims that no trace leads here").isEmpty();
    }

    // ---- refunded

    private void claims(List<String> victims) throws Exception {
      for (String victim : victims) {
        TraceClaim claim =
            RefundSpecimens.claim("R-" + victim, caseId(), victim, losses.get(victim));
        refunds.tell(RefundInput.claim(claim));
        refunds.tell(RefundInput.claim(claim));
      }
    }

    /** One round: what the job's plans say is paid, its two lives in any order, some twice. */
    private void refund() throws Exception {
      List<String> accounts = new ArrayList<>(frozen.keySet());
      Collections.shuffle(accounts, random);
      for (String account : accounts) {
        RefundPlan plan = refunds.plans.get(freezeId(account));
        long left = frozen.get(account) - paid.getOrDefault(account, 0L);
        assertThat(plan.getFrozenFen()).as("plan of %s", account).isEqualTo(left);
        boolean literal = random.nextInt(3) == 0;
        List<RefundShare> shares = new ArrayList<>();
        long sum = 0;
        for (RefundVictim one : plan.getVictims()) {
          Long due = literal ? one.getLiteralFen() : one.getNormalisedFen();
          // Where the literal ratio would pay more than is frozen there is no such sum.
          long fen = due == null ? 0 : due;
          assertThat(fen).as("due to %s", one.getVictim()).isBetween(0L, one.getTracedFen());
          sum += fen;
          shares.add(
              RefundSpecimens.share(one.getVictim(), one.getLossFen(), one.getTracedFen(), 0, fen));
        }
        assertThat(sum).as("due out of %s", account).isBetween(0L, left);
        if (sum > 0) {
          pay(account, shares, sum);
        }
      }
    }

    private void pay(String account, List<RefundShare> shares, long sum) throws Exception {
      long before = paid.getOrDefault(account, 0L);
      paid.put(account, before + sum);
      int round = before == 0 ? 1 : 2;
      var detail = RefundSpecimens.refund(freezeId(account), shares);
      detail.setPaidFen(sum);
      String refundId = "r" + round + "-" + account;
      List<RefundInput> said =
          new ArrayList<>(
              List.of(
                  RefundInput.life(
                      RefundSpecimens.life(
                          refundId, LifeKind.REFUND, caseId(), 8, "EXECUTED", "BANK_PAID", detail)),
                  RefundInput.life(
                      freezeOf(
                          account,
                          4 + round,
                          frozen.get(account) - paid.get(account),
                          paid.get(account)))));
      said.addAll(random.nextInt(3) == 0 ? List.copyOf(said) : List.of());
      Collections.shuffle(said, random);
      for (RefundInput one : said) {
        refunds.tell(one);
      }
    }

    // ---- settled

    private void settled(Told told) {
      long refunded = 0;
      for (Map.Entry<String, Long> one : frozen.entrySet()) {
        String account = one.getKey();
        long residue = refunds.balance(account, "FROZEN", account);
        long given = 0;
        for (String victim : losses.keySet()) {
          given += refunds.balance(account, "REFUNDED", victim);
        }
        assertThat(given).as("out of %s", account).isEqualTo(paid.getOrDefault(account, 0L));
        assertThat(given + residue).as("frozen on %s", account).isEqualTo(one.getValue());
        assertThat(refunds.balance(account, "PAYING", account)).as(account).isZero();
        assertThat(refunds.balance(account, "AT_LARGE", account)).isEqualTo(-one.getValue());
        refunded += given;
        told.residue += residue;
      }
      long received = 0;
      for (Map.Entry<String, Long> loss : losses.entrySet()) {
        VictimFile file = refunds.victims.get(loss.getKey());
        assertThat(file.getLossFen()).isEqualTo(loss.getValue());
        assertThat(file.getRefundedFen()).as(loss.getKey()).isBetween(0L, loss.getValue());
        assertThat(file.getOpenFen()).isEqualTo(loss.getValue() - file.getRefundedFen());
        received += file.getRefundedFen();
      }
      assertThat(received).as("what left the freezes reached the victims").isEqualTo(refunded);
      told.refunded += refunded;
    }
  }
}
