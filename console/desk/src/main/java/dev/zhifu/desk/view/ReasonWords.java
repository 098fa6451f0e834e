package dev.zhifu.desk.view;

import dev.zhifu.desk.words.Words;
import java.util.List;

/**
 * Reasons of acts and transitions in words. Most are what a person wrote; the others are codes of
 * the lives' tables or the desk's own, which no reader of a history has learnt.
 */
public final class ReasonWords {
  /**
   * Where a code's words are, the first family that has it: causes of restrictions and of wrong
   * ones, dismissals of cases, payments let through in hardship, detection's reasons, who lodged an
   * appeal, which field of an order did not match, states of the case that a freeze fell with, and
   * what the desk writes itself.
   */
  private static final List<String> FAMILIES =
      List.of(
          "cause.",
          "dismissal.",
          "hardship.",
          "reason.",
          "lodgedBy.",
          "receipt.MISMATCH_",
          "case.",
          "deskReason.");

  private static final String NOTE = ": ";

  private ReasonWords() {}

  /** The reason in words, a note after a code as it was written; itself where it is no code. */
  public static String of(String reason, Words words) {
    int colon = reason.indexOf(NOTE);
    if (colon > 0) {
      String code = reason.substring(0, colon);
      String said = said(code, words);
      return said.isEmpty() ? reason : said + NOTE + reason.substring(colon + NOTE.length());
    }
    String said = said(reason, words);
    return said.isEmpty() ? reason : said;
  }

  /** Empty where it is no code. */
  private static String said(String code, Words words) {
    String key = code.replace(' ', '_');
    return FAMILIES.stream()
        .map(family -> words.orElse(family + key, ""))
        .filter(said -> !said.isEmpty())
        .findFirst()
        .orElse("");
  }
}
