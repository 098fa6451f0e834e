package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.OrderRow.Driver;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.UnsignedReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        "Generated from `OrderTable` and `SigningGuard` by `OrderDocsTest`; do not edit. The law is 银发〔2016〕86号 第二条 (four fields,",
        "48 h from the bank's own start time, two stops an account) and the anti-fraud law art. 20 and 32. SIGNED is the law's sealed",
        "state with our digital signature; the statutory electronic seal belongs to the platform. Tries, waits and roles are engineering",
        "defaults of ours. A standing authorisation is our own construction, not law, and off by default.",
        "",
        "A request (DRAFT) is made for any case, so that officers see it within milliseconds; what the law asks before an order (an",
        "accepted report, no pooled account, at most two stops) is asked again at the signature.",
        "",
        "## States",
        "",
        table(List.of("state", "中文", "meaning"), states()),
        "## Transitions",
        "",
        "First row whose guard holds. What nobody has established does not hold; what no row allows does not happen. Rows driven by",
        "recovery are in the table so that both jobs read the same one; stop-orders does not bring them about yet.",
        "",
        table(List.of("from", "event", "guard", "to", "effects", "driven by"), transitions()),
        "## Diagram",
        "",
        diagram(),
        "## Answers of banks",
        "",
        table(List.of("result", "means"), answers()),
        "An answer counts only for the very payload that we sent, from the bank that it went to. Copies and late repetitions change",
        "nothing; a contradiction changes nothing and raises an alarm. An answer whose order has not been read back yet waits for it.",
        "",
        "## Guards of a signature",
        "",
        "All must hold before the engine signs by itself; every failing one is shown on the request. Those marked *officer too* bind an",
        "officer's signature as well.",
        "",
        table(List.of("guard", "shown as", "binds"), guards()));
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
        table(List.of("code", "中文", "English"), reasons()),
        "## UnsignedReason: why the engine did not sign by itself",
        "",
        table(List.of("code", "中文", "English"), unsigned()));
  }

  private static List<List<String>> states() {
    return Arrays.stream(OrderState.values())
        .map(
            state ->
                List.of(
                    state.name(), OrderWords.of(state).chinese(), OrderWords.of(state).english()))
        .toList();
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

  private static List<List<String>> transitions() {
    return OrderTable.law().rows().stream().map(OrderDocs::transition).toList();
  }

  private static List<String> transition(OrderRow row) {
    return List.of(
        row.from().isEmpty() ? "—" : names(row.from()),
        row.event().name() + "<br>" + row.event().chinese() + "<br>" + row.event().english(),
        row.guard().isEmpty()
            ? "—"
            : row.guard().stream().sorted().map(OrderFact::words).collect(Collectors.joining("; ")),
        row.to().name(),
        row.effects().isEmpty()
            ? "—"
            : row.effects().stream().map(OrderEffect::words).collect(Collectors.joining("; ")),
        row.driver() == Driver.STOP_ORDERS ? "stop-orders" : "recovery");
  }

  private static String names(Collection<OrderState> states) {
    return states.stream().sorted().map(OrderState::name).collect(Collectors.joining(", "));
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

  private static String diagram() {
    Set<String> lines = new LinkedHashSet<>();
    for (OrderRow row : OrderTable.law().rows()) {
      Collection<OrderState> from = row.from().stream().sorted().toList();
      if (from.isEmpty()) {
        lines.add("  [*] --> " + row.to() + ": " + row.event());
      }
      from.stream()
          .filter(state -> state != row.to())
          .forEach(state -> lines.add("  " + state + " --> " + row.to() + ": " + row.event()));
    }
    return "```mermaid\nstateDiagram-v2\n" + String.join("\n", lines) + "\n```\n";
  }

  private static String table(List<String> head, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", head) + " |");
    lines.add("|" + "---|".repeat(head.size()));
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return String.join("\n", lines) + "\n";
  }
}
