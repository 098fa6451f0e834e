package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account's name and number on a topic are for the account-holding bank alone. */
class CiphertextIT {
  private static final String TOPIC = "bank.B02.holds";
  private static final ClearAccount CLEAR =
      new ClearAccount("Invented Person", "6200000000000000042");
  private static final Tokens TOKENS =
      new Tokens("a token key for tests".getBytes(StandardCharsets.UTF_8));

  private final LocalStack stack = SharedStack.get();

  @Test
  void whoReadsTheTopicCannotOpenTheAccount() {
    String token = TOKENS.account("B02", CLEAR.number());
    try (TopicWriter writer = new TopicWriter(stack.access("engine"), stack.info().registry())) {
      writer.write(TOPIC, "hold-1", hold(token));
    }

    RiskHold asAuditor = newest("auditor");
    RiskHold asBank = newest("bank-B02");

    assertThat(text(asAuditor.getAccount().getCipher()))
        .doesNotContain(CLEAR.number(), CLEAR.name());
    assertThatThrownBy(() -> open("B01", asAuditor)).isInstanceOf(CryptoException.class);
    assertThat(open("B02", asBank)).isEqualTo(CLEAR);
  }

  @Test
  void aCiphertextMovedToAnotherAccountDoesNotOpen() {
    RiskHold hold = hold(TOKENS.account("B02", CLEAR.number()));
    hold.getAccount().setAccountToken(TOKENS.account("B02", "6200000000000000043"));

    assertThatThrownBy(() -> open("B02", hold)).isInstanceOf(CryptoException.class);
  }

  private RiskHold newest(String principal) {
    try (TopicReader reader = new TopicReader(stack.access(principal), stack.info().registry())) {
      List<RiskHold> holds = reader.readAll(List.of(TOPIC), RiskHold.class);
      return holds.get(holds.size() - 1);
    }
  }

  private static ClearAccount open(String bank, RiskHold hold) {
    return new AccountOpener(List.of(DemoKeys.bank(bank)))
        .open(hold.getAccount().getCipher(), hold.getAccount().getAccountToken());
  }

  private static RiskHold hold(String token) {
    AccountSealer sealer = new AccountSealer(DemoKeys.directory(), new SecureRandom(), 10);
    Instant at = Instant.parse("2026-03-02T01:00:00Z");
    return RiskHold.newBuilder()
        .setHoldId("hold-1")
        .setSequence(1)
        .setAction(HoldAction.PLACE)
        .setBank("B02")
        .setAccount(
            AccountRef.newBuilder()
                .setAccountToken(token)
                .setBank("B02")
                .setCipher(sealer.seal("B02", token, CLEAR))
                .build())
        .setAmountFen(100)
        .setReasonCode(ReasonCode.VICTIM_AT_RISK)
        .setOccurredAt(at)
        .setEndsAt(at.plusSeconds(86_400))
        .setNoticeId("notice-1")
        .build();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
  }
}
