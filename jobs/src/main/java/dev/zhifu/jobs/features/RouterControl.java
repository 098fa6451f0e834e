package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;

/**
 * What the router hears beside the events, on every subtask; matching and scoring hear their share
 * of it.
 *
 * @param kind which of them
 * @param publication a rule's publication; null unless PUBLICATION
 * @param position where the publication was read, topic:partition:offset; empty unless PUBLICATION,
 *     and where nobody will ask
 * @param entry a list entry; null unless LIST
 * @param status what was answered to a publication; null unless ANSWER or ANNULMENT
 * @param curb a bound on actions; null unless CURB
 */
public record RouterControl(
    Kind kind,
    RulePublication publication,
    String position,
    ListEntry entry,
    RuleStatus status,
    Curb curb) {

  /** Kinds of control. */
  public enum Kind {
    PUBLICATION,
    LIST,
    /** Everything that rules, lists and controls held when the job started has been read. */
    READY,
    /** An answer read back from the status topic; ends at the gate. */
    ANSWER,
    /** Takes a publication back: a subtask had passed its time already. */
    ANNULMENT,
    CURB
  }

  /** A publication whose place in the topic does not matter. */
  public static RouterControl of(RulePublication publication) {
    return of(publication, "");
  }

  /** A publication and where it was read. */
  public static RouterControl of(RulePublication publication, String position) {
    return new RouterControl(Kind.PUBLICATION, publication, position, null, null, null);
  }

  /** A list entry. */
  public static RouterControl of(ListEntry entry) {
    return new RouterControl(Kind.LIST, null, "", entry, null, null);
  }

  /** An answer read back. */
  public static RouterControl answer(RuleStatus status) {
    return new RouterControl(Kind.ANSWER, null, "", null, status, null);
  }

  /** Takes back the publication that {@code status} names. */
  public static RouterControl annulment(RuleStatus status) {
    return new RouterControl(Kind.ANNULMENT, null, "", null, status, null);
  }

  /** A bound on actions. */
  public static RouterControl of(Curb curb) {
    return new RouterControl(Kind.CURB, null, "", null, null, curb);
  }

  /** The mark that rules, lists and controls have been read. */
  public static RouterControl ready() {
    return new RouterControl(Kind.READY, null, "", null, null, null);
  }
}
