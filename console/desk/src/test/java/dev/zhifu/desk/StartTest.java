package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.store.Store;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The desk as whoever runs it starts it: the main class with a settings file. The broker is away,
 * which a desk must outlive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartTest {
  @TempDir static Path folder;

  private Store store;
  private String url;
  private int files;

  @BeforeAll
  void database() throws SQLException {
    store = TestStore.fresh("start");
    url = store.jdbi().withHandle(handle -> handle.getConnection().getMetaData().getURL());
  }

  @AfterAll
  void stop() {
    store.close();
  }

  private Map<String, String> right() throws IOException {
    Map<String, String> values = new TreeMap<>();
    values.put("kafka.bootstrap", "127.0.0.1:1");
    values.put("kafka.user", "");
    values.put("registry.url", "http://127.0.0.1:1");
    values.put("store.url", url);
    values.put(
        "token.key.file",
        Files.writeString(folder.resolve("token.key"), "token key of the start\n").toString());
    return values;
  }

  private Path written(Map<String, String> values) throws IOException {
    return Files.writeString(
        folder.resolve("desk" + files++ + ".properties"),
        values.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue().replace("\\", "\\\\"))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private Path wrong(String key, String value) throws IOException {
    Map<String, String> values = right();
    values.put(key, value);
    return written(values);
  }

  /** What is told when it does not start; nothing is listened on and no stack is shown. */
  private String refused(String... args) throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    assertThat(Console.start(args, new PrintStream(told, true, StandardCharsets.UTF_8)))
        .isEqualTo(2);
    String said = told.toString(StandardCharsets.UTF_8);
    assertThat(said).doesNotContain("\tat ");
    return said;
  }

  @Test
  void withRightSettingsItSaysWhereItIsAndLetsPeopleLogIn() throws Exception {
    Map<String, String> values = right();
    Path address = folder.resolve("address");
    values.put("desk.address.file", address.toString());
    Process desk = process(written(values));
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(desk.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      List<String> before = new ArrayList<>();
      while (line != null && !line.startsWith("desk at ")) {
        before.add(line);
        line = out.readLine();
      }
      assertThat(line).as("%s", before).isNotNull();
      String at = line.substring("desk at ".length());
      HttpPerson person = new HttpPerson(at);
      assertThat(person.get("/healthz").statusCode()).isEqualTo(200);
      HttpResponse<String> page = person.get("/login");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("name=\"password\"");
      assertThat(address).content().isEqualTo(at + "\n");

      int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
      assertThat(refused(wrong("desk.port", String.valueOf(port)).toString()))
          .as("a second desk on its port")
          .contains("desk.port", "'" + port + "'", "must be free", "0 to take a free one");
    } finally {
      desk.destroy();
      assertThat(desk.waitFor(60, TimeUnit.SECONDS)).as("ends when told").isTrue();
    }
  }

  @Test
  void wrongSettingsEndTheProcessWithTwoAndOneReadableLine() throws Exception {
    Process desk = process(wrong("desk.port", "eighty"));
    String said = new String(desk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(desk.waitFor()).isEqualTo(2);
    assertThat(said)
        .contains(
            "setting desk.port is 'eighty'; it must be a whole number from 0 to 65535: 0 takes a"
                + " free one")
        .doesNotContain("\tat ");
  }

  private Process process(Path settings) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Console.class.getName(),
            settings.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void eachWrongSettingIsNamedWithItsValueTheRuleAndTheWayOut() throws IOException {
    assertThat(refused()).contains("usage: Console SETTINGS_FILE");
    assertThat(refused(folder.resolve("none.properties").toString()))
        .contains("none.properties cannot be read", "give the path");
    assertThat(refused(wrong("desk.port", "70000").toString()))
        .contains("setting desk.port is '70000'", "from 0 to 65535", "0 takes a free one");
    assertThat(refused(wrong("environment", "TEST").toString()))
        .contains("setting environment is 'TEST'", "one of DEMO, DRILL, PRODUCTION");
    assertThat(refused(wrong("tls.keystore", Path.of("pom.xml").toString()).toString()))
        .contains(
            "setting tls.password.file is ''; tls.keystore is given and opens with its password",
            "setting desk.secure is 'false'; tls.keystore is given, so browsers come by https");
    assertThat(refused(wrong("proxies.trusted", "10.0.0.5, proxy.example").toString()))
        .contains(
            "setting proxies.trusted is '10.0.0.5, proxy.example'",
            "give one as 10.0.0.5 or fd00::5");
    assertThat(refused(wrong("desk.secure", "yes").toString()))
        .contains("setting desk.secure is 'yes'", "one of false, true");
    String missing = folder.resolve("gone.key").toString();
    for (String key : List.of("token.key.file", "vault.key.file", "kafka.password.file")) {
      assertThat(refused(wrong(key, missing).toString()))
          .contains("setting " + key + " is '" + missing + "'", "must be a file", "mend the path");
    }
    Path empty = Files.writeString(folder.resolve("empty.key"), "\n");
    assertThat(refused(wrong("token.key.file", empty.toString()).toString()))
        .contains("setting token.key.file is '" + empty, "must not be empty", "write the secret");
    Path brief = Files.writeString(folder.resolve("short.key"), "key\n");
    assertThat(refused(wrong("token.key.file", brief.toString()).toString()))
        .contains("setting token.key.file is '" + brief, "has 3 bytes", "at least 16", "give the");
    assertThat(refused(wrong("registry.url", "registry:8080").toString()))
        .contains("setting registry.url is 'registry:8080'", "http or https", "give it as");
    assertThat(refused(wrong("kafka.truststore.file", missing).toString()))
        .contains(
            "setting kafka.truststore.file is '" + missing + "'; it must be a PEM file",
            "mend the path");
    assertThat(refused(wrong("registry.url", "https://me:s3cr3t@registry").toString()))
        .contains("must hold no user")
        .doesNotContain("s3cr3t");
    assertThat(refused(wrong("environment", "PRODUCTION").toString()))
        .as("orders in the clear")
        .contains(
            "setting kafka.truststore.file is empty; in PRODUCTION no order travels in the clear",
            "setting kafka.user is empty; in PRODUCTION a broker knows who reads and writes",
            "setting registry.url is 'http://127.0.0.1:1'; in PRODUCTION");
    Map<String, String> without = right();
    without.remove("kafka.bootstrap");
    without.remove("store.url");
    assertThat(refused(written(without).toString()))
        .as("all faults at once")
        .contains("setting kafka.bootstrap is missing", "store.url and store.folder");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    String there = "jdbc:postgresql://127.0.0.1:" + nobody + "/desk";
    assertThat(refused(wrong("store.url", there + "?password=secret").toString()))
        .contains("setting store.url is '" + there, "must be a PostgreSQL that answers", "start it")
        .doesNotContain("secret");
    assertThat(refused(wrong("store.url", "127.0.0.1:5432/desk").toString()))
        .contains("setting store.url is '127.0.0.1:5432/desk'", "begin with jdbc:postgresql://");
  }
}
