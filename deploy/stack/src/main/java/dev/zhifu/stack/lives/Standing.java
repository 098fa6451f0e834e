package dev.zhifu.stack.lives;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has become of one publication, from the answers so far.
 *
 * @param answers the engine's answers to it, in their order
 */
public record Standing(List<Answer> answers) {

  /** Copies the answers. */
  public Standing {
    answers = List.copyOf(answers);
  }

  /** The answers to the publication at {@code position} among {@code all}. */
  public static Standing of(String position, List<Answer> all) {
    List<Answer> own = new ArrayList<>();
    for (Answer answer : all) {
      if (answer.status().getPosition().equals(position)) {
        own.add(answer);
      }
    }
    return new Standing(own);
  }

  /** DRAFT, PUBLISHED (no answer yet), ACCEPTED, REFUSED, ANNULLED, LATE, ENDED or IN_FORCE. */
  public String word(PublicationStatus status) {
    if (status == PublicationStatus.DRAFT) {
      return "DRAFT";
    }
    for (RuleStatusKind kind :
        List.of(RuleStatusKind.REFUSED, RuleStatusKind.ANNULLED, RuleStatusKind.LATE)) {
      if (has(kind)) {
        return kind.name();
      }
    }
    if (isEverywhere()) {
      return has(RuleStatusKind.ENDED) ? "ENDED" : "IN_FORCE";
    }
    return has(RuleStatusKind.ACCEPTED) ? "ACCEPTED" : "PUBLISHED";
  }

  /**
   * True when nothing more is to come: refused, annulled, known before, or taken everywhere. A
   * subtask that is late is followed by the annulment, but for a withdrawal, which stands.
   */
  public boolean isSettled() {
    if (has(RuleStatusKind.LATE) && !isWithdrawal()) {
      return has(RuleStatusKind.ANNULLED);
    }
    return failed() || isEverywhere() || knownBefore();
  }

  private boolean isWithdrawal() {
    return answers.stream()
        .anyMatch(answer -> answer.status().getPublicationStatus() == PublicationStatus.WITHDRAWN);
  }

  /** True when it is in force nowhere, or not everywhere from one event time on. */
  public boolean failed() {
    return has(RuleStatusKind.REFUSED) || has(RuleStatusKind.ANNULLED) || has(RuleStatusKind.LATE);
  }

  private boolean knownBefore() {
    return answers.stream()
        .map(Answer::status)
        .anyMatch(one -> one.getStatus() == RuleStatusKind.ACCEPTED && !one.getReason().isEmpty());
  }

  /** True when every subtask of matching has taken it. */
  public boolean isEverywhere() {
    return subtasks() > 0 && taken().size() == subtasks();
  }

  /** Subtasks that have taken it. */
  public Set<Integer> taken() {
    Set<Integer> taken = new TreeSet<>();
    for (Answer answer : answers) {
      RuleStatus status = answer.status();
      if (status.getStatus() == RuleStatusKind.IN_FORCE
          || status.getStatus() == RuleStatusKind.ENDED) {
        taken.add(status.getSubtask());
      }
    }
    return taken;
  }

  /** How many subtasks there are; 0 while none has answered. */
  public int subtasks() {
    return answers.stream().mapToInt(answer -> answer.status().getSubtasks()).max().orElse(0);
  }

  /** The gravest reason given, with every fault; empty when there is none. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (Answer answer : answers) {
      if (!answer.status().getReason().isEmpty()
          && answer.status().getStatus() != RuleStatusKind.ENDED) {
        reasons.add(answer.status().getReason());
        reasons.addAll(answer.status().getFaults());
      }
    }
    return reasons.stream().distinct().toList();
  }

  private boolean has(RuleStatusKind kind) {
    return answers.stream().anyMatch(answer -> answer.status().getStatus() == kind);
  }
}
