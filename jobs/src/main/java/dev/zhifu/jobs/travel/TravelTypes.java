package dev.zhifu.jobs.travel;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.Side;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Types of the streams on which every event travels. Their bytes are never state. */
public final class TravelTypes {

  /** What a source has read, on its way to the first step. */
  public static final TypeInformation<Ingested> INGESTED =
      new TravelType<>(Ingested.class, new Readings());

  /** Inputs of the feature steps. */
  public static final TypeInformation<FeatureInput> FEATURE_INPUT =
      new TravelType<>(FeatureInput.class, new FeatureInputs());

  /** Events between the steps. */
  public static final TypeInformation<EnrichedEvent> ENRICHED =
      new TravelType<>(EnrichedEvent.class, new Events());

  /** Events on their way to a matching key. */
  public static final TypeInformation<Routed> ROUTED =
      new TravelType<>(Routed.class, new RoutedEvents());

  private static final RecordPlan EVENT = RecordPlan.of(EnrichedEvent.getClassSchema());

  /** A source's events carry no features yet. */
  private static final RecordPlan BARE_EVENT = EVENT.withBlank("features");

  private static final RecordPlan DEAD = RecordPlan.of(DeadLetter.getClassSchema());
  private static final RecordPlan REPORTED = RecordPlan.of(ReportedTransfer.getClassSchema());

  private TravelTypes() {}

  private static final class Readings extends TravelSerializer<Ingested> {
    private static final long serialVersionUID = 1L;
    private static final int HEARTBEAT = 0;
    private static final int VALID = 1;
    private static final int TURNED_AWAY = 2;

    @Override
    void write(Ingested read, ByteWriter out) {
      out.number(read.eventTimeMs());
      if (read.event() != null) {
        out.raw(VALID);
        BARE_EVENT.write(read.event(), out);
      } else if (read.deadLetter() != null) {
        out.raw(TURNED_AWAY);
        DEAD.write(read.deadLetter(), out);
      } else {
        out.raw(HEARTBEAT);
      }
    }

    @Override
    Ingested read(ByteReader in) {
      long atMs = in.number();
      return switch (in.raw()) {
        case VALID -> new Ingested((EnrichedEvent) BARE_EVENT.read(in), null, atMs);
        case TURNED_AWAY -> new Ingested(null, (DeadLetter) DEAD.read(in), atMs);
        default -> new Ingested(null, null, atMs);
      };
    }

    @Override
    public TypeSerializer<Ingested> duplicate() {
      return new Readings();
    }
  }

  private static final class Events extends TravelSerializer<EnrichedEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    void write(EnrichedEvent event, ByteWriter out) {
      EVENT.write(event, out);
    }

    @Override
    EnrichedEvent read(ByteReader in) {
      return (EnrichedEvent) EVENT.read(in);
    }

    @Override
    public TypeSerializer<EnrichedEvent> duplicate() {
      return new Events();
    }
  }

  private static final class FeatureInputs extends TravelSerializer<FeatureInput> {
    private static final long serialVersionUID = 1L;
    private static final FeatureInput.Kind[] KINDS = FeatureInput.Kind.values();

    @Override
    void write(FeatureInput input, ByteWriter out) {
      out.raw(input.kind().ordinal());
      if (input.kind() == FeatureInput.Kind.QUERY) {
        REPORTED.write(input.query(), out);
        out.textOrNull(input.reportId());
        out.textOrNull(input.victimHolder());
        out.number(input.acceptedAtMs());
        out.textOrNull(input.actId());
      } else {
        out.text(input.key());
        EVENT.write(input.event(), out);
      }
    }

    @Override
    FeatureInput read(ByteReader in) {
      return switch (KINDS[in.raw()]) {
        case EVENT -> FeatureInput.event(in.text(), (EnrichedEvent) EVENT.read(in));
        case NOTE -> FeatureInput.note(in.text(), (EnrichedEvent) EVENT.read(in));
        case QUERY ->
            FeatureInput.query(
                (ReportedTransfer) REPORTED.read(in),
                in.textOrNull(),
                in.textOrNull(),
                in.number(),
                in.textOrNull());
      };
    }

    @Override
    public TypeSerializer<FeatureInput> duplicate() {
      return new FeatureInputs();
    }
  }

  private static final class RoutedEvents extends TravelSerializer<Routed> {
    private static final long serialVersionUID = 1L;
    private static final KeyKind[] KINDS = KeyKind.values();
    private static final Side[] SIDES = Side.values();

    @Override
    void write(Routed routed, ByteWriter out) {
      out.raw(routed.keyKind().ordinal());
      out.text(routed.id());
      out.raw(routed.side().ordinal());
      EVENT.write(routed.event(), out);
    }

    @Override
    Routed read(ByteReader in) {
      return Routed.of(KINDS[in.raw()], in.text(), SIDES[in.raw()], (EnrichedEvent) EVENT.read(in));
    }

    @Override
    public TypeSerializer<Routed> duplicate() {
      return new RoutedEvents();
    }
  }
}
