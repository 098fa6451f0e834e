package dev.zhifu.stack.gateway;

import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes signed orders with what a real one has in size and number of fields, to each bank in turn
 * and there to each of its accounts in turn. Not for several threads.
 */
final class OrderMaker {
  private static final int ACCOUNTS = 200;
  private static final int CIPHERS = 10_000;
  private static final long TERM_SECONDS = 600;

  /** As long as a signature in DER is at most. */
  private static final int SIGNATURE_BYTES = 72;

  private final List<String> banks;
  private final Tokens tokens = new Tokens("bench of the gateway".getBytes(StandardCharsets.UTF_8));
  private final AccountSealer sealer =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), CIPHERS);
  private final Map<String, Integer> ordinals = new HashMap<>();
  private long made;

  OrderMaker(List<String> banks) {
    this.banks = banks;
  }

  /** So many. */
  List<SentOrder> make(int many) {
    List<SentOrder> orders = new ArrayList<>(many);
    for (int i = 0; i < many; i++) {
      orders.add(next());
    }
    return orders;
  }

  private SentOrder next() {
    int bank = (int) (made % banks.size());
    String code = banks.get(bank);
    String number = "6217%02d%013d".formatted(bank, made / banks.size() % ACCOUNTS);
    made++;
    String account = tokens.account(code, number);
    int ordinal = ordinals.merge(account, 1, Integer::sum);
    String orderId = EventIds.orderId(account, ordinal);
    // Wall clock on purpose: nobody executes it, and its terms are as a live order's.
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    StopPaymentOrder order =
        StopPaymentOrder.newBuilder()
            .setOrderId(orderId)
            .setApplicationId(EventIds.applicationId(orderId))
            .setApplicationType("00")
            .setBank(code)
            .setAccountToken(account)
            .setCipher(sealer.seal(code, account, new ClearAccount("收款人", number)))
            .setAccountType("01")
            .setTransferAmountFen(5_000_000)
            .setTransferTime(now)
            .setBankTransactionId("bench-" + made)
            .setReasonCode(ReasonCode.VICTIM_REPORT)
            .setEmergencyLevel("02")
            .setApplicationTime(now)
            .setNotAfter(now.plusSeconds(TERM_SECONDS))
            .setAuthorisation(
                new OfficerAuthorisation(
                    DemoKeys.FIRST_OFFICER,
                    "bench-act-" + made,
                    "demo-" + DemoKeys.FIRST_OFFICER,
                    ByteBuffer.allocate(SIGNATURE_BYTES)))
            .build();
    return new SentOrder(bank, order, ordinal, Envelopes.seal(order, DemoKeys.engine()));
  }
}
