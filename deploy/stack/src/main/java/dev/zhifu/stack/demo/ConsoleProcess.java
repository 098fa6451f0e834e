package dev.zhifu.stack.demo;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The console of a stack: desk and bank gateway in one child with a PostgreSQL of its own. It knows
 * the demo city's token key, as the console of a centre knows the ingress's.
 *
 * @param child its process
 * @param deskUrl where officers look
 * @param gatewayUrl where banks send
 */
public record ConsoleProcess(Child child, String deskUrl, String gatewayUrl) {
  private static final Duration START_LIMIT = Duration.ofSeconds(180);

  /** Folder of the console's PostgreSQL under a run's. */
  public static final String STORE = "console/postgres";

  private static final String MAIN = "dev.zhifu.desk.Console";
  private static final int SECRET_BYTES = 24;
  private static final int VAULT_KEY_BYTES = 16;

  /**
   * Starts it and waits until it answers.
   *
   * @param seed the city's: its token key follows from it
   */
  public static ConsoleProcess start(Layout layout, DemoGround ground, long seed) {
    return start(
        layout, ground.root(), ground.info(), ground.supervisor(), CityProcess.tokenKey(seed));
  }

  /**
   * Starts it beside any stack.
   *
   * @param root folder of the run
   * @param tokenKey key of the ingress's tokens
   */
  public static ConsoleProcess start(
      Layout layout, Path root, StackInfo info, Supervisor supervisor, String tokenKey) {
    return start(layout, root, info, supervisor, tokenKey, Map.of());
  }

  /**
   * Starts it beside any stack.
   *
   * @param root folder of the run
   * @param tokenKey key of the ingress's tokens
   * @param more settings that differ from a demo's
   */
  public static ConsoleProcess start(
      Layout layout,
      Path root,
      StackInfo info,
      Supervisor supervisor,
      String tokenKey,
      Map<String, String> more) {
    Path folder = root.resolve("console");
    Path settings = folder.resolve("console.properties");
    Path desk = folder.resolve("desk.url");
    Path gateway = folder.resolve("gateway.url");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(desk);
      Files.deleteIfExists(gateway);
      secret(folder.resolve("token.key"), tokenKey);
      if (!Files.exists(folder.resolve("vault.key"))) {
        secret(folder.resolve("vault.key"), random(VAULT_KEY_BYTES));
      }
      for (String bank : info.banks()) {
        Path secret = root.resolve("secrets").resolve("bank-" + bank + ".secret");
        if (!Files.exists(secret)) {
          secret(secret, random(SECRET_BYTES));
        }
      }
      secret(settings, text(layout, root, info, folder, desk, gateway, more));
    } catch (IOException e) {
      throw new StackException("cannot write " + folder + ": " + e.getMessage(), e);
    }
    Child child =
        supervisor.start(
            new ChildSpec(
                "console",
                // Out of memory, threads die one by one and the process looks alive: it ends.
                List.of(
                    "-Xms96m",
                    "-Xmx320m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:MaxDirectMemorySize=64m"),
                layout.consoleClassPath().stream().map(Path::toString).toList(),
                MAIN,
                List.of(settings.toString()),
                Map.of()));
    child.awaitReady("an address in " + desk, START_LIMIT, () -> written(desk) && written(gateway));
    return new ConsoleProcess(child, read(desk), read(gateway));
  }

  private static String text(
      Layout layout,
      Path root,
      StackInfo info,
      Path folder,
      Path desk,
      Path gateway,
      Map<String, String> more) {
    BrokerAccess access = info.access(root, "console");
    Map<String, String> values = new TreeMap<>();
    values.put("kafka.bootstrap", access.bootstrap());
    values.put("kafka.user", access.user());
    values.put("kafka.password.file", root.resolve("secrets/console.password").toString());
    values.put("kafka.truststore.file", info.truststore());
    values.put("registry.url", info.registryUrl());
    values.put("banks", String.join(",", info.directBanks()));
    if (!info.platformBanks().isEmpty()) {
      values.put("platform.banks", String.join(",", info.platformBanks()));
      values.put("platform.url", PlatformTwinProcess.address(root));
    }
    values.put("environment", "DEMO");
    values.put("desk.port", "0");
    values.put("desk.address.file", desk.toString());
    values.put("gateway.port", "0");
    values.put("gateway.address.file", gateway.toString());
    values.put("gateway.secrets", root.resolve("secrets").toString());
    values.put("store.folder", root.resolve(STORE).toString());
    values.put("token.key.file", folder.resolve("token.key").toString());
    values.put("vault.folder", folder.resolve("vault").toString());
    values.put("vault.key.file", folder.resolve("vault.key").toString());
    values.put("rules.folder", folder.resolve("rules").toString());
    values.put("rules.launcher", layout.home().resolve("zhifu").toString());
    // A run's folder lies in STATE/runs.
    values.put("rules.state", root.toAbsolutePath().getParent().getParent().toString());
    values.putAll(more);
    StringBuilder text = new StringBuilder("# Settings of the console, written by the stack.\n");
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private static void secret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text + "\n");
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean written(Path file) {
    try {
      return Files.exists(file) && Files.readString(file).endsWith("\n");
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
