package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Every published benchmark on one page that needs nothing else: what was measured by which command
 * on which machine under which load, then each with its tables and charts. Nothing is computed anew
 * but the pages of runs: a folder of results goes in, JSON where there is any, else Markdown.
 */
public final class WholePage {
  /** Sections in the order in which a reader asks; a result belongs to the first that it begins. */
  private static final List<String> ORDER =
      List.of(
          "critical-path",
          "path",
          "soak",
          "engine",
          "city",
          "rule-changes",
          "micro",
          "oracle",
          "trace",
          "money",
          "recovery",
          "caught",
          "network",
          "naive",
          "backtest",
          "gateway",
          "desk",
          "audit");

  /** Benches whose runs have a page of their own, which says more than their Markdown. */
  private static final Set<String> DRAWN =
      Set.of("engine", "city", "critical-path", "caught", "recovery", "oracle", "micro");

  private static final Pattern FIRST_HEADING = Pattern.compile("(?m)^# (.+)$");
  private static final Pattern COMMAND = Pattern.compile("`\\.?/?((?:zhifu|mvn) [^`]+)`");
  private static final Pattern BENCH = Pattern.compile("zhifu bench ([a-z-]+)");
  private static final Pattern VERDICT = Pattern.compile("class=\"(met|missed)\"");

  /**
   * One result.
   *
   * @param file its name in the folder
   * @param command what made it; empty where the file does not say
   * @param machine on what, with the load; empty where the file does not say
   */
  record Part(String file, String title, String command, String machine, String body) {
    long targets(String verdict) {
      return VERDICT.matcher(body).results().filter(m -> m.group(1).equals(verdict)).count();
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> unread = new LinkedHashMap<>();

  private WholePage() {}

  /**
   * Reads a folder of results.
   *
   * @throws IOException when the folder cannot be listed; a file that cannot be read is named in
   *     {@link #unread()}
   */
  public static WholePage of(Path folder) throws IOException {
    WholePage page = new WholePage();
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .sorted(
                  Comparator.comparing((Path file) -> place(name(file)))
                      .thenComparing(WholePage::name))
              .toList();
      for (Path file : files) {
        page.take(file);
      }
    }
    return page;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static int place(String name) {
    for (int i = 0; i < ORDER.size(); i++) {
      if (name.startsWith(ORDER.get(i))) {
        return i;
      }
    }
    return ORDER.size();
  }

  private void take(Path file) {
    try {
      if (name(file).endsWith(".json")) {
        json(file);
      } else if (name(file).endsWith(".md")) {
        markdown(file);
      }
    } catch (IOException | RuntimeException e) {
      unread.put(name(file), String.valueOf(e.getMessage()));
    }
  }

  private void json(Path file) throws IOException {
    String page = page(file);
    if (!page.isEmpty()) {
      JsonNode about = new ObjectMapper().readTree(file.toFile()).path("about");
      parts.add(
          new Part(
              name(file),
              between(page, "<h1>", "</h1>").replaceFirst("^Zhifu: ", ""),
              about.path("command").asText(),
              about.path("machine").asText(),
              between(page, "</h1>", "</html>")
                  .replace("<h3", "<h4")
                  .replace("<h2", "<h3")
                  .replace("</h3>", "</h4>")
                  .replace("</h2>", "</h3>")));
    }
  }

  /** The page of a file of runs; empty for one that has none, whose Markdown is taken instead. */
  private static String page(Path file) throws IOException {
    JsonNode document = new ObjectMapper().readTree(file.toFile());
    if (name(file).startsWith("micro")) {
      return MicroPage.of(file, Map.of());
    }
    if (document.has("cells")) {
      return oracle(document);
    }
    Matcher bench = BENCH.matcher(document.path("about").path("command").asText());
    if (!bench.find()) {
      return "";
    }
    return switch (bench.group(1)) {
      case "engine" -> Page.of(Runs.read(file));
      case "city" -> Page.ofCity(Runs.read(file));
      case "critical-path" -> PathPage.of(Runs.read(file));
      case "caught" -> CaughtReport.of(Runs.read(file)).html();
      case "recovery" -> RecoveryReport.of(Runs.read(file)).html();
      default -> "";
    };
  }

  private static String oracle(JsonNode tally) {
    long leastHit = Long.MAX_VALUE;
    long leastRetraction = Long.MAX_VALUE;
    int cells = 0;
    for (JsonNode cell : tally.path("cells")) {
      cells++;
      leastHit = Math.min(leastHit, cell.path("withHit").asLong());
      long retracted = cell.path("withRetraction").asLong();
      leastRetraction = retracted == 0 ? leastRetraction : Math.min(leastRetraction, retracted);
    }
    return Page.head("bench oracle: the engine against two oracles")
        + "<table><tr><th>figure<th>value"
        + row("seed", tally.path("seed").asLong())
        + row("histories", tally.path("histories").asLong())
        + row("hits of the engine", tally.path("engine").path("size").asLong())
        + row("hits of stock CEP", tally.path("stock").path("size").asLong())
        + row("hits of the language's matcher", tally.path("language").path("size").asLong())
        + row("differences", tally.path("differences").asLong())
        + row("kinds of operator, strategy and disturbance", cells)
        + row("least histories with a hit in a kind", cells == 0 ? 0 : leastHit)
        + row(
            "least with a retraction in a kind that has any",
            leastRetraction == Long.MAX_VALUE ? 0 : leastRetraction)
        + "</table></html>\n";
  }

  private static String row(String what, long value) {
    return String.format(Locale.ROOT, "<tr><td>%s<td>%,d", what, value);
  }

  private void markdown(Path file) throws IOException {
    String text = Files.readString(file);
    Matcher heading = FIRST_HEADING.matcher(text);
    boolean headed = heading.find();
    Matcher bench = BENCH.matcher(text);
    if (bench.find() && DRAWN.contains(bench.group(1))) {
      return;
    }
    Matcher command = COMMAND.matcher(text);
    List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
    String body =
        HtmlRenderer.builder()
            .extensions(tables)
            .escapeHtml(true)
            .build()
            .render(
                Parser.builder()
                    .extensions(tables)
                    .build()
                    .parse(headed ? heading.replaceFirst("") : text));
    parts.add(
        new Part(
            name(file),
            headed ? heading.group(1) : name(file).replaceFirst("\\.md$", ""),
            command.find() ? command.group(1) : "",
            "",
            body));
  }

  private static String between(String page, String from, String to) {
    int begin = page.indexOf(from) + from.length();
    return page.substring(begin, page.indexOf(to, begin));
  }

  /** How many results it shows. */
  public int size() {
    return parts.size();
  }

  /** Files that could not be shown, each with why. */
  public Map<String, String> unread() {
    return Map.copyOf(unread);
  }

  /** The page. */
  public String html() {
    StringBuilder html = new StringBuilder(Page.head("every benchmark"));
    html.append("<p>Each figure was measured by the command under its heading, on the machine and")
        .append(" under the load that it names; nothing on this page is typed in.</p>")
        .append("<table><tr><th>result<th>targets met<th>missed<th>file");
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      long met = part.targets("met");
      long missed = part.targets("missed");
      html.append("<tr><td><a href=\"#r")
          .append(i)
          .append("\">")
          .append(Page.text(part.title()))
          .append("</a><td>")
          .append(met + missed == 0 ? "" : String.valueOf(met))
          .append("<td>")
          .append(met + missed == 0 ? "" : String.valueOf(missed))
          .append("<td>")
          .append(Page.text(part.file()));
    }
    html.append("</table>");
    unread.forEach(
        (file, why) ->
            html.append("<p class=\"missed\">")
                .append(Page.text(file + " is not shown: " + why))
                .append("</p>"));
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      html.append("<h2 id=\"r")
          .append(i)
          .append("\">")
          .append(Page.text(part.title()))
          .append("</h2><p class=\"note\">")
          .append(Page.text(part.file()));
      if (!part.command().isEmpty()) {
        html.append(" · ./").append(Page.text(part.command()));
      }
      if (!part.machine().isEmpty()) {
        html.append(" · ").append(Page.text(part.machine()));
      }
      html.append("</p>").append(part.body());
    }
    return html.append("</html>\n").toString();
  }
}
