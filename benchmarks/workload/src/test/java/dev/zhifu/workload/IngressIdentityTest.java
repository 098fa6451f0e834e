package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngressIdentityTest {
  private final Tokens tokens =
      new Tokens("a test's token key, 16 bytes or more".getBytes(StandardCharsets.UTF_8));
  private final AccountSealer sealer =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 10_000);

  @Test
  void theAccountHoldingBankFindsItsOwnAccountBehindTheCiphertext() {
    City city =
        new City(CitySettings.defaults().withResidents(500), new IngressIdentity(tokens, sealer));
    List<AccountRef> accounts = new ArrayList<>();
    EventSink sink =
        new EventSink() {
          @Override
          public void transaction(BankTransaction event) {
            if (event.getPayer() != null) {
              accounts.add(event.getPayer());
            }
          }
        };
    city.advanceTo(city.start().plus(Duration.ofHours(9)), sink);

    assertThat(accounts).hasSizeGreaterThan(50);
    for (AccountRef account : accounts.subList(0, 50)) {
      AccountOpener opener = new AccountOpener(List.of(DemoKeys.bank(account.getBank())));
      ClearAccount clear = opener.open(account.getCipher(), account.getAccountToken());
      assertThat(city.bank(account.getBank()).account(clear.number()))
          .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(clear.name()));
      assertThat(tokens.account(account.getBank(), clear.number()))
          .isEqualTo(account.getAccountToken());
    }
  }
}
