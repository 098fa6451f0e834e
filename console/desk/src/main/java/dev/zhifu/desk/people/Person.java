package dev.zhifu.desk.people;

/**
 * Somebody who may log in.
 *
 * @param id as on acts and in the key directory
 * @param name as shown
 * @param role what the person does
 * @param bank the person's bank, for BANK alone; else null
 * @param station the contact that the person goes for, for FIELD alone; else null
 */
public record Person(String id, String name, Role role, String bank, String station) {
  /** One who, in the field, is himself the contact. */
  public Person(String id, String name, Role role, String bank) {
    this(id, name, role, bank, role == Role.FIELD ? id : null);
  }
}
