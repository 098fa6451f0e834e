package dev.zhifu.rules.stream;

/**
 * So many of so many events.
 *
 * @param events those counted
 * @param of all events
 */
public record Share(long events, long of) {

  /** The share, 0 to 1; 0 of nothing. */
  public double share() {
    return of == 0 ? 0 : (double) events / of;
  }

  /** The share in percent, 0 to 100. */
  public double percent() {
    return 100 * share();
  }
}
