package dev.zhifu.rules.matching;

/**
 * What was last said about one hit of one key.
 *
 * @param ruleNumber rule version
 * @param revision last revision sent
 * @param holds false when it was retracted
 * @param isFinal true when it cannot change any more
 * @param forgetAtMs event time from which no match with this id can come
 * @param fingerprint of the schema that wrote {@code hit}
 * @param hit the last revision as Avro; empty unless it holds and is not final
 */
record Announced(
    int ruleNumber,
    int revision,
    boolean holds,
    boolean isFinal,
    long forgetAtMs,
    long fingerprint,
    byte[] hit) {
  private static final byte[] NO_HIT = {};

  Announced retracted(int newRevision) {
    return new Announced(ruleNumber, newRevision, false, false, forgetAtMs, 0, NO_HIT);
  }

  static Announced asFinal(int ruleNumber, int revision, long forgetAtMs) {
    return new Announced(ruleNumber, revision, true, true, forgetAtMs, 0, NO_HIT);
  }
}
