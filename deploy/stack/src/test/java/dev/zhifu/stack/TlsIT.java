package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.LocalAuthority;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.stack.cli.Zhifu;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.preflight.Finding;
import dev.zhifu.stack.preflight.Preflight;
import dev.zhifu.stack.process.Supervisor;
import dev.zhifu.wire.ClockTick;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A broker and a registry that speak TLS alone, and what each client says when it is set up wrongly
 * for them: at once, in one sentence.
 */
@Tag("landing")
class TlsIT {
  /** Who tries for ever does not end by then. */
  private static final long LIMIT_SECONDS = 60;

  private static final Pattern CONTROLLER =
      Pattern.compile("controller\\.quorum\\.voters=1@(127\\.0\\.0\\.1:[0-9]+)");

  @TempDir private static Path folder;
  private static LocalStack stack;
  private static Path stranger;
  private static String inTheClear;
  private int files;

  @BeforeAll
  static void start() throws IOException {
    stack =
        LocalStack.start(
            Layout.find(), SharedStack.STATE, "test", List.of("B01"), true, line -> {});
    new LocalAuthority(folder, "stranger");
    stranger = folder.resolve("stranger.pem");
    var controller =
        CONTROLLER.matcher(
            Files.readString(stack.dir().root().resolve("broker/server.properties")));
    assertThat(controller.find()).isTrue();
    // The controller's own listener has no TLS: a true port in the clear of a true broker.
    inTheClear = controller.group(1);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  // --- the launcher's tools
  // --------------------------------------------------------------------------

  @Test
  void recordsGoAndComeOverSaslSsl() {
    assertThat(stack.access("clock").clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.endpoint.identification.algorithm", "https");
    ClockTick tick = new ClockTick(Instant.parse("2026-03-02T01:00:00Z"), 1L, "tls", false);
    try (TopicWriter writer = new TopicWriter(stack.access("clock"), stack.info().registry());
        TopicReader reader = new TopicReader(stack.access("admin"), stack.info().registry())) {
      writer.write("clock.ticks", "clock", tick);
      assertThat(reader.readAll(List.of("clock.ticks"), ClockTick.class)).contains(tick);
    }
  }

  @Test
  void theTopicsToolReadsAndWrites() {
    Ran ran = zhifu("topics", "apply", "--banks", "B01,B02", "--truststore", authority());
    assertThat(ran.code).as(ran.said).isZero();
    assertThat(ran.said).doesNotContain("in the clear");
    ran = zhifu("topics", "check", "--banks", "B01,B02", "--truststore", authority());
    assertThat(ran.code).as(ran.said).isZero();
    ran = zhifu("topics", "check", "--banks", "B01,B03", "--truststore", authority());
    assertThat(ran.code).as("what is not there is seen: %s", ran.said).isEqualTo(1);
    assertThat(ran.said).contains("bank.B03.orders");
  }

  @Test
  void theSubjectsToolAndTheRulesToolRead() {
    String registry = stack.info().registryUrl();
    assertThat(registry).startsWith("https://");
    Ran ran =
        ran(List.of("subjects", "check", "--registry", registry, "--truststore", authority()));
    assertThat(ran.code).as(ran.said).isZero();
    ran = zhifu("rules", "history", "--registry", registry, "--truststore", authority());
    assertThat(ran.code).as(ran.said).isZero();
  }

  @Test
  void deadLettersAndTheAuditOfACentreAreRead() {
    List<String> there = List.of("--registry", stack.info().registryUrl(), "--truststore");
    for (String command : List.of("deadletters list", "deadletters replay", "audit verify")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(there);
      words.add(authority());
      Ran ran = zhifu(words.toArray(String[]::new));
      assertThat(ran.code).as("%s: %s", command, ran.said).isZero();
      assertThat(ran.said).as(command).containsPattern("0 of 0 (dead )?letters|0 entries");
    }
  }

  @Test
  void aToolThatIsSetUpWronglySaysSoAtOnce() {
    String here = stack.info().bootstrap();
    String byName = here.replace("127.0.0.1", "localhost");

    refused("topics check --truststore " + stranger, here)
        .contains(
            "--bootstrap is '" + here + "' and --truststore is '" + stranger + "'; the file must",
            "'CN=authority of this run': add that authority's certificate");
    refused("topics check --truststore " + authority(), byName)
        .contains(
            "--bootstrap is '" + byName + "'; the certificate there must name 'localhost'",
            "it names 127.0.0.1: give the address by a name that it names");
    refused("topics check --truststore " + authority(), inTheClear)
        .contains(
            "--bootstrap is '" + inTheClear + "'; with --truststore it must speak TLS",
            "give the port of a SASL_SSL listener");
    refused("topics check", here)
        .contains(
            "--bootstrap is '"
                + here
                + "' and --truststore is empty; what answers there speaks TLS",
            "is spoken to in the clear, which is for DEMO alone");
    refused("topics check --user nobody --truststore " + authority(), here)
        .contains(
            "--user is 'nobody'; the broker at " + here + " must know it by SCRAM-SHA-256",
            "--password-file");
    Ran ran =
        ran(
            List.of(
                "subjects",
                "check",
                "--registry",
                stack.info().registryUrl(),
                "--truststore",
                stranger.toString()));
    assertThat(ran.code).isEqualTo(1);
    assertThat(ran.said).contains("--truststore is '" + stranger + "'", "--registry is 'https:");
  }

  private org.assertj.core.api.AbstractStringAssert<?> refused(String words, String bootstrap) {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.addAll(List.of("--bootstrap", bootstrap, "--password-file", password("admin")));
    if (!words.contains("--user")) {
      all.addAll(List.of("--user", "admin"));
    }
    Ran ran = ran(all);
    assertThat(ran.code).as(ran.said).isEqualTo(1);
    return assertThat(ran.said);
  }

  private Ran zhifu(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--bootstrap",
            stack.info().bootstrap(),
            "--user",
            "admin",
            "--password-file",
            password("admin")));
    return ran(all);
  }

  private record Ran(int code, String said) {}

  private static Ran ran(List<String> words) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    CommandLine line = Zhifu.commandLine().setOut(out).setErr(out);
    int code = line.execute(words.toArray(String[]::new));
    return new Ran(code, said.toString());
  }

  // --- the jobs
  // --------------------------------------------------------------------------------------

  @Test
  void theJobsCheckPassesOverTlsAndTheLauncherSeesTheSame() throws Exception {
    Map<String, String> right = job();
    Ran ran = checked(right);
    assertThat(ran.code).as(ran.said).isZero();
    assertThat(ran.said).contains("ok    broker", "ok    topics", "ok    subjects");

    assertThat(new Preflight(stack.layout()).of(settings(right), "http://127.0.0.1:1"))
        .filteredOn(one -> List.of("tls", "broker", "topics", "subjects").contains(one.subject()))
        .as("all but the cluster")
        .hasSize(4)
        .allMatch(one -> one.verdict() == Finding.Verdict.FITS);
  }

  @Test
  void aJobThatIsSetUpWronglyEndsWithTwoAndASentence() throws Exception {
    String here = stack.info().bootstrap();
    said("kafka.truststore.file", stranger.toString())
        .contains(
            "FAILS broker       kafka.bootstrap is '" + here + "' and kafka.truststore.file is '",
            "FAILS subjects     registry.url is 'https://",
            stranger + "'; the file must hold the authority that signed");
    said("kafka.bootstrap", here.replace("127.0.0.1", "localhost"))
        .contains("the certificate there must name 'localhost', and it names 127.0.0.1");
    said("kafka.bootstrap", inTheClear)
        .contains(
            "kafka.bootstrap is '"
                + inTheClear
                + "'; with kafka.truststore.file it must speak TLS");
    said("kafka.truststore.file", "")
        .contains("kafka.bootstrap is '" + here + "' and kafka.truststore.file is empty");
    said("environment", "PRODUCTION", "kafka.truststore.file", "")
        .contains("kafka.truststore.file is empty; in PRODUCTION no order travels in the clear");

    Map<String, String> wrong = job();
    wrong.put("kafka.truststore.file", stranger.toString());
    wrong.put("environment", "DRILL");
    wrong.put("registry.url", "http://127.0.0.1:1");
    assertThat(new Preflight(stack.layout()).of(settings(wrong), "http://127.0.0.1:1"))
        .filteredOn(one -> one.verdict() == Finding.Verdict.FAILS)
        .extracting(Finding::words)
        .anyMatch(words -> words.contains("registry.url is 'http://127.0.0.1:1'; in DRILL"))
        .anyMatch(
            words ->
                words.contains("kafka.truststore.file is '" + stranger + "'; the file must hold"));
  }

  private org.assertj.core.api.AbstractStringAssert<?> said(String... changes)
      throws IOException, InterruptedException {
    Map<String, String> settings = job();
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    Ran ran = checked(settings);
    assertThat(ran.code).as(ran.said).isEqualTo(2);
    return assertThat(ran.said);
  }

  private static Map<String, String> job() {
    return new TreeMap<>(
        JobSettings.write(stack.dir(), stack.info(), stack.credentials(), 0, 1, false).values());
  }

  private JobSettings settings(Map<String, String> values) throws IOException {
    return JobSettings.read(written(values));
  }

  private Path written(Map<String, String> values) throws IOException {
    return Files.writeString(
        folder.resolve("settings-" + files++ + ".properties"),
        values.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /** The job's main as Flink's client runs it, to look only. */
  private Ran checked(Map<String, String> settings) throws IOException, InterruptedException {
    return main(
        List.of(
            stack.layout().jobJar().toString(), stack.layout().flinkLib().resolve("*").toString()),
        "dev.zhifu.jobs.DetectionJob",
        "--config",
        written(settings).toString(),
        "--check");
  }

  private static Ran main(List<String> classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Supervisor.java(), "-Xmx256m", "-cp", String.join(":", classPath), main));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(said)).isTrue();
    return new Ran(process.exitValue(), Files.readString(said));
  }

  // --- the console
  // -----------------------------------------------------------------------------------

  @Test
  void aConsoleThatIsSetUpWronglyStartsNothingAndSaysWhy() throws Exception {
    String here = stack.info().bootstrap();
    desk("kafka.truststore.file", stranger.toString())
        .contains(
            "setting kafka.bootstrap is '" + here + "' and kafka.truststore.file is '" + stranger,
            "setting registry.url is 'https://");
    desk("kafka.bootstrap", here.replace("127.0.0.1", "localhost"))
        .contains("the certificate there must name 'localhost', and it names 127.0.0.1");
    desk("kafka.bootstrap", inTheClear)
        .contains("setting kafka.bootstrap is '" + inTheClear + "'; with kafka.truststore.file");
    desk("kafka.truststore.file", "")
        .contains("setting kafka.bootstrap is '" + here + "' and kafka.truststore.file is empty");
    desk("kafka.user", "nobody")
        .contains("setting kafka.user is 'nobody'; the broker at " + here + " must know it");
  }

  private org.assertj.core.api.AbstractStringAssert<?> desk(String key, String value)
      throws IOException, InterruptedException {
    BrokerAccess access = stack.access("console");
    Map<String, String> values = new TreeMap<>();
    values.put("kafka.bootstrap", access.bootstrap());
    values.put("kafka.user", access.user());
    values.put("kafka.password.file", password("console"));
    values.put("kafka.truststore.file", authority());
    values.put("registry.url", stack.info().registryUrl());
    values.put("store.folder", folder.resolve("store").toString());
    values.put(
        "token.key.file",
        Files.writeString(folder.resolve("token.key"), "token key of this test\n").toString());
    values.put(key, value);
    Ran ran =
        main(
            stack.layout().consoleClassPath().stream().map(Path::toString).toList(),
            "dev.zhifu.desk.Console",
            written(values).toString());
    assertThat(ran.code).as(ran.said).isEqualTo(2);
    assertThat(folder.resolve("store")).as("nothing was begun").doesNotExist();
    return assertThat(ran.said).doesNotContain("\tat ");
  }

  private static String authority() {
    return stack.info().truststore();
  }

  private static String password(String principal) {
    return stack.credentials().file(principal).toString();
  }
}
