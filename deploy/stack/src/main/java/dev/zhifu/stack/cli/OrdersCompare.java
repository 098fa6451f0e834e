package dev.zhifu.stack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code zhifu orders compare}: the banks' own ledgers against the record on the topics, by order
 * id and payload hash. Neither side asks the engine. While a job is down or catching up, compare
 * again once the banks have read on.
 */
@Command(
    name = "compare",
    description =
        "Counts what stands in the banks' ledgers and not on the topics, and the other way round.",
    mixinStandardHelpOptions = true)
final class OrdersCompare implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private TopicSource source;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunningStack stack = source.stack();
    SortedSet<String> ledger = ledger(stack.root());
    List<String> records = record(stack);
    SortedSet<String> record = new TreeSet<>(records);
    SortedSet<String> onlyLedger = without(ledger, record);
    SortedSet<String> onlyRecord = without(record, ledger);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ledger", ledger.size());
    result.put("record", record.size());
    result.put("copiesOnTopics", records.size() - record.size());
    result.put("ledgerWithoutRecord", onlyLedger.size());
    result.put("recordWithoutLedger", onlyRecord.size());
    result.put("onlyInLedger", onlyLedger);
    result.put("onlyInRecord", onlyRecord);
    json.write(result);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "ledger %d, record %d (%d copies); |ledger \\ record| = %d, |record \\ ledger| = %d%n",
        ledger.size(),
        record.size(),
        records.size() - record.size(),
        onlyLedger.size(),
        onlyRecord.size());
    onlyLedger.forEach(line -> out.println("  only in the ledgers: " + line));
    onlyRecord.forEach(line -> out.println("  only on the topics:  " + line));
    return onlyLedger.isEmpty() && onlyRecord.isEmpty() ? 0 : 1;
  }

  private static SortedSet<String> without(SortedSet<String> all, SortedSet<String> those) {
    SortedSet<String> left = new TreeSet<>(all);
    left.removeAll(those);
    return left;
  }

  private static SortedSet<String> ledger(Path root) {
    SortedSet<String> orders = new TreeSet<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().matches("bank-[A-Z0-9]+\\.jsonl"))
              .toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode node = JSON.readTree(line);
          if (node.path("kind").asText().equals("ORDER")) {
            orders.add(node.path("id").asText() + " " + node.path("payloadSha256").asText());
          }
        }
      }
      return orders;
    } catch (IOException e) {
      throw new StackException(
          "the banks' ledgers in " + root + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<String> record(RunningStack stack) {
    List<String> topics =
        stack.info().banks().stream().map(bank -> "bank." + bank + ".orders").toList();
    List<String> orders = new ArrayList<>();
    try (TopicReader reader = source.reader("auditor")) {
      for (OrderEnvelope envelope : reader.readAll(topics, OrderEnvelope.class)) {
        StopPaymentOrder order = StopPaymentOrder.fromByteBuffer(envelope.getPayload().duplicate());
        orders.add(order.getOrderId() + " " + Sha256.hex(envelope.getPayload()));
      }
      return orders;
    } catch (IOException e) {
      throw new StackException("an order on the topics cannot be read: " + e.getMessage(), e);
    }
  }
}
