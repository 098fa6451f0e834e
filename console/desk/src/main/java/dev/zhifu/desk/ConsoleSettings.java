package dev.zhifu.desk;

import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The console's settings, a properties file. docs/desk.md lists the keys.
 *
 * @param values by key
 */
public record ConsoleSettings(Map<String, String> values) {

  /** Copies. */
  public ConsoleSettings {
    values = Map.copyOf(values);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it cannot be read or a key is unknown; names it
   */
  public static ConsoleSettings read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the settings file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); give the path of a properties file that this user can read",
          e);
    }
    Map<String, String> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (Stream.of(Key.values()).noneMatch(known -> known.key.equals(key))) {
        throw new IllegalArgumentException(
            file + ": unknown key '" + key + "'; docs/desk.md lists the keys");
      }
      values.put(key, properties.getProperty(key).strip());
    }
    return new ConsoleSettings(values);
  }

  /**
   * The value of a key, or its default.
   *
   * @throws IllegalArgumentException when it must be given and is not
   */
  public String get(Key key) {
    String value = values.getOrDefault(key.key, key.otherwise);
    if (value == null) {
      throw new IllegalArgumentException("setting " + key.key + " is missing: " + key.meaning);
    }
    return value;
  }

  /** A list's entries. */
  public List<String> list(Key key) {
    return Stream.of(get(key).split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** A whole number. */
  public int number(Key key) {
    try {
      return Integer.parseInt(get(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "setting " + key.key + " is '" + get(key) + "'; it must be a whole number");
    }
  }

  /** Kafka's client settings of a principal. */
  public Map<String, Object> kafka(String user, String password) {
    Map<String, Object> client = new HashMap<>();
    broker(user, password).properties().forEach((name, value) -> client.put((String) name, value));
    return client;
  }

  /** How a principal reaches the broker. */
  KafkaAccess broker(String user, String password) {
    return new KafkaAccess(get(Key.BOOTSTRAP), user, password, tls());
  }

  /**
   * How the registry is reached.
   *
   * @throws IllegalArgumentException when its address is none
   */
  RegistrySettings registry() {
    return new RegistrySettings(
        get(Key.REGISTRY), get(Key.REGISTRY_USER), line(Key.REGISTRY_PASSWORD_FILE), tls());
  }

  /**
   * Whom to believe to be broker or registry.
   *
   * @throws IllegalArgumentException when a file cannot be used; names its setting
   */
  Tls tls() {
    return Tls.read(get(Key.TRUSTSTORE_FILE), get(Key.CLIENT_KEY_FILE), AccessNames.SETTINGS);
  }

  /** The one line of a setting's file; empty without a file. */
  String line(Key key) {
    String file = get(key);
    return file.isEmpty() ? "" : secret(Path.of(file));
  }

  /** A file's one line. */
  public static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("secret " + file + " cannot be read", e);
    }
  }

  /** Every key. */
  public enum Key {
    /** Brokers. */
    BOOTSTRAP("kafka.bootstrap", null, "host:port of a broker"),
    /** Principal. */
    USER("kafka.user", "console", "SCRAM user of the console; empty means no authentication"),
    /** Its password. */
    PASSWORD_FILE("kafka.password.file", "", "file that holds the SCRAM password, one line"),
    /** Whom to believe. */
    TRUSTSTORE_FILE(
        "kafka.truststore.file",
        "",
        "PEM file of the authorities that sign the certificates of brokers and registry: brokers are"
            + " then spoken to by SASL_SSL, and hosts must be those that certificates name; empty:"
            + " in the clear, in DEMO alone"),
    /** Shown to brokers. */
    CLIENT_KEY_FILE(
        "kafka.key.file",
        "",
        "PEM file with the key, without password, and the certificate that are shown to brokers and"
            + " a registry that ask for one; empty: none"),
    /** Registry. */
    REGISTRY(
        "registry.url",
        null,
        "base address of the schema registry's Confluent interface; https outside of DEMO"),
    /** Name there. */
    REGISTRY_USER("registry.user", "", "user at the registry (HTTP Basic); empty: none is named"),
    /** Password there. */
    REGISTRY_PASSWORD_FILE(
        "registry.password.file", "", "file that holds the registry user's password, one line"),
    /** Banks. */
    BANKS("banks", "", "codes of banks with channel DIRECT, separated by commas"),
    /** Banks behind the platform. */
    PLATFORM_BANKS(
        "platform.banks",
        "",
        "codes of banks with channel PLATFORM, as the job's setting; with platform.url this process"
            + " carries their orders, with bank-CODE.password of gateway.secrets"),
    /** The platform. */
    PLATFORM_URL(
        "platform.url",
        "",
        "base address of the statutory platform, or of its twin; empty: no order is carried here"),
    /** Environment. */
    ENVIRONMENT(
        "environment",
        "DEMO",
        "DEMO, DRILL or PRODUCTION; the DEMO people and keys exist in DEMO alone"),
    /** Whose desk. */
    AUTHORITY(
        "authority", "市反诈中心", "the police body whose desk this is, as freezes and papers name it"),
    /** Who is sent. */
    DISPATCH_DIRECTORY(
        "dispatch.directory",
        "",
        "file of contacts that are sent to likely victims; empty is the demo's"),
    /** Clear identities. */
    VAULT_FOLDER(
        "vault.folder",
        "",
        "folder of the centre's vault of identities; empty: none can be opened"),
    /** How long scans stay. */
    SCANS_KEEP(
        "scans.keep.days",
        "400",
        "days that the bytes of scanned forms and documents are kept, 30 or more, and on while a"
            + " case of their report is open; their hashes stay; an engineering default"),
    /** The vault's key. */
    VAULT_KEY_FILE("vault.key.file", "", "file that holds the vault's key, 32 hex digits"),
    /** Where pages are. */
    HOST("desk.host", "127.0.0.1", "interface that the desk listens on"),
    /** Port. */
    PORT("desk.port", "0", "its port; 0 takes a free one"),
    /** https. */
    SECURE("desk.secure", "false", "true behind https: cookies are for https alone"),
    /** TLS. */
    TLS_KEYSTORE(
        "tls.keystore",
        "",
        "PKCS#12 file with certificate and key: desk and gateway then speak https themselves;"
            + " empty: plain HTTP, for this machine alone or behind what ends TLS"),
    /** Its password. */
    TLS_PASSWORD_FILE(
        "tls.password.file", "", "file that holds the password of tls.keystore, one line"),
    /** What ends TLS before the doors. */
    PROXIES(
        "proxies.trusted",
        "",
        "addresses or networks, as 10.0.0.5 or 10.1.0.0/24, separated by commas, of what ends TLS"
            + " before desk and gateway: X-Forwarded-For and X-Forwarded-Proto are believed from"
            + " these alone, and with desk.secure nobody else comes in without TLS; empty: from"
            + " nobody"),
    /** Address file. */
    ADDRESS_FILE(
        "desk.address.file", "", "file that the desk's address is written to once it answers"),
    /** Gateway's port. */
    GATEWAY_PORT(
        "gateway.port", "-1", "port of the bank gateway; 0 takes a free one, -1 starts none"),
    /** Gateway's credentials. */
    GATEWAY_SECRETS(
        "gateway.secrets",
        "",
        "folder with bank-CODE.password (SCRAM) and bank-CODE.secret (the bank's HTTP secret), one"
            + " line each; with ingress.password banks may post movements of money too"),
    /** Requests of a bank. */
    GATEWAY_QUOTA(
        "gateway.quota",
        "6000",
        "requests that one bank may make in a minute; an engineering default"),
    /** Requests of all banks. */
    GATEWAY_OPEN(
        "gateway.open",
        "1024",
        "requests under way at a time over all banks, at least two a bank; half of them are shared"
            + " out among the banks, one more is answered 503; an engineering default"),
    /** How long decisions are kept. */
    GATEWAY_KEEP_DECISIONS(
        "gateway.keep.decisions.hours",
        "24",
        "hours that the gateway keeps answers to awaiting transfers, 1 or more; an engineering"
            + " default, as their topic"),
    /** How long orders and holds are kept. */
    GATEWAY_KEEP_MESSAGES(
        "gateway.keep.messages.days",
        "400",
        "days that the gateway keeps orders and risk holds to reconcile and answer by, 7 or more;"
            + " what a webhook has not taken stays; an engineering default"),
    /** Gateway's address. */
    GATEWAY_ADDRESS_FILE(
        "gateway.address.file",
        "",
        "file that the gateway's address is written to once it answers"),
    /** Our own service level. */
    PAPERWORK_HOURS(
        "paperwork.hours",
        "24",
        "from a bank's own stop to the order that follows it, hours, as the recovery job's setting;"
            + " our own service level"),
    /** Identity provider. */
    OIDC_ISSUER(
        "oidc.issuer",
        "",
        "https address that names the OpenID Connect provider people come from; empty: local"
            + " people, in DEMO alone"),
    /** Name there. */
    OIDC_CLIENT("oidc.client.id", "", "the desk's name at the provider"),
    /** Secret there. */
    OIDC_SECRET_FILE(
        "oidc.client.secret.file",
        "",
        "file that holds the secret shared with the provider, one line; empty: PKCE alone"),
    /** Way back. */
    OIDC_BACK(
        "oidc.back",
        "",
        "the desk's own address that the provider sends people back to:"
            + " https://DESK/login/provider/back"),
    /** Id. */
    OIDC_PERSON(
        "oidc.claim.person",
        "sub",
        "claim with the person's id, as on acts and in key directories"),
    /** Name. */
    OIDC_NAME("oidc.claim.name", "name", "claim with the name as shown"),
    /** Roles there. */
    OIDC_ROLE("oidc.claim.role", "roles", "claim with the roles; dots lead into objects"),
    /** Roles here. */
    OIDC_ROLES(
        "oidc.roles",
        "",
        "roles here by their names there, as zhifu-officer=OFFICER,zhifu-lead=SHIFT_LEADER; who has"
            + " none or several is refused"),
    /** Bank. */
    OIDC_BANK("oidc.claim.bank", "bank", "claim with the bank of a person with the role BANK"),
    /** Station. */
    OIDC_STATION(
        "oidc.claim.station",
        "station",
        "claim with the contact of the dispatch directory that a person with the role FIELD goes"
            + " for"),
    /** Signatures. */
    OIDC_ALGORITHMS(
        "oidc.algorithms", "RS256,PS256,ES256", "what may have signed an ID token; never a secret"),
    /** Skew. */
    OIDC_SKEW(
        "oidc.skew.seconds",
        "60",
        "by which the provider's clock may differ, 0 to 300; an engineering default"),
    /** Public keys. */
    KEY_DIRECTORY(
        "key.directory",
        "",
        "file of public keys of banks and persons; empty is the demo's, in DEMO alone"),
    /** Store. */
    STORE_URL("store.url", "", "JDBC address of PostgreSQL; empty starts one in store.folder"),
    /** Store user. */
    STORE_USER("store.user", "postgres", "database user"),
    /** Store password. */
    STORE_PASSWORD_FILE(
        "store.password.file", "", "file that holds the database password, one line"),
    /** Store folder. */
    STORE_FOLDER("store.folder", "", "folder of the PostgreSQL that this process starts"),
    /** Token key. */
    TOKEN_KEY_FILE("token.key.file", null, "file that holds the centre's token key"),
    /** Directory. */
    BANK_DIRECTORY(
        "bank.directory",
        "",
        "file of banks, duty phones and card prefixes; empty: as institutions.directory has them,"
            + " and without that the demo's"),
    /** Duty desks. */
    INSTITUTIONS(
        "institutions.directory",
        "",
        "file of institutions with duty desks and hours, as deploy/directories has it; each without"
            + " a desk that answers in the next 12 h is an alarm; empty is the demo's, and outside"
            + " DEMO none"),
    /** Drafts of rules. */
    RULES_FOLDER(
        "rules.folder", "", "folder that drafts of rules are written to; empty: none can be saved"),
    /** Command for scenarios and trials. */
    RULES_LAUNCHER(
        "rules.launcher",
        "",
        "the launcher zhifu, which runs a draft's scenarios and trials; empty: none are run"),
    /** Where it finds the stack. */
    RULES_STATE(
        "rules.state",
        "",
        "folder of runs in which the launcher finds the stack; empty is its own");

    private final String key;
    private final String otherwise;
    private final String meaning;

    Key(String key, String otherwise, String meaning) {
      this.key = key;
      this.otherwise = otherwise;
      this.meaning = meaning;
    }

    /** As in the file. */
    public String key() {
      return key;
    }

    /** Default; null when it must be given. */
    public String otherwise() {
      return otherwise;
    }

    /** For the page of settings. */
    public String meaning() {
      return meaning;
    }
  }
}
