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
 * @param region code of the banner or district that it stands for, as events carry it; empty when
 *     none
 * @param place where it stands; null when the directory does not say
 */
public record Contact(
    String id,
    Level level,
    String parent,
    String name,
    String phone,
    DutyHours hours,
    String region,
    Place place) {

  /** One whose region and place are not known. */
  public Contact(
      String id, Level level, String parent, String name, String phone, DutyHours hours) {
    this(id, level, parent, name, phone, hours, "", null);
  }

  /** Levels, the highest first. */
  public enum Level {
    CITY,
    BANNER,
    TOWNSHIP,
    GRID,
    ENTERPRISE
  }
}
