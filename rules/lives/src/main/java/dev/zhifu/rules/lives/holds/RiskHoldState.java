package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of a bank's own measure at our request, art. 18(3) of the anti-fraud law. */
public enum RiskHoldState implements Named {
  REQUESTED("已请求", "asked of the bank"),
  APPLIED("已采取", "the bank applied it"),
  DECLINED("银行未采取", "the bank declined"),
  LIFTING("已请求解除", "asked to be lifted"),
  RELEASED("已解除", "released"),
  EXPIRED("期满", "its 24 h are over");

  private final Words words;

  RiskHoldState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
