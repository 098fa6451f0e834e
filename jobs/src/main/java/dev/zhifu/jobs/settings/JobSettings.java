package dev.zhifu.jobs.settings;

import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.rules.lives.directory.DirectoryException;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Settings of the detection job.
 *
 * @param kafka how the broker is reached
 * @param registry how the schema registry is reached
 * @param banks codes of banks with channel DIRECT, sorted
 * @param keyFile the engine's signing key
 * @param keyDirectory directory of public keys
 * @param environment environment that the engine's key must have
 * @param stateDir folder for checkpoints and savepoints
 * @param workingDir folder for RocksDB's files at work; empty for Flink's own
 * @param checkpointEvery time between checkpoints
 * @param parallelism parallel subtasks
 * @param bankLateness disorder of bank streams
 * @param telecomLateness disorder of telecom streams
 * @param idleAfter a source silent this long is idle
 * @param staleAfter evidence older than this is never signed automatically
 * @param banksOnWallClock false in a simulated city
 * @param networkInShadow true when shapes among accounts have no voice in scores
 * @param networkLearning event time in which payments only teach who pays whom
 * @param network bounds of the shapes among accounts
 * @param webPort port of Flink's pages in local mode
 * @param startLatest true to start event streams at their end
 * @param paperworkWithin from a bank's own stop to the order that follows it; our own service level
 * @param platformBanks codes of banks with channel PLATFORM that the adapter serves, sorted; none
 *     of them is in {@code banks}
 */
public record JobSettings(
    KafkaAccess kafka,
    RegistrySettings registry,
    List<String> banks,
    Path keyFile,
    Path keyDirectory,
    Environment environment,
    Path stateDir,
    String workingDir,
    Duration checkpointEvery,
    int parallelism,
    Duration bankLateness,
    Duration telecomLateness,
    Duration idleAfter,
    Duration staleAfter,
    boolean banksOnWallClock,
    boolean networkInShadow,
    Duration networkLearning,
    NetworkSettings network,
    int webPort,
    boolean startLatest,
    Duration paperworkWithin,
    List<String> platformBanks)
    implements Serializable {

  /** How orders reach each bank. */
  public BankChannels channels() {
    return new BankChannels(banks, platformBanks);
  }

  /** The longest lateness: how far the job's watermark stays behind its newest event. */
  public Duration maxLateness() {
    return bankLateness.compareTo(telecomLateness) >= 0 ? bankLateness : telecomLateness;
  }

  /**
   * Reads a settings file.
   *
   * @throws SettingsException naming every unknown key, missing key and value out of range
   * @throws IOException when the file cannot be read
   */
  public static JobSettings read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new Parser(file.toString(), properties).parse();
  }

  /** Parses what a file holds; see {@link #read}. */
  public static JobSettings parse(String file, Properties properties) {
    return new Parser(file, properties).parse();
  }

  private static final class Parser {
    private final String file;
    private final Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    private final List<String> problems = new ArrayList<>();

    Parser(String file, Properties properties) {
      this.file = file;
      TreeSet<String> unknown = new TreeSet<>(properties.stringPropertyNames());
      for (SettingKey key : SettingKey.values()) {
        unknown.remove(key.key());
        String value = properties.getProperty(key.key(), key.fallback());
        if (value == null || (key.fallback() == null && value.isBlank())) {
          problems.add(key.key() + " is missing; it must be given: " + key.meaning());
        }
        values.put(key, value == null ? "" : value.trim());
      }
      for (String key : unknown) {
        problems.add(key + " is not a setting; the settings are " + known());
      }
    }

    private static String known() {
      return String.join(", ", Arrays.stream(SettingKey.values()).map(SettingKey::key).toList());
    }

    JobSettings parse() {
      Environment environment = environment();
      Tls tls = tls();
      KafkaAccess kafka =
          new KafkaAccess(
              text(SettingKey.KAFKA_BOOTSTRAP),
              text(SettingKey.KAFKA_USER),
              secret(SettingKey.KAFKA_PASSWORD_FILE),
              tls);
      RegistrySettings registry = registry(tls);
      problems.addAll(
          AccessCheck.inTheClear(
              environment,
              text(SettingKey.KAFKA_TRUSTSTORE_FILE),
              text(SettingKey.KAFKA_KEY_FILE),
              text(SettingKey.KAFKA_USER),
              text(SettingKey.REGISTRY_URL),
              AccessNames.SETTINGS));
      JobSettings settings =
          new JobSettings(
              kafka,
              registry,
              banks(SettingKey.BANKS),
              Path.of(text(SettingKey.KEY_FILE)),
              Path.of(text(SettingKey.KEY_DIRECTORY)),
              environment,
              Path.of(text(SettingKey.STATE_DIR)),
              text(SettingKey.WORKING_DIR),
              Duration.ofSeconds(number(SettingKey.CHECKPOINT_SECONDS, 1, 3600)),
              number(SettingKey.PARALLELISM, 1, 128),
              Duration.ofSeconds(number(SettingKey.BANK_LATENESS_SECONDS, 0, 3600)),
              Duration.ofSeconds(number(SettingKey.TELECOM_LATENESS_SECONDS, 0, 3600)),
              Duration.ofSeconds(number(SettingKey.IDLE_SECONDS, 1, 3600)),
              Duration.ofMinutes(number(SettingKey.STALE_MINUTES, 1, 60)),
              oneOf(SettingKey.BANK_CLOCK, "wall", "relative").equals("wall"),
              oneOf(SettingKey.NETWORK_RULES, "live", "shadow").equals("shadow"),
              Duration.ofHours(number(SettingKey.NETWORK_LEARNING, 0, 720)),
              network(),
              number(SettingKey.WEB_PORT, 0, 65535),
              oneOf(SettingKey.START, "earliest", "latest").equals("latest"),
              Duration.ofHours(number(SettingKey.PAPERWORK_HOURS, 1, 48)),
              platformBanks());
      directoryAgrees(settings.banks(), settings.platformBanks());
      if (!problems.isEmpty()) {
        throw new SettingsException(file, problems);
      }
      return settings;
    }

    private NetworkSettings network() {
      return NetworkSettings.defaults()
          .within(
              Duration.ofDays(number(SettingKey.NETWORK_WINDOW, 1, 30)).toMillis(),
              number(SettingKey.NETWORK_DEPTH, 4, 32),
              number(SettingKey.NETWORK_TRAILS, 1, 256),
              number(SettingKey.NETWORK_PARTNERS, 16, 100_000),
              number(SettingKey.NETWORK_STEPS, 4, 1_000),
              number(SettingKey.NETWORK_HUB, 4, 100_000));
    }

    private String text(SettingKey key) {
      return values.get(key);
    }

    private int number(SettingKey key, int min, int max) {
      String value = values.get(key);
      try {
        int number = Integer.parseInt(value);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below, together with the range
      }
      problems.add(
          key.key() + " is '" + value + "'; it must be a whole number from " + min + " to " + max);
      return min;
    }

    private String oneOf(SettingKey key, String first, String second) {
      String value = values.get(key);
      if (!value.equals(first) && !value.equals(second)) {
        problems.add(key.key() + " is '" + value + "'; it must be " + first + " or " + second);
      }
      return value;
    }

    private Environment environment() {
      String value = values.get(SettingKey.ENVIRONMENT);
      try {
        return Environment.valueOf(value);
      } catch (IllegalArgumentException e) {
        problems.add("environment is '" + value + "'; it must be DEMO, DRILL or PRODUCTION");
        return Environment.DEMO;
      }
    }

    private List<String> platformBanks() {
      List<String> codes = banks(SettingKey.PLATFORM_BANKS);
      List<String> direct =
          Stream.of(values.get(SettingKey.BANKS).split(",")).map(String::trim).toList();
      for (String code : codes) {
        if (direct.contains(code)) {
          problems.add(
              "platform.banks names '"
                  + code
                  + "', which is in banks too; a bank has one channel: take it out of one of them");
        }
      }
      return codes;
    }

    /** One file says how a bank is reached; a job that was told otherwise does not start. */
    private void directoryAgrees(List<String> direct, List<String> platform) {
      String name = values.get(SettingKey.INSTITUTIONS);
      if (name.isEmpty()) {
        return;
      }
      String setting = SettingKey.INSTITUTIONS.key() + " is '" + name + "'";
      try {
        String text = Files.readString(Path.of(name));
        Directories.disagreements(Directories.institutions(name, text), direct, platform)
            .forEach(sentence -> problems.add(setting + ": " + sentence));
      } catch (DirectoryException e) {
        e.faults().forEach(fault -> problems.add(setting + ", which cannot be used: " + fault));
      } catch (IOException e) {
        problems.add(setting + ", which cannot be read: " + e.getMessage());
      }
    }

    private List<String> banks(SettingKey key) {
      TreeSet<String> banks = new TreeSet<>();
      for (String bank : values.get(key).split(",")) {
        String code = bank.trim();
        if (code.isEmpty()) {
          continue;
        }
        if (!code.matches("[A-Z0-9]{1,16}")) {
          problems.add(
              key.key()
                  + " names '"
                  + code
                  + "'; a bank code is 1 to 16 capital letters or digits");
        }
        banks.add(code);
      }
      return List.copyOf(banks);
    }

    private Tls tls() {
      try {
        return Tls.read(
            text(SettingKey.KAFKA_TRUSTSTORE_FILE),
            text(SettingKey.KAFKA_KEY_FILE),
            AccessNames.SETTINGS);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
        return Tls.NONE;
      }
    }

    private RegistrySettings registry(Tls tls) {
      String url = text(SettingKey.REGISTRY_URL);
      String password = secret(SettingKey.REGISTRY_PASSWORD_FILE);
      if (url.isEmpty()) {
        return null;
      }
      try {
        return new RegistrySettings(url, text(SettingKey.REGISTRY_USER), password, tls);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
        return null;
      }
    }

    private String secret(SettingKey key) {
      String name = values.get(key);
      if (name.isEmpty()) {
        return "";
      }
      try {
        return Files.readString(Path.of(name)).trim();
      } catch (IOException e) {
        problems.add(key.key() + " is '" + name + "', which cannot be read: " + e.getMessage());
        return "";
      }
    }
  }
}
