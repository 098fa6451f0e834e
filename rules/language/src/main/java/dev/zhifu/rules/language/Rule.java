package dev.zhifu.rules.language;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.SubjectKind;
import java.util.List;
import java.util.Set;

/**
 * One version of one rule, parsed, checked and compiled. Immutable and thread-safe.
 *
 * @param id such as T02
 * @param version counts from 1
 * @param nameZh name in Chinese
 * @param nameEn name in English
 * @param plainZh what it looks for, in plain words, Chinese
 * @param plainEn the same in English
 * @param family V, M, T or G
 * @param keyKind what it is matched on
 * @param subject whom its hits are about
 * @param over event kinds it sees
 * @param steps its pattern, at least one step
 * @param withinMs window from the first event, milliseconds, at most 72 h
 * @param afterMatch what happens to overlapping matches
 * @param weight of a hit in a case score, 0 to 1
 * @param actions what it proposes
 * @param monotone true when no later or late event can undo a hit
 * @param keepsAll true when contiguity or consecutive steps need every {@code over} event of keys
 *     under way
 * @param endsWithAbsence true when the last step is negated: hits come only from the base
 * @param features names of the features its conditions read
 * @param worstPartials most partial matches one key can hold, at most 100
 * @param reasonCode what banks and holders are told, a {@code dev.zhifu.wire.ReasonCode} name
 * @param legalBasis sources, law or publication
 * @param text the rule file's text
 * @param textSha256 its SHA-256, hex
 */
public record Rule(
    String id,
    int version,
    String nameZh,
    String nameEn,
    String plainZh,
    String plainEn,
    RuleFamily family,
    KeyKind keyKind,
    SubjectKind subject,
    Set<EventKind> over,
    List<Step> steps,
    long withinMs,
    AfterMatch afterMatch,
    double weight,
    List<ActionCode> actions,
    boolean monotone,
    boolean keepsAll,
    boolean endsWithAbsence,
    Set<String> features,
    int worstPartials,
    String reasonCode,
    List<String> legalBasis,
    String text,
    String textSha256) {

  /** True when a match rests on something that did not come: some step is negated. */
  public boolean restsOnAbsence() {
    return steps.stream().anyMatch(Step::negated);
  }

  /** True when the rule sees events of this kind at all. */
  public boolean sees(EventView view) {
    return over.contains(EventKind.of(view));
  }

  /** True when the event satisfies the state-free part of any step. */
  public boolean relevant(EventView view) {
    if (!sees(view)) {
      return false;
    }
    for (Step step : steps) {
      if (step.condition().stateFree(view)) {
        return true;
      }
    }
    return false;
  }
}
