package dev.zhifu.jobs.trace;

import dev.zhifu.jobs.io.RecordsWritten;
import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.HopTransport;
import dev.zhifu.rules.money.trace.NodeState;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ListEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * One account's ledger and the traces that reach it. Keyed input: what banks booked, hop messages
 * and reported losses; broadcast: the lists, at whose accounts a trace ends. Until these have been
 * read to the end that they had at the start, nothing is followed: a message waits at its account.
 * Main output: hop messages, keyed by the account paid; side output {@link #STATEMENTS}:
 * statements, keyed by claim.
 *
 * <p>State: one value per account and day, a movement reading and writing its own day alone,
 * dropped by an event-time timer; the account as its bank names it, written with the first movement
 * of a day, since an order needs its ciphertext hours later; one value per traced account; for each
 * freeze what the account answered last, and the ledger stays while there is one; the entries of
 * the lists; a mark at each account where a message waits for them.
 *
 * <p>Messages sent after the last checkpoint are forgotten here and not by their readers
 * (ADR-0092). Each start therefore has an epoch above that of every message that was sent before:
 * one more than the records that lie on the topics written here, asked of the broker, so that a
 * savepoint used twice gets two (ADR-0085, ADR-0144).
 */
public final class LedgerTrace
    extends KeyedBroadcastProcessFunction<String, AccountRecord, TraceListing, AccountRecord>
    implements CheckpointedFunction {
  /** Name under which savepoints know it. */
  public static final String UID = "ledger-trace";

  /** Statements of accounts, keyed by claim. */
  public static final OutputTag<Stated> STATEMENTS =
      new OutputTag<>("statements", TypeInformation.of(Stated.class));

  /** What frozen accounts answer: whose money lay on them. */
  public static final OutputTag<AccountExamined> EXAMINED =
      new OutputTag<>("examined", TypeInformation.of(AccountExamined.class));

  private static final long serialVersionUID = 1L;
  private static final String DAYS = "ledger.days.v1";
  private static final String NODE = "ledger.trace.v1";
  private static final String EPOCH = "ledger.epoch.v1";
  private static final String ACCOUNT = "ledger.account.v1";
  private static final String FROZEN = "ledger.frozen.v1";

  /** The lists, by entry id. */
  static final MapStateDescriptor<String, ListEntry> LISTS =
      new MapStateDescriptor<>(
          "ledger.lists.v1", Types.STRING, TypeInformation.of(ListEntry.class));

  private static final ValueStateDescriptor<Boolean> WAITS =
      new ValueStateDescriptor<>("ledger.waits.v1", Types.BOOLEAN);

  private final Limits limits;
  private final int keptDays;
  private final RecordsWritten written;

  private transient MapState<Long, byte[]> days;
  private transient ValueState<byte[]> node;
  private transient ValueState<AccountRef> named;
  private transient MapState<String, AccountExamined> frozen;
  private transient Examiner examiner;
  private transient ValueState<Boolean> waits;
  private transient ListState<Long> epochs;
  private transient Set<String> touched;
  private transient long saved;
  private transient long epoch;
  private transient TraceNode trace;
  private transient ListedAccounts listed;
  private transient boolean listsRead;
  private transient Counter copies;
  private transient Counter contradictions;
  private transient Counter full;

  /** Settings as they travel with the job. */
  public record Limits(
      int deepest,
      int broadest,
      long leastFen,
      double leastShare,
      long longestDwellMs,
      long matchToleranceMs,
      long upstreamMs,
      long upstreamLeastFen)
      implements Serializable {
    /** The same settings for the operator. */
    public static Limits of(TraceSettings of) {
      return new Limits(
          of.deepest(),
          of.broadest(),
          of.leastFen(),
          of.leastShare(),
          of.longestDwellMs(),
          of.matchToleranceMs(),
          of.upstreamMs(),
          of.upstreamLeastFen());
    }

    TraceSettings settings() {
      return new TraceSettings(
          deepest,
          broadest,
          leastFen,
          leastShare,
          longestDwellMs,
          matchToleranceMs,
          upstreamMs,
          upstreamLeastFen);
    }
  }

  /**
   * A ledger.
   *
   * @param keptDays days of event time that a movement is kept
   * @param written asked at each start for the records of the topics written here
   */
  public LedgerTrace(TraceSettings settings, int keptDays, RecordsWritten written) {
    if (keptDays < 1) {
      throw new IllegalArgumentException(
          "The ledger keeps " + keptDays + " days; it must keep 1 at least");
    }
    this.limits = Limits.of(settings);
    this.keptDays = keptDays;
    this.written = written;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    epochs =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(EPOCH, Types.LONG));
    long last = -1;
    for (long each : epochs.get()) {
      last = Math.max(last, each);
    }
    saved = last;
    listed = new ListedAccounts();
    for (Map.Entry<String, ListEntry> entry :
        context.getOperatorStateStore().getBroadcastState(LISTS).entries()) {
      listed.take(entry.getValue());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    epochs.update(List.of(trace == null ? saved : epoch));
  }

  @Override
  public void open(OpenContext context) {
    days =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    DAYS, Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    node =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    NODE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    named =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(ACCOUNT, TypeInformation.of(AccountRef.class)));
    frozen =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    FROZEN, Types.STRING, TypeInformation.of(AccountExamined.class)));
    examiner = new Examiner(limits.settings());
    waits = getRuntimeContext().getState(WAITS);
    touched = new HashSet<>();
    trace = null;
    listsRead = false;
    copies = getRuntimeContext().getMetricGroup().counter("ledgerCopies");
    contradictions = getRuntimeContext().getMetricGroup().counter("ledgerContradictions");
    full = getRuntimeContext().getMetricGroup().counter("ledgerFullDays");
  }

  @Override
  public void processElement(
      AccountRecord record, ReadOnlyContext context, Collector<AccountRecord> out)
      throws Exception {
    if (record.isMessage()) {
      hear(record, context, out);
    } else {
      book(record, context, out);
    }
  }

  @Override
  public void processBroadcastElement(
      TraceListing told, Context context, Collector<AccountRecord> out) throws Exception {
    if (!told.isEnd()) {
      listed.take(told.entry());
      context.getBroadcastState(LISTS).put(told.entry().getEntryId(), told.entry());
      return;
    }
    listsRead = true;
    context.applyToKeyedState(
        WAITS,
        (account, mark) -> {
          mark.clear();
          work(account, NodeState.of(node.value()), context::output, out);
        });
  }

  private void book(AccountRecord side, ReadOnlyContext context, Collector<AccountRecord> out)
      throws Exception {
    byte[] known = days.get(side.day());
    LedgerDay day = known == null ? new LedgerDay() : LedgerDay.of(known);
    boolean changed = merge(day, LedgerDay.of(side.body()));
    if (changed) {
      days.put(side.day(), day.toBytes());
    }
    if (known == null) {
      long end = (side.day() + 1 + keptDays) * LedgerDay.DAY_MS;
      context.timerService().registerEventTimeTimer(end);
    }
    byte[] state = changed ? node.value() : null;
    if (known == null || state != null) {
      name(side.account());
    }
    if (state != null) {
      workOrWait(side.key(), NodeState.of(state), context, out);
    }
  }

  private void name(AccountRef account) throws Exception {
    if (account != null && (account.getCipher() != null || named.value() == null)) {
      named.update(account);
    }
  }

  private boolean merge(LedgerDay day, LedgerDay entry) {
    boolean changed = false;
    for (Movement movement : entry.movements()) {
      changed |= count(day.add(movement));
    }
    for (String id : entry.reversed()) {
      changed |= count(day.reverse(id));
    }
    return changed;
  }

  private boolean count(LedgerDay.Verdict verdict) {
    switch (verdict) {
      case COPY -> copies.inc();
      case CONTRADICTION -> contradictions.inc();
      case FULL -> full.inc();
      default -> {
        return true;
      }
    }
    return verdict == LedgerDay.Verdict.FULL;
  }

  private void hear(AccountRecord record, ReadOnlyContext context, Collector<AccountRecord> out)
      throws Exception {
    byte[] known = node.value();
    NodeState state = known == null ? new NodeState() : NodeState.of(known);
    if (record.day() == AccountRecord.EXAMINE || record.day() == AccountRecord.LET_GO) {
      freeze(record, state, context);
      return;
    }
    boolean isNew = trace().receive(state, Codec.hop(record.body()));
    if (isNew || epoch > 0 && !touched.contains(record.key())) {
      workOrWait(record.key(), state, context, out);
    }
  }

  /** Followed too early, money would be asked for at an account at which a list ends the trace. */
  private void workOrWait(
      String account, NodeState state, ReadOnlyContext context, Collector<AccountRecord> out)
      throws Exception {
    if (listsRead) {
      work(account, state, context::output, out);
    } else {
      node.update(state.toBytes());
      waits.update(true);
    }
  }

  /** Made when first needed: only an account that is traced says anything under an epoch. */
  private TraceNode trace() throws Exception {
    if (trace == null) {
      epoch = epochAfter(saved, written.ask());
      trace = new TraceNode(limits.settings(), listed, epoch);
    }
    return trace;
  }

  /**
   * The epoch of a start: above that of every record written before it, for a run at epoch n + 1
   * had n records before it and n + 1 at least once it has said anything. One more than the state's
   * would not do: two runs from one savepoint would bear it (ADR-0144).
   *
   * @param saved the newest epoch in the state; -1 for none
   * @param recordsWritten records on the topics now
   */
  static long epochAfter(long saved, long recordsWritten) {
    if (saved < 0 && recordsWritten == 0) {
      return 0;
    }
    // Topics made anew hold less than the state has seen.
    return recordsWritten + 1 >= saved ? recordsWritten + 1 : saved + 1;
  }

  private void work(String account, NodeState state, Aside aside, Collector<AccountRecord> out)
      throws Exception {
    List<LedgerDay> history = new ArrayList<>();
    for (byte[] day : days.values()) {
      history.add(LedgerDay.of(day));
    }
    TraceNode trace = trace();
    boolean resend = touched.add(account) && epoch > 0;
    trace.work(
        state,
        history,
        new Outputs(
            aside,
            out,
            named.value(),
            History.of(history, trace.credits(state)),
            TraceNode.claimedInFen(state)),
        resend);
    node.update(state.toBytes());
    examine(state, history, aside);
  }

  private void freeze(AccountRecord record, NodeState state, ReadOnlyContext context)
      throws Exception {
    AccountExamined asked = Examiner.asked(record);
    if (record.day() == AccountRecord.LET_GO) {
      frozen.remove(asked.getFreezeId());
      return;
    }
    AccountExamined known = frozen.get(asked.getFreezeId());
    if (known == null || !known.getFrozenAt().equals(asked.getFrozenAt())) {
      List<LedgerDay> history = new ArrayList<>();
      for (byte[] day : days.values()) {
        history.add(LedgerDay.of(day));
      }
      AccountExamined said = examiner.examine(asked, state, history);
      frozen.put(asked.getFreezeId(), said);
      context.output(EXAMINED, said);
    }
  }

  private void examine(NodeState state, List<LedgerDay> history, Aside aside) throws Exception {
    List<AccountExamined> changed = new ArrayList<>();
    for (AccountExamined known : frozen.values()) {
      AccountExamined said = examiner.examine(known, state, history);
      if (!said.equals(known)) {
        changed.add(said);
      }
    }
    for (AccountExamined said : changed) {
      frozen.put(said.getFreezeId(), said);
      aside.output(EXAMINED, said);
    }
  }

  @Override
  public void onTimer(long at, OnTimerContext context, Collector<AccountRecord> out)
      throws Exception {
    if (!frozen.isEmpty()) {
      // A freeze runs longer than the ledger is kept: what it rests on stays until it ends.
      context.timerService().registerEventTimeTimer(at + LedgerDay.DAY_MS);
      return;
    }
    long oldest = LedgerDay.dayOf(at) - keptDays;
    List<Long> gone = new ArrayList<>();
    for (long day : days.keys()) {
      if (day < oldest) {
        gone.add(day);
      }
    }
    for (long day : gone) {
      days.remove(day);
    }
    if (!days.keys().iterator().hasNext()) {
      node.clear();
      named.clear();
      waits.clear();
    }
  }

  /** Side outputs, of an element's context or of a broadcast's. */
  private interface Aside {
    <T> void output(OutputTag<T> tag, T value);
  }

  /** Where messages go in the job. */
  private static final class Outputs implements HopTransport {
    private final Aside aside;
    private final Collector<AccountRecord> out;
    private final AccountRef account;
    private final History history;
    private final long claimedInFen;

    private Outputs(
        Aside aside,
        Collector<AccountRecord> out,
        AccountRef account,
        History history,
        long claimedInFen) {
      this.history = history;
      this.claimedInFen = claimedInFen;
      this.aside = aside;
      this.out = out;
      this.account = account;
    }

    @Override
    public void hop(HopMessage message) {
      out.collect(AccountRecord.message(message.edge().payee().token(), Codec.bytes(message)));
    }

    @Override
    public void state(Statement statement) {
      aside.output(
          STATEMENTS,
          new Stated(
              statement.claim(),
              Codec.bytes(statement),
              account,
              Grounds.of(statement, history, claimedInFen)));
    }
  }
}
