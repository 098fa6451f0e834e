package dev.zhifu.rules.lives;

/**
 * What must be known to hold before a row applies. A fact that nobody has established does not
 * hold: that is how guards fail closed (ADR-0020).
 */
public interface LifeFact extends Named {
  /** Where the guard stands. */
  Clause clause();

  /** What whoever was refused can do. */
  String wayOut();
}
