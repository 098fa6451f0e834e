package dev.zhifu.stack.demo;

/** Money for the eye. */
final class Yuan {
  private Yuan() {}

  /** Fen as yuan with thousands separated, for example {@code ¥12,345}. */
  static String of(long fen) {
    return String.format("¥%,d", Math.round(fen / 100.0));
  }
}
