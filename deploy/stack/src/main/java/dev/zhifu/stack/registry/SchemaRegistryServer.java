package dev.zhifu.stack.registry;

import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.ServerCertificate;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Ports;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** An Apicurio registry that speaks Confluent's interface and keeps its schemas in memory. */
public final class SchemaRegistryServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Child child;
  private final RegistrySettings settings;

  private SchemaRegistryServer(Child child, RegistrySettings settings) {
    this.child = child;
    this.settings = settings;
  }

  /**
   * Starts it; returns before it answers.
   *
   * @param certificate what it shows by https; empty: it speaks plain HTTP
   */
  public static SchemaRegistryServer start(
      Layout layout, Supervisor supervisor, Ports ports, Optional<ServerCertificate> certificate) {
    int port = ports.reserve();
    Path runner = runner(layout.registryApp());
    Child child =
        supervisor.start(
            new ChildSpec(
                "registry",
                options(port, certificate),
                List.of(runner.toString()),
                mainClass(runner),
                List.of(),
                Map.of()));
    return new SchemaRegistryServer(
        child,
        new RegistrySettings(
            (certificate.isPresent() ? "https" : "http")
                + "://127.0.0.1:"
                + port
                + "/apis/ccompat/v7",
            "",
            "",
            certificate.map(ServerCertificate::tls).orElse(Tls.NONE)));
  }

  private static List<String> options(int port, Optional<ServerCertificate> certificate) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.log.level=WARN"));
    certificate.ifPresentOrElse(
        shown ->
            options.addAll(
                List.of(
                    "-Dquarkus.http.insecure-requests=disabled",
                    "-Dquarkus.http.ssl-port=" + port,
                    "-Dquarkus.http.ssl.certificate.files=" + shown.server(),
                    "-Dquarkus.http.ssl.certificate.key-files=" + shown.server())),
        () -> options.add("-Dquarkus.http.port=" + port));
    return options;
  }

  /** Waits until it answers. */
  public void awaitReady() {
    HttpClient.Builder clients = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1));
    if (settings.tls().isOn()) {
      clients.sslContext(settings.tls().context());
    }
    HttpClient client = clients.build();
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(settings.url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    child.awaitReady("answering at " + settings.url(), START_LIMIT, () -> answers(client, ask));
  }

  private static boolean answers(HttpClient client, HttpRequest ask) {
    try {
      return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path runner(Path app) {
    try (Stream<Path> files = Files.list(app)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new StackException(
                      "no …-runner.jar in " + app + "; build deploy/registry again"));
    } catch (IOException e) {
      throw new StackException("cannot look into " + app + ": " + e.getMessage(), e);
    }
  }

  private static String mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new StackException("cannot read " + jar + ": " + e.getMessage(), e);
    }
  }

  /** How its Confluent interface is reached. */
  public RegistrySettings settings() {
    return settings;
  }

  /** Its process. */
  public Child child() {
    return child;
  }
}
