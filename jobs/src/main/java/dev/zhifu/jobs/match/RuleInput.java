package dev.zhifu.jobs.match;

import dev.zhifu.wire.RulePublication;
import java.util.List;

/**
 * What MATCH hears by broadcast; exactly one part says something.
 *
 * @param publication a publication whose signature holds; null for the two others
 * @param caughtUp true for the mark that everything the rules topic held at start has been sent
 * @param idleSources the sources that are silent now, replacing what was said before; null for the
 *     two others
 */
public record RuleInput(RulePublication publication, boolean caughtUp, List<String> idleSources) {

  /** A publication, or the mark. */
  public RuleInput(RulePublication publication, boolean caughtUp) {
    this(publication, caughtUp, null);
  }

  /** A publication. */
  public static RuleInput of(RulePublication publication) {
    return new RuleInput(publication, false, null);
  }

  /**
   * The mark that the rules topic has been read to its end. Due once after every start and restore.
   */
  public static RuleInput readToEnd() {
    return new RuleInput(null, true, null);
  }

  /** Sources that are silent now; empty when all speak. */
  public static RuleInput idle(List<String> sources) {
    return new RuleInput(null, false, sources);
  }
}
