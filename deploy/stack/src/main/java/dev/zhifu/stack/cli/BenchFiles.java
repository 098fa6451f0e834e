package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.Runs;
import dev.zhifu.bench.report.Target;
import dev.zhifu.bench.report.TargetTable;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Where a benchmark's runs, page and table are kept: the full form with the sources, any other in
 * the state folder, so that a quick look never replaces what was published.
 */
final class BenchFiles {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "where the runs are kept, with a page (.html) and a table (.md) beside them (default: in"
              + " benchmarks/results for the full form, else in .zhifu/bench)")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write the page to FILE")
  private Path html;

  Path json(Layout layout, String bench, String form) {
    if (json != null) {
      return json.toAbsolutePath();
    }
    return form.equals("full")
        ? layout.benchResults().resolve(bench + ".json")
        : layout.defaultState().resolve("bench").resolve(bench + "-" + form + ".json");
  }

  /** Writes what was computed from the runs and shows the targets. */
  void report(Runs runs, Path file, String page, List<Target> targets, PrintWriter out)
      throws IOException {
    runs.put("targets", TargetTable.rows(runs, targets));
    runs.write(file);
    Path pageFile = page(file);
    Files.writeString(pageFile, page);
    Files.writeString(beside(file, ".md"), TargetTable.markdown(runs, targets));
    TargetTable.lines(runs, targets).forEach(out::println);
    out.println("runs: " + file);
    out.println("page: " + pageFile);
    out.flush();
  }

  Path page(Path file) {
    return html == null ? beside(file, ".html") : html.toAbsolutePath();
  }

  private static Path beside(Path file, String ending) {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    return file.resolveSibling(name + ending);
  }

  /** The runs of a file that was written for the same form, those that failed forgotten. */
  static Runs resumed(Path file, String form) {
    try {
      Runs runs = Runs.read(file);
      String before = runs.about().get("form");
      if (!form.equals(before)) {
        throw new StackException(
            "%s holds runs of form '%s', asked is '%s': name another --json or leave --resume out"
                .formatted(file, before, form));
      }
      runs.forgetFailed();
      return runs;
    } catch (IOException e) {
      throw new StackException(file + " cannot be gone on with: " + e.getMessage(), e);
    }
  }
}
