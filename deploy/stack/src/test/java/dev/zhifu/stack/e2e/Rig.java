package dev.zhifu.stack.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.bank.BankTwins;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.JobSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** One broker, one registry, the jobs, and hands to write and read with. */
final class Rig implements AutoCloseable {
  static final List<String> BANKS = List.of("B01", "B02", "B03");
  private static final Path STATE = Path.of("target/e2e-state");
  private static final int PARALLELISM = 2;
  private static final Duration END = Duration.ofSeconds(10);

  private final LocalStack stack;
  private final Path settings;
  private final int webPort;
  private final Map<String, Pen> pens = new HashMap<>();
  private final Map<List<String>, Tail<?>> tails = new LinkedHashMap<>();
  private final List<BankTwins> banks = new ArrayList<>();
  private FlinkLocal job;

  Rig() {
    this(List.of());
  }

  /**
   * The same with banks behind the statutory platform.
   *
   * @param platform some of {@link #BANKS}
   */
  Rig(List<String> platform) {
    this(platform, false);
  }

  /** The same with broker and registry over TLS. */
  static Rig overTls() {
    return new Rig(List.of(), true);
  }

  private Rig(List<String> platform, boolean tls) {
    this.stack = LocalStack.start(Layout.find(), STATE, "stack", BANKS, tls, line -> {});
    stack.platform(platform);
    this.webPort = stack.ports().reserve();
    this.settings = settings();
  }

  /** The stack's own settings, with checkpoints close together: final hits leave behind them. */
  private Path settings() {
    return often(
        JobSettings.write(
            stack.dir(), stack.info(), stack.credentials(), webPort, PARALLELISM, true),
        "flink/stories.properties",
        Map.of());
  }

  private Path often(JobSettings usual, String name, Map<String, String> more) {
    Map<String, String> values = new TreeMap<>(usual.values());
    values.putAll(more);
    values.put("checkpoint.seconds", "2");
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return stack.dir().writePrivate(name, text.toString());
  }

  LocalStack stack() {
    return stack;
  }

  /** The command line, which finds this stack as the newest that runs. */
  Zhifu zhifu() {
    return new Zhifu(stack.dir().folder("commands"), STATE);
  }

  /** The same, with a folder of its own for what it prints. */
  Zhifu zhifu(String name) {
    return new Zhifu(stack.dir().folder("commands/" + name), STATE);
  }

  /** Starts the job's jar in a JVM of its own and waits until every task runs. */
  void startJob() {
    job = FlinkLocal.start(stack.layout(), stack.dir(), stack.supervisor(), settings, webPort);
    job.awaitRunning();
  }

  /** Starts both jobs in a JVM of their own and waits until every task of both runs. */
  void startBothJobs() {
    startBothJobs(Map.of());
  }

  /**
   * The same.
   *
   * @param ofRecovery settings of the recovery job that are not the stack's
   */
  void startBothJobs(Map<String, String> ofRecovery) {
    Path recovery =
        often(
            JobSettings.writeRecovery(stack.dir(), stack.info(), stack.credentials(), 1),
            "flink/recovery-stories.properties",
            ofRecovery);
    job =
        FlinkLocal.startBoth(
            stack.layout(), stack.dir(), stack.supervisor(), settings, recovery, webPort, true);
    job.awaitRunning();
    job.awaitRecovery();
  }

  /** Ends the job as {@code kill -9} does. */
  void killJob() {
    job.child().kill();
    job.child().awaitEnd(END);
  }

  /**
   * Nothing may have died on its own.
   *
   * @throws dev.zhifu.stack.StackException with the last log lines of what did
   */
  void requireWell() {
    stack.supervisor().requireAllAlive();
  }

  /** What Flink's pages say about failed tasks of the running job, by their root exception. */
  List<String> failures() {
    JsonNode jobs = page("/jobs").path("jobs");
    List<String> failures = new ArrayList<>();
    for (JsonNode one : jobs) {
      page("/jobs/" + one.path("id").asText() + "/exceptions")
          .path("exceptionHistory")
          .path("entries")
          .forEach(entry -> failures.add(entry.path("stacktrace").asText()));
    }
    return failures;
  }

  private JsonNode page(String path) {
    try (InputStream in = URI.create(job.webUrl() + path).toURL().openStream()) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes as a principal of the topic table. */
  Pen pen(String principal) {
    return pens.computeIfAbsent(
        principal, name -> new Pen(stack.access(name), stack.info().registry()));
  }

  /** Reads topics as a principal of the topic table; one tail for each list of topics. */
  @SuppressWarnings("unchecked")
  <T extends SpecificRecord> Tail<T> tail(String principal, Class<T> type, List<String> topics) {
    return (Tail<T>)
        tails.computeIfAbsent(
            topics,
            names -> new Tail<>(stack.access(principal), stack.info().registry(), type, names));
  }

  <T extends SpecificRecord> Tail<T> tail(String principal, Class<T> type, String topic) {
    return tail(principal, type, List.of(topic));
  }

  /** Lets the banks work on a thread of their own. */
  void run(List<Twin> twins) {
    BankTwins all = new BankTwins(twins.stream().map(Twin::twin).toList());
    Thread thread = new Thread(all, "bank-twins");
    thread.setDaemon(true);
    thread.start();
    banks.add(all);
  }

  @Override
  public void close() {
    banks.forEach(BankTwins::stop);
    pens.values().forEach(Pen::close);
    tails.values().forEach(Tail::close);
    stack.close();
  }
}
