package dev.zhifu.jobs.settings;

/**
 * Every key of a job's settings file, with its default and its meaning. {@code docs/operating.md}
 * shows this table.
 */
public enum SettingKey {
  KAFKA_BOOTSTRAP("kafka.bootstrap", null, "host:port of a broker"),
  KAFKA_USER("kafka.user", "engine", "SCRAM user of the engine; empty means no authentication"),
  KAFKA_PASSWORD_FILE("kafka.password.file", "", "file that holds the SCRAM password, one line"),
  REGISTRY_URL("registry.url", null, "base address of the schema registry's Confluent interface"),
  BANKS("banks", "", "codes of banks with channel DIRECT, separated by commas"),
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
