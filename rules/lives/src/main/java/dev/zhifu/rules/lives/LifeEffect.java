package dev.zhifu.rules.lives;

/** What a transition makes happen besides the change of state. */
public interface LifeEffect extends Named {
  /** True when it starts, changes or ends a legal clock or one of ours. */
  boolean clock();
}
