package dev.zhifu.rules.explain;

import dev.zhifu.rules.language.Rule;
import java.util.List;

/**
 * What making the decision again gave.
 *
 * @param reproduced true when hit id and payload came out byte for byte
 * @param why one reason each, when they did not; empty otherwise
 * @param rule the rule that was run; null when its text could not be used
 * @param hitSha256 SHA-256 of the hit's bytes as it was said
 * @param againSha256 SHA-256 of the bytes that came out; null when no such hit did
 */
public record Verdict(
    boolean reproduced, List<String> why, Rule rule, String hitSha256, String againSha256) {

  static Verdict refused(String why, String hitSha256) {
    return new Verdict(false, List.of(why), null, hitSha256, null);
  }
}
