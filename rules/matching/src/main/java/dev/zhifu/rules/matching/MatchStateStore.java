package dev.zhifu.rules.matching;

/**
 * Where the match state of one key lies. Fixed whatever the rules: one record (tail, announced
 * hits, active rules) and one base per rule version with something under way.
 */
public interface MatchStateStore {
  /** The key's record; null when the key has none. */
  byte[] record();

  /**
   * Replaces the key's record.
   *
   * @param bytes null removes it
   */
  void putRecord(byte[] bytes);

  /** The base of a rule version; null when it has none. */
  byte[] base(int ruleNumber);

  /**
   * Replaces the base of a rule version.
   *
   * @param bytes null removes it
   */
  void putBase(int ruleNumber, byte[] bytes);
}
