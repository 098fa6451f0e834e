package dev.zhifu.jobs.gate;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Publications of rule T02 of the catalogue. */
final class Drafts {
  private static final Path T02 = Path.of("../rules/catalogue/T02/rule.yaml");

  private Drafts() {}

  /** The catalogue's text under a version number. */
  static String text(int version) {
    try {
      return Files.readString(T02).replaceFirst("(?m)^version: \\d+", "version: " + version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RulePublication of(int version, PublicationStatus status, long fromMs) {
    return of(version, status, fromMs, text(version));
  }

  static RulePublication of(int version, PublicationStatus status, long fromMs, String text) {
    return RulePublication.newBuilder()
        .setRuleId("T02")
        .setVersion(version)
        .setStatus(status)
        .setDocument(text)
        .setDocumentSha256(Sha256.hex(text))
        .setEffectiveFrom(Instant.ofEpochMilli(fromMs))
        .setAuthor("author-1")
        .setApprover("approver-1")
        .setReason("test")
        .build();
  }
}
