package dev.zhifu.rules.language;

/**
 * One fault of a rule file, or one warning about it.
 *
 * @param file name of the file as given
 * @param line from 1
 * @param column from 1
 * @param what what is wrong, with the value
 * @param fix what would be right
 */
public record RuleProblem(String file, int line, int column, String what, String fix) {

  /** One line for people: {@code file:line:column: what; fix}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + what + "; " + fix;
  }
}
