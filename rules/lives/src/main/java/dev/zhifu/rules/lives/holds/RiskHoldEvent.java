package dev.zhifu.rules.lives.holds;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a risk hold. */
public enum RiskHoldEvent implements LifeEvent {
  ASKED(MESSAGE, "请求银行管控", "scoring asks for it"),
  BANK_APPLIED(MESSAGE, "银行已采取", "the bank applied it"),
  BANK_DECLINED(MESSAGE, "银行未采取", "the bank declined"),
  LIFT_ASKED(MESSAGE, "依据撤回或核实非诈骗", "the evidence was withdrawn or no fraud was found"),
  APPEAL_UPHELD(PERSON, "申诉成立", "an appeal was upheld"),
  BANK_RELEASED(MESSAGE, "银行已解除", "the bank released it"),
  BANK_ENDED(MESSAGE, "银行到期结束", "the bank says its term is over"),
  TERM_ENDED(TIMER, "24 小时期满", "24 h are over");

  private final Trigger trigger;
  private final Words words;

  RiskHoldEvent(Trigger trigger, String chinese, String english) {
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
