package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.LifeDocs;
import dev.zhifu.rules.lives.channel.ApplicationType;
import dev.zhifu.rules.lives.order.OrderWords;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.UnsignedReason;
import java.util.Arrays;
import java.util.List;

/**
 * Renders {@code docs/orders.md} and {@code docs/reason-codes.md} from the code that decides; a
 * test fails when they are stale.
 */
final class OrderDocs {

  private OrderDocs() {}

  /** The text of {@code docs/orders.md}. */
  static String orders() {
    return String.join(
        "\n",
        "# Stop-payment orders",
        "",
        "Generated from `Receipts` and `SigningGuard` by `OrderDocsTest`; do not edit. The law is 银发〔2016〕86号 第二条 (four fields,",
        "48 h from the bank's own start time, two stops an account) and the anti-fraud law art. 20 and 32. SIGNED is the law's sealed",
        "state with our digital signature; the statutory electronic seal belongs to the platform. Tries, waits and roles are engineering",
        "defaults of ours. A standing authorisation is our own construction, not law, and off by default.",
        "",
        "A request (DRAFT) is made for any case, so that officers see it within milliseconds; what the law asks before an order (an",
        "accepted report, no pooled account, at most two stops) is asked again at the signature.",
        "",
        "States, transitions, guards of the table, clocks and the diagram stand in [lives](lives.md#stop-payment-order-紧急止付), printed from the one",
        "table that both jobs read.",
        "",
        "## Types",
        "",
        "The type says what a 100101 follows (`ApplicationType`, as banks' public connector code has it). A first order follows nothing;",
        "one that rests on a case report of a bank (100401) follows that report (ADR-0156). Late paperwork follows a stop that",
        "the bank has made itself and reported (100401, applicationType 02), once an officer has accepted that report and while that stop",
        "lasts: the bank confirms it from its own first start, and 48 h count from there (ADR-0137). By when it is owed is our own service",
        "level (`paperwork.hours`), not law. OTHER is foreign currency or a time deposit: its number has `_` and the subaccount.",
        "",
        LifeDocs.table(List.of("applicationType", "is", "names an original"), types()),
        "## Answers of banks",
        "",
        LifeDocs.table(List.of("result", "means"), answers()),
        "An answer counts only for the very payload that we sent, from the bank that it went to. Copies and late repetitions change",
        "nothing; a contradiction changes nothing and raises an alarm. An answer whose order has not been read back yet waits for it.",
        "",
        "## Guards of a signature",
        "",
        "All must hold before the engine signs by itself; every failing one is shown on the request. Those marked *officer too* bind an",
        "officer's signature as well.",
        "",
        LifeDocs.table(List.of("guard", "shown as", "binds"), guards()));
  }

  /** The text of {@code docs/reason-codes.md}. */
  static String reasonCodes() {
    return String.join(
        "\n",
        "# Reason codes",
        "",
        "Generated from `OrderWords` by `OrderDocsTest`; do not edit.",
        "",
        "## ReasonCode: what banks and holders are told",
        "",
        LifeDocs.table(List.of("code", "中文", "English"), reasons()),
        "## UnsignedReason: why the engine did not sign by itself",
        "",
        LifeDocs.table(List.of("code", "中文", "English"), unsigned()));
  }

  private static List<List<String>> reasons() {
    return Arrays.stream(ReasonCode.values())
        .map(
            code ->
                List.of(code.name(), OrderWords.of(code).chinese(), OrderWords.of(code).english()))
        .toList();
  }

  private static List<List<String>> unsigned() {
    return Arrays.stream(UnsignedReason.values())
        .map(
            code ->
                List.of(code.name(), OrderWords.of(code).chinese(), OrderWords.of(code).english()))
        .toList();
  }

  private static List<List<String>> types() {
    return Arrays.stream(ApplicationType.values())
        .map(type -> List.of(type.code(), type.name(), type.needsOriginal() ? "yes" : ""))
        .toList();
  }

  private static List<List<String>> answers() {
    return Arrays.stream(ReceiptResult.values())
        .map(result -> List.of(result.name(), Receipts.eventOf(result).name()))
        .toList();
  }

  private static List<List<String>> guards() {
    return SigningGuard.all().stream()
        .map(
            guard ->
                List.of(
                    guard.name(),
                    guard.reason().name(),
                    guard.legal() ? "officer too" : "the engine"))
        .toList();
  }
}
