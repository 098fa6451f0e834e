package dev.zhifu.rules.lives.holds;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a victim hold. */
public enum VictimHoldEvent implements LifeEvent {
  PROPOSED(PERSON, "建议保护", "an officer proposes it"),
  APPROVED(PERSON, "批准", "approved"),
  REFUSED(PERSON, "不予批准", "not approved"),
  BANK_APPLIED(MESSAGE, "银行已采取", "the bank applied it"),
  BANK_DECLINED(MESSAGE, "银行未采取", "the bank declined"),
  HARDSHIP_ALLOWED(PERSON, "准予生活急需支付", "a payment in hardship is allowed"),
  BANK_PAID(MESSAGE, "银行已放行", "the bank let it through"),
  LIFT_DECIDED(PERSON, "决定解除", "lifted: victim convinced and visited"),
  APPEAL_UPHELD(PERSON, "申诉成立", "an appeal was upheld"),
  END_NEAR(TIMER, "即将期满", "its end is near"),
  TERM_ENDED(TIMER, "期满", "its term is over");

  private final Trigger trigger;
  private final Words words;

  VictimHoldEvent(Trigger trigger, String chinese, String english) {
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
