package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.lives.Answer;
import dev.zhifu.stack.lives.EventClock;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleRecord;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every change of a rule shares: who approves, with which key, from when, and waiting. */
class Publishing {
  @Mixin private KeyOptions keys;
  @Mixin private JsonOption json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--approver",
      paramLabel = "ID",
      description =
          "who approves it, another person (default: the owner of --approver-key; in the demo "
              + DemoKeys.APPROVER
              + ")")
  private String approver;

  @Option(
      names = "--approver-key",
      paramLabel = "FILE",
      description = "the approver's key file (default: a DEMO key, in the demo alone)")
  private Path approverKey;

  @Option(
      names = "--approver-key-password",
      paramLabel = "FILE",
      description =
          "file with the password of the approver's key, one line (default: asked at the terminal)")
  private Path approverPassword;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "event time from which it is in force, such as 2026-03-02T01:00:00Z (default: soon, by"
              + " the clock's topic)")
  private Instant from;

  @Option(
      names = "--wait",
      defaultValue = "20",
      paramLabel = "SECONDS",
      description = "how long to wait for the engine's answers (default: ${DEFAULT-VALUE})")
  private int waitSeconds;

  final RuleDesk desk() {
    if (waitSeconds < 0 || waitSeconds > 600) {
      throw new ParameterException(
          spec.commandLine(), "--wait is " + waitSeconds + "; it must be 0 to 600 seconds");
    }
    return keys.broker().desk();
  }

  final KeyOptions keys() {
    return keys;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final boolean namesApprover() {
    return approver != null || approverKey != null;
  }

  final KeyOptions.Signatory approver() {
    return keys.signatory(
        "approver-key", approverKey, approverPassword, approver, DemoKeys.APPROVER);
  }

  /** Signs, as its approver, what its author has signed, writes it and waits. */
  final int complete(RuleDesk desk, RulePublication written) {
    KeyOptions.Signatory second = approver();
    RulePublication draft =
        RulePublication.newBuilder(written)
            .setApprover(second.person())
            .setEffectiveFrom(from(desk))
            .build();
    return write(desk, Signatures.sign(draft, second.signer()));
  }

  final Instant from(RuleDesk desk) {
    if (from != null) {
      return from;
    }
    EventClock clock = desk.clock();
    if (clock.at() == null) {
      throw new StackException("the clock has not ticked yet, so say --from TIME");
    }
    // Wall clock on purpose: how long ago the broker took the newest tick.
    return clock.soon(Instant.now());
  }

  final int write(RuleDesk desk, RulePublication publication) {
    if (publication.getStatus() != PublicationStatus.DRAFT) {
      SignatureCheck check = keys.signatures().verify(publication, publication.getEffectiveFrom());
      if (!check.holds()) {
        throw new StackException("nothing is published: " + check.sentence());
      }
    }
    RuleRecord record = desk.write(publication);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "published %s version %d %s from event time %s (%s)"
            .formatted(
                publication.getRuleId(),
                publication.getVersion(),
                publication.getStatus(),
                publication.getEffectiveFrom(),
                record.position()));
    if (publication.getStatus() == PublicationStatus.DRAFT) {
      json.write(Map.of("position", record.position(), "state", "DRAFT"));
      return 0;
    }
    Standing standing = desk.await(record, Duration.ofSeconds(waitSeconds));
    json.write(row(record, standing));
    standing.reasons().forEach(out::println);
    if (standing.failed()) {
      out.println(standing.word(publication.getStatus()) + ": in force nowhere");
      return 1;
    }
    if (!standing.isSettled()) {
      out.println(
          "no answer of every subtask within "
              + waitSeconds
              + " s (so far "
              + standing.taken()
              + "); does a job run? See zhifu rules status "
              + publication.getRuleId());
      return 1;
    }
    out.println(
        standing.isEverywhere()
            ? "taken by all %d subtasks, the last %d ms after it was written"
                .formatted(standing.subtasks(), lastAnswerMs(record, standing))
            : "nothing to do");
    return 0;
  }

  private static long lastAnswerMs(RuleRecord record, Standing standing) {
    return standing.answers().stream()
        .map(Answer::recordedAt)
        .mapToLong(at -> Duration.between(record.recordedAt(), at).toMillis())
        .max()
        .orElse(0);
  }

  private static Map<String, Object> row(RuleRecord record, Standing standing) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("ruleId", record.publication().getRuleId());
    row.put("version", record.publication().getVersion());
    row.put("status", record.publication().getStatus().name());
    row.put("effectiveFrom", record.publication().getEffectiveFrom().toString());
    row.put("position", record.position());
    row.put("state", standing.word(record.publication().getStatus()));
    row.put("subtasks", standing.subtasks());
    row.put("taken", standing.taken());
    row.put("lastAnswerMs", lastAnswerMs(record, standing));
    row.put("reasons", standing.reasons());
    return row;
  }
}
