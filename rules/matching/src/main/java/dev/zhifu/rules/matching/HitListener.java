package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;

/** What matching says, in order. */
public interface HitListener {
  /** A revision of a hit: provisional, retracted or final. */
  void onHit(RuleHit hit);

  /**
   * An event that some rule would take but that is older than what its key has decided: it never
   * makes a hit.
   */
  void onLate(KeyKind keyKind, String key, MatchEvent event);

  /**
   * A key and rule reached the cap of partial matches; what was under way is dropped for one
   * window.
   */
  void onOverflow(KeyKind keyKind, String key, Rule rule);

  /** A rule version failed and is no longer fed; what was stored before the failure stands. */
  void onQuarantine(Rule rule, Exception failure);
}
