package dev.zhifu.rules.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Sixty-four bits that stand for a token in state, where the token itself would cost four times as
 * much. Tokens are keyed hashes already, so nobody can choose two that meet; among 512 of one
 * entity two meet by chance once in 10^14.
 */
final class Hash64 {
  /** Stands for "no token"; no token hashes to it. */
  static final long NONE = 0;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Odd, with its bits spread: 2^64 by the golden ratio. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hash64() {}

  /** Hash of a token; {@link #NONE} for null. */
  static long of(String token) {
    if (token == null) {
      return NONE;
    }
    return end(more(FNV_OFFSET, token));
  }

  /** Hash of three texts joined by colons, without joining them. */
  static long of(String first, String second, String third) {
    long hash = more(more(FNV_OFFSET, first), ":");
    return end(more(more(more(hash, second), ":"), third));
  }

  /**
   * Hash of a text that is not kept as a token: in a few cycles for eight bytes instead of for each
   * character. Another number than {@link #of} gives.
   */
  static long ofWhole(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long hash = FNV_OFFSET ^ bytes.length;
    int at = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      hash = step(hash, (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = rest << Byte.SIZE | bytes[at] & 0xff;
    }
    return end(step(hash, rest));
  }

  /** Two values give two hashes, and so do two hashes that came before. */
  private static long step(long hash, long value) {
    long h = (hash ^ value) * STEP;
    return h ^ (h >>> 32);
  }

  private static long more(long begun, String text) {
    long hash = begun;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  private static long end(long hash) {
    long mixed = mix(hash);
    return mixed == NONE ? 1 : mixed;
  }

  /** Adds one value to a running hash; the order of values counts. */
  static long add(long hash, long value) {
    return mix((hash ^ value) * FNV_PRIME);
  }

  private static long mix(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
