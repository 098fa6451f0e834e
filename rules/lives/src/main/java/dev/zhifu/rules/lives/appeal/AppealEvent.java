package dev.zhifu.rules.lives.appeal;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to an appeal. */
public enum AppealEvent implements LifeEvent {
  SUBMITTED(MESSAGE, "提出申诉", "the holder appeals"),
  ACCEPTED(PERSON, "受理", "accepted"),
  ACCEPTANCE_LATE(TIMER, "逾期未受理", "1 working day is over"),
  CHECK_BEGUN(PERSON, "送决定民警核查", "it lies before the deciding officer"),
  CHECK_LATE(TIMER, "逾期未答复", "15 days are over"),
  UPHELD(PERSON, "申诉成立", "upheld"),
  REJECTED(PERSON, "申诉不成立", "rejected");

  private final Trigger trigger;
  private final Words words;

  AppealEvent(Trigger trigger, String chinese, String english) {
    this.trigger = trigger;
    this.words = new Words(chinese, english);
  }

  @Override
  public Trigger trigger() {
    return trigger;
  }

  @Override
  public Words words() {
    return words;
  }
}
