package dev.zhifu.workload;

import dev.zhifu.wire.PrefixClass;

/**
 * A person or firm. Persons have a telephone and a device; only residents have friends and habits.
 */
final class Holder {
  final int index;
  final String name;
  final String identityNumber;

  /** Completed years; -1 for a firm. */
  final int age;

  /** Six-digit banner or district. */
  final String region;

  Account main;

  /** Second account of some residents; a lent one is a mule's and not this. */
  Account second;

  /** Term deposit, opened when a story needs it. */
  Account term;

  Holder[] friends;
  Account[] favourites;
  Account employer;
  Account landlord;
  long rentFen;
  long salaryFen;

  /** Replaced by a new phone. */
  int deviceGeneration;

  /** On the telephone until then. */
  long busyUntil;

  int signals;

  String holderToken;
  String numberToken;
  String deviceToken;

  Holder(int index, String name, String identityNumber, int age, String region) {
    this.index = index;
    this.name = name;
    this.identityNumber = identityNumber;
    this.age = age;
    this.region = region;
  }

  boolean person() {
    return age >= 0;
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
