package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.FlowRows;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.Statement.Out;
import dev.zhifu.rules.money.trace.Urgency;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.TraceTotals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts together what the accounts state of one claim, and asks for a stop wherever the money has
 * come behind the reported account. Keyed by claim. Main output: each newer statement with the
 * totals after it; side output: {@link #FOLLOW_ONS}.
 *
 * <p>State, never cleared, since a trace is part of its case: {@code trace-claims.accounts.v1}, one
 * element an account that stated something; {@code trace-claims.claim.v1}, the report; {@code
 * trace-claims.number.v1}, one number; {@code trace-claims.asked.v1}, the newest follow-on of each
 * account that had one.
 *
 * <p>A copy of a statement changes nothing. A trace that is worked on lies on the heap, at most
 * {@value #CLAIMS_ON_HEAP} of a subtask; the others are read from the state when they are needed.
 */
public final class TraceClaims
    extends KeyedCoProcessFunction<String, Stated, TraceClaim, TraceCase> {
  /** Uid of the operator. */
  public static final String UID = "trace-claims";

  /** Stops asked for behind the reported accounts. */
  public static final OutputTag<FollowOn> FOLLOW_ONS =
      new OutputTag<>("trace-follow-ons", TypeInformation.of(FollowOn.class));

  private static final long serialVersionUID = 1L;
  private static final int CLAIMS_ON_HEAP = 200;

  /** Least claimed share of a balance for which a stop is asked; an engineering default, no law. */
  private static final double LEAST_SHARE = 0.1;

  private static final MapStateDescriptor<String, Stated> ACCOUNTS =
      new MapStateDescriptor<>(
          "trace-claims.accounts.v1", Types.STRING, TypeInformation.of(Stated.class));
  private static final MapStateDescriptor<String, FollowOn> ASKED =
      new MapStateDescriptor<>(
          "trace-claims.asked.v1", Types.STRING, TypeInformation.of(FollowOn.class));
  private static final ValueStateDescriptor<TraceClaim> CLAIM =
      new ValueStateDescriptor<>("trace-claims.claim.v1", TypeInformation.of(TraceClaim.class));
  private static final ValueStateDescriptor<Long> NUMBER =
      new ValueStateDescriptor<>("trace-claims.number.v1", Types.LONG);

  private transient MapState<String, Stated> accounts;
  private transient MapState<String, FollowOn> asked;
  private transient ValueState<TraceClaim> claim;
  private transient ValueState<Long> number;
  private transient Map<String, CaseTrace> onHeap;

  @Override
  public void open(OpenContext context) {
    accounts = getRuntimeContext().getMapState(ACCOUNTS);
    asked = getRuntimeContext().getMapState(ASKED);
    claim = getRuntimeContext().getState(CLAIM);
    number = getRuntimeContext().getState(NUMBER);
    onHeap = new Recent();
  }

  /** The traces used last. */
  private static final class Recent extends LinkedHashMap<String, CaseTrace> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, CaseTrace> eldest) {
      return size() > CLAIMS_ON_HEAP;
    }
  }

  @Override
  public void processElement1(Stated stated, Context context, Collector<TraceCase> out)
      throws Exception {
    CaseTrace trace = trace(context.getCurrentKey());
    Statement statement = Codec.statement(stated.statement());
    if (!trace.accept(statement)) {
      return;
    }
    accounts.put(statement.account().token(), stated);
    long next = number.value() == null ? 1 : number.value() + 1;
    number.update(next);
    out.collect(
        new TraceCase(
            statement.claim(),
            statement.caseId(),
            next,
            HopRecords.record(statement),
            totals(trace)));
    followOn(claim.value(), statement, stated, context);
  }

  @Override
  public void processElement2(TraceClaim reported, Context context, Collector<TraceCase> out)
      throws Exception {
    if (claim.value() != null) {
      return;
    }
    expect(trace(context.getCurrentKey()), reported);
    claim.update(reported);
    for (Stated stated : accounts.values()) {
      followOn(reported, Codec.statement(stated.statement()), stated, context);
    }
  }

  private CaseTrace trace(String of) throws Exception {
    CaseTrace trace = onHeap.get(of);
    if (trace == null) {
      trace = new CaseTrace();
      if (claim.value() != null) {
        expect(trace, claim.value());
      }
      for (Stated stated : accounts.values()) {
        trace.accept(Codec.statement(stated.statement()));
      }
      onHeap.put(of, trace);
    }
    return trace;
  }

  private static void expect(CaseTrace trace, TraceClaim of) {
    for (ReportedTransfer transfer : of.act().getReport().getTransfers()) {
      trace.expect(transfer.getPayee().getAccountToken());
    }
  }

  private static TraceTotals totals(CaseTrace trace) {
    CaseTrace.Sums sums = trace.sums();
    return TraceTotals.newBuilder()
        .setComplete(trace.isComplete())
        .setWeight(trace.weight())
        .setOnTheWay(trace.onTheWay())
        .setAccounts(trace.statements().size())
        .setAtLimits((int) FlowRows.of(trace).stream().filter(row -> row.end().isLimit()).count())
        .setLossFifoFen(sums.lossFifo())
        .setLossProRataFen(sums.lossProRata())
        .setThereFifoFen(sums.thereFifo())
        .setThereProRataFen(sums.thereProRata())
        .setEndedFifoFen(sums.endedFifo())
        .setEndedProRataFen(sums.endedProRata())
        .setFaults(trace.faults())
        .build();
  }

  /**
   * What the trace says of an account behind the reported one. The reported accounts themselves are
   * asked for by the report.
   */
  private void followOn(TraceClaim of, Statement statement, Stated stated, Context context)
      throws Exception {
    if (of == null) {
      return;
    }
    String token = statement.account().token();
    FollowOn before = asked.get(token);
    FollowOn now = ask(of, statement, stated);
    if (now == null && before != null) {
      now =
          FollowOn.newBuilder(before)
              .setHolds(false)
              .setThereFen(0)
              .setUrgency(0)
              .setRevision(statement.revision())
              .build();
    }
    boolean news =
        now != null
            && (before == null
                ? now.getHolds()
                : !now.equals(FollowOn.newBuilder(before).setRevision(now.getRevision()).build()));
    if (news) {
      asked.put(token, now);
      context.output(FOLLOW_ONS, now);
    }
  }

  /** Null where no claimed money has come by a transfer from another account. */
  private static FollowOn ask(TraceClaim of, Statement statement, Stated stated) {
    Optional<Edge> newest = Grounds.newestHop(statement);
    if (newest.isEmpty() || statement.level() < 2) {
      return null;
    }
    Party party = statement.account();
    long there = statement.remaining().low();
    long newestMs = newestMs(statement);
    Urgency.Request request =
        new Urgency.Request(
            party.token(), party.bank(), statement.level(), there, statement.arrivedAt());
    return FollowOn.newBuilder()
        .setClaim(statement.claim())
        .setCaseId(of.caseId())
        .setActId(of.act().getActId())
        .setVictim(of.act().getReport().getHolderToken())
        .setAcceptedAt(of.act().getAt())
        .setRevision(statement.revision())
        .setHolds(there > 0 && inProportion(there, stated.ground()))
        .setTarget(stated.account() == null ? named(party) : stated.account())
        .setLevel(statement.level())
        .setEdge(HopRecords.record(newest.get()))
        .setThereFen(there)
        .setBalanceFen(statement.balanceFen())
        .setAt(Instant.ofEpochMilli(newestMs))
        .setUrgency(
            Urgency.defaults().of(request, Math.max(newestMs, of.act().getAt().toEpochMilli())))
        .setGround(ground(of, stated.ground()))
        .build();
  }

  /**
   * A stop reaches the whole account. Where claimed money is under a tenth of what its bank says
   * lies there the holder mostly has others' money: nothing is asked for until the share has grown.
   */
  private static boolean inProportion(long thereFen, TraceGround ground) {
    Long balance = ground == null ? null : ground.getBalanceFen();
    return balance == null || thereFen >= LEAST_SHARE * balance;
  }

  private static TraceGround ground(TraceClaim of, TraceGround known) {
    return known == null ? null : TraceGround.newBuilder(known).setCaseId(of.caseId()).build();
  }

  private static long newestMs(Statement statement) {
    long newest = statement.arrivedAt();
    for (Out out : statement.outflows()) {
      newest = Math.max(newest, out.edge().at());
    }
    return newest;
  }

  private static AccountRef named(Party party) {
    return AccountRef.newBuilder()
        .setAccountToken(party.token())
        .setBank(party.bank())
        .setKind(party.kind())
        .build();
  }
}
