package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.say;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransport;
import dev.zhifu.bank.BankTwin;
import dev.zhifu.bank.BankTwins;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.KafkaBankTransport;
import dev.zhifu.bank.check.BankCheck;
import dev.zhifu.bank.check.Books;
import dev.zhifu.bank.check.HttpLink;
import dev.zhifu.bank.check.KafkaLink;
import dev.zhifu.bank.check.Outcome;
import dev.zhifu.bank.http.ConformanceBank;
import dev.zhifu.bank.http.ConformanceRun;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.GatewayException;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu bank check}. */
@Command(
    name = "check",
    description =
        "Tries a bank's code as the centre would speak to it (docs/bank-check.md); exit code 1 when"
            + " a case fails.",
    mixinStandardHelpOptions = true)
final class BankCheckCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;
  private static final String OWN_SECRET = "a secret of this run alone";

  /** What the way carries; the same cases over both. */
  enum Way {
    /** The gateway's protocol. */
    http,
    /** The bank's own topics. */
    kafka
  }

  @Option(
      names = "--over",
      defaultValue = "http",
      paramLabel = "WAY",
      description = "http or kafka (default: ${DEFAULT-VALUE})")
  private Way over;

  @Option(
      names = "--bank",
      defaultValue = "B01",
      paramLabel = "CODE",
      description = "code of the bank (default: ${DEFAULT-VALUE})")
  private String bank;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "http: where the bank finds its gateway for this run; without it our twin is tried")
  private String listen;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "http: where the bank judges vectors (docs/gateway.md)")
  private URI url;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "http: file with the secret shared for this run; needed with --listen and --url")
  private Path secretFile;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "kafka: the broker; without it a broker of our own and our twin are tried")
  private String bootstrap;

  @Option(names = "--registry", paramLabel = "URL", description = "kafka: the schema registry")
  private String registry;

  @Option(
      names = "--client",
      paramLabel = "FILE",
      description =
          "kafka: client settings whose user may write the bank's topics and read its inbound")
  private Path client;

  @Option(
      names = "--patience",
      defaultValue = "15",
      paramLabel = "S",
      description = "longest wait for one answer, seconds (default: ${DEFAULT-VALUE})")
  private int patience;

  @Option(names = "--books", description = "print the accounts that the bank's test system holds")
  private boolean books;

  @Mixin private TlsOptions tls;
  @Mixin private RegistryLogin login;
  @Mixin private StateOption state;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (patience < 1 || patience > 600) {
      throw new ParameterException(
          spec.commandLine(), "--patience is " + patience + "; it must be 1 to 600");
    }
    if (books) {
      return printBooks();
    }
    try {
      return report(over == Way.http ? http() : kafka());
    } catch (GatewayException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  private int printBooks() throws JsonProcessingException {
    spec.commandLine()
        .getOut()
        .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Books.ALL));
    return 0;
  }

  // --- over HTTP
  // ------------------------------------------------------------------------------------

  private List<Outcome> http() throws IOException {
    Path vectors = Layout.find().vectors();
    Clock clock = Clock.systemUTC();
    if (listen == null && url == null) {
      return ownOverHttp(vectors, clock);
    }
    String secret = secret();
    List<Outcome> outcomes = new ArrayList<>();
    if (url != null) {
      outcomes.addAll(new ConformanceRun(url, bank, secret, vectors, clock).run());
    }
    if (listen != null) {
      String[] place = listen.split(":", 2);
      if (place.length != 2 || !place[1].matches("[0-9]{1,5}")) {
        throw new ParameterException(
            spec.commandLine(), "--listen is '" + listen + "'; it must be HOST:PORT");
      }
      try (HttpLink link =
          new HttpLink(place[0], Integer.parseInt(place[1]), bank, secret, clock)) {
        spec.commandLine().getOut().println("the bank's gateway for this run is " + link.address());
        outcomes.addAll(check(link, clock));
      }
    }
    return outcomes;
  }

  private List<Outcome> ownOverHttp(Path vectors, Clock clock) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ConformanceBank own = new ConformanceBank(DemoKeys.directory(), bank, OWN_SECRET, clock)) {
      outcomes.addAll(new ConformanceRun(own.address(), bank, OWN_SECRET, vectors, clock).run());
    }
    try (HttpLink link = new HttpLink("127.0.0.1", 0, bank, OWN_SECRET, clock)) {
      outcomes.addAll(
          againstTwin(
              clock,
              folder ->
                  new HttpBankTransport(
                      new GatewayClient(link.address(), bank, OWN_SECRET, clock),
                      folder.resolve("cursors")),
              () -> check(link, clock)));
    }
    return outcomes;
  }

  private String secret() {
    if (secretFile == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen and --url need --secret-file with the secret shared for this run");
    }
    return BankCommand.text(spec, "--secret-file", secretFile).strip();
  }

  // --- over Kafka
  // -----------------------------------------------------------------------------------

  private List<Outcome> kafka() throws IOException {
    Clock clock = Clock.systemUTC();
    if (bootstrap != null) {
      if (registry == null) {
        throw new ParameterException(spec.commandLine(), "--bootstrap needs --registry");
      }
      AvroCodec codec = login.at(registry, tls.tls()).codec();
      Map<String, Object> settings = client();
      try (KafkaLink link = new KafkaLink(bank, settings, codec)) {
        return check(link, clock);
      }
    }
    Layout layout = Layout.find();
    PrintWriter out = spec.commandLine().getOut();
    try (LocalStack stack =
        LocalStack.start(
            layout, state.folder(layout), "check", List.of(bank), line -> say(spec, line))) {
      AvroCodec codec = stack.info().registry().codec();
      try (KafkaLink link = new KafkaLink(bank, as(stack, "engine"), codec)) {
        return againstTwin(
            clock,
            folder -> new KafkaBankTransport(bank, as(stack, "bank-" + bank), codec),
            () -> check(link, clock));
      }
    }
  }

  /** The settings of --client with those of --truststore, once the broker was seen to fit them. */
  private Map<String, Object> client() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    if (client != null) {
      Properties given = new Properties();
      try (Reader in = Files.newBufferedReader(client)) {
        given.load(in);
      }
      given.forEach((key, value) -> settings.put((String) key, value));
    }
    Tls believed = tls.tls();
    if (believed.isOn()) {
      boolean asUser = settings.containsKey("sasl.jaas.config");
      new KafkaAccess(bootstrap, "", "", believed)
          .properties()
          .forEach((key, value) -> settings.put((String) key, value));
      settings.put("security.protocol", asUser ? "SASL_SSL" : "SSL");
    }
    settings.put("bootstrap.servers", bootstrap);
    if (believed.isOn() || !String.valueOf(settings.get("security.protocol")).endsWith("SSL")) {
      AccessCheck.listeners(bootstrap, believed, AccessNames.OPTIONS)
          .ifPresent(
              fault -> {
                throw new StackException(fault);
              });
    }
    return settings;
  }

  private static Map<String, Object> as(LocalStack stack, String principal) {
    Map<String, Object> settings = new HashMap<>();
    stack
        .access(principal)
        .clientProperties()
        .forEach((key, value) -> settings.put((String) key, value));
    return settings;
  }

  // --- both
  // -----------------------------------------------------------------------------------------

  private List<Outcome> check(dev.zhifu.bank.check.Link link, Clock clock) {
    return new BankCheck(link, bank, clock, Duration.ofSeconds(patience)).run();
  }

  private List<Outcome> againstTwin(
      Clock clock,
      java.util.function.Function<Path, BankTransport> transport,
      java.util.function.Supplier<List<Outcome>> run)
      throws IOException {
    Path folder = Files.createTempDirectory("bank-check");
    InMemoryBankCore core = new InMemoryBankCore(clock::instant);
    Books.open(core);
    BankLibrary library =
        new BankLibrary(
            new BankSettings(
                bank,
                Environment.DEMO,
                DemoKeys.directory(),
                List.of(DemoKeys.bank(bank)),
                0,
                folder.resolve("ledger.jsonl")),
            core,
            (decision, late) -> {},
            id -> Optional.empty(),
            transport.apply(folder));
    BankTwins twins = new BankTwins(List.of(new BankTwin(bank, library)));
    Thread thread = new Thread(twins, "twin");
    thread.setDaemon(true);
    thread.start();
    try {
      return run.get();
    } finally {
      twins.stop();
      ended(thread);
      delete(folder);
    }
  }

  private void ended(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private int report(List<Outcome> outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    for (Outcome one : outcomes) {
      out.printf("%-4s %-32s %s%n", one.passed() ? "ok" : "FAIL", one.id(), one.proves());
      if (!one.passed()) {
        out.printf(
            "     expected: %s%n     found:    %s%n     do:       %s%n",
            one.expected(), one.found(), one.todo());
      }
    }
    long failed = outcomes.stream().filter(one -> !one.passed()).count();
    out.println(outcomes.size() + " cases over " + over + ", " + failed + " failed");
    json.write(
        Map.of(
            "over", over.name(), "cases", outcomes.size(), "failed", failed, "outcomes", outcomes));
    return failed == 0 ? 0 : NOT_DONE;
  }
}
