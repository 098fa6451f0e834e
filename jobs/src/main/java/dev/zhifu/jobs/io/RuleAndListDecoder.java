package dev.zhifu.jobs.io;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Rule publications and list entries for the router and for matching. A publication counts only
 * under the signature of an approver of our environment; a forged one is a dead letter.
 */
public final class RuleAndListDecoder extends ProcessFunction<RawRecord, RouterControl> {
  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  public static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final CodecSource codecs;
  private final String keyDirectory;
  private final Environment environment;
  private transient AvroCodec codec;
  private transient Signatures signatures;
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
      if (record.topic().equals("list.entries")) {
        out.collect(
            RouterControl.of(codec.deserialize(record.topic(), record.value(), ListEntry.class)));
        return;
      }
      RulePublication publication =
          codec.deserialize(record.topic(), record.value(), RulePublication.class);
      SignatureCheck check = check(publication);
      if (check == null || check.holds()) {
        out.collect(RouterControl.of(publication));
      } else {
        refuse(record, DeadLetterReason.BAD_SIGNATURE, check.sentence(), context);
      }
    } catch (WireException e) {
      refuse(record, e.reason(), e.getMessage(), context);
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
