package dev.zhifu.bank.check;

/**
 * One case of the run.
 *
 * @param id stays the same in every version
 * @param proves what a bank shows that passes it
 * @param todo what an integrator does whose bank fails it
 * @param trial plays it; says what was found, and the same as {@code expected} when it passed
 * @param expected what must be found
 */
record Case(String id, String proves, String expected, String todo, Trial trial) {
  /** True when the case needs a way that carries releases of stops. */
  boolean aboutReleases() {
    return id.startsWith("L-");
  }

  /** Plays a case. */
  @FunctionalInterface
  interface Trial {
    String play(Talk talk);
  }
}
