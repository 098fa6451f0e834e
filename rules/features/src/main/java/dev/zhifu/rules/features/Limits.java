package dev.zhifu.rules.features;

/** Hears of every time that a bounded list was full, so that it is counted and seen. */
@FunctionalInterface
public interface Limits {

  /** Nobody listens. */
  Limits UNHEARD = limit -> {};

  /**
   * A list was full and its oldest entry went, or it was made coarser.
   *
   * @param limit name of the limit, a constant of this package's state classes
   */
  void passed(String limit);
}
