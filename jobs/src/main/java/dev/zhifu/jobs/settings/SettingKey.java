package dev.zhifu.jobs.settings;

/**
 * Every key of a job's settings file, with its default and its meaning. {@code docs/operating.md}
 * shows this table.
 */
public enum SettingKey {
  KAFKA_BOOTSTRAP("kafka.bootstrap", null, "host:port of a broker"),
  KAFKA_USER("kafka.user", "engine", "SCRAM user of the engine; empty means no authentication"),
  KAFKA_PASSWORD_FILE("kafka.password.file", "", "file that holds the SCRAM password, one line"),
  KAFKA_TRUSTSTORE_FILE(
      "kafka.truststore.file",
      "",
      "PEM file of the authorities that sign the certificates of brokers and registry: brokers are"
          + " then spoken to by SASL_SSL, and hosts must be those that certificates name; empty: in"
          + " the clear, in DEMO alone"),
  KAFKA_KEY_FILE(
      "kafka.key.file",
      "",
      "PEM file with the key, without password, and the certificate that are shown to brokers and a"
          + " registry that ask for one; empty: none"),
  REGISTRY_URL(
      "registry.url",
      null,
      "base address of the schema registry's Confluent interface; https outside of DEMO"),
  REGISTRY_USER("registry.user", "", "user at the registry (HTTP Basic); empty: none is named"),
  REGISTRY_PASSWORD_FILE(
      "registry.password.file", "", "file that holds the registry user's password, one line"),
  BANKS("banks", "", "codes of banks with channel DIRECT, separated by commas"),
  PLATFORM_BANKS(
      "platform.banks",
      "",
      "codes of banks with channel PLATFORM that the adapter serves, separated by commas; orders to"
          + " any other bank go on paper"),
  INSTITUTIONS(
      "institutions.directory",
      "",
      "file of institutions, as deploy/directories has it; when given the job starts only if every"
          + " bank's channel there is the one that banks and platform.banks give it"),
  KEY_FILE("engine.key.file", null, "the engine's signing key"),
  KEY_DIRECTORY("key.directory", null, "directory of public keys; the environment is read from it"),
  ENVIRONMENT(
      "environment",
      "DEMO",
      "environment that the engine's key must have: DEMO, DRILL or PRODUCTION"),
  STATE_DIR("state.dir", null, "folder for checkpoints and savepoints"),
  WORKING_DIR(
      "working.dir",
      "",
      "folder for RocksDB's files at work, which need not outlive the process: in memory (tmpfs) or on a fast disk; empty: Flink's own"),
  CHECKPOINT_SECONDS("checkpoint.seconds", "10", "seconds between checkpoints, 1 to 3600"),
  PARALLELISM("parallelism", "2", "parallel subtasks, 1 to 128"),
  BANK_LATENESS_SECONDS(
      "lateness.bank.seconds", "5", "disorder of bank streams, seconds, 0 to 3600"),
  TELECOM_LATENESS_SECONDS(
      "lateness.telecom.seconds", "60", "disorder of telecom streams, seconds, 0 to 3600"),
  IDLE_SECONDS(
      "idle.seconds", "30", "a source silent this long is declared idle, seconds, 1 to 3600"),
  STALE_MINUTES(
      "stale.minutes",
      "10",
      "newest evidence older than this is never signed automatically, minutes, 1 to 60"),
  BANK_CLOCK(
      "bank.clock", "wall", "wall: banks run on the wall clock; relative: on a simulated one"),
  PAPERWORK_HOURS(
      "paperwork.hours",
      "24",
      "from a bank's own stop to the order that follows it, hours, 1 to 48; then an alarm; our own"
          + " service level"),
  NETWORK_RULES(
      "network.rules",
      "live",
      "shapes among accounts, G01 to G04: live, or shadow: announced as hits that no score hears"),
  NETWORK_LEARNING(
      "network.learning.hours",
      "24",
      "shapes: hours from the first movement ever seen in which payments only teach who pays whom, 0 to 720"),
  NETWORK_WINDOW("network.window.days", "7", "shapes: how far back one reaches, days, 1 to 30"),
  NETWORK_DEPTH(
      "network.depth", "10", "shapes: most transfers of a trail from account to account, 4 to 32"),
  NETWORK_TRAILS(
      "network.trails", "16", "shapes: most trails that one movement hands on, 1 to 256"),
  NETWORK_STEPS(
      "network.steps",
      "64",
      "shapes: most first payments, in and out each, that an account keeps in the window, 4 to 1000"),
  NETWORK_PARTNERS(
      "network.partners",
      "512",
      "shapes: most accounts that an account remembers to have paid, 16 to 100000"),
  NETWORK_HUB(
      "network.hub",
      "40",
      "shapes: partners from which an account takes no part in them, 4 to 100000"),
  WEB_PORT("web.port", "0", "port of Flink's pages in local mode; 0 picks one"),
  START("start", "earliest", "where event streams start without a savepoint: earliest or latest");

  private final String key;
  private final String fallback;
  private final String meaning;

  SettingKey(String key, String fallback, String meaning) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The key as the file spells it. */
  public String key() {
    return key;
  }

  /** Value when the file does not give one; null when it must. */
  public String fallback() {
    return fallback;
  }

  /** One sentence: meaning, unit, range. */
  public String meaning() {
    return meaning;
  }
}
