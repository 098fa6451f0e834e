package dev.zhifu.bench;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CityBank;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The city's banks at the other end of orders and holds. Each takes a drawn time from the evidence
 * of what it is told, the same for the same order and seed; then it compares the four fields with
 * its books, as the bank library does, and stops the account, or turns the order away. A bank that
 * is not connected is told and does nothing.
 */
final class MoneyBanks {
  private static final String PERSONAL = "01";
  private static final String CORPORATE = "02";

  private final City city;
  private final MoneyPoint point;
  private final int engineLatencyMs;
  private final long seed;
  private final Set<String> taken = new HashSet<>();
  private final List<StopPaymentReceipt> waiting = new ArrayList<>();
  private final Map<String, Integer> results = new TreeMap<>();
  private int unheard;
  private int holds;

  MoneyBanks(City city, MoneyPoint point, int engineLatencyMs, long seed) {
    this.city = city;
    this.point = point;
    this.engineLatencyMs = engineLatencyMs;
    this.seed = seed;
  }

  /** Answers to orders, by result. */
  Map<String, Integer> results() {
    return results;
  }

  /** Orders and holds that went to banks that are not connected. */
  int unheard() {
    return unheard;
  }

  /** Risk holds placed. */
  int holds() {
    return holds;
  }

  /** An order on its way; a repeated try changes nothing. */
  void order(AddressedOrder addressed, long now) {
    StopPaymentOrder order = Envelopes.open(addressed.envelope());
    if (!taken.add(order.getOrderId())) {
      return;
    }
    CityBank bank = city.bank(addressed.bank());
    if (!bank.connected()) {
      unheard++;
      return;
    }
    long at =
        Math.max(
            now,
            order.getApplicationTime().toEpochMilli()
                + engineLatencyMs
                + delayMs(order.getOrderId()));
    StopPaymentReceipt receipt =
        StopPaymentReceipt.newBuilder()
            .setOrderId(order.getOrderId())
            .setApplicationId(order.getApplicationId())
            .setAccountToken(order.getAccountToken())
            .setBank(bank.code())
            .setPayloadSha256(Envelopes.payloadSha256(addressed.envelope()))
            .setResult(ReceiptResult.TECHNICAL_FAILURE)
            .setAt(Instant.ofEpochMilli(at))
            .build();
    ClearCipher.Clear named = ClearCipher.open(order.getCipher());
    ReceiptResult fault = fault(order, named, bank);
    if (fault != null) {
      receipt.setResult(fault);
    } else if (at > order.getNotAfter().toEpochMilli()) {
      receipt.setResult(ReceiptResult.EXPIRED_ORDER);
    } else {
      CityBank.Placed placed =
          bank.placeStop(named.number(), order.getOrderId(), Instant.ofEpochMilli(at));
      receipt.setResult(
          placed.balanceBeforeFen() > 0 ? ReceiptResult.STOPPED : ReceiptResult.STOPPED_ZERO);
      receipt.setBalanceBeforeFen(placed.balanceBeforeFen());
      receipt.setStartTime(placed.startTime());
      receipt.setExpireTime(placed.endTime());
    }
    results.merge(receipt.getResult().name(), 1, Integer::sum);
    waiting.add(receipt);
  }

  /** The four fields against the bank's books; null when all fit. */
  private static ReceiptResult fault(
      StopPaymentOrder order, ClearCipher.Clear named, CityBank bank) {
    var account = bank.account(named.number()).orElse(null);
    if (account == null) {
      return ReceiptResult.ACCOUNT_NOT_FOUND;
    }
    if (!account.name().equals(named.name())) {
      return ReceiptResult.MISMATCH_NAME;
    }
    String type = account.kind() == AccountKind.PERSONAL ? PERSONAL : CORPORATE;
    var booking = bank.transaction(order.getBankTransactionId()).orElse(null);
    if (!order.getAccountType().equals(type)
        || booking == null
        || !booking.credit()
        || !booking.accountNumber().equals(named.number())) {
      return ReceiptResult.MISMATCH_ACCOUNT;
    }
    if (booking.amountFen() != order.getTransferAmountFen()) {
      return ReceiptResult.MISMATCH_AMOUNT;
    }
    return booking.bookedAt().getEpochSecond() == order.getTransferTime().getEpochSecond()
        ? null
        : ReceiptResult.MISMATCH_TIME;
  }

  /** A risk hold to place or to lift. */
  void hold(RiskHold hold, long now) {
    CityBank bank = city.bank(hold.getBank());
    if (!bank.connected()) {
      unheard++;
      return;
    }
    if (hold.getAction() == HoldAction.LIFT) {
      bank.lift(hold.getHoldId());
      return;
    }
    if (hold.getAccount().getCipher() == null) {
      return;
    }
    long at =
        Math.max(
            now, hold.getOccurredAt().toEpochMilli() + engineLatencyMs + delayMs(hold.getHoldId()));
    holds++;
    bank.placeHold(
        ClearCipher.open(hold.getAccount().getCipher()).number(),
        hold.getHoldId(),
        hold.getBankTransactionId(),
        Instant.ofEpochMilli(at),
        hold.getEndsAt());
  }

  /** Log-normal with the point's median and 99th percentile. */
  private long delayMs(String of) {
    CRC32 name = new CRC32();
    name.update(of.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.getValue());
    double normal =
        StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
            * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    return (long) (1000 * point.bankP50Seconds() * StrictMath.exp(point.bankSigma() * normal));
  }

  /** Answers whose time has come, in the order of their times. */
  List<StopPaymentReceipt> answers(long now) {
    List<StopPaymentReceipt> due = new ArrayList<>();
    waiting.removeIf(receipt -> receipt.getAt().toEpochMilli() <= now && due.add(receipt));
    due.sort(
        Comparator.comparing(StopPaymentReceipt::getAt)
            .thenComparing(StopPaymentReceipt::getOrderId));
    return due;
  }
}
