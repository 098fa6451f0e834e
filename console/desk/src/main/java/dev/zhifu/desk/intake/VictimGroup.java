package dev.zhifu.desk.intake;

import java.util.Arrays;

/**
 * What a victim does for a living, for prevention: a fixed list, so that nothing personal is typed.
 * Optional at intake; counted in the weekly report and nowhere else.
 */
public enum VictimGroup {
  /** Pupils and students. */
  STUDENT,
  /** Farmers and herders. */
  HERDER,
  /** Employees of firms. */
  EMPLOYEE,
  /** Bookkeepers and cashiers, whom the boss's voice asks for transfers. */
  FINANCE,
  /** Public service, schools and hospitals. */
  PUBLIC,
  /** Self-employed people. */
  SELF_EMPLOYED,
  /** Retired people. */
  RETIRED,
  /** No paid work. */
  NO_WORK,
  /** Another. */
  OTHER;

  /** True for the name of a group, and for nothing at all: the field is optional. */
  public static boolean listed(String name) {
    return name.isEmpty() || Arrays.stream(values()).anyMatch(group -> group.name().equals(name));
  }
}
