package dev.zhifu.jobs.io;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.OfficerAct;

/** Turns signed controls and acts into bounds on actions. */
final class CurbReading {
  private final KeyDirectory keys;
  private final Signatures signatures;

  /**
   * What came of one record; both null when it says nothing here.
   *
   * @param curb the bound
   * @param reason why it is turned away
   * @param why in words
   */
  record Read(Curb curb, DeadLetterReason reason, String why) {
    private static final Read NOTHING = new Read(null, null, null);

    private static Read of(Curb curb) {
      return new Read(curb, null, null);
    }

    private static Read forged(String why) {
      return new Read(null, DeadLetterReason.BAD_SIGNATURE, why);
    }
  }

  CurbReading(KeyDirectory keys, Signatures signatures) {
    this.keys = keys;
    this.signatures = signatures;
  }

  /** KILL_SWITCH and REVIVE; other acts say nothing here. */
  Read of(OfficerAct act) {
    if (act.getKind() != ActKind.KILL_SWITCH && act.getKind() != ActKind.REVIVE) {
      return Read.NOTHING;
    }
    SignatureCheck check = signatures.verify(act, act.getAt());
    if (!check.holds()) {
      return Read.forged(check.sentence());
    }
    long atMs = act.getAt().toEpochMilli();
    if (act.getKind() == ActKind.KILL_SWITCH) {
      return Read.of(Curb.kill(act.getActId(), atMs));
    }
    return keys.require(act.getKeyId()).role().authorises()
        ? Read.of(Curb.revive(act.getActId(), atMs))
        : Read.forged(
            "act "
                + act.getActId()
                + " revives automatic actions; only an authorising officer may");
  }

  /** A limit or a suppression. */
  Read of(ActionControl control) {
    SignatureCheck check = signatures.verify(control, control.getAt());
    if (!check.holds()) {
      return Read.forged(check.sentence());
    }
    String fault = fault(control);
    if (fault != null) {
      return new Read(null, DeadLetterReason.CONTRADICTORY_FIELDS, fault);
    }
    long atMs = control.getAt().toEpochMilli();
    return Read.of(
        control.getKind() == ActionControlKind.LIMIT
            ? Curb.limit(
                control.getControlId(),
                control.getRuleId(),
                control.getHitsMax(),
                control.getSpanMs(),
                atMs)
            : Curb.suppress(
                control.getControlId(),
                control.getSubjectKind(),
                control.getSubject(),
                control.getUntil().toEpochMilli(),
                atMs));
  }

  private static String fault(ActionControl control) {
    if (control.getKind() == ActionControlKind.LIMIT) {
      return control.getRuleId() != null && control.getHitsMax() >= -1 && control.getSpanMs() > 0
          ? null
          : "control "
              + control.getControlId()
              + " limits rule "
              + control.getRuleId()
              + " to "
              + control.getHitsMax()
              + " hits in "
              + control.getSpanMs()
              + " ms; it needs a rule, at least 0 hits (or -1 for no limit) and a span above 0";
    }
    return control.getSubject() != null
            && control.getSubjectKind() != null
            && control.getUntil() != null
        ? null
        : "control "
            + control.getControlId()
            + " suppresses actions and lacks subjectKind, subject or until; it needs all three";
  }
}
