package dev.zhifu.schemas.topics;

/**
 * Institution codes of banks: 2 to 16 capital letters and digits. They stand in topic names,
 * principals and event ids, so that no other character may occur.
 */
public final class BankCodes {

  /** The form in words, for messages. */
  public static final String FORM = "2 to 16 characters A-Z and 0-9, such as B01";

  private static final int SHORTEST = 2;
  private static final int LONGEST = 16;

  private BankCodes() {}

  /** Whether {@code code} has the form of a bank code; null has not. */
  public static boolean isWellFormed(String code) {
    if (code == null || code.length() < SHORTEST || code.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code code} itself.
   *
   * @throws IllegalArgumentException if it has not the form of a bank code
   */
  public static String require(String code) {
    if (!isWellFormed(code)) {
      throw new IllegalArgumentException("bank code '" + code + "' is not " + FORM);
    }
    return code;
  }
}
