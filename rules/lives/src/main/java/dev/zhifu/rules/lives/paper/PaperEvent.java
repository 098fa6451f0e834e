package dev.zhifu.rules.lives.paper;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a paper. */
public enum PaperEvent implements LifeEvent {
  PREPARED(FOLLOWS, "制作文书", "a request goes on paper"),
  PRINTED(PERSON, "打印", "printed"),
  PRINT_LATE(TIMER, "逾时未打印", "not printed in time"),
  SERVED(PERSON, "送达", "served on the institution"),
  SERVE_LATE(TIMER, "逾时未送达", "not served in time"),
  ANSWERED(PERSON, "录入答复", "the institution's answer is typed in"),
  ANSWER_LATE(TIMER, "逾时未答", "no answer in time"),
  VOIDED(PERSON, "作废", "no longer needed, or wrong");

  private final Trigger trigger;
  private final Words words;

  PaperEvent(Trigger trigger, String chinese, String english) {
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
