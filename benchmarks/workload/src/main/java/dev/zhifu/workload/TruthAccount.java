package dev.zhifu.workload;

/**
 * What an account is in truth.
 *
 * @param token token
 * @param bank account-holding bank
 * @param kind as the bank registers it
 * @param level 1..4 for a mule account at that distance from the victim, 0 in good faith
 * @param holderToken whose it is
 */
public record TruthAccount(String token, String bank, String kind, int level, String holderToken) {
  static TruthAccount of(Account account, Messages messages) {
    return new TruthAccount(
        messages.token(account),
        Messages.bankCode(account.bank),
        account.kind.name(),
        account.level,
        messages.holderToken(account.holder));
  }
}
