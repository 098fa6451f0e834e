package dev.zhifu.workload;

import dev.zhifu.wire.PrefixClass;

/**
 * A person or firm. Persons have a telephone and a device. Kept small: names, identity numbers and
 * tokens are made when they are asked for.
 */
final class Holder {
  private static final int NOW = 2026;

  final int index;

  /** Six-digit banner or district. */
  final String region;

  /** Completed years; -1 for a firm. */
  final short age;

  private final String firm;
  private final int name;
  private final short birthday;

  Account main;

  /** Second account of some residents; a lent one is a mule's and not this. */
  Account second;

  /** Term deposit, opened when a story needs it. */
  Account term;

  Account employer;
  Account landlord;
  int rentFen;
  int salaryFen;

  /** Replaced by a new phone. */
  short deviceGeneration;

  /** On the telephone until then. */
  long busyUntil;

  int signals;

  private Holder(int index, String firm, int name, int age, int birthday, String region) {
    this.index = index;
    this.firm = firm;
    this.name = name;
    this.age = (short) age;
    this.birthday = (short) birthday;
    this.region = region;
  }

  /**
   * A person.
   *
   * @param name as {@link Names#person} draws it
   * @param birthday month and day, month * 32 + day
   */
  static Holder person(int index, int name, int age, int birthday, String region) {
    return new Holder(index, null, name, age, birthday, region);
  }

  static Holder firm(int index, String name, String region) {
    return new Holder(index, name, 0, -1, 0, region);
  }

  boolean person() {
    return firm == null;
  }

  String name() {
    return person() ? Names.text(name) : firm;
  }

  /**
   * An invented identity number: district, birth date, running number; its check digit is wrong on
   * purpose.
   */
  String identityNumber() {
    if (!person()) {
      return "9115060" + Messages.padded(index, 10) + "Z";
    }
    return "150602"
        + Messages.padded(NOW - age, 4)
        + Messages.padded(birthday >> 5, 2)
        + Messages.padded(birthday & 31, 2)
        + Messages.padded(index, 7)
        + "Z";
  }

  String msisdn() {
    return "1" + (38 + index % 2) + Messages.padded(index * 31L % 100_000_000L, 8);
  }

  String deviceId() {
    return "dev-" + index + "-" + deviceGeneration;
  }

  Peer peer() {
    return new Peer(msisdn(), PrefixClass.LOCAL_MOBILE);
  }
}
