package dev.zhifu.rules.scenario;

/**
 * One fault of a scenario file.
 *
 * @param file name of the file as given
 * @param line from 1
 * @param what what is wrong, with the value
 * @param fix what would be right
 */
public record ScenarioProblem(String file, int line, String what, String fix) {

  /** One line for people: {@code file:line: what; fix}. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + what + "; " + fix;
  }
}
