package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.bench.report.WholePage;
import dev.zhifu.stack.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench report}: one page of every kept result. */
@Command(
    name = "report",
    description = "one HTML page of every kept result, with its command, machine and load.",
    mixinStandardHelpOptions = true)
final class BenchReportCommand implements Callable<Integer> {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "folder of results (default: benchmarks/results)")
  private Path results;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "where the page goes (default: .zhifu/bench/report.html)")
  private Path html;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Path folder = results == null ? layout.benchResults() : results;
    require(spec, Files.isDirectory(folder), "--results", folder, "a folder of kept results");
    WholePage page = WholePage.of(folder);
    require(
        spec,
        page.size() > 0,
        "--results",
        folder,
        "a folder with results of ./zhifu bench …, as JSON or Markdown");
    Path file = html == null ? layout.defaultState().resolve("bench").resolve("report.html") : html;
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page.html());
    PrintWriter out = spec.commandLine().getOut();
    page.unread().forEach((name, why) -> out.println(name + " is not shown: " + why));
    out.println(page.size() + " results: " + file.toAbsolutePath());
    out.flush();
    return 0;
  }
}
