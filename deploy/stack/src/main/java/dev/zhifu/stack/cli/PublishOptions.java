package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.PublicationFile;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Option;

/** What publish, shadow and rollback share: who wrote it besides, and where it goes first. */
final class PublishOptions extends ApproveOptions {
  @Option(
      names = "--author",
      paramLabel = "ID",
      description =
          "who wrote it (default: the owner of --author-key; in the demo " + DemoKeys.AUTHOR + ")")
  private String author;

  @Option(
      names = "--author-key",
      paramLabel = "FILE",
      description = "the author's key file (default: a DEMO key, in the demo alone)")
  private Path authorKey;

  @Option(
      names = "--author-key-password",
      paramLabel = "FILE",
      description =
          "file with the password of the author's key, one line (default: asked at the terminal)")
  private Path authorPassword;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "publish nothing: sign as its author alone, into FILE, which its approver signs and publishes with zhifu"
              + " rules complete FILE")
  private Path to;

  /** Signs, writes and waits, or hands over to the approver; answers the exit code. */
  int publish(RuleDesk desk, RuleText rule, PublicationStatus status) {
    KeyOptions.Signatory first =
        keys().signatory("author-key", authorKey, authorPassword, author, DemoKeys.AUTHOR);
    if (to != null) {
      return handOver(rule, status, first);
    }
    boolean alone =
        status == PublicationStatus.DRAFT
            || status == PublicationStatus.SHADOW && authorKey != null && !namesApprover();
    KeyOptions.Signatory second = alone ? first : approver();
    People people = new People(first.person(), alone ? null : second.person(), reason());
    RulePublication draft = RuleDesk.unsigned(rule, status, from(desk), people);
    return write(
        desk,
        status == PublicationStatus.DRAFT
            ? draft
            : Signatures.sign(Signatures.signText(draft, first.signer()), second.signer()));
  }

  /** The approver chooses the time: of the author's signature it is no part. */
  private int handOver(RuleText rule, PublicationStatus status, KeyOptions.Signatory first) {
    People people = new People(first.person(), null, reason());
    RulePublication draft = RuleDesk.unsigned(rule, status, Instant.EPOCH, people);
    PublicationFile.write(to, Signatures.signText(draft, first.signer()));
    out()
        .println(
            "%s signed the text of %s version %d; nothing is published until its approver runs: zhifu rules complete %s"
                .formatted(first.person(), rule.ruleId(), rule.version(), to));
    return 0;
  }
}
