package dev.zhifu.stack.cli;

import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.DeadLetter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu deadletters}: what the engine turned away. */
@Command(
    name = "deadletters",
    description = "Records that the engine turned away, with the reason and the bytes.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadLettersCommand.ListAll.class,
      DeadLettersCommand.Show.class,
      ReplayCommand.class
    })
final class DeadLettersCommand implements Runnable {
  private static final String TOPIC = "dead.letters";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: list, show or replay");
  }

  @Command(
      name = "list",
      description = "One line each, the oldest first.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private RulesBroker source;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(
        names = "--last",
        defaultValue = "50",
        paramLabel = "N",
        description = "how many of the newest (default: ${DEFAULT-VALUE})")
    private int last;

    @Override
    public Integer call() {
      if (last < 1) {
        throw new ParameterException(
            spec.commandLine(), "--last is " + last + "; it must be at least 1");
      }
      List<DeadLetter> all = letters(source);
      List<DeadLetter> shown = all.subList(Math.max(0, all.size() - last), all.size());
      PrintWriter out = spec.commandLine().getOut();
      shown.forEach(
          letter ->
              out.printf(
                  "%-28s %-22s %6d bytes  %s%n",
                  letter.getDeadLetterId(),
                  letter.getReason(),
                  letter.getValue().remaining(),
                  letter.getExplanation()));
      out.println(shown.size() + " of " + all.size() + " dead letters");
      json.write(
          Map.of(
              "total",
              all.size(),
              "letters",
              shown.stream().map(DeadLettersCommand::row).toList()));
      return 0;
    }
  }

  @Command(name = "show", description = "One of them, whole.", mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private RulesBroker source;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "topic:partition:offset, as list prints it")
    private String id;

    @Override
    public Integer call() {
      DeadLetter letter =
          letters(source).stream()
              .filter(candidate -> candidate.getDeadLetterId().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "no dead letter '" + id + "'; see zhifu deadletters list"));
      PrintWriter out = spec.commandLine().getOut();
      row(letter).forEach((name, value) -> out.printf("%-12s %s%n", name, value));
      json.write(row(letter));
      return 0;
    }
  }

  private static List<DeadLetter> letters(RulesBroker source) {
    try (TopicReader reader = source.reader("operator")) {
      return reader.readAll(List.of(TOPIC), DeadLetter.class);
    }
  }

  private static Map<String, Object> row(DeadLetter letter) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", letter.getDeadLetterId());
    row.put("topic", letter.getTopic());
    row.put("partition", letter.getPartition());
    row.put("offset", letter.getOffset());
    row.put("recordedAt", letter.getRecordedAt().toString());
    row.put("reason", letter.getReason().toString());
    row.put("explanation", letter.getExplanation());
    row.put("key", hex(letter.getKey()));
    row.put("value", hex(letter.getValue()));
    return row;
  }

  private static String hex(ByteBuffer bytes) {
    if (bytes == null) {
      return "";
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
