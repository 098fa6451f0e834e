package dev.zhifu.papers;

import java.util.Locale;

/** Fen as papers write them. */
public final class Yuan {
  private static final String[] DIGITS = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
  private static final String[] PLACES = {"", "拾", "佰", "仟"};
  private static final String[] GROUPS = {"", "万", "亿", "万亿"};
  private static final int FEN = 100;
  private static final int GROUP = 10_000;

  private Yuan() {}

  /** In figures: 12,345.60. */
  public static String figures(long fen) {
    return String.format(Locale.ROOT, "%,d.%02d", fen / FEN, fen % FEN);
  }

  /** In capital numerals: 壹万贰仟叁佰肆拾伍元陆角整. */
  public static String capitals(long fen) {
    if (fen == 0) {
      return "零元整";
    }
    long yuan = fen / FEN;
    int jiao = (int) (fen % FEN / 10);
    int rest = (int) (fen % 10);
    StringBuilder text = new StringBuilder();
    if (yuan > 0) {
      text.append(whole(yuan)).append('元');
    }
    if (jiao > 0) {
      text.append(DIGITS[jiao]).append('角');
    } else if (rest > 0 && yuan > 0) {
      text.append(DIGITS[0]);
    }
    return text.append(rest > 0 ? DIGITS[rest] + "分" : "整").toString();
  }

  private static String whole(long yuan) {
    StringBuilder text = new StringBuilder();
    int group = 0;
    boolean gap = false;
    for (long left = yuan; left > 0; left /= GROUP, group++) {
      int part = (int) (left % GROUP);
      if (part == 0) {
        gap = text.length() > 0;
        continue;
      }
      String words = group(part) + GROUPS[group];
      text.insert(
          0,
          gap && text.length() > 0 && !text.toString().startsWith(DIGITS[0])
              ? words + DIGITS[0]
              : words);
      gap = part < GROUP / 10;
    }
    return text.toString();
  }

  private static String group(int part) {
    StringBuilder text = new StringBuilder();
    boolean zero = false;
    int place = 0;
    for (int left = part; left > 0; left /= 10, place++) {
      int digit = left % 10;
      if (digit == 0) {
        zero = text.length() > 0;
      } else {
        text.insert(0, DIGITS[digit] + PLACES[place] + (zero ? DIGITS[0] : ""));
        zero = false;
      }
    }
    return text.toString();
  }
}
