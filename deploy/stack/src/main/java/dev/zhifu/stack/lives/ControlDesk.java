package dev.zhifu.stack.lives;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.SubjectKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Signs bounds on automatic actions and writes them. Not for several threads. */
public final class ControlDesk implements AutoCloseable {
  private static final String CONTROLS = "action.controls";
  private static final String ACTS = "officer.acts";

  private final TopicReader reader;
  private final TopicWriter writer;
  private final Function<String, KeySigner> keys;
  private final Signatures signatures;
  private final Set<String> unreadable = new LinkedHashSet<>();

  /** A desk that works as the principal of {@code access} and signs with DEMO keys. */
  public ControlDesk(BrokerAccess access, RegistrySettings registry) {
    this(
        access,
        registry,
        ControlDesk::demoKey,
        new Signatures(DemoKeys.directory(), Environment.DEMO));
  }

  /**
   * A desk that works as the principal of {@code access}.
   *
   * @param keys the key with which a person signs
   * @param signatures verifies as the engine on that broker will: what it would turn away is not
   *     written
   */
  public ControlDesk(
      BrokerAccess access,
      RegistrySettings registry,
      Function<String, KeySigner> keys,
      Signatures signatures) {
    this.keys = keys;
    this.signatures = signatures;
    this.reader = new TopicReader(access, registry);
    this.writer = new TopicWriter(access, registry);
  }

  /** Event time now, by the clock's topic. */
  public Instant now() {
    Instant at = EventClock.read(reader).at();
    if (at == null) {
      throw new StackException("the clock has not ticked yet; wait until the city is live");
    }
    return at;
  }

  /**
   * At most {@code hitsMax} hits of a rule lead to automatic actions within {@code span}; −1 takes
   * the limit away.
   */
  public ActionControl limit(String ruleId, int hitsMax, Duration span, String by, String reason) {
    return write(
        new ActionControl(
            "limit:" + ruleId,
            ActionControlKind.LIMIT,
            ruleId,
            hitsMax,
            span.toMillis(),
            null,
            null,
            null,
            now(),
            by,
            reason,
            null,
            null));
  }

  /** No automatic action about a subject until {@code until}; a time that has passed ends one. */
  public ActionControl suppress(
      SubjectKind kind, String subject, Instant until, String by, String reason) {
    return write(
        new ActionControl(
            "suppress:" + kind + ":" + subject,
            ActionControlKind.SUPPRESS,
            null,
            0,
            0L,
            kind,
            subject,
            until,
            now(),
            by,
            reason,
            null,
            null));
  }

  /**
   * KILL_SWITCH or REVIVE.
   *
   * @throws StackException when the engine would turn the signature away; nothing is written
   */
  public OfficerAct act(ActKind kind, String by, String reason) {
    KeySigner key = keys.apply(by);
    OfficerAct draft =
        OfficerAct.newBuilder()
            .setActId("hand-" + UUID.randomUUID())
            .setKind(kind)
            .setOfficerId(by)
            .setRole(key.entry().role().authorises() ? "HEAD" : "DUTY_OFFICER")
            .setAt(now())
            .setObjectId("engine")
            .setReason(reason)
            .setDocuments(List.of())
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    OfficerAct signed = Signatures.sign(draft, key);
    require(signatures.verify(signed, signed.getAt()));
    writer.write(ACTS, signed.getObjectId(), signed);
    return signed;
  }

  private ActionControl write(ActionControl draft) {
    ActionControl signed = Signatures.sign(draft, keys.apply(draft.getBy()));
    require(signatures.verify(signed, signed.getAt()));
    writer.write(CONTROLS, signed.getControlId(), signed);
    return signed;
  }

  private static void require(SignatureCheck check) {
    if (!check.holds()) {
      throw new StackException("nothing is decided: " + check.sentence());
    }
  }

  private static KeySigner demoKey(String person) {
    try {
      return DemoKeys.person(person);
    } catch (CryptoException e) {
      throw new StackException("the demo has no key of '" + person + "': " + e.getMessage(), e);
    }
  }

  /** Newest state of each control, in the order of the topic. */
  public List<ActionControl> controls() {
    Map<String, ActionControl> newest = new LinkedHashMap<>();
    readable(CONTROLS, ActionControl.class).forEach(one -> newest.put(one.getControlId(), one));
    return List.copyOf(newest.values());
  }

  /** The newest kill switch act or its revival; null when there was none. */
  public OfficerAct killSwitch() {
    OfficerAct newest = null;
    for (OfficerAct act : readable(ACTS, OfficerAct.class)) {
      if (act.getKind() == ActKind.KILL_SWITCH || act.getKind() == ActKind.REVIVE) {
        newest = act;
      }
    }
    return newest;
  }

  /**
   * A sentence for each record that could not be read so far. The engine has turned it away; here
   * it must not keep a person from seeing which bounds hold.
   */
  public Set<String> unreadable() {
    return Collections.unmodifiableSet(unreadable);
  }

  private <T extends SpecificRecord> List<T> readable(String topic, Class<T> type) {
    List<T> all = new ArrayList<>();
    reader.scan(
        List.of(topic),
        record -> {
          try {
            all.add(reader.decode(record, type));
          } catch (StackException e) {
            unreadable.add(e.getMessage() + "; it is passed over");
          }
        });
    return all;
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
