package dev.zhifu.desk.people;

/**
 * Somebody who may log in.
 *
 * @param id as on acts and in the key directory
 * @param name as shown
 * @param role what the person does
 * @param bank the person's bank, for BANK alone; else null
 */
public record Person(String id, String name, Role role, String bank) {}
