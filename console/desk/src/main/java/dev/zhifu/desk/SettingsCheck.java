package dev.zhifu.desk;

import dev.zhifu.desk.ConsoleSettings.Key;
import dev.zhifu.desk.door.Proxies;
import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds the settings against what each may be, before anything is opened or listened on: whoever
 * starts a desk reads every fault at once, with the setting, its value, the rule and the way out.
 */
final class SettingsCheck {
  private static final int PORT_MAX = 65_535;

  /** As Tokens asks. */
  private static final int TOKEN_KEY_MIN = 16;

  private static final Set<String> MODES = Set.of("DEMO", "DRILL", "PRODUCTION");
  private static final Set<String> TRUTHS = Set.of("true", "false");

  /** Files whose one line is a secret. */
  private static final List<Key> SECRETS =
      List.of(
          Key.PASSWORD_FILE,
          Key.REGISTRY_PASSWORD_FILE,
          Key.VAULT_KEY_FILE,
          Key.STORE_PASSWORD_FILE,
          Key.OIDC_SECRET_FILE,
          Key.TLS_PASSWORD_FILE,
          Key.TOKEN_KEY_FILE);

  private static final List<Key> FILES =
      List.of(Key.KEY_DIRECTORY, Key.BANK_DIRECTORY, Key.INSTITUTIONS, Key.DISPATCH_DIRECTORY);

  private final ConsoleSettings settings;
  private final List<String> faults = new ArrayList<>();

  private SettingsCheck(ConsoleSettings settings) {
    this.settings = settings;
  }

  /**
   * Passes settings that a desk can start on.
   *
   * @throws IllegalArgumentException that names every fault, one a line
   */
  static void check(ConsoleSettings settings) {
    SettingsCheck check = new SettingsCheck(settings);
    check.all();
    if (!check.faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", check.faults));
    }
  }

  private void all() {
    for (Key key : Key.values()) {
      if (key.otherwise() == null && value(key).isEmpty()) {
        faults.add("setting " + key.key() + " is missing; it must be given: " + key.meaning());
      }
    }
    between(Key.PORT, 0, PORT_MAX, "0 takes a free one");
    between(Key.GATEWAY_PORT, -1, PORT_MAX, "0 takes a free one, -1 starts no gateway");
    between(Key.PAPERWORK_HOURS, 1, 24 * 365, "give hours");
    between(Key.SCANS_KEEP, 30, 365 * 100, "give days");
    between(Key.OIDC_SKEW, 0, 300, "give seconds");
    oneOf(Key.ENVIRONMENT, MODES);
    oneOf(Key.SECURE, TRUTHS);
    SECRETS.forEach(this::secret);
    tokenKey();
    FILES.forEach(this::file);
    if (value(Key.STORE_URL).isEmpty() && value(Key.STORE_FOLDER).isEmpty()) {
      faults.add(
          "settings store.url and store.folder are both empty; one must be given: the JDBC address"
              + " of a PostgreSQL, or a folder for one that the desk starts itself");
    }
    if (!value(Key.STORE_URL).isEmpty() && !value(Key.STORE_URL).startsWith("jdbc:postgresql://")) {
      fault(
          Key.STORE_URL,
          "it must begin with jdbc:postgresql://",
          "give host, port and name of a database: jdbc:postgresql://HOST:5432/NAME");
    }
    address(Key.REGISTRY);
    broker();
    tls();
    proxies();
  }

  private void broker() {
    try {
      settings.tls();
    } catch (IllegalArgumentException e) {
      faults.add("setting " + e.getMessage());
    }
    if (MODES.contains(value(Key.ENVIRONMENT))) {
      AccessCheck.inTheClear(
              Environment.valueOf(value(Key.ENVIRONMENT)),
              value(Key.TRUSTSTORE_FILE),
              value(Key.CLIENT_KEY_FILE),
              value(Key.USER),
              value(Key.REGISTRY),
              AccessNames.SETTINGS)
          .forEach(fault -> faults.add("setting " + fault));
    }
  }

  /**
   * Passes settings by which broker and registry can be spoken to. One that does not answer passes
   * too: a desk outlives that.
   *
   * @throws IllegalArgumentException that names every fault, one a line
   */
  static void reach(ConsoleSettings settings) {
    List<String> faults = new ArrayList<>();
    AccessCheck.broker(
            settings.broker(settings.get(Key.USER), settings.line(Key.PASSWORD_FILE)),
            AccessNames.SETTINGS)
        .ifPresent(fault -> faults.add("setting " + fault));
    SchemaRegistry.fault(settings.registry(), AccessNames.SETTINGS)
        .ifPresent(fault -> faults.add("setting " + fault));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
  }

  private void proxies() {
    try {
      Proxies.of(settings.list(Key.PROXIES), false);
    } catch (IllegalArgumentException e) {
      fault(
          Key.PROXIES,
          "it must be addresses or networks, separated by commas",
          e.getMessage().replaceAll("^.*; ", ""));
    }
  }

  private void tls() {
    if (!file(Key.TLS_KEYSTORE)) {
      return;
    }
    if (value(Key.TLS_PASSWORD_FILE).isEmpty()) {
      fault(
          Key.TLS_PASSWORD_FILE,
          "tls.keystore is given and opens with its password",
          "give the file that holds it");
    }
    if (!value(Key.SECURE).equals("true")) {
      fault(
          Key.SECURE,
          "tls.keystore is given, so browsers come by https alone",
          "set it to true, so that cookies do too");
    }
    if (faults.isEmpty()) {
      try {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(value(Key.TLS_KEYSTORE)))) {
          keys.load(
              in, ConsoleSettings.secret(Path.of(value(Key.TLS_PASSWORD_FILE))).toCharArray());
        }
      } catch (IOException | GeneralSecurityException e) {
        fault(
            Key.TLS_KEYSTORE,
            "it must be a PKCS#12 file that the password of tls.password.file opens",
            "make it anew, or give the right password (" + e.getMessage() + ")");
      }
    }
  }

  private String value(Key key) {
    return settings
        .values()
        .getOrDefault(key.key(), key.otherwise() == null ? "" : key.otherwise());
  }

  private void fault(Key key, String rule, String wayOut) {
    // Secrets are in files; a JDBC address may still carry one behind the question mark.
    String shown = value(key).replaceAll("\\?.*", "?…");
    faults.add("setting " + key.key() + " is '" + shown + "'; " + rule + ": " + wayOut);
  }

  private void between(Key key, int low, int high, String wayOut) {
    String rule = "it must be a whole number from " + low + " to " + high;
    try {
      int number = Integer.parseInt(value(key));
      if (number < low || number > high) {
        fault(key, rule, wayOut);
      }
    } catch (NumberFormatException e) {
      fault(key, rule, wayOut);
    }
  }

  private void oneOf(Key key, Set<String> allowed) {
    if (!allowed.contains(value(key))) {
      fault(
          key,
          "it must be one of " + String.join(", ", allowed.stream().sorted().toList()),
          key.meaning());
    }
  }

  private boolean file(Key key) {
    String named = value(key);
    if (named.isEmpty()) {
      return false;
    }
    boolean readable = Files.isRegularFile(Path.of(named)) && Files.isReadable(Path.of(named));
    if (!readable) {
      fault(
          key,
          "it must be a file that this user can read",
          "mend the path or make the file (" + key.meaning() + ")");
    }
    return readable;
  }

  private void secret(Key key) {
    if (file(key) && ConsoleSettings.secret(Path.of(value(key))).isEmpty()) {
      fault(key, "the file must not be empty", "write the secret into it, one line");
    }
  }

  private void tokenKey() {
    if (!value(Key.TOKEN_KEY_FILE).isEmpty()
        && Files.isReadable(Path.of(value(Key.TOKEN_KEY_FILE)))) {
      int bytes =
          ConsoleSettings.secret(Path.of(value(Key.TOKEN_KEY_FILE)))
              .getBytes(StandardCharsets.UTF_8)
              .length;
      if (bytes > 0 && bytes < TOKEN_KEY_MIN) {
        fault(
            Key.TOKEN_KEY_FILE,
            "its key has " + bytes + " bytes and must have at least " + TOKEN_KEY_MIN,
            "give the centre's own key, the same as the ingress has");
      }
    }
  }

  private void address(Key key) {
    if (!value(key).isEmpty() && !value(key).matches("https?://[^\\s/]+.*")) {
      fault(key, "it must be an http or https address", "give it as http://HOST:PORT");
    }
  }
}
