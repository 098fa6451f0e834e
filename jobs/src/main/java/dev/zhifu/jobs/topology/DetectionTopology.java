package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.decide.DecisionJoin;
import dev.zhifu.jobs.decide.JoinInput;
import dev.zhifu.jobs.features.HolderStep;
import dev.zhifu.jobs.features.Notes;
import dev.zhifu.jobs.features.PayeeAccountStep;
import dev.zhifu.jobs.features.PayerAccountStep;
import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.features.RouterOperator;
import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.jobs.io.ControlTime;
import dev.zhifu.jobs.io.IdleWatch;
import dev.zhifu.jobs.io.SourceStatus;
import dev.zhifu.jobs.io.TickEcho;
import dev.zhifu.jobs.io.WhileHeard;
import dev.zhifu.jobs.match.MatchOperator;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.orders.OrderKeysFactory;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.orders.StopOrdersFunction;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.Curbs;
import dev.zhifu.jobs.score.HolderInput;
import dev.zhifu.jobs.score.ScoreByAccount;
import dev.zhifu.jobs.score.ScoreByHolder;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.shadow.FinalHit;
import dev.zhifu.jobs.shadow.ShadowMark;
import dev.zhifu.jobs.shadow.ShadowOverlap;
import dev.zhifu.jobs.shadow.ShadowTotals;
import dev.zhifu.jobs.travel.ScoringTypes;
import dev.zhifu.jobs.travel.TravelTypes;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The whole detection job on one screen: main adds Kafka; tests and back-tests add lists. */
public final class DetectionTopology {
  /**
   * Few elements come behind MATCH and from control topics, and those behind MATCH are waited for:
   * a buffer leaves with its first element. The thread that would flush it every other millisecond
   * costs the same whether anything comes or not.
   */
  static final int AT_ONCE = 0;

  private DetectionTopology() {}

  /**
   * Events to hits, cases, decisions, holds, and proposals to stop.
   *
   * @param in what it reads
   * @param settings thresholds of scoring
   * @param banksOnWallClock see {@link DecisionJoin}
   */
  public static Detected detect(
      DetectionInputs in, ScoreSettings settings, boolean banksOnWallClock) {
    return detect(
        in,
        settings,
        banksOnWallClock,
        new PayeeAccountStep(),
        new PayerAccountStep(),
        new HolderStep());
  }

  /**
   * The same with another bound of the feature steps' caches.
   *
   * @param cacheEntities entities of one step that stay decoded on one subtask's heap
   */
  public static Detected detect(
      DetectionInputs in, ScoreSettings settings, boolean banksOnWallClock, int cacheEntities) {
    return detect(
        in,
        settings,
        banksOnWallClock,
        new PayeeAccountStep(cacheEntities),
        new PayerAccountStep(cacheEntities),
        new HolderStep(cacheEntities));
  }

  /**
   * The same over recorded streams: features wait for the watermark and are computed in the total
   * order of events, so that no hit depends on parallelism. Without checkpoints.
   */
  public static Detected detectRecorded(DetectionInputs in, ScoreSettings settings) {
    var payee = new PayeeAccountStep();
    var payer = new PayerAccountStep();
    var holder = new HolderStep();
    payee.takeInOrder();
    payer.takeInOrder();
    holder.takeInOrder();
    return detect(in, settings, false, payee, payer, holder);
  }

  private static Detected detect(
      DetectionInputs in,
      ScoreSettings settings,
      boolean banksOnWallClock,
      PayeeAccountStep payeeStep,
      PayerAccountStep payerStep,
      HolderStep holderStep) {
    var events =
        in.events().process(new ValidEvents()).uid(OperatorIds.VALID_EVENTS).name("valid events");
    DataStream<Long> heard = ControlTime.heard(events, "heard-events");
    DataStream<Long> standing = ControlTime.standing(heard, "standing-time");
    DataStream<OfficerAct> acceptances =
        ControlTime.beside(in.acceptances(), standing, "acceptances-time");

    var payee = Notes.payeeStep(events, payeeStep);
    var payer = Notes.payerStep(payee, Notes.queries(acceptances), payerStep);
    DataStream<RouterControl> control = ControlTime.beside(in.control(), standing, "control-time");
    var routed =
        Notes.holderStep(payer, control, holderStep)
            .transform("router", TravelTypes.ROUTED, new RouterOperator())
            .uid(RouterOperator.UID);
    var judged =
        judge(
            routed,
            control,
            ControlTime.unbound(in.silence(), "silence-time"),
            acceptances,
            payer.getSideOutput(PayerAccountStep.REPORTED),
            in.followOns(),
            settings);
    var decisions = decide(routed, judged.holders(), judged.accounts(), banksOnWallClock);
    var holders = judged.holders();
    var accounts = judged.accounts();
    return new Detected(
        routed.getSideOutput(RouterOperator.RELEVANT),
        flatMap(judged.matched(), new Splits.Hits(), RuleHit.class, "hits"),
        judged.finalHits(),
        judged.matched().getSideOutput(MatchOperator.LATE_EVENTS),
        judged.statuses(),
        judged.cases(),
        holders.getSideOutput(ScoreByHolder.WARNINGS),
        holders
            .getSideOutput(ScoreByHolder.HOLDS)
            .union(accounts.getSideOutput(ScoreByAccount.HOLDS)),
        holders
            .getSideOutput(ScoreByHolder.NOTICES)
            .union(accounts.getSideOutput(ScoreByAccount.NOTICES)),
        decisions,
        accounts,
        heard,
        events.getSideOutput(ValidEvents.DEAD).union(payee.getSideOutput(PayeeAccountStep.DEAD)));
  }

  /**
   * What follows from events that were enriched before, as {@code risk.enriched} holds them:
   * matching and scoring alone.
   *
   * @param routed the events under their keys, with their watermarks
   * @param in what else is read; its {@code events} are not
   * @param reported nothing, or what accepted reports say of accounts
   */
  public static Judged judgeRecorded(
      DataStream<Routed> routed,
      DetectionInputs in,
      DataStream<ReportedAccount> reported,
      ScoreSettings settings) {
    return judge(
        routed,
        ControlTime.unbound(in.control(), "control-time"),
        ControlTime.unbound(in.silence(), "silence-time"),
        ControlTime.unbound(in.acceptances(), "acceptances-time"),
        reported,
        in.followOns(),
        settings);
  }

  private static Judged judge(
      DataStream<Routed> routed,
      DataStream<RouterControl> control,
      DataStream<RuleInput> silence,
      DataStream<OfficerAct> acceptances,
      DataStream<ReportedAccount> reported,
      DataStream<AccountInput> followOns,
      ScoreSettings settings) {
    DataStream<RuleInput> rules =
        flatMap(control, new RuleInputs(), RuleInput.class, "rule-inputs").union(silence);
    var matched =
        routed
            .keyBy(Routed::matchKey)
            .connect(rules.broadcast())
            .transform("match", TypeInformation.of(MatchOutput.class), new MatchOperator())
            .setBufferTimeout(AT_ONCE)
            .uid(OperatorIds.MATCH);

    DataStream<Curb> curbs = flatMap(control, new Bounds(), Curb.class, "curbs");
    var holders = scoreHolders(matched, acceptances, curbs, settings);
    DataStream<AccountInput> named =
        map(reported, new Splits.ToReported(), ScoringTypes.ACCOUNT_INPUT, "reported-inputs");
    if (followOns != null) {
      named = named.union(ControlTime.unbound(followOns, "follow-ons-time").setParallelism(1));
    }
    var accounts = scoreAccounts(matched, holders, named, acceptances, curbs, settings);
    return new Judged(matched, holders, accounts);
  }

  private static SingleOutputStreamOperator<AccountInput> scoreHolders(
      DataStream<MatchOutput> matched,
      DataStream<OfficerAct> acceptances,
      DataStream<Curb> curbs,
      ScoreSettings settings) {
    return flatMap(matched, new Splits.ToHolders(), ScoringTypes.HOLDER_INPUT, "holder-inputs")
        .union(
            flatMap(
                acceptances, new Splits.ToVictims(), ScoringTypes.HOLDER_INPUT, "victim-inputs"))
        .keyBy(HolderInput::holder)
        .connect(curbs.broadcast(Curbs.HOLDERS))
        .process(new ScoreByHolder(settings), ScoringTypes.ACCOUNT_INPUT)
        .setBufferTimeout(AT_ONCE)
        .uid(OperatorIds.SCORE_HOLDER)
        .name("score by holder");
  }

  private static SingleOutputStreamOperator<StopProposal> scoreAccounts(
      DataStream<MatchOutput> matched,
      DataStream<AccountInput> forwarded,
      DataStream<AccountInput> named,
      DataStream<OfficerAct> acts,
      DataStream<Curb> curbs,
      ScoreSettings settings) {
    return flatMap(matched, new Splits.ToAccounts(), ScoringTypes.ACCOUNT_INPUT, "account-inputs")
        .union(
            forwarded,
            named,
            flatMap(acts, new Splits.ToVerdicts(), ScoringTypes.ACCOUNT_INPUT, "verdict-inputs"))
        .keyBy(AccountInput::account)
        .connect(curbs.broadcast(Curbs.ACCOUNTS))
        .process(new ScoreByAccount(settings), TypeInformation.of(StopProposal.class))
        .setBufferTimeout(AT_ONCE)
        .uid(OperatorIds.SCORE_ACCOUNT)
        .name("score by target account");
  }

  private static DataStream<TransferDecision> decide(
      SingleOutputStreamOperator<Routed> routed,
      SingleOutputStreamOperator<AccountInput> holders,
      SingleOutputStreamOperator<StopProposal> accounts,
      boolean banksOnWallClock) {
    DataStream<PartReport> parts =
        holders
            .getSideOutput(ScoreByHolder.PARTS)
            .union(accounts.getSideOutput(ScoreByAccount.PARTS));
    return map(
            routed.getSideOutput(RouterOperator.ANNOUNCEMENTS),
            new Splits.ToJoin(),
            JoinInput.class,
            "announcements")
        .union(map(parts, new Splits.PartToJoin(), JoinInput.class, "parts"))
        .keyBy(JoinInput::eventId)
        .process(new DecisionJoin(banksOnWallClock), TypeInformation.of(TransferDecision.class))
        .setBufferTimeout(AT_ONCE)
        .uid(OperatorIds.DECISION_JOIN)
        .name("PASS or HOLD");
  }

  /** What rules in shadow would have done, from final hits. */
  public static DataStream<ShadowStatistics> shadows(DataStream<RuleHit> finalHits) {
    return statistics(overlaps(finalHits));
  }

  /** The same, and which stops behind a rule officers found wrong. */
  static DataStream<ShadowStatistics> shadows(
      DataStream<RuleHit> finalHits, DataStream<WrongStop> wrongStops) {
    // On its input's subtask: spread over several, two acts on one order could overtake each other.
    DataStream<ShadowMark> wrong =
        wrongStops
            .map(ShadowMark::of)
            .returns(TypeInformation.of(ShadowMark.class))
            .setParallelism(wrongStops.getParallelism())
            .setBufferTimeout(AT_ONCE)
            .uid("wrong-stops")
            .name("wrong-stops");
    return statistics(overlaps(finalHits).union(wrong));
  }

  private static DataStream<ShadowMark> overlaps(DataStream<RuleHit> finalHits) {
    return flatMap(finalHits, new Splits.ToShadow(), FinalHit.class, "shadow-subjects")
        .keyBy(FinalHit::subject)
        .process(new ShadowOverlap(), TypeInformation.of(ShadowMark.class))
        .setBufferTimeout(AT_ONCE)
        .uid(ShadowOverlap.UID)
        .name("shadow overlap");
  }

  private static DataStream<ShadowStatistics> statistics(DataStream<ShadowMark> marks) {
    return marks
        .keyBy(ShadowMark::version)
        .process(new ShadowTotals(), TypeInformation.of(ShadowStatistics.class))
        .setBufferTimeout(AT_ONCE)
        .uid(ShadowTotals.UID)
        .name("shadow totals");
  }

  /**
   * Proposals, acts, receipts and the record to requests and signed orders. Parallelism 1
   * (ADR-0009); its only watermark is the clock's.
   *
   * @param proposals what scoring asks
   * @param inputs acts, receipts and orders read back
   * @param ticks ticks alone, as they were read
   * @param controls authorisations, lists, kill switches and the marks of reading back
   */
  public static SingleOutputStreamOperator<StopPaymentRequest> stopOrders(
      DataStream<StopProposal> proposals,
      DataStream<OrderInput> inputs,
      DataStream<OrderControl> ticks,
      DataStream<OrderControl> controls,
      OrderSettings settings,
      OrderKeysFactory keys) {
    DataStream<OrderInput> proposed =
        map(proposals, OrderInput::proposal, OrderInput.class, "order-proposals");
    // One subtask: spread over several, the receipts and orders of one account could overtake each
    // other.
    DataStream<OrderInput> all =
        ControlTime.unbound(proposed.union(inputs), "order-inputs-time").setParallelism(1);
    DataStream<OrderControl> clock =
        ticks
            .assignTimestampsAndWatermarks(TickTime.ofTicks())
            .setParallelism(1)
            .setBufferTimeout(AT_ONCE)
            .uid("tick-time")
            .name("tick time");
    return all.keyBy(OrderInput::accountToken)
        .connect(
            clock
                .union(ControlTime.unbound(controls, "order-controls-time"))
                .broadcast(StopOrdersFunction.BROADCAST))
        .process(
            new StopOrdersFunction(settings, keys), TypeInformation.of(StopPaymentRequest.class))
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid(OperatorIds.STOP_ORDERS)
        .name("stop-orders");
  }

  /**
   * How far the job has come: the least watermark of its last streams, as ticks.
   *
   * @param maxLatenessMs how far the job's watermark stays behind its newest event, milliseconds
   */
  public static DataStream<ClockTick> echo(
      Detected detected, DataStream<StopPaymentRequest> requests, long maxLatenessMs) {
    return ControlTime.heard(detected.proposals(), "echo-proposals")
        .union(ControlTime.heard(detected.decisions(), "echo-decisions"))
        .connect(
            detected
                .heard()
                .transform(
                    "silence of all", TypeInformation.of(SourceStatus.class), new IdleWatch("all"))
                .setParallelism(1)
                .setBufferTimeout(AT_ONCE)
                .uid("silence-of-all"))
        .transform("decided", Types.LONG, new WhileHeard())
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("echo-decided")
        .union(ControlTime.heard(requests, "echo-requests"))
        .transform("tick echo", TypeInformation.of(ClockTick.class), new TickEcho(maxLatenessMs))
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid(OperatorIds.TICK_ECHO);
  }

  private static <A, B> SingleOutputStreamOperator<B> flatMap(
      DataStream<A> stream, FlatMapFunction<A, B> function, Class<B> type, String uid) {
    return flatMap(stream, function, TypeInformation.of(type), uid);
  }

  private static <A, B> SingleOutputStreamOperator<B> flatMap(
      DataStream<A> stream, FlatMapFunction<A, B> function, TypeInformation<B> type, String uid) {
    return stream
        .flatMap(function)
        .returns(type)
        .setParallelism(stream.getParallelism())
        .setBufferTimeout(AT_ONCE)
        .uid(uid)
        .name(uid);
  }

  private static <A, B> SingleOutputStreamOperator<B> map(
      DataStream<A> stream, MapFunction<A, B> function, Class<B> type, String uid) {
    return map(stream, function, TypeInformation.of(type), uid);
  }

  private static <A, B> SingleOutputStreamOperator<B> map(
      DataStream<A> stream, MapFunction<A, B> function, TypeInformation<B> type, String uid) {
    return stream.map(function).returns(type).setBufferTimeout(AT_ONCE).uid(uid).name(uid);
  }

  /** What scoring hears: bounds on actions. */
  static final class Bounds implements FlatMapFunction<RouterControl, Curb> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RouterControl control, org.apache.flink.util.Collector<Curb> out) {
      if (control.curb() != null) {
        out.collect(control.curb());
      }
    }
  }

  /** What MATCH hears: publications and the mark that they have been read to the end. */
  static final class RuleInputs implements FlatMapFunction<RouterControl, RuleInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RouterControl control, org.apache.flink.util.Collector<RuleInput> out) {
      switch (control.kind()) {
        case PUBLICATION -> out.collect(RuleInput.of(control.publication(), control.position()));
        case ANNULMENT -> out.collect(RuleInput.annul(control.status()));
        case READY -> out.collect(RuleInput.readToEnd());
        case LIST, ANSWER, CURB -> {
          // The router's, the gate's and scoring's.
        }
      }
    }
  }
}
