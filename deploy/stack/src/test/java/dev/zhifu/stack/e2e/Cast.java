package dev.zhifu.stack.e2e;

import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;

/** Invented persons with one account each, tokenised and sealed as the ingress does it. */
final class Cast {
  /** Key of the tokens. */
  static final String TOKEN_KEY = "token key of these stories";

  private static final Tokens TOKENS = new Tokens(TOKEN_KEY.getBytes(StandardCharsets.UTF_8));
  private static final LocalDate OPENED = LocalDate.of(2024, 1, 15);
  private static final long FIRST_NUMBER = 6_200_000_000_000_000L;

  private final AccountSealer sealer =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 1_000);
  private long next = FIRST_NUMBER;

  /**
   * One person.
   *
   * @param name registered name
   * @param bank code of the account-holding bank
   * @param number account number
   * @param account the account as messages name it, without a balance
   */
  record Person(String name, String bank, String number, AccountRef account) {

    String accountToken() {
      return account.getAccountToken();
    }

    String holder() {
      return account.getHolderToken();
    }

    /** Token of the person's telephone. */
    String telephone() {
      return TOKENS.number("86" + number);
    }

    /** The account with its balance right before an event. */
    AccountRef with(long balanceBeforeFen) {
      return AccountRef.newBuilder(account).setBalanceBeforeFen(balanceBeforeFen).build();
    }
  }

  /** Number of the person's identity document. */
  static String idOf(String name, String number) {
    return "id of " + name + number;
  }

  Person person(String name, String bank) {
    return person(name, bank, String.valueOf(next++));
  }

  /** One person with a number of her own choice, as a card prefix asks for it. */
  Person person(String name, String bank, String number) {
    return holder(name, bank, number, idOf(name, number));
  }

  /** The same with an identity document that a report can name. */
  Person holder(String name, String bank, String number, String idNumber) {
    String token = TOKENS.account(bank, number);
    AccountRef account =
        AccountRef.newBuilder()
            .setAccountToken(token)
            .setBank(bank)
            .setHolderToken(TOKENS.holder(idNumber))
            .setKind(AccountKind.PERSONAL)
            .setOpenedOn(OPENED)
            .setCipher(sealer.seal(bank, token, new ClearAccount(name, number)))
            .build();
    return new Person(name, bank, number, account);
  }
}
