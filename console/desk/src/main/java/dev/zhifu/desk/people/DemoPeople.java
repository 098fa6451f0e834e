package dev.zhifu.desk.people;

import java.util.List;

/** Invented people of the demo, all with one published password; they exist in DEMO alone. */
public final class DemoPeople {
  /** Everybody's password. */
  public static final String PASSWORD = "demo";

  private static final List<Person> ALL =
      List.of(
          new Person("officer-1", "李晓东", Role.OFFICER, null),
          new Person("officer-2", "王海燕", Role.OFFICER, null),
          new Person("officer-3", "赵敏", Role.OFFICER, null),
          new Person("officer-4", "陈建国", Role.SHIFT_LEADER, null),
          new Person("head-1", "高云龙", Role.SUPERVISOR, null),
          new Person("head-city-1", "苏和", Role.CITY_HEAD, null),
          new Person("legal-1", "沈静", Role.LEGAL, null),
          new Person("auditor-1", "何平", Role.AUDITOR, null),
          new Person("author-1", "林涛", Role.RULE_AUTHOR, null),
          new Person("approver-1", "郭丽", Role.RULE_APPROVER, null),
          new Person("bank-b02", "B02 值班", Role.BANK, "B02"),
          new Person("station-1", "示例镇派出所值班", Role.FIELD, null),
          new Person("grid-1", "示例社区网格员", Role.FIELD, null),
          new Person("household-1", "示例牧区网格户", Role.FIELD, null),
          new Person("admin-1", "系统管理员", Role.ADMIN, null));

  private DemoPeople() {}

  /** Adds them. */
  public static void addTo(People people) {
    ALL.forEach(person -> people.add(person, PASSWORD));
  }

  /** They. */
  public static List<Person> all() {
    return ALL;
  }
}
