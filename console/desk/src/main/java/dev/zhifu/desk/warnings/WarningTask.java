package dev.zhifu.desk.warnings;

import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.wire.VictimWarning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A warning as a task with an end; where it stands follows from its steps. Two tries without
 * success send it up to the next contact, for a visit; a victim reached is seen again on day 1 and
 * day 7 by the tick clock. Two tries and both days are engineering defaults, not law.
 *
 * @param warning the engine's newest word
 * @param state where it stands
 * @param contact who has it; null while nobody is sent
 * @param level of the one who reached the victim or has it now; null while nobody is sent
 * @param tries without success since it was last sent or sent up
 * @param escalated true when it was sent up: a visit is needed, whatever the tier
 * @param followUpAt when the next follow-up is due; null when none is
 * @param followUps follow-ups made
 * @param steps what was done, the oldest first
 */
public record WarningTask(
    VictimWarning warning,
    State state,
    Contact contact,
    Contact.Level level,
    int tries,
    boolean escalated,
    Instant followUpAt,
    int followUps,
    List<Step> steps) {
  /** Tries after which it goes up. */
  public static final int TRIES = 2;

  /** Follow-ups after a victim was reached. */
  public static final List<Duration> FOLLOW_UPS = List.of(Duration.ofDays(1), Duration.ofDays(7));

  private static final Set<State> LIVE = Set.of(State.OPEN, State.SENT, State.FOLLOW_UP);

  /** Where a task stands. */
  public enum State {
    /** Nobody is sent yet. */
    OPEN,
    /** Somebody is on the way or calls. */
    SENT,
    /** The victim was reached; a follow-up is to come. */
    FOLLOW_UP,
    /** Both follow-ups were made, or an officer ended it. */
    CLOSED,
    /** The engine has withdrawn it before anybody was sent. */
    WITHDRAWN
  }

  /** True while something is to be done. */
  public boolean live() {
    return LIVE.contains(state);
  }

  /** True when a follow-up is due at {@code now}. */
  public boolean due(Instant now) {
    return followUpAt != null && !followUpAt.isAfter(now);
  }

  /**
   * The task that steps make of a warning.
   *
   * @param contacts by id; a contact that is not listed any more is passed over
   */
  public static WarningTask of(
      VictimWarning warning, List<Step> steps, Map<String, Contact> contacts) {
    Fold fold = new Fold(contacts);
    steps.forEach(fold::take);
    State state = fold.state == State.OPEN && !warning.getHolds() ? State.WITHDRAWN : fold.state;
    return new WarningTask(
        warning,
        state,
        fold.contact,
        fold.contact == null ? null : fold.contact.level(),
        fold.tries,
        fold.escalated,
        state == State.FOLLOW_UP ? fold.reachedAt.plus(FOLLOW_UPS.get(fold.followUps)) : null,
        fold.followUps,
        List.copyOf(steps));
  }

  private static final class Fold {
    private final Map<String, Contact> contacts;
    private State state = State.OPEN;
    private Contact contact;
    private int tries;
    private boolean escalated;
    private Instant reachedAt;
    private int followUps;

    Fold(Map<String, Contact> contacts) {
      this.contacts = contacts;
    }

    void take(Step step) {
      switch (step.kind()) {
        case SENT -> {
          contact = contacts.getOrDefault(step.contactId(), contact);
          state = State.SENT;
          tries = 0;
        }
        case REACHED -> {
          reachedAt = step.at();
          followUps = 0;
          state = State.FOLLOW_UP;
        }
        case FOLLOWED_UP -> {
          followUps++;
          state = followUps < FOLLOW_UPS.size() ? State.FOLLOW_UP : State.CLOSED;
        }
        case ENDED -> state = State.CLOSED;
        case NOT_FOUND, NOT_LISTENING, LINE_BUSY -> failed();
      }
    }

    private void failed() {
      state = State.SENT;
      tries++;
      if (tries >= TRIES) {
        escalated = true;
        tries = 0;
        contact = contact == null ? null : contacts.getOrDefault(contact.parent(), contact);
      }
    }
  }
}
