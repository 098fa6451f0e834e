package dev.zhifu.jobs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.End;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.rules.money.trace.WorkList;
import dev.zhifu.schemas.stored.StoredFile;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The trace in the job comes to what the trace on files says. 200 random graphs by default; {@code
 * -Dmoney.cases=10000} runs more, {@code -Dmoney.seed=N -Dmoney.cases=1} plays one seed again;
 * {@code ./zhifu bench money} runs them in blocks.
 */
class LedgerTraceTest {
  private static final int CASES = Integer.getInteger("money.cases", 200);
  private static final long SEED = Long.getLong("money.seed", 20_260_301L);
  private static final TraceSettings ALL = TraceSettings.everything();
  private static final int KEPT_DAYS = 30;
  private static final int GROUPS = 128;
  private static final long T0 = 1_772_416_800_000L;

  /** Of accounts that are personal ones, so that a list alone brings them about. */
  private static final Set<End> BY_LIST = EnumSet.of(End.POOLED, End.HUB, End.CRYPTO, End.PUBLIC);

  private static final AtomicLong LISTED_ENDS = new AtomicLong();

  /** Something that happens to the operator: an entry of a ledger or a message. */
  private record Input(AccountRecord record) {}

  @Test
  void theJobsTraceIsTheTraceOnFilesWhateverTheOrderAndAcrossARestore() throws Exception {
    long statements = 0;
    for (int i = 0; i < CASES; i++) {
      statements += compare(SEED + i);
    }
    System.out.printf(
        "job against files: %d graphs from seed %d, %d accounts compared, 0 differences%n",
        CASES, SEED, statements);
    assertThat(statements).isPositive();
    assertThat(LISTED_ENDS.get()).as("transfers at which a list ended the trace").isPositive();
  }

  /**
   * One savepoint used twice, and the run between had said a single thing: both runs bore the
   * state's epoch and one more, and the second's word stood below the first's (ADR-0144).
   */
  @ParameterizedTest
  @ValueSource(longs = {5463, 9760})
  void twoRunsFromOneSavepointNeverBearOneEpoch(long seed) throws Exception {
    assertThat(compare(seed)).isPositive();
  }

  @Test
  void anEpochIsAboveThatOfEveryRecordThatWasWrittenBefore() {
    assertThat(LedgerTrace.epochAfter(-1, 0)).isZero();
    for (long saved = -1; saved < 6; saved++) {
      for (long written = Math.max(0, saved); written < 8; written++) {
        long epoch = LedgerTrace.epochAfter(saved, written);
        assertThat(epoch).isGreaterThanOrEqualTo(saved);
        assertThat(LedgerTrace.epochAfter(saved, written + 1))
            .as("the next run from the same state, once this one has said something")
            .isGreaterThan(epoch);
      }
    }
    assertThat(LedgerTrace.epochAfter(40, 3)).as("topics made anew").isEqualTo(41);
  }

  private static long listedEnds(CaseTrace trace) {
    return trace.statements().stream()
        .flatMap(statement -> statement.outflows().stream())
        .filter(out -> BY_LIST.contains(out.end()))
        .count();
  }

  /** Accounts compared. */
  static long compare(long seed) throws Exception {
    Random random = new Random(seed);
    WorkList.Ledgers ledgers = new WorkList.Ledgers();
    List<Input> inputs = new ArrayList<>();
    List<HopMessage> losses = draw(random, ledgers, inputs);
    List<ListEntry> lists = random.nextBoolean() ? List.of() : drawLists(random);
    WorkList files = new WorkList(new TraceNode(ALL, ofFile(lists), 0), ledgers);
    losses.forEach(files::report);
    files.run();

    Collections.shuffle(inputs, random);
    Run run = new Run();
    run.lists = lists;
    int half = random.nextInt(inputs.size());
    run.open(null);
    for (Input input : inputs.subList(0, half)) {
      run.take(input);
    }
    OperatorSubtaskState saved = run.snapshot();
    // Heard after the checkpoint, sent on, and then forgotten by the operator.
    int lost = half + random.nextInt(inputs.size() - half + 1);
    int topicAt = run.topicAt;
    for (Input input : inputs.subList(half, lost)) {
      run.take(input);
    }
    run.close();
    run.topicAt = topicAt;
    run.open(saved);
    List<Input> again = new ArrayList<>(inputs.subList(half, inputs.size()));
    Collections.shuffle(again, random);
    if (random.nextBoolean()) {
      // The same savepoint is used twice, while what the first run said stays on the topic.
      for (Input input : again.subList(0, random.nextInt(again.size() + 1))) {
        run.take(input);
      }
      run.close();
      run.topicAt = topicAt;
      run.open(saved);
      Collections.shuffle(again, random);
    }
    for (Input input : again) {
      run.take(input);
    }
    run.drain();
    run.close();
    long compared = 0;
    for (Map.Entry<String, CaseTrace> claim : files.claims().entrySet()) {
      CaseTrace job = run.claims.get(claim.getKey());
      for (HopMessage loss : losses) {
        if (loss.claim().equals(claim.getKey())) {
          job.expect(loss.edge().payee().token());
        }
      }
      assertThat(facts(job)).as("seed %d", seed).isEqualTo(facts(claim.getValue()));
      assertThat(job.isComplete()).as("seed %d", seed).isTrue();
      assertThat(job.faults()).as("seed %d", seed).isEmpty();
      compared += facts(job).size();
      LISTED_ENDS.addAndGet(listedEnds(job));
    }
    return compared;
  }

  /** The operator with its topic of hop messages. */
  private static final class Run {
    private final List<AccountRecord> topic = new ArrayList<>();
    private final Map<String, CaseTrace> claims = new TreeMap<>();
    private final AtomicLong written = new AtomicLong();
    private int topicAt;
    private boolean listsRead = true;
    private List<ListEntry> lists = List.of();
    private KeyedBroadcastOperatorTestHarness<String, AccountRecord, TraceListing, AccountRecord>
        operator;

    private void open(OperatorSubtaskState state) throws Exception {
      operator =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  new LedgerTrace(ALL, KEPT_DAYS, written::get), List.of(LedgerTrace.LISTS)),
              AccountRecord::key,
              Types.STRING,
              GROUPS,
              1,
              0);
      operator.setup(
          org.apache.flink.api.common.typeinfo.TypeInformation.of(AccountRecord.class)
              .createSerializer(
                  new org.apache.flink.api.common.serialization.SerializerConfigImpl()));
      if (state != null) {
        operator.initializeState(state);
      }
      operator.open();
      for (ListEntry entry : lists) {
        operator.processBroadcastElement(new StreamRecord<>(new TraceListing(entry)));
      }
      if (listsRead) {
        operator.processBroadcastElement(new StreamRecord<>(TraceListing.read()));
      }
    }

    private void take(Input input) throws Exception {
      operator.processElement(new StreamRecord<>(input.record()));
      collect();
      // Messages come back while the next inputs arrive.
      if (topicAt < topic.size()) {
        operator.processElement(new StreamRecord<>(topic.get(topicAt++)));
        collect();
      }
    }

    private void list(TraceListing listing) throws Exception {
      operator.processBroadcastElement(new StreamRecord<>(listing));
      collect();
    }

    private void drain() throws Exception {
      while (topicAt < topic.size()) {
        operator.processElement(new StreamRecord<>(topic.get(topicAt++)));
        collect();
      }
    }

    private void collect() {
      // Through the record of the topic, so that it carries all that counts.
      operator
          .extractOutputValues()
          .forEach(
              said -> {
                topic.add(HopRecords.toAccount(HopRecords.toTopic(said)));
                written.incrementAndGet();
              });
      operator.getOutput().clear();
      var stated = operator.getSideOutput(LedgerTrace.STATEMENTS);
      while (stated != null && !stated.isEmpty()) {
        written.incrementAndGet();
        Statement statement = Codec.statement(stated.poll().getValue().statement());
        claims.computeIfAbsent(statement.claim(), claim -> new CaseTrace()).accept(statement);
      }
    }

    private int keyedEntries() {
      AbstractStreamOperator<?> of = (AbstractStreamOperator<?>) operator.getOperator();
      return ((HeapKeyedStateBackend<?>) of.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private OperatorSubtaskState snapshot() throws Exception {
      return operator.snapshot(1, 1);
    }

    private void close() throws Exception {
      operator.close();
    }
  }

  private static Map<String, String> facts(CaseTrace trace) {
    Map<String, String> facts = new TreeMap<>();
    for (Statement statement : trace.statements()) {
      boolean silent =
          statement.inflows().isEmpty()
              && statement.outflows().isEmpty()
              && statement.remaining().isNone();
      if (!silent) {
        List<String> ins = new ArrayList<>();
        statement.inflows().forEach(in -> ins.add(in.edge() + " " + in.share() + in.standing()));
        List<String> outs = new ArrayList<>();
        statement.outflows().forEach(out -> outs.add(out.edge() + " " + out.share() + out.end()));
        Collections.sort(ins);
        facts.put(
            statement.account().token(),
            statement.level() + " " + statement.remaining() + ins + outs);
      }
    }
    return facts;
  }

  private static List<HopMessage> draw(
      Random random, WorkList.Ledgers ledgers, List<Input> inputs) {
    int accounts = 3 + random.nextInt(6);
    boolean ties = random.nextBoolean();
    List<HopMessage> losses = new ArrayList<>();
    long at = T0;
    int transfers = 6 + random.nextInt(20);
    for (int i = 0; i < transfers; i++) {
      at += ties ? random.nextInt(2) * 1000L : 1 + random.nextInt(7_000_000);
      boolean loss = i == 0 || random.nextInt(8) == 0;
      Party payer =
          loss ? party("victim" + random.nextInt(2)) : party("a" + random.nextInt(accounts));
      Party payee = party("a" + random.nextInt(accounts));
      if (payer.equals(payee)) {
        continue;
      }
      String id = "B:" + Integer.toString(random.nextInt(1 << 28), 36) + i;
      long fen = 1 + random.nextInt(900) + i;
      put(payer.token(), Movement.debit(id, at, fen, payee), ledgers, inputs);
      put(payee.token(), Movement.credit(id, at, fen, payer), ledgers, inputs);
      if (loss) {
        Edge edge = new Edge(id, at, fen, payer, payee, Means.TRANSFER, "");
        HopMessage message =
            HopMessage.loss("claim-" + payer.token(), "case", T0 + i, fen, edge, 1);
        losses.add(message);
        inputs.add(new Input(AccountRecord.message(payee.token(), Codec.bytes(message))));
      }
    }
    return losses;
  }

  /** Some accounts on some lists, some of them only for part of the time. */
  private static List<ListEntry> drawLists(Random random) {
    ListKind[] kinds = ListKind.values();
    List<ListEntry> lists = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      long from = T0 + random.nextInt(40_000_000) - 20_000_000;
      lists.add(
          listed(
                  "a" + random.nextInt(9),
                  kinds[random.nextInt(kinds.length)],
                  from,
                  random.nextBoolean() ? null : from + 1 + random.nextInt(40_000_000))
              .entry());
    }
    return lists;
  }

  /** The lists as `./zhifu trace --lists` reads them: out of a file of stored history. */
  private static Listed ofFile(List<ListEntry> lists) throws IOException {
    Path file = Files.createTempFile("lists", ".avro");
    try {
      StoredFile.write(file, ListEntry.class, lists.iterator(), Map.of());
      return ListedAccounts.of(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void put(
      String account, Movement movement, WorkList.Ledgers ledgers, List<Input> inputs) {
    ledgers.add(account, movement);
    LedgerDay entry = new LedgerDay();
    entry.add(movement);
    inputs.add(
        new Input(
            new AccountRecord(account, LedgerDay.dayOf(movement.at()), entry.toBytes(), null)));
  }

  private static Party party(String token) {
    return Party.personal(token, "B01");
  }

  @Test
  void aLedgerForgetsItsDaysByEventTime() throws Exception {
    Run run = new Run();
    run.open(null);
    LedgerDay entry = new LedgerDay();
    entry.add(Movement.credit("B:1", T0, 5, party("x")));
    long day = LedgerDay.dayOf(T0);
    run.take(new Input(new AccountRecord("a", day, entry.toBytes(), null)));
    assertThat(run.keyedEntries()).isEqualTo(1);
    run.operator.watermark((day + 2 + KEPT_DAYS) * LedgerDay.DAY_MS);
    assertThat(run.keyedEntries()).isZero();
    run.close();
  }

  @Test
  void aListedTraderEndsTheTraceAndNothingIsFollowedBeforeTheListsAreRead() throws Exception {
    Run run = new Run();
    run.listsRead = false;
    run.open(null);
    List<Input> inputs = new ArrayList<>();
    WorkList.Ledgers ledgers = new WorkList.Ledgers();
    Party victim = party("victim");
    Party mule = party("mule");
    put("mule", Movement.credit("B:1", T0, 500_000, victim), ledgers, inputs);
    put("mule", Movement.debit("B:2", T0 + 60_000, 300_000, party("trader")), ledgers, inputs);
    put("mule", Movement.debit("B:3", T0 + 90_000, 200_000, party("other")), ledgers, inputs);
    for (Input input : inputs) {
      run.take(input);
    }
    Edge loss = new Edge("B:1", T0, 500_000, victim, mule, Means.TRANSFER, "");
    HopMessage told = HopMessage.loss("claim", "case", T0 + 100_000, 500_000, loss, 1);
    run.take(new Input(AccountRecord.message("mule", Codec.bytes(told))));
    assertThat(run.claims).as("the lists are not read yet").isEmpty();

    OperatorSubtaskState saved = run.snapshot();
    run.close();
    run.open(saved);
    assertThat(run.claims).as("nor after a restart").isEmpty();
    run.list(listed("trader", ListKind.CRYPTO_OTC, T0 - 1_000, null));
    run.list(listed("other", ListKind.POOLED, T0 - 2_000, T0 - 1_000));
    run.list(TraceListing.read());
    run.drain();

    assertThat(ends(run, "mule"))
        .containsEntry("B:2", End.CRYPTO)
        .as("its listing had ended before the transfer")
        .containsEntry("B:3", End.FOLLOWED);
    assertThat(run.claims.get("claim").statements())
        .filteredOn(statement -> !statement.remaining().isNone())
        .extracting(statement -> statement.account().token())
        .as("nothing is claimed of the trader")
        .containsExactly("other");
    run.close();
  }

  private static Map<String, End> ends(Run run, String account) {
    Map<String, End> ends = new TreeMap<>();
    for (Statement statement : run.claims.get("claim").statements()) {
      if (statement.account().token().equals(account)) {
        statement.outflows().forEach(out -> ends.put(out.edge().id(), out.end()));
      }
    }
    return ends;
  }

  private static TraceListing listed(String account, ListKind kind, long from, Long to) {
    return new TraceListing(
        new ListEntry(
            kind + ":ACCOUNT:" + account,
            kind,
            ListSubject.ACCOUNT,
            account,
            Instant.ofEpochMilli(from),
            to == null ? null : Instant.ofEpochMilli(to),
            "a list of this story",
            "centre"));
  }
}
