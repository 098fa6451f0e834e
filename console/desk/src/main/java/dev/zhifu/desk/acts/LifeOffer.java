package dev.zhifu.desk.acts;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Words;
import dev.zhifu.wire.LifeKind;
import java.util.List;

/**
 * An act about a life that a person may ask for, or why not.
 *
 * @param life whose life
 * @param objectId the object; for a freeze that is not there yet the stop order it would replace
 * @param event event of its table
 * @param role the role the person would act in
 * @param words what the table calls the event
 * @param form which fields the page asks for
 * @param fen sum that the form begins with; null for none
 * @param answers what an institution can have answered, events of the table of what a paper is
 *     about; none on other forms
 * @param hindrances why it is not offered; none when it is
 */
public record LifeOffer(
    LifeKind life,
    String objectId,
    String event,
    Role role,
    Words words,
    Form form,
    Long fen,
    List<String> answers,
    List<Hindrance> hindrances) {

  /** One whose form begins empty. */
  public LifeOffer(
      LifeKind life,
      String objectId,
      String event,
      Role role,
      Words words,
      Form form,
      List<Hindrance> hindrances) {
    this(life, objectId, event, role, words, form, null, List.of(), hindrances);
  }

  /** What a page asks for. */
  public enum Form {
    /** A sentence. */
    REASON,
    /** A cause of a wrong stop. */
    CAUSE,
    /** Why an appeal is rejected, and what the holder can do next. */
    REJECTION,
    /** A cause of a false alarm, and a note. */
    DISMISSAL,
    /** Amount, term, scope of a freeze. */
    FREEZE,
    /** An amount in yuan and a sentence. */
    AMOUNT,
    /** One of the victim's own accounts, days and a sentence. */
    HOLD,
    /** A purpose in hardship and an amount in yuan. */
    PURPOSE,
    /** Number of the record of a visit, and a sentence. */
    VISIT,
    /** The bank's paper about a refund: its number, and what goes with it. */
    ANSWER,
    /** Nothing: one press. */
    PRESS,
    /** Receipt of service, to whom, when, at which duty desk. */
    SERVICE,
    /** An institution's answer to a paper: which, sum, times, its number. */
    TYPED
  }

  /** True when a person may ask for it. */
  public boolean isOpen() {
    return hindrances.isEmpty();
  }
}
