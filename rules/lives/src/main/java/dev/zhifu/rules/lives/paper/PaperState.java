package dev.zhifu.rules.lives.paper;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of a paper. */
public enum PaperState implements Named {
  TO_PRINT("待打印", "to be printed"),
  PRINTED("已打印，待送达", "printed, to be served"),
  SERVED("已送达，待答复", "served, no answer yet"),
  ANSWERED("已录入答复", "answered, the answer typed in"),
  VOID("作废", "void");

  private final Words words;

  PaperState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
