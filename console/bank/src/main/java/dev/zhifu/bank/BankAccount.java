package dev.zhifu.bank;

/**
 * An account as its bank knows it.
 *
 * @param number account number
 * @param name registered name
 * @param accountType 01 personal, 02 corporate, as in message 100101
 * @param balanceFen balance, fen
 * @param frozen true when a freeze already lies on it
 */
public record BankAccount(
    String number, String name, String accountType, long balanceFen, boolean frozen) {
  private static final int SHOWN = 4;

  @Override
  public String toString() {
    return "BankAccount[…" + number.substring(Math.max(0, number.length() - SHOWN)) + "]";
  }
}
