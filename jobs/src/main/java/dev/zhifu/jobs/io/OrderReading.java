package dev.zhifu.jobs.io;

import dev.zhifu.jobs.orders.FoundWrong;
import dev.zhifu.jobs.orders.FreezeWord;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.Fault;
import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.schemas.events.TickGuard;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decoders of what stop-orders reads; each turns away what it cannot use, whole, and goes on. */
public final class OrderReading {

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private OrderReading() {}

  /** Where a record stands, as stop-orders keeps positions: topic:partition. */
  static String position(String topic, int partition) {
    return topic + ":" + partition;
  }

  /** Decodes and, on a record that cannot be decoded, makes a dead letter. */
  private abstract static class Decoder<O> extends ProcessFunction<RawRecord, O> {
    private static final long serialVersionUID = 1L;

    private final CodecSource codecs;
    protected transient AvroCodec codec;
    private transient Counter refused;

    Decoder(CodecSource codecs) {
      this.codecs = codecs;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      codec = codecs.codec();
      refused = getRuntimeContext().getMetricGroup().counter("deadLetters");
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<O> out)
        throws Exception {
      if (record.isEnd()) {
        return;
      }
      if (record.value() == null) {
        skipped(record, out);
        return;
      }
      try {
        decode(record, context, out);
      } catch (WireException e) {
        refuse(record, e.reason(), e.getMessage(), context);
      }
    }

    /** A record without a value has been read all the same. */
    void skipped(RawRecord record, Collector<O> out) {}

    abstract void decode(RawRecord record, Context context, Collector<O> out) throws WireException;

    final void refuse(RawRecord record, DeadLetterReason reason, String why, Context context) {
      refused.inc();
      context.output(DEAD, DeadLetters.of(record, reason, why));
    }
  }

  /**
   * The clock, behind the offsets that must have been read back before anything is signed. They are
   * asked of the broker at each start and told with the first tick. A tick that jumps is turned
   * away: no watermark follows it, so nothing falls due by it.
   *
   * <p>State: {@code order-ticks.last.v1}, operator state, two numbers, replaced by each snapshot.
   */
  public static final class Ticks extends Decoder<OrderControl> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    static final ListStateDescriptor<Long> LAST =
        new ListStateDescriptor<>("order-ticks.last.v1", Types.LONG);

    private final TopicEnds.Source source;
    private transient ListState<Long> kept;
    private transient TickGuard guard;
    private transient Counter jumps;
    private transient boolean told;
    private transient Map<String, Long> ends;

    public Ticks(RegistrySettings registry, KafkaAccess access, List<String> orderTopics) {
      this(registry::codec, TopicEnds.ofBroker(access, topics(orderTopics)));
    }

    Ticks(CodecSource codecs, TopicEnds.Source source) {
      super(codecs);
      this.source = source;
    }

    private static List<String> topics(List<String> orderTopics) {
      List<String> topics = new ArrayList<>(orderTopics);
      topics.addAll(List.of("clock.ticks", "stop.authorisations", "officer.acts"));
      return topics;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      super.open(context);
      jumps = getRuntimeContext().getMetricGroup().counter("clockJumps");
      told = false;
      ends = new HashMap<>();
      source.ask().forEach(end -> ends.put(position(end.topic(), end.partition()), end.end()));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      kept = context.getOperatorStateStore().getListState(LAST);
      List<Long> last = new ArrayList<>();
      kept.get().forEach(last::add);
      guard = new TickGuard(last);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      kept.update(guard.last());
    }

    @Override
    void decode(RawRecord record, Context context, Collector<OrderControl> out)
        throws WireException {
      if (!told) {
        told = true;
        out.collect(OrderControl.readBackDone(ends));
      }
      ClockTick tick = codec.deserialize(record.topic(), record.value(), ClockTick.class);
      Optional<String> fault = guard.fault(tick);
      if (fault.isPresent()) {
        jumps.inc();
        refuse(record, DeadLetterReason.CLOCK_JUMP, fault.get(), context);
        out.collect(
            OrderControl.passed(position(record.topic(), record.partition()), record.offset()));
        return;
      }
      out.collect(
          OrderControl.tick(tick, position(record.topic(), record.partition()), record.offset()));
    }
  }

  /** Authorisations, list entries and kill switches. */
  public static final class Controls extends Decoder<OrderControl> {
    private static final long serialVersionUID = 1L;

    public Controls(RegistrySettings registry) {
      this((CodecSource) registry::codec);
    }

    Controls(CodecSource codecs) {
      super(codecs);
    }

    /** Who waits for the end of the topic must not wait for a record that says nothing. */
    @Override
    void skipped(RawRecord record, Collector<OrderControl> out) {
      out.collect(
          OrderControl.passed(position(record.topic(), record.partition()), record.offset()));
    }

    @Override
    void decode(RawRecord record, Context context, Collector<OrderControl> out)
        throws WireException {
      String at = position(record.topic(), record.partition());
      switch (record.topic()) {
        case "stop.authorisations" -> authorisation(record, at, out);
        case "list.entries" -> list(record, at, out);
        default -> killSwitch(record, at, out);
      }
    }

    /**
     * One that cannot be read was read all the same: it must not keep the job waiting for the
     * topic's end.
     */
    private void authorisation(RawRecord record, String at, Collector<OrderControl> out)
        throws WireException {
      try {
        out.collect(
            OrderControl.authorisation(
                codec.deserialize(record.topic(), record.value(), StandingAuthorisation.class),
                at,
                record.offset()));
      } catch (WireException e) {
        out.collect(OrderControl.passed(at, record.offset()));
        throw e;
      }
    }

    private void list(RawRecord record, String at, Collector<OrderControl> out) {
      try {
        out.collect(
            OrderControl.list(
                codec.deserialize(record.topic(), record.value(), ListEntry.class),
                at,
                record.offset()));
      } catch (WireException e) {
        // The same record goes to RuleAndListDecoder, which turns it away once.
        out.collect(OrderControl.passed(at, record.offset()));
      }
    }

    private void killSwitch(RawRecord record, String at, Collector<OrderControl> out) {
      try {
        OfficerAct act = codec.deserialize(record.topic(), record.value(), OfficerAct.class);
        out.collect(
            act.getKind() == ActKind.KILL_SWITCH
                ? OrderControl.killSwitch(act, at, record.offset())
                : OrderControl.passed(at, record.offset()));
      } catch (WireException e) {
        // The same record goes to Inputs, which turns it away once.
        out.collect(OrderControl.passed(at, record.offset()));
      }
    }
  }

  /** Acts about orders, receipts, orders read back, and the transitions made before. */
  public static final class Inputs extends Decoder<OrderInput> {
    private static final long serialVersionUID = 1L;

    public Inputs(RegistrySettings registry) {
      this((CodecSource) registry::codec);
    }

    Inputs(CodecSource codecs) {
      super(codecs);
    }

    @Override
    void skipped(RawRecord record, Collector<OrderInput> out) {
      passed(record, out);
    }

    /**
     * Who waits for the record to be read back to its end must not wait for ever for one that
     * cannot be read: it is turned away, and passed.
     */
    @Override
    void decode(RawRecord record, Context context, Collector<OrderInput> out) throws WireException {
      try {
        use(record, context, out);
      } catch (WireException e) {
        passed(record, out);
        throw e;
      }
    }

    private static void passed(RawRecord record, Collector<OrderInput> out) {
      if (record.topic().endsWith(".orders") || record.topic().equals("stop.requests")) {
        out.collect(OrderInput.passed(record.topic(), record.partition(), record.offset()));
      }
    }

    private void use(RawRecord record, Context context, Collector<OrderInput> out)
        throws WireException {
      if (record.topic().equals("officer.acts")) {
        OfficerAct act = codec.deserialize(record.topic(), record.value(), OfficerAct.class);
        if (act.getKind() != ActKind.ACCEPT_REPORT && act.getKind() != ActKind.KILL_SWITCH) {
          out.collect(OrderInput.act(act));
        }
      } else if (record.topic().endsWith(".orders")) {
        order(record, context, out);
      } else if (record.topic().equals("stop.requests")) {
        StopPaymentRequest request =
            codec.deserialize(record.topic(), record.value(), StopPaymentRequest.class);
        out.collect(
            OrderInput.request(request, record.topic(), record.partition(), record.offset()));
      } else {
        inbound(record, context, out);
      }
    }

    private void order(RawRecord record, Context context, Collector<OrderInput> out)
        throws WireException {
      OrderEnvelope envelope =
          codec.deserialize(record.topic(), record.value(), OrderEnvelope.class);
      try {
        out.collect(
            OrderInput.record(
                envelope,
                Envelopes.open(envelope),
                record.topic(),
                record.partition(),
                record.offset()));
      } catch (CryptoException e) {
        refuse(record, DeadLetterReason.UNDECODABLE, e.getMessage(), context);
        passed(record, out);
      }
    }

    private void inbound(RawRecord record, Context context, Collector<OrderInput> out)
        throws WireException {
      BankInbound inbound = codec.deserialize(record.topic(), record.value(), BankInbound.class);
      if (!record.topic().equals("bank." + inbound.getBank() + ".inbound")) {
        refuse(
            record,
            DeadLetterReason.FOREIGN_TOPIC,
            "bank is '"
                + inbound.getBank()
                + "' on "
                + record.topic()
                + "; a bank writes to its own topic alone",
            context);
      } else if (inbound.getBody() instanceof StopPaymentReceipt receipt) {
        if (TypedAnswers.claimed(receipt)) {
          refuse(
              record,
              DeadLetterReason.CONTRADICTORY_FIELDS,
              "payloadSha256 is '"
                  + receipt.getPayloadSha256()
                  + "', which stands for an answer that an officer typed in; a bank quotes what it"
                  + " received",
              context);
          return;
        }
        out.collect(OrderInput.receipt(receipt));
      }
    }
  }

  /** What recovery says of freezes, and of orders on paper; its other lives are passed. */
  public static final class Freezes extends Decoder<OrderInput> {
    private static final long serialVersionUID = 1L;

    public Freezes(RegistrySettings registry) {
      this((CodecSource) registry::codec);
    }

    Freezes(CodecSource codecs) {
      super(codecs);
    }

    @Override
    void skipped(RawRecord record, Collector<OrderInput> out) {
      passed(record, out);
    }

    @Override
    void decode(RawRecord record, Context context, Collector<OrderInput> out) throws WireException {
      LifeTransition life;
      try {
        life = codec.deserialize(record.topic(), record.value(), LifeTransition.class);
      } catch (WireException e) {
        passed(record, out);
        throw e;
      }
      Optional<FreezeWord> word = FreezeWord.of(life);
      Optional<FoundWrong> wrong = FoundWrong.of(life);
      Optional<StopPaymentReceipt> typed = TypedAnswers.of(life);
      if (word.isPresent()) {
        out.collect(
            OrderInput.freeze(word.get(), record.topic(), record.partition(), record.offset()));
      } else if (wrong.isPresent()) {
        out.collect(
            OrderInput.wrong(wrong.get(), record.topic(), record.partition(), record.offset()));
      } else if (typed.isPresent()) {
        out.collect(
            OrderInput.typed(typed.get(), record.topic(), record.partition(), record.offset()));
      } else {
        passed(record, out);
      }
    }

    private static void passed(RawRecord record, Collector<OrderInput> out) {
      out.collect(OrderInput.passed(record.topic(), record.partition(), record.offset()));
    }
  }

  /**
   * Acts that scoring hears: that accept a report, with one that can be used, and verdicts for an
   * account. All are signed by an officer of our environment.
   */
  public static final class Acceptances extends Decoder<OfficerAct> {
    private static final long serialVersionUID = 1L;
    private static final Set<ActKind> VERDICTS = EnumSet.of(ActKind.RELEASE, ActKind.UPHOLD_APPEAL);

    private final String keyDirectory;
    private final Environment environment;
    private transient Signatures signatures;

    public Acceptances(RegistrySettings registry, String keyDirectory, Environment environment) {
      this((CodecSource) registry::codec, keyDirectory, environment);
    }

    Acceptances(CodecSource codecs, String keyDirectory, Environment environment) {
      super(codecs);
      this.keyDirectory = keyDirectory;
      this.environment = environment;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      super.open(context);
      signatures = new Signatures(KeyDirectoryFile.read(Path.of(keyDirectory)), environment);
    }

    @Override
    void decode(RawRecord record, Context context, Collector<OfficerAct> out) {
      OfficerAct act;
      try {
        act = codec.deserialize(record.topic(), record.value(), OfficerAct.class);
      } catch (WireException e) {
        // The same record goes to Inputs, which turns it away once.
        return;
      }
      boolean accepts = act.getKind() == ActKind.ACCEPT_REPORT;
      if (!accepts && !VERDICTS.contains(act.getKind())) {
        return;
      }
      if (accepts && act.getReport() == null) {
        refuse(
            record,
            DeadLetterReason.MISSING_FIELD,
            "report is missing in act "
                + act.getActId()
                + "; ACCEPT_REPORT carries the report accepted",
            context);
        return;
      }
      Fault fault = accepts ? IngressValidator.check(act.getReport()).orElse(null) : null;
      SignatureCheck check = signatures.verify(act, act.getAt());
      if (!check.holds()) {
        refuse(record, DeadLetterReason.BAD_SIGNATURE, check.sentence(), context);
      } else if (fault != null) {
        refuse(record, fault.reason(), fault.explanation(), context);
      } else {
        out.collect(act);
      }
    }
  }
}
