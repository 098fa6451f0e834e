package dev.zhifu.stack.broker;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.RunDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Passwords of a run: one random password a principal, each in a file that only this user may read.
 */
public final class Credentials {
  private static final int BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;

  private Credentials(Path folder) {
    this.folder = folder;
  }

  /** Credentials of a new run. */
  public static Credentials create(RunDir dir, Iterable<String> principals) {
    for (String principal : principals) {
      dir.writePrivate("secrets/" + fileName(principal), random() + "\n");
    }
    return new Credentials(dir.root().resolve("secrets"));
  }

  /** Credentials of a run that another process made. */
  public static Credentials in(Path runRoot) {
    return new Credentials(runRoot.resolve("secrets"));
  }

  /**
   * Password of a principal.
   *
   * @throws StackException when it has none
   */
  public String password(String principal) {
    try {
      return Files.readString(file(principal)).trim();
    } catch (IOException e) {
      throw new StackException(
          "no password of principal "
              + principal
              + " in "
              + folder
              + "; this stack has no such user",
          e);
    }
  }

  /** File that holds a principal's password, one line. */
  public Path file(String principal) {
    return folder.resolve(fileName(principal));
  }

  static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String fileName(String principal) {
    return principal + ".password";
  }
}
