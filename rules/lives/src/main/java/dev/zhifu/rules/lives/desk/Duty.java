package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** What a life waits for that somebody owes: a shift hands it over until it is done. */
public enum Duty implements Named {
  /** Its release is due by law, and nobody has signed it. */
  RELEASE_TO_SIGN("应予解除，待签发", "to be released, to be signed"),
  /** A part of it is due for release, and nobody has signed that (ADR-0161). */
  REST_TO_SIGN("多冻部分应予解除，待签发", "a part is to be released, to be signed"),
  /** Its release is signed, and its bank has not said that it lifted it. */
  RELEASE_AT_BANK("已签发解除，待银行执行", "released, not yet lifted by its bank"),
  /** The release of a part is signed, and its bank has not said that it lifted it. */
  REST_AT_BANK("已签发解除多冻部分，待银行执行", "a part released, not yet lifted by its bank"),
  /** It goes on by a person here alone, or its time to do so is over. */
  PERSON("待办", "a person here has to go on"),
  /** A bank or another institution owes an answer. */
  INSTITUTION("待机构答复", "an institution has to answer");

  private final Words words;

  Duty(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }

  /** True when it is about a release: what nobody may keep and is not free yet. */
  public boolean releases() {
    return this != PERSON && this != INSTITUTION;
  }
}
