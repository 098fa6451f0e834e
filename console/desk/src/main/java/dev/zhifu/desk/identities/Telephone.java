package dev.zhifu.desk.identities;

import java.util.List;

/** Telephone numbers as carriers send them and as people type them. */
public final class Telephone {
  private static final String TELEPHONE = "[0-9]{5,15}";
  private static final String MOBILE = "1[3-9][0-9]{9}";
  private static final String CHINA = "86";

  private Telephone() {}

  /**
   * What a typed number may stand for: digits with country code, the likeliest first. A number
   * typed without a country code is of China, one that starts with 00 says its own.
   *
   * @return nothing when it is no telephone number
   */
  public static List<String> meant(String typed) {
    String plain = typed.replaceAll("[\\s()（）+-]", "");
    if (!plain.matches(TELEPHONE)) {
      return List.of();
    }
    if (plain.matches(MOBILE)) {
      return List.of(CHINA + plain);
    }
    return plain.startsWith("00")
        ? List.of(plain.substring(2), plain)
        : plain.startsWith("0")
            ? List.of(CHINA + plain.substring(1))
            : List.of(plain, CHINA + plain);
  }
}
