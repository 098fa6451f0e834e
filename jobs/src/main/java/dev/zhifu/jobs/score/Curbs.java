package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.SubjectKind;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The bounds on automatic actions that hold now, the same on every subtask. */
public final class Curbs {
  /** The bounds by what they bound, as scoring by holder keeps them. */
  public static final MapStateDescriptor<String, Curb> HOLDERS = state("score-holder");

  /** The same, as scoring by target account keeps them. */
  public static final MapStateDescriptor<String, Curb> ACCOUNTS = state("score-account");

  private static final String SWITCH = "switch";

  private Curbs() {}

  private static MapStateDescriptor<String, Curb> state(String step) {
    return new MapStateDescriptor<>(
        step + ".curbs.v1", Types.STRING, TypeInformation.of(Curb.class));
  }

  /** Keeps a bound unless a newer decision about the same thing is known. */
  static void put(BroadcastState<String, Curb> kept, Curb next) throws Exception {
    Curb known = kept.get(place(next));
    if (known == null || next.atMs() >= known.atMs()) {
      kept.put(place(next), next);
    }
  }

  private static String place(Curb curb) {
    return switch (curb.kind()) {
      case LIMIT -> "limit:" + curb.ruleId();
      case SUPPRESS -> suppression(curb.subjectKind(), curb.subject());
      case KILL, REVIVE -> SWITCH;
    };
  }

  private static String suppression(SubjectKind kind, String subject) {
    return "suppress:" + kind + ":" + subject;
  }

  /**
   * What stands against every automatic action about a subject.
   *
   * @param nowMs event time of what would cause the action
   * @return null when nothing does
   */
  static CurbKind against(
      ReadOnlyBroadcastState<String, Curb> kept, SubjectKind kind, String subject, long nowMs)
      throws Exception {
    Curb killed = kept.get(SWITCH);
    if (killed != null && killed.kind() == Curb.Kind.KILL) {
      return CurbKind.KILL_SWITCH;
    }
    Curb suppressed = kept.get(suppression(kind, subject));
    return suppressed != null && nowMs < suppressed.untilMs() ? CurbKind.SUPPRESSION : null;
  }

  /** The limit on a rule; null when it has none. */
  static Curb limit(ReadOnlyBroadcastState<String, Curb> kept, String ruleId) throws Exception {
    Curb limit = kept.get("limit:" + ruleId);
    return limit == null || limit.hitsMax() < 0 ? null : limit;
  }
}
