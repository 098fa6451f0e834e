package dev.zhifu.jobs.match;

import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import java.util.List;

/**
 * What MATCH hears by broadcast; exactly one part says something.
 *
 * @param publication a publication that the gate let pass; null for the others
 * @param position where it was read, topic:partition:offset; empty for the others
 * @param annulled names a publication to take back; null for the others
 * @param caughtUp true for the mark that everything the rules topic held at start has been sent
 * @param idleSources the sources that are silent now, replacing what was said before; null for the
 *     others
 */
public record RuleInput(
    RulePublication publication,
    String position,
    RuleStatus annulled,
    boolean caughtUp,
    List<String> idleSources) {

  /** A publication whose place in the topic does not matter. */
  public static RuleInput of(RulePublication publication) {
    return of(publication, "");
  }

  /** A publication and where it was read. */
  public static RuleInput of(RulePublication publication, String position) {
    return new RuleInput(publication, position, null, false, null);
  }

  /** Takes back the publication that {@code status} names. */
  public static RuleInput annul(RuleStatus status) {
    return new RuleInput(null, "", status, false, null);
  }

  /**
   * The mark that the rules topic has been read to its end. Due once after every start and restore.
   */
  public static RuleInput readToEnd() {
    return new RuleInput(null, "", null, true, null);
  }

  /** Sources that are silent now; empty when all speak. */
  public static RuleInput idle(List<String> sources) {
    return new RuleInput(null, "", null, false, sources);
  }
}
