package dev.zhifu.stack.gateway;

/** One question for a decision. Written by one thread, read after it has ended. */
final class Asked {
  /** Of a question that came to no answer of the gateway's. */
  static final int BROKEN = -1;

  private final int bank;
  private final long planned;
  private volatile long answered;
  private volatile int status;

  /**
   * @param bank its number
   * @param planned moment of its sending, by {@link System#nanoTime}
   */
  Asked(int bank, long planned) {
    this.bank = bank;
    this.planned = planned;
  }

  int bank() {
    return bank;
  }

  long planned() {
    return planned;
  }

  /** When it was answered, by {@link System#nanoTime}; 0 until then. */
  long answered() {
    return answered;
  }

  /** How: a status of HTTP, or {@link #BROKEN}. */
  int status() {
    return status;
  }

  void answered(int with) {
    status = with;
    answered = System.nanoTime();
  }
}
