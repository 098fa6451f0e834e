package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of a protective stop on a victim's own accounts. */
public enum VictimHoldState implements Named {
  PROPOSED("已建议", "proposed"),
  APPROVED("已批准，待银行", "approved, not yet applied"),
  ACTIVE("保护中（只收不付）", "in force, credits only"),
  DECLINED("银行未采取", "the bank declined"),
  REFUSED("不予批准", "not approved"),
  HARDSHIP_RELEASE("生活急需放行中", "a payment in hardship is being let through"),
  LIFTED("已解除", "lifted"),
  EXPIRED("期满", "its term is over");

  private final Words words;

  VictimHoldState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
