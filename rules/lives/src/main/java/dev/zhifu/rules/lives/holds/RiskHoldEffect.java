package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a risk hold makes happen besides the change of state. */
public enum RiskHoldEffect implements LifeEffect {
  ASK_BANK(false, "请求银行采取第18条第3款措施", "ask the bank for its own measure (art. 18(3))"),
  GIVE_NOTICE(false, "告知（第32条）", "notice to the holder (art. 32)"),
  START_TERM(true, "至多 24 小时，不得续期", "24 h at most, never renewed"),
  END_TERM(true, "期限结束", "term ends"),
  ASK_TO_LIFT(false, "请求银行解除", "ask the bank to lift"),
  END_NOTICE(false, "告知限制已结束", "notice that the restriction has ended");

  private final boolean clock;
  private final Words words;

  RiskHoldEffect(boolean clock, String chinese, String english) {
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
