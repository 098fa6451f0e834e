package dev.zhifu.desk.projection;

import java.util.Set;

/**
 * What a committed batch changed.
 *
 * @param cases cases whose queue line was made anew
 * @param objects orders, holds and reports that something was said about
 * @param clock true when the clock went on
 */
public record Changes(Set<String> cases, Set<String> objects, boolean clock) {
  /** True when nothing did. */
  public boolean isEmpty() {
    return cases.isEmpty() && objects.isEmpty() && !clock;
  }
}
