package dev.zhifu.stack.bench;

import dev.zhifu.stack.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells apart events that were made by other code or for other rules. */
final class Fingerprint {
  private static final int SHOWN = 10;

  private Fingerprint() {}

  /** Of the job's jar, of the city's, and of all rules. */
  static String of(Layout layout) throws IOException {
    MessageDigest sha = sha256();
    add(sha, layout.jobJar());
    for (Path path : layout.benchClassPath()) {
      if (path.getFileName().toString().startsWith("workload")) {
        add(sha, path);
      }
    }
    List<Path> rules;
    try (Stream<Path> files = Files.walk(layout.catalogue())) {
      rules = files.filter(file -> file.endsWith("rule.yaml")).sorted().toList();
    }
    for (Path rule : rules) {
      add(sha, rule);
    }
    return HexFormat.of().formatHex(sha.digest()).substring(0, SHOWN);
  }

  private static void add(MessageDigest sha, Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
