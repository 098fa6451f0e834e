package dev.zhifu.jobs.flow;

import dev.zhifu.wire.SubjectKind;

/**
 * What bounds automatic actions, from a signed control or officer act. Hits and scores never hear
 * of it.
 *
 * @param id id of the control or act
 * @param kind what it does
 * @param ruleId the rule of a LIMIT; null otherwise
 * @param hitsMax most hits of the rule that lead to actions within the span; −1 takes the limit
 *     away; 0 unless LIMIT
 * @param spanMs the span of a LIMIT, milliseconds of event time; 0 otherwise
 * @param subjectKind subject of a SUPPRESS; null otherwise
 * @param subject its token; null otherwise
 * @param untilMs event time at which a SUPPRESS ends; 0 otherwise
 * @param atMs event time of the decision
 */
public record Curb(
    String id,
    Kind kind,
    String ruleId,
    int hitsMax,
    long spanMs,
    SubjectKind subjectKind,
    String subject,
    long untilMs,
    long atMs) {

  /** Kinds of curb. */
  public enum Kind {
    /** At most so many hits of one rule lead to automatic actions. */
    LIMIT,
    /** No automatic action about one subject until a date. */
    SUPPRESS,
    /** No automatic action at all. */
    KILL,
    /** Takes the last KILL back. */
    REVIVE
  }

  /** A limit on one rule. */
  public static Curb limit(String id, String ruleId, int hitsMax, long spanMs, long atMs) {
    return new Curb(id, Kind.LIMIT, ruleId, hitsMax, spanMs, null, null, 0, atMs);
  }

  /** Leaves one subject alone until {@code untilMs}. */
  public static Curb suppress(
      String id, SubjectKind kind, String subject, long untilMs, long atMs) {
    return new Curb(id, Kind.SUPPRESS, null, 0, 0, kind, subject, untilMs, atMs);
  }

  /** The kill switch. */
  public static Curb kill(String id, long atMs) {
    return new Curb(id, Kind.KILL, null, 0, 0, null, null, 0, atMs);
  }

  /** Takes the kill switch back. */
  public static Curb revive(String id, long atMs) {
    return new Curb(id, Kind.REVIVE, null, 0, 0, null, null, 0, atMs);
  }
}
