package dev.zhifu.rules.lives.appeal;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of an appeal makes happen besides the change of state. */
public enum AppealEffect implements LifeEffect {
  START_ACCEPTANCE(true, "一个工作日内受理（自设）", "1 working day to accept (our own)"),
  END_ACCEPTANCE(true, "受理计时结束", "acceptance clock ends"),
  START_CHECK(
      true,
      "15 日内答复（仿反洗钱法第39条，自设）",
      "15 days to answer (after the anti-money-laundering law art. 39; our own)"),
  END_CHECK(true, "答复计时结束", "check clock ends"),
  TO_DECIDING_OFFICER(false, "送交作出决定的民警，附依据与影响", "to the deciding officer, with evidence and harm"),
  LIFT_AT_ONCE(false, "立即解除，记录用时", "lift at once, timed"),
  COUNT_WRONG_STOP(false, "计入误止付", "count as a wrong stop"),
  FEED_RULES(false, "原因回流规则统计", "the cause flows back to the rules' statistics"),
  TELL_HOLDER(false, "告知结果、理由与后续救济", "tell the holder result, reasons, next remedy"),
  ALARM_OVERDUE(false, "告警：逾期", "alarm: overdue");

  private final boolean clock;
  private final Words words;

  AppealEffect(boolean clock, String chinese, String english) {
    this.clock = clock;
    this.words = new Words(chinese, english);
  }

  @Override
  public boolean clock() {
    return clock;
  }

  @Override
  public Words words() {
    return words;
  }
}
