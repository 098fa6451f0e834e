package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTwin;
import dev.zhifu.bank.BankTwins;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.KafkaBankTransport;
import dev.zhifu.bank.check.Books;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.e2e.Zhifu;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an integrator sees of {@code zhifu bank check --over kafka}: the command in a process of its
 * own, a real broker and registry, the bank behind its own credentials. The plain build plays the
 * run that passes.
 */
class BankCheckKafkaIT {
  private static final String BANK = "B02";

  /** Cases that Kafka carries: all but those about releases, which go by the gateway alone. */
  private static final int CASES = 40;

  private final LocalStack stack = SharedStack.get();

  @TempDir private Path folder;

  @Test
  void aBankThatReadsItsTopicsAndAnswersAsItShouldPasses() throws Exception {
    Zhifu.Done done = checked(true);

    assertThat(done.code()).as(done.said()).isZero();
    JsonNode result = done.result();
    assertThat(result.get("over").asText()).isEqualTo("kafka");
    assertThat(result.get("failed").asInt()).isZero();
    assertThat(result.get("cases").asInt()).isGreaterThanOrEqualTo(CASES);
    assertThat(result.get("outcomes"))
        .allSatisfy(one -> assertThat(one.get("passed").asBoolean()).as(one.toString()).isTrue());
    assertThat(done.said()).contains(result.get("cases").asInt() + " cases over kafka, 0 failed");
  }

  @Test
  @Tag("slow")
  void aBankWithoutTheAccountsOfTheRunFailsAndIsToldWhatToDo() throws Exception {
    Zhifu.Done done = checked(false);

    assertThat(done.code()).as(done.said()).isEqualTo(1);
    JsonNode result = done.result();
    assertThat(result.get("failed").asInt()).isPositive().isLessThan(result.get("cases").asInt());
    assertThat(done.said())
        .as("the first order that should stop money")
        .containsPattern("FAIL O-01 +\\S.*\\R +expected: .+\\R +found: +.+\\R +do: +.{20,}");
    assertThat(result.get("outcomes"))
        .as("what needs no account is still right: forged orders are refused")
        .anySatisfy(
            one -> {
              assertThat(one.get("id").asText()).startsWith("S-");
              assertThat(one.get("passed").asBoolean()).isTrue();
            });
  }

  @Test
  @Tag("slow")
  void withoutABankTheTwinIsTriedOverABrokerOfItsOwn() {
    Zhifu.Done done =
        new Zhifu(folder, folder.resolve("state")).run("bank", "check", "--over", "kafka");

    assertThat(done.code()).as(done.said()).isZero();
    assertThat(done.result().get("cases").asInt()).isGreaterThanOrEqualTo(CASES);
    assertThat(RunningStack.all(folder.resolve("state"))).as("the broker is gone").isEmpty();
  }

  /** The check against a bank of this JVM that has the accounts of the run, or none. */
  private Zhifu.Done checked(boolean withAccounts) throws Exception {
    InMemoryBankCore core = new InMemoryBankCore(Clock.systemUTC()::instant);
    if (withAccounts) {
      Books.open(core);
    }
    Map<String, Object> settings = new HashMap<>();
    stack
        .access("bank-" + BANK)
        .clientProperties()
        .forEach((key, value) -> settings.put((String) key, value));
    BankLibrary library =
        new BankLibrary(
            new BankSettings(
                BANK,
                Environment.DEMO,
                DemoKeys.directory(),
                List.of(DemoKeys.bank(BANK)),
                0,
                folder.resolve("ledger.jsonl")),
            core,
            (decision, late) -> {},
            id -> Optional.empty(),
            new KafkaBankTransport(BANK, settings, stack.info().registry().codec()));
    BankTwins bank = new BankTwins(List.of(new BankTwin(BANK, library)));
    Thread thread = new Thread(bank, "the bank");
    thread.setDaemon(true);
    thread.start();
    try {
      return new Zhifu(folder, folder)
          .bare(
              "bank",
              "check",
              "--over",
              "kafka",
              "--bank",
              BANK,
              "--bootstrap",
              stack.info().bootstrap(),
              "--registry",
              stack.info().registryUrl(),
              "--client",
              client().toString());
    } finally {
      bank.stop();
      thread.join(10_000);
    }
  }

  /** The file that the integrator is given: the engine's rights on the bank's topics. */
  private Path client() throws IOException {
    Path file = folder.resolve("client.properties");
    Properties given = stack.access("engine").clientProperties();
    given.remove("bootstrap.servers");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      given.store(out, null);
    }
    return file;
  }
}
