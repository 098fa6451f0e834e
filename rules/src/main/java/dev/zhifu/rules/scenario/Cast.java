package dev.zhifu.rules.scenario;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The roles of one scenario and the tokens that stand for them. A role is a person with one account
 * and one number; {@code role/savings} is another account of the same person.
 */
final class Cast {
  private static final int TOKEN_BYTES = 16;

  /**
   * What the accounts table says of one account.
   *
   * @param bank institution code
   * @param kind as registered
   * @param openedOn null when unknown
   * @param balanceFen balance at the start of the timeline; null when the bank does not tell
   * @param age years of its holder; null when unknown
   * @param region of its branch; null when unknown
   */
  record Account(
      String bank,
      AccountKind kind,
      LocalDate openedOn,
      Long balanceFen,
      Integer age,
      String region) {}

  private static final Account USUAL =
      new Account("B01", AccountKind.PERSONAL, null, null, null, null);

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  void describe(String role, Account account) {
    accounts.put(role, account);
  }

  Account account(String role) {
    return accounts.getOrDefault(role, USUAL);
  }

  /** The account as a message names it, without a balance. */
  AccountRef reference(String role) {
    Account account = account(role);
    return AccountRef.newBuilder()
        .setAccountToken(token("account", role, role))
        .setBank(account.bank())
        .setHolderToken(holder(role))
        .setKind(account.kind())
        .setOpenedOn(account.openedOn())
        .setHolderAgeYears(account.age())
        .setRegion(account.region())
        .build();
  }

  /** Token of the person behind an account or number. */
  String holder(String role) {
    String person = role.split("/")[0];
    return token("holder", person, person);
  }

  String number(String role) {
    return token("number", role, role);
  }

  String device(String name) {
    return token("device", name, name);
  }

  /** An id that travels clear, such as that of a cash machine. */
  String plain(String name) {
    names.put(name, name);
    return name;
  }

  void nameEvent(String eventId, String name) {
    names.put(eventId, name);
  }

  Map<String, String> names() {
    return names;
  }

  private String token(String kind, String of, String name) {
    String token = hash(kind + ":" + of);
    names.put(token, name);
    return token;
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
