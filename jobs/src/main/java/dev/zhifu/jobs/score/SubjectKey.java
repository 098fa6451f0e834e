package dev.zhifu.jobs.score;

import dev.zhifu.wire.SubjectKind;

/**
 * Key of scoring by holder: a holder's token as it is; a telephone number's behind a word of its
 * own, so that what the case is about can be told from the key alone (ADR-0115).
 */
public final class SubjectKey {
  private static final String NUMBER = "number:";

  private SubjectKey() {}

  /** Key of a number. */
  public static String ofNumber(String token) {
    return NUMBER + token;
  }

  /** HOLDER or NUMBER. */
  static SubjectKind kind(String key) {
    return key.startsWith(NUMBER) ? SubjectKind.NUMBER : SubjectKind.HOLDER;
  }

  /** Token of the holder or number. */
  static String token(String key) {
    return key.startsWith(NUMBER) ? key.substring(NUMBER.length()) : key;
  }
}
