package dev.zhifu.desk.rules;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a publication stands by the engine's own answers (ADR-0050).
 *
 * @param word DRAFT, PUBLISHED (nothing heard yet), REFUSED, ANNULLED, LATE, QUARANTINED, ENDED,
 *     ACCEPTED or IN_FORCE
 * @param taken subtasks on which it is in force
 * @param subtasks how many there are; 0 while none has answered
 * @param reasons why not, in the engine's words, faults of the document among them
 */
public record RuleStanding(String word, long taken, int subtasks, Set<String> reasons) {
  private static final List<RuleStatusKind> WORST_FIRST =
      List.of(
          RuleStatusKind.REFUSED,
          RuleStatusKind.ANNULLED,
          RuleStatusKind.QUARANTINED,
          RuleStatusKind.LATE,
          RuleStatusKind.ENDED,
          RuleStatusKind.IN_FORCE,
          RuleStatusKind.ACCEPTED);

  /** Of one publication, from all that was answered about its rule. */
  public static RuleStanding of(RulePublication publication, List<RuleStatus> answers) {
    if (publication.getStatus() == PublicationStatus.DRAFT) {
      return new RuleStanding("DRAFT", 0, 0, Set.of());
    }
    List<RuleStatus> about =
        answers.stream()
            .filter(one -> one.getVersion() == publication.getVersion())
            .filter(one -> publication.getEffectiveFrom().equals(one.getEffectiveFrom()))
            .filter(one -> publication.getStatus() == one.getPublicationStatus())
            .toList();
    Set<String> reasons = new LinkedHashSet<>();
    for (RuleStatus one : about) {
      if (!one.getReason().isEmpty()) {
        reasons.add(one.getReason());
      }
      reasons.addAll(one.getFaults());
    }
    String word =
        WORST_FIRST.stream()
            .filter(kind -> about.stream().anyMatch(one -> one.getStatus() == kind))
            .findFirst()
            .map(RuleStatusKind::name)
            .orElse("PUBLISHED");
    return new RuleStanding(
        word,
        about.stream().filter(one -> one.getStatus() == RuleStatusKind.IN_FORCE).count(),
        about.stream().mapToInt(RuleStatus::getSubtasks).max().orElse(0),
        reasons);
  }

  /** True when it never counted or counts no more: the rule stands where it stood before. */
  public boolean isNothing() {
    return word.equals("DRAFT")
        || word.equals("REFUSED")
        || word.equals("ANNULLED")
        || word.equals("LATE");
  }
}
