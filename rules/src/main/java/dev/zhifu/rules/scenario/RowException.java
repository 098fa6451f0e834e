package dev.zhifu.rules.scenario;

/** One row of a table is wrong; the reader adds file and line. */
final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fix;

  RowException(String what, String fix) {
    super(what);
    this.fix = fix;
  }

  String fix() {
    return fix;
  }
}
