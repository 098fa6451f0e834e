package dev.zhifu.rules.matching;

import dev.zhifu.wire.Evidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Ids of hits: the same match has the same id wherever and whenever it is found. */
public final class HitIds {
  private HitIds() {}

  /**
   * SHA-256 over rule, version, key, and each step's name with its evidence event ids, in order; 64
   * hex digits.
   *
   * @param ruleId such as T02
   * @param version of the rule
   * @param key token of the matching key
   * @param evidence in order
   */
  public static String of(String ruleId, int version, String key, List<Evidence> evidence) {
    // A line break stands in no id, so two different hits never share a text.
    StringBuilder text = new StringBuilder(64 + 48 * evidence.size());
    text.append(ruleId).append('\n').append(version).append('\n').append(key);
    String step = null;
    for (Evidence one : evidence) {
      if (!one.getStep().equals(step)) {
        step = one.getStep();
        text.append("\n\n").append(step);
      }
      text.append('\n').append(one.getEventId());
    }
    return HexFormat.of().formatHex(sha256(text.toString()));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
