package dev.zhifu.schemas.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Reproducible bytes, SM3 of seed and counter: test files come out the same on every run. */
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final String seed;
  private long counter;

  SeededRandom(String seed) {
    this.seed = seed;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    int filled = 0;
    while (filled < bytes.length) {
      byte[] block = Sm3.digest((seed + ':' + counter++).getBytes(StandardCharsets.UTF_8));
      int part = Math.min(block.length, bytes.length - filled);
      System.arraycopy(block, 0, bytes, filled, part);
      filled += part;
    }
  }
}
