package dev.zhifu.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.Credentials;
import dev.zhifu.stack.process.RunDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What other processes need to know of a running stack; {@code stack.json} of its folder.
 *
 * @param kind demo, stack, cluster or test
 * @param pid its supervisor
 * @param bootstrap the broker
 * @param registryUrl the schema registry
 * @param banks codes of banks that have topics: with channel DIRECT, or served by the platform's
 *     adapter
 * @param webUrl Flink's pages; empty without Flink
 * @param platformBanks those of the banks whose orders go by the platform; none in a file of before
 * @param truststore PEM file of the authority that signed the certificates of broker and registry;
 *     empty when both speak in the clear
 */
public record StackInfo(
    String kind,
    long pid,
    String bootstrap,
    String registryUrl,
    List<String> banks,
    String webUrl,
    List<String> platformBanks,
    String truststore) {
  private static final String FILE = "stack.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Copies the banks. */
  public StackInfo {
    banks = List.copyOf(banks);
    platformBanks = platformBanks == null ? List.of() : List.copyOf(platformBanks);
    truststore = truststore == null ? "" : truststore;
  }

  /** The same stack with Flink's pages. */
  public StackInfo withWeb(String url) {
    return new StackInfo(kind, pid, bootstrap, registryUrl, banks, url, platformBanks, truststore);
  }

  /** The same stack with some banks behind the platform. */
  public StackInfo withPlatform(List<String> codes) {
    return new StackInfo(kind, pid, bootstrap, registryUrl, banks, webUrl, codes, truststore);
  }

  /** Codes of banks with channel DIRECT. */
  @JsonIgnore
  public List<String> directBanks() {
    return banks.stream().filter(bank -> !platformBanks.contains(bank)).toList();
  }

  /** Access of a principal whose password this run made. */
  public BrokerAccess access(Path runRoot, String principal) {
    return new BrokerAccess(
        bootstrap, principal, Credentials.in(runRoot).password(principal), tls());
  }

  /** How its registry is reached. */
  public RegistrySettings registry() {
    return new RegistrySettings(registryUrl, "", "", tls());
  }

  private Tls tls() {
    return Tls.read(truststore, "", AccessNames.OPTIONS);
  }

  /** Writes it to a run's folder. */
  public void write(RunDir dir) {
    try {
      dir.writePrivate(FILE, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + FILE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads it from a run's folder.
   *
   * @throws StackException when it is not there yet or not readable
   */
  public static StackInfo read(Path runRoot) {
    Path file = runRoot.resolve(FILE);
    try {
      return JSON.readValue(Files.readAllBytes(file), StackInfo.class);
    } catch (IOException e) {
      throw new StackException(
          file + " cannot be read; has the stack started? (" + e.getMessage() + ")", e);
    }
  }
}
