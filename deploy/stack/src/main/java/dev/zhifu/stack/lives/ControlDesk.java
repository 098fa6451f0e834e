package dev.zhifu.stack.lives;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.crypto.Signer;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.SubjectKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs bounds on automatic actions with DEMO keys and writes them. Not for several threads. */
public final class ControlDesk implements AutoCloseable {
  private static final String CONTROLS = "action.controls";
  private static final String ACTS = "officer.acts";

  private final TopicReader reader;
  private final TopicWriter writer;

  /** A desk that works as the principal of {@code access}. */
  public ControlDesk(BrokerAccess access, String registryUrl) {
    this.reader = new TopicReader(access, registryUrl);
    this.writer = new TopicWriter(access, registryUrl);
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

  /** KILL_SWITCH or REVIVE. */
  public OfficerAct act(ActKind kind, String by, String reason) {
    OfficerAct draft =
        OfficerAct.newBuilder()
            .setActId("hand-" + UUID.randomUUID())
            .setKind(kind)
            .setOfficerId(by)
            .setRole(by.equals(DemoKeys.AUTHORISER) ? "HEAD" : "DUTY_OFFICER")
            .setAt(now())
            .setObjectId("engine")
            .setReason(reason)
            .setDocuments(List.of())
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    OfficerAct signed = Signatures.sign(draft, signer(by));
    writer.write(ACTS, signed.getObjectId(), signed);
    return signed;
  }

  private ActionControl write(ActionControl draft) {
    ActionControl signed = Signatures.sign(draft, signer(draft.getBy()));
    writer.write(CONTROLS, signed.getControlId(), signed);
    return signed;
  }

  private static Signer signer(String person) {
    try {
      return DemoKeys.person(person);
    } catch (CryptoException e) {
      throw new StackException("the demo has no key of '" + person + "': " + e.getMessage(), e);
    }
  }

  /** Newest state of each control, in the order of the topic. */
  public List<ActionControl> controls() {
    Map<String, ActionControl> newest = new LinkedHashMap<>();
    reader
        .readAll(List.of(CONTROLS), ActionControl.class)
        .forEach(one -> newest.put(one.getControlId(), one));
    return List.copyOf(newest.values());
  }

  /** The newest kill switch act or its revival; null when there was none. */
  public OfficerAct killSwitch() {
    OfficerAct newest = null;
    for (OfficerAct act : reader.readAll(List.of(ACTS), OfficerAct.class)) {
      if (act.getKind() == ActKind.KILL_SWITCH || act.getKind() == ActKind.REVIVE) {
        newest = act;
      }
    }
    return newest;
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
