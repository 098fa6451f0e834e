package dev.zhifu.rules.lives.directory;

/**
 * One dispatch contact.
 *
 * @param id its id
 * @param level where it stands
 * @param parent who is called when it does not answer; empty for the city
 * @param name its name
 * @param phone its phone
 * @param hours when it answers
 */
public record Contact(
    String id, Level level, String parent, String name, String phone, DutyHours hours) {

  /** Levels, the highest first. */
  public enum Level {
    CITY,
    BANNER,
    TOWNSHIP,
    GRID,
    ENTERPRISE
  }
}
