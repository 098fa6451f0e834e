package dev.zhifu.rules.lives;

/** What can happen to a life. */
public interface LifeEvent extends Named {
  /** What brings it about. */
  Trigger trigger();
}
