package dev.zhifu.jobs.io;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.gate.RuleGate;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Rule publications, answers to them, list entries and bounds on actions, for the gate, the router,
 * matching and scoring. What persons sign counts only under keys of our environment; what is forged
 * is a dead letter, and a forged publication is answered besides.
 */
public final class RuleAndListDecoder extends ProcessFunction<RawRecord, RouterControl> {
  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  /** Answers to publications that nobody entitled has signed. */
  public static final OutputTag<RuleStatus> REFUSED =
      new OutputTag<>("refused-publications", TypeInformation.of(RuleStatus.class));

  private final CodecSource codecs;
  private final String keyDirectory;
  private final Environment environment;
  private transient AvroCodec codec;
  private transient Signatures signatures;
  private transient CurbReading curbs;
  private transient Counter refused;

  /**
   * @param registry where writers' schemas are looked up
   * @param keyDirectory file of public keys
   * @param environment environment whose approvers count
   */
  public RuleAndListDecoder(
      RegistrySettings registry, String keyDirectory, Environment environment) {
    this((CodecSource) registry::codec, keyDirectory, environment);
  }

  RuleAndListDecoder(CodecSource codecs, String keyDirectory, Environment environment) {
    this.codecs = codecs;
    this.keyDirectory = keyDirectory;
    this.environment = environment;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.codec();
    KeyDirectory keys = KeyDirectoryFile.read(Path.of(keyDirectory));
    signatures = new Signatures(keys, environment);
    curbs = new CurbReading(keys, signatures);
    refused = getRuntimeContext().getMetricGroup().counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<RouterControl> out) {
    if (record.isEnd()) {
      out.collect(RouterControl.ready());
      return;
    }
    if (record.value() == null) {
      return;
    }
    try {
      decode(record, context, out);
    } catch (WireException e) {
      refuse(record, e.reason(), e.getMessage(), context);
    }
  }

  private void decode(RawRecord record, Context context, Collector<RouterControl> out)
      throws WireException {
    switch (record.topic()) {
      case "list.entries" -> out.collect(RouterControl.of(read(record, ListEntry.class)));
      case "rules.status" -> out.collect(RouterControl.answer(read(record, RuleStatus.class)));
      case "action.controls" ->
          curb(record, curbs.of(read(record, ActionControl.class)), context, out);
      case "officer.acts" -> act(record, context, out);
      default -> publication(record, context, out);
    }
  }

  private <T extends SpecificRecord> T read(RawRecord record, Class<T> type) throws WireException {
    return codec.deserialize(record.topic(), record.value(), type);
  }

  private void act(RawRecord record, Context context, Collector<RouterControl> out) {
    try {
      curb(record, curbs.of(read(record, OfficerAct.class)), context, out);
    } catch (WireException e) {
      // The reader of acts for stop-orders turns it away once.
    }
  }

  private void curb(
      RawRecord record, CurbReading.Read read, Context context, Collector<RouterControl> out) {
    if (read.curb() != null) {
      out.collect(RouterControl.of(read.curb()));
    } else if (read.reason() != null) {
      refuse(record, read.reason(), read.why(), context);
    }
  }

  private void publication(RawRecord record, Context context, Collector<RouterControl> out)
      throws WireException {
    RulePublication publication = read(record, RulePublication.class);
    String position = record.topic() + ":" + record.partition() + ":" + record.offset();
    SignatureCheck check = check(publication);
    if (check == null || check.holds()) {
      out.collect(RouterControl.of(publication, position));
    } else {
      refuse(record, DeadLetterReason.BAD_SIGNATURE, check.sentence(), context);
      context.output(REFUSED, RuleGate.forged(publication, position, check.sentence()));
    }
  }

  /** A draft is in force nowhere and needs no signature. */
  private SignatureCheck check(RulePublication publication) {
    return publication.getStatus() == PublicationStatus.DRAFT
        ? null
        : signatures.verify(publication, publication.getEffectiveFrom());
  }

  private void refuse(RawRecord record, DeadLetterReason reason, String why, Context context) {
    refused.inc();
    context.output(DEAD, DeadLetters.of(record, reason, why));
  }
}
