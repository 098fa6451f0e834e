package dev.zhifu.stack.cli;

import dev.zhifu.rules.lives.directory.Directories;
import dev.zhifu.stack.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu directories}: institutions and dispatch contacts. */
@Command(
    name = "directories",
    description = "Institutions with their duty desks, and who is sent or called.",
    mixinStandardHelpOptions = true,
    subcommands = DirectoriesCommand.Check.class)
final class DirectoriesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: check");
  }

  @Command(
      name = "check",
      description =
          "Names every fault of both files, and every entry that nobody may reach at some time of"
              + " the day; exit code 1 when there is one.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(
        names = "--institutions",
        paramLabel = "FILE",
        description = "institutions (default: deploy/directories/institutions.yaml)")
    private Path institutions;

    @Option(
        names = "--dispatch",
        paramLabel = "FILE",
        description = "dispatch contacts (default: deploy/directories/dispatch.yaml)")
    private Path dispatch;

    @Override
    public Integer call() {
      Path first = file("--institutions", institutions, "institutions.yaml");
      Path second = file("--dispatch", dispatch, "dispatch.yaml");
      List<String> problems = Directories.problems(first, second);
      json.write(Map.of("problems", problems));
      problems.forEach(line -> Commands.say(spec, line));
      Commands.say(
          spec,
          problems.isEmpty()
              ? "both directories can be used and every entry is reached at every hour"
              : problems.size() + " problem(s)");
      return problems.isEmpty() ? 0 : 1;
    }

    private Path file(String option, Path given, String name) {
      Path file =
          given == null ? Layout.find().home().resolve("deploy/directories").resolve(name) : given;
      Commands.require(spec, Files.isReadable(file), option, file, "a file that can be read");
      return file;
    }
  }
}
