package dev.zhifu.stack.flink;

import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.Credentials;
import dev.zhifu.stack.process.RunDir;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings file of a job, as the stack writes and reads it. The job itself checks every key and
 * value.
 *
 * @param file where it lies
 * @param values its keys and values
 */
public record JobSettings(Path file, Map<String, String> values) {
  /** Principal of the topic table that the detection job runs as. */
  public static final String DETECTION = "engine";

  /** Principal of the topic table that the recovery job runs as. */
  public static final String RECOVERY = "recovery";

  private static final String NAME = "flink/job.properties";
  private static final String RECOVERY_NAME = "flink/recovery.properties";

  /** Copies the values. */
  public JobSettings {
    values = Map.copyOf(values);
  }

  /**
   * Writes the settings of the detection job on this run's broker and registry, signing with the
   * DEMO key of this repository.
   *
   * @param webPort port of Flink's pages for a local job; 0 on a cluster
   * @param parallelism parallel subtasks
   * @param simulated true when banks run on a simulated city's clock
   */
  public static JobSettings write(
      RunDir dir,
      StackInfo info,
      Credentials credentials,
      int webPort,
      int parallelism,
      boolean simulated) {
    Map<String, String> values = common(dir, info, credentials, DETECTION, parallelism);
    values.put("state.dir", dir.folder("flink/state").toString());
    values.put("bank.clock", simulated ? "relative" : "wall");
    values.put("web.port", String.valueOf(webPort));
    return new JobSettings(dir.writePrivate(NAME, text(values)), values);
  }

  /** These with RocksDB's files at work in another folder, written to the same file. */
  public JobSettings workingIn(Path folder) {
    Map<String, String> more = new TreeMap<>(values);
    more.put("working.dir", folder.toString());
    try {
      Files.writeString(file, text(more));
    } catch (IOException e) {
      throw new StackException("settings " + file + " cannot be written: " + e.getMessage(), e);
    }
    return new JobSettings(file, more);
  }

  /** The same for the recovery job. */
  public static JobSettings writeRecovery(
      RunDir dir, StackInfo info, Credentials credentials, int parallelism) {
    Map<String, String> values = common(dir, info, credentials, RECOVERY, parallelism);
    values.put("state.dir", dir.folder("flink/state/recovery").toString());
    return new JobSettings(dir.writePrivate(RECOVERY_NAME, text(values)), values);
  }

  private static Map<String, String> common(
      RunDir dir, StackInfo info, Credentials credentials, String principal, int parallelism) {
    Map<String, String> values = new TreeMap<>();
    values.put("kafka.bootstrap", info.bootstrap());
    values.put("kafka.user", principal);
    values.put("kafka.password.file", credentials.file(principal).toString());
    values.put("kafka.truststore.file", info.truststore());
    values.put("registry.url", info.registryUrl());
    values.put("banks", String.join(",", info.directBanks()));
    values.put("platform.banks", String.join(",", info.platformBanks()));
    values.put("engine.key.file", key(dir, DemoKeys.ENGINE + ".json").toString());
    values.put("key.directory", key(dir, "directory.yaml").toString());
    values.put("environment", "DEMO");
    values.put("parallelism", String.valueOf(parallelism));
    return values;
  }

  private static Path key(RunDir dir, String name) {
    return dir.writePrivate("keys/" + name, DemoKeys.text(name));
  }

  private static String text(Map<String, String> values) {
    StringBuilder text = new StringBuilder("# Settings of a job, written by the local stack.\n");
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  /** The settings that {@link #write} left in a run's folder. */
  public static JobSettings of(Path runRoot) {
    return read(runRoot.resolve(NAME));
  }

  /** The settings that {@link #writeRecovery} left in a run's folder. */
  public static JobSettings recoveryOf(Path runRoot) {
    return read(runRoot.resolve(RECOVERY_NAME));
  }

  /** Principal of the topic table that this file's job runs as, by the name of its user. */
  public String principal() {
    return get("kafka.user").equals(RECOVERY) ? RECOVERY : DETECTION;
  }

  /**
   * Reads a settings file.
   *
   * @throws StackException when it cannot be read
   */
  public static JobSettings read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new StackException("settings file " + file + " cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> values.put(key, properties.getProperty(key).trim()));
    return new JobSettings(file, values);
  }

  /** Value of a key, empty when it is not given. */
  public String get(String key) {
    return values.getOrDefault(key, "");
  }

  /**
   * How its job reaches the broker.
   *
   * @throws StackException when the password's file cannot be read
   * @throws IllegalArgumentException when a file for TLS cannot be used; names its setting
   */
  public BrokerAccess access() {
    return new BrokerAccess(
        get("kafka.bootstrap"), get("kafka.user"), secret("kafka.password.file"), tls());
  }

  /** How its job reaches the registry; see {@link #access}. */
  public RegistrySettings registry() {
    return new RegistrySettings(
        get("registry.url"), get("registry.user"), secret("registry.password.file"), tls());
  }

  private Tls tls() {
    return Tls.read(get("kafka.truststore.file"), get("kafka.key.file"), AccessNames.SETTINGS);
  }

  private String secret(String key) {
    String name = get(key);
    try {
      return name.isEmpty() ? "" : Files.readString(Path.of(name)).trim();
    } catch (IOException e) {
      throw new StackException(key + " " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Codes of banks that have topics: with channel DIRECT, or served by the platform's adapter. */
  public List<String> banks() {
    return Stream.of("banks", "platform.banks")
        .flatMap(key -> Stream.of(get(key).split(",")))
        .map(String::trim)
        .filter(bank -> !bank.isEmpty())
        .toList();
  }

  /** Parallel subtasks; 2 when the file does not say. */
  public int parallelism() {
    String value = get("parallelism");
    try {
      return value.isEmpty() ? 2 : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new StackException(
          file + ": parallelism is '" + value + "'; it must be a whole number");
    }
  }
}
