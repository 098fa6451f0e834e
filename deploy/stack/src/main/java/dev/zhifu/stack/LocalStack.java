package dev.zhifu.stack;

import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.Credentials;
import dev.zhifu.stack.broker.KafkaBroker;
import dev.zhifu.stack.broker.LocalAuthority;
import dev.zhifu.stack.broker.Provisioner;
import dev.zhifu.stack.broker.ServerCertificate;
import dev.zhifu.stack.process.Ports;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import dev.zhifu.stack.registry.SchemaRegistryServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Broker and schema registry of one run, with users, topics, permissions and subjects in place;
 * what demo, cluster and tests build on. Closing it ends every process.
 */
public final class LocalStack implements AutoCloseable {
  /** What an option for it says. */
  public static final String TLS =
      "broker and registry speak TLS, by certificates of this run (tls/authority.pem in its folder)";

  private final Layout layout;
  private final RunDir dir;
  private final Ports ports;
  private final Supervisor supervisor;
  private final KafkaBroker broker;
  private final Credentials credentials;
  private StackInfo info;

  private LocalStack(
      Layout layout,
      RunDir dir,
      Ports ports,
      Supervisor supervisor,
      KafkaBroker broker,
      Credentials credentials,
      StackInfo info) {
    this.layout = layout;
    this.dir = dir;
    this.ports = ports;
    this.supervisor = supervisor;
    this.broker = broker;
    this.credentials = credentials;
    this.info = info;
  }

  /**
   * Starts one.
   *
   * @param layout the clone
   * @param state folder of all runs' state
   * @param kind demo, stack, cluster or test
   * @param banks codes of banks with channel DIRECT
   * @param progress told what is under way, one line each
   * @throws StackException when a part does not start; every process is ended then
   */
  public static LocalStack start(
      Layout layout, Path state, String kind, List<String> banks, Consumer<String> progress) {
    return start(layout, state, kind, banks, false, progress);
  }

  /**
   * Starts one as {@link #start(Layout, Path, String, List, Consumer)}.
   *
   * @param tls true when broker and registry speak TLS, by certificates that this run makes
   */
  public static LocalStack start(
      Layout layout,
      Path state,
      String kind,
      List<String> banks,
      boolean tls,
      Consumer<String> progress) {
    RunDir dir = RunDir.create(state, kind);
    Supervisor supervisor = new Supervisor(dir);
    Ports ports = new Ports();
    try {
      return start(layout, dir, supervisor, ports, kind, banks, certificate(dir, tls), progress);
    } catch (RuntimeException e) {
      supervisor.close();
      ports.close();
      dir.close();
      throw e;
    }
  }

  private static LocalStack start(
      Layout layout,
      RunDir dir,
      Supervisor supervisor,
      Ports ports,
      String kind,
      List<String> banks,
      Optional<ServerCertificate> certificate,
      Consumer<String> progress) {
    progress.accept("starting schema registry and broker");
    SchemaRegistryServer registry =
        SchemaRegistryServer.start(layout, supervisor, ports, certificate);
    // The registry needs no broker: its subjects are registered while the broker starts.
    CompletableFuture<Void> subjects = CompletableFuture.runAsync(() -> subjects(registry));
    Credentials credentials = Credentials.create(dir, users(banks));
    KafkaBroker broker =
        KafkaBroker.start(layout, dir, supervisor, ports, credentials, certificate);
    broker.awaitReady();
    progress.accept(
        "broker is up at " + broker.admin().bootstrap() + "; making users, topics and permissions");
    try (Provisioner provisioner = new Provisioner(broker.admin(), banks)) {
      provisioner.users(credentials);
      provisioner.apply((short) 1);
    }
    await(subjects);
    progress.accept("registry is up at " + registry.settings().url() + ", subjects are registered");
    StackInfo info =
        new StackInfo(
            kind,
            ProcessHandle.current().pid(),
            broker.admin().bootstrap(),
            registry.settings().url(),
            banks,
            "",
            List.of(),
            certificate.map(one -> one.authority().toString()).orElse(""));
    info.write(dir);
    return new LocalStack(layout, dir, ports, supervisor, broker, credentials, info);
  }

  private static Optional<ServerCertificate> certificate(RunDir dir, boolean tls) {
    return tls
        ? Optional.of(
            new LocalAuthority(dir.folder("tls"), "authority").issue("server", "ip:127.0.0.1"))
        : Optional.empty();
  }

  private static void subjects(SchemaRegistryServer registry) {
    registry.awaitReady();
    SubjectsCommand.register(registry.settings(), new PrintStream(OutputStream.nullOutputStream()));
  }

  private static void await(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static List<String> users(List<String> banks) {
    List<String> users =
        new ArrayList<>(dev.zhifu.schemas.topics.TopicTable.standard().principalsFor(banks));
    users.add(KafkaBroker.ADMIN);
    return users;
  }

  /** Access of a principal of the topic table, or of the administrator. */
  public BrokerAccess access(String principal) {
    return broker.admin().as(principal, credentials.password(principal));
  }

  /** Passwords of this run. */
  public Credentials credentials() {
    return credentials;
  }

  /** How others reach it. */
  public StackInfo info() {
    return info;
  }

  /** Notes where Flink's pages are. */
  public void webAt(String url) {
    info = info.withWeb(url);
    info.write(dir);
  }

  /** Puts banks behind the statutory platform, before jobs and console start. */
  public void platform(List<String> banks) {
    info = info.withPlatform(banks);
    info.write(dir);
  }

  /** The clone. */
  public Layout layout() {
    return layout;
  }

  /** Folder of this run. */
  public RunDir dir() {
    return dir;
  }

  /** Ports of this run. */
  public Ports ports() {
    return ports;
  }

  /** Its processes. */
  public Supervisor supervisor() {
    return supervisor;
  }

  @Override
  public void close() {
    supervisor.close();
    ports.close();
    dir.close();
  }
}
