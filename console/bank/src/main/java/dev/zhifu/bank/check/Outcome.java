package dev.zhifu.bank.check;

/**
 * What became of one case.
 *
 * @param id of the case
 * @param proves what a bank shows that passes it
 * @param expected what must be found
 * @param found what was
 * @param todo what an integrator does whose bank fails it
 * @param passed true when both are the same
 */
public record Outcome(
    String id, String proves, String expected, String found, String todo, boolean passed) {
  /** Compares. */
  public static Outcome of(String id, String proves, String expected, String found, String todo) {
    return new Outcome(id, proves, expected, found, todo, expected.equals(found));
  }
}
