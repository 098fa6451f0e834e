package dev.zhifu.stack.e2e;

import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.BankTransport;
import dev.zhifu.bank.BankTwin;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.KafkaBankTransport;
import dev.zhifu.bank.StopPlaced;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bank: the library that banks link, on books in memory, with its own credentials and ledger
 * file.
 */
final class Twin {
  private static final Pattern ORDER =
      Pattern.compile("\"kind\":\"ORDER\",\"id\":\"([0-9a-f]{64})\"");

  private final BankTwin twin;
  private final InMemoryBankCore books;
  private final Path ledger;
  private final List<TransferDecision> decisions = new CopyOnWriteArrayList<>();

  Twin(
      String bank,
      LocalStack stack,
      Supplier<Instant> clock,
      Supplier<Optional<StandingAuthorisation>> agreed) {
    this(
        bank,
        stack,
        clock,
        agreed,
        new KafkaBankTransport(bank, client(bank, stack), stack.info().registry().codec()));
  }

  private static Map<String, Object> client(String bank, LocalStack stack) {
    Map<String, Object> client = new HashMap<>();
    stack
        .access("bank-" + bank)
        .clientProperties()
        .forEach((key, value) -> client.put((String) key, value));
    return client;
  }

  /** What a bank asks of the gateway, by its own secret. */
  static GatewayClient gateway(String bank, LocalStack stack, ConsoleProcess console) {
    try {
      return new GatewayClient(
          URI.create(console.gatewayUrl()),
          bank,
          Files.readString(stack.dir().root().resolve("secrets/bank-" + bank + ".secret")).strip(),
          Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its messages over the gateway alone. */
  static HttpBankTransport overHttp(String bank, LocalStack stack, GatewayClient gateway) {
    return new HttpBankTransport(gateway, stack.dir().root().resolve("bank-" + bank + ".cursors"));
  }

  /** A bank that is reached in another way. */
  Twin(
      String bank,
      LocalStack stack,
      Supplier<Instant> clock,
      Supplier<Optional<StandingAuthorisation>> agreed,
      BankTransport transport) {
    this.books = new InMemoryBankCore(clock);
    this.ledger = stack.dir().root().resolve("bank-" + bank + ".jsonl");
    this.twin =
        new BankTwin(
            bank,
            new BankLibrary(
                new BankSettings(
                    bank,
                    Environment.DEMO,
                    DemoKeys.directory(),
                    List.of(DemoKeys.bank(bank)),
                    0,
                    ledger),
                books,
                (decision, late) -> decisions.add(decision),
                id -> agreed.get().filter(one -> one.getAuthorisationId().equals(id)),
                transport));
  }

  BankTwin twin() {
    return twin;
  }

  void open(Person person) {
    open(person, 12_300);
  }

  void open(Person person, long fen) {
    books.open(new BankAccount(person.number(), person.name(), "01", fen, false));
  }

  /** Books the payer's side of a movement. */
  void debit(Person person, long fen) {
    if (!books.debit(person.number(), fen)) {
      throw new AssertionError(person.name() + " cannot pay " + fen + " fen");
    }
  }

  /** Books the payee's side of a transfer. */
  void credit(Movement movement, Instant at) {
    books.credit(
        new BankTransfer(movement.payeeBankId(), movement.payee().number(), movement.fen(), at));
  }

  /** Stops an account by its own decision, for 48 h from now. */
  StopPlaced stopByItself(Person person) {
    Instant now = books.now();
    return books.stopByItself(person.number(), now, now.plus(Duration.ofHours(48)));
  }

  /** What can leave an account now, fen. */
  long availableFen(Person person) {
    return books.availableFen(person.number());
  }

  /** What it heard about awaiting transfers. */
  List<TransferDecision> decisions() {
    return List.copyOf(decisions);
  }

  /** Ids of the orders that it answered, from its own file. */
  Set<String> ordersInLedger() {
    try {
      Set<String> ids = new TreeSet<>();
      Matcher lines = ORDER.matcher(Files.exists(ledger) ? Files.readString(ledger) : "");
      while (lines.find()) {
        ids.add(lines.group(1));
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
