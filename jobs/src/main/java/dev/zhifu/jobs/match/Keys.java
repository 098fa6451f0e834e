package dev.zhifu.jobs.match;

import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.KeyKind;

/** Reads what {@link Routed#matchKey(KeyKind, String)} wrote. */
final class Keys {
  private static final KeyKind[] KINDS = KeyKind.values();

  private Keys() {}

  static KeyKind kind(String matchKey) {
    return KINDS[matchKey.charAt(0) - '0'];
  }

  static String id(String matchKey) {
    return matchKey.substring(2);
  }
}
