package dev.zhifu.stack.cli;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.lives.PublicationFile;
import dev.zhifu.stack.lives.RuleArchive;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code zhifu rules publish|shadow|complete|withdraw|rollback}: changes rules while the job runs.
 */
final class PublishCommands {
  private PublishCommands() {}

  /** Puts these and the reading ones beside what the rules command does without a cluster. */
  static void addTo(CommandLine rules) {
    rules
        .addSubcommand(new Publish())
        .addSubcommand(new Shadow())
        .addSubcommand(new Complete())
        .addSubcommand(new Withdraw())
        .addSubcommand(new Rollback())
        .addSubcommand(new RuleHistoryCommand())
        .addSubcommand(new RuleStatusCommand());
  }

  /** Which rule file, and how strictly it is looked at here. */
  static final class RuleFile {
    @Parameters(
        paramLabel = "RULE",
        description = "a rule file, its folder, or a rule of the catalogue such as T02")
    private String rule;

    @Option(
        names = "--next-version",
        description = "number it one above the highest version published so far")
    private boolean nextVersion;

    @Option(
        names = "--unchecked",
        description = "leave it to the engine to find faults in the file")
    private boolean unchecked;

    RuleText text(RuleDesk desk) {
      RuleText text = RuleText.read(RulesBroker.file(rule));
      if (nextVersion) {
        text = text.as(desk.archive().highestVersion(text.ruleId()) + 1);
      }
      return unchecked ? text : text.checked();
    }
  }

  @Command(
      name = "publish",
      description = "Puts a rule in force: its author and, another person, its approver sign it.",
      mixinStandardHelpOptions = true)
  static final class Publish implements Callable<Integer> {
    @Mixin private RuleFile file;
    @Mixin private PublishOptions options;

    @Option(names = "--draft", description = "only put it on record; it is in force nowhere")
    private boolean draft;

    @Override
    public Integer call() {
      try (RuleDesk desk = options.desk()) {
        return options.publish(
            desk, file.text(desk), draft ? PublicationStatus.DRAFT : PublicationStatus.LIVE);
      }
    }
  }

  @Command(
      name = "shadow",
      description = "Puts a rule in shadow: it hits, and its hits have no voice.",
      mixinStandardHelpOptions = true)
  static final class Shadow implements Callable<Integer> {
    @Mixin private RuleFile file;
    @Mixin private PublishOptions options;

    @Override
    public Integer call() {
      try (RuleDesk desk = options.desk()) {
        return options.publish(desk, file.text(desk), PublicationStatus.SHADOW);
      }
    }
  }

  @Command(
      name = "complete",
      description =
          "Signs, as its approver, what its author has signed into a file with --into, and publishes it.",
      mixinStandardHelpOptions = true)
  static final class Complete implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "what publish, shadow or rollback wrote")
    private Path file;

    @Option(
        names = "--look",
        description = "only show what would be signed: the rule's text, its author, the reason")
    private boolean look;

    @Mixin private Publishing options;

    @Override
    public Integer call() {
      RulePublication written = PublicationFile.read(file);
      if (written.getStatus() != PublicationStatus.LIVE
          && written.getStatus() != PublicationStatus.SHADOW) {
        throw new StackException(
            file + " asks for " + written.getStatus() + "; an approver completes LIVE or SHADOW");
      }
      PrintWriter out = options.out();
      out.println(
          "%s version %d as %s, written by %s (key %s): %s"
              .formatted(
                  written.getRuleId(),
                  written.getVersion(),
                  written.getStatus(),
                  written.getAuthor(),
                  written.getAuthorKeyId(),
                  written.getReason()));
      if (look) {
        out.println(written.getDocument());
        return 0;
      }
      try (RuleDesk desk = options.desk()) {
        return options.complete(desk, written);
      }
    }
  }

  @Command(
      name = "withdraw",
      description = "Ends the version of a rule that is in force.",
      mixinStandardHelpOptions = true)
  static final class Withdraw implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "id of the rule such as T02")
    private String ruleId;

    @Mixin private ApproveOptions options;

    @Override
    public Integer call() {
      try (RuleDesk desk = options.desk()) {
        return options.withdraw(desk, ruleId);
      }
    }
  }

  @Command(
      name = "rollback",
      description = "Publishes the text of an earlier version as a new one.",
      mixinStandardHelpOptions = true)
  static final class Rollback implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "id of the rule such as T02")
    private String ruleId;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "VERSION",
        description = "the earlier version, as history shows it")
    private int version;

    @Mixin private PublishOptions options;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      try (RuleDesk desk = options.desk()) {
        RuleArchive archive = desk.archive();
        int highest = archive.highestVersion(ruleId);
        if (version < 1 || version >= highest) {
          throw new ParameterException(
              spec.commandLine(),
              "--to is "
                  + version
                  + "; it must be an earlier version than the newest, which is "
                  + highest);
        }
        RulePublication earlier = archive.version(ruleId, version);
        RuleText text = RuleText.of(ruleId, earlier.getDocument()).as(highest + 1);
        return options.publish(desk, text.checked(), PublicationStatus.LIVE);
      }
    }
  }

  static RulePublication inForce(RuleArchive archive, String ruleId) {
    return archive
        .newest(ruleId)
        .map(record -> record.publication())
        .filter(publication -> publication.getStatus() != PublicationStatus.WITHDRAWN)
        .orElseThrow(
            () ->
                new StackException(
                    "no version of " + ruleId + " is in force; see zhifu rules status"));
  }
}
