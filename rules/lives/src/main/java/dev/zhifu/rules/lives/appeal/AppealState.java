package dev.zhifu.rules.lives.appeal;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of an appeal against a restriction (art. 32 of the anti-fraud law). */
public enum AppealState implements Named {
  SUBMITTED("已提出", "submitted"),
  ACCEPTED("已受理", "accepted"),
  CHECKING("核查中", "being checked"),
  UPHELD("申诉成立", "upheld"),
  REJECTED("申诉不成立", "rejected");

  private final Words words;

  AppealState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
