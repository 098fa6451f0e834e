package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a victim hold makes happen besides the change of state. */
public enum VictimHoldEffect implements LifeEffect {
  ASK_BANK(false, "请银行设为只收不付", "ask the bank to let credits alone in"),
  GIVE_NOTICE(false, "告知理由与解除办法（第32条）", "notice with reason and way to lift (art. 32)"),
  START_TERM(true, "至多 30 日（自设）", "30 days at most (our own)"),
  END_TERM(true, "期限结束", "term ends"),
  ASK_TO_PAY(false, "请银行放行该笔", "ask the bank to let this payment through"),
  ASK_TO_LIFT(false, "请银行立即解除", "ask the bank to lift at once"),
  END_NOTICE(false, "告知限制已结束", "notice that the restriction has ended"),
  WARN_OF_END(false, "提醒：回访或到期解除", "alarm ahead of the end: visit or let go");

  private final boolean clock;
  private final Words words;

  VictimHoldEffect(boolean clock, String chinese, String english) {
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
