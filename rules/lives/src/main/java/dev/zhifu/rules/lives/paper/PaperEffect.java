package dev.zhifu.rules.lives.paper;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a paper makes happen besides the change of state. */
public enum PaperEffect implements LifeEffect {
  START_PRINT_CLOCK(true, "10 分钟内打印（本系统服务标准）", "to be printed in 10 min (our service level)"),
  END_PRINT_CLOCK(true, "打印计时结束", "print clock ends"),
  START_SERVE_CLOCK(true, "4 小时内送达（本系统服务标准）", "to be served in 4 h (our service level)"),
  END_SERVE_CLOCK(true, "送达计时结束", "serve clock ends"),
  START_ANSWER_CLOCK(true, "24 小时内应有答复（本系统服务标准）", "answer due in 24 h (our service level)"),
  END_ANSWER_CLOCK(true, "答复计时结束", "answer clock ends"),
  ALARM_OVERDUE(false, "告警：逾期", "alarm: overdue"),
  PASS_ANSWER_ON(false, "答复转入所涉措施", "the answer reaches what the paper is about");

  private final boolean clock;
  private final Words words;

  PaperEffect(boolean clock, String chinese, String english) {
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
