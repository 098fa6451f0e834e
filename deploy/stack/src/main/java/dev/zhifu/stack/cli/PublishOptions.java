package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.lives.Answer;
import dev.zhifu.stack.lives.EventClock;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleRecord;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What publish, shadow, withdraw and rollback share: who, why, from when, and waiting. */
final class PublishOptions {
  @Mixin private RulesBroker broker;
  @Mixin private JsonOption json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--author",
      defaultValue = DemoKeys.AUTHOR,
      paramLabel = "ID",
      description = "who wrote it; signs with a DEMO key (default: ${DEFAULT-VALUE})")
  private String author;

  @Option(
      names = "--approver",
      defaultValue = DemoKeys.APPROVER,
      paramLabel = "ID",
      description = "who approves it, another person; a DEMO key (default: ${DEFAULT-VALUE})")
  private String approver;

  @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "why")
  private String reason;

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

  RuleDesk desk() {
    if (waitSeconds < 0 || waitSeconds > 600) {
      throw new ParameterException(
          spec.commandLine(), "--wait is " + waitSeconds + "; it must be 0 to 600 seconds");
    }
    return broker.desk();
  }

  /** Signs, writes and waits; answers the exit code. */
  int publish(RuleDesk desk, RuleText rule, PublicationStatus status) {
    String by = status == PublicationStatus.DRAFT ? null : approver;
    return write(desk, signed(rule, status, from(desk), new People(author, by, reason)));
  }

  /** Withdraws what {@code newest} published. */
  int withdraw(RuleDesk desk, RulePublication newest) {
    RuleText rule = new RuleText(newest.getRuleId(), newest.getVersion(), newest.getDocument());
    People people = new People(newest.getAuthor(), approver, reason);
    return write(desk, signed(rule, PublicationStatus.WITHDRAWN, from(desk), people));
  }

  private static RulePublication signed(
      RuleText rule, PublicationStatus status, Instant from, People people) {
    try {
      return RuleDesk.signed(rule, status, from, people);
    } catch (CryptoException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  private Instant from(RuleDesk desk) {
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

  private int write(RuleDesk desk, RulePublication publication) {
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
