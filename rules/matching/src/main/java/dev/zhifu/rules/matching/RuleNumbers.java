package dev.zhifu.rules.matching;

import java.nio.ByteBuffer;

/**
 * Numbers that stand for rule versions in match state. A number is drawn from the rule's id and
 * version alone, so that every subtask, every restart and every back-test uses the same one; two
 * versions with one number are refused at publication.
 */
final class RuleNumbers {
  private RuleNumbers() {}

  static int of(String ruleId, int version) {
    return ByteBuffer.wrap(HitIds.sha256(ruleId + ":" + version)).getInt();
  }
}
