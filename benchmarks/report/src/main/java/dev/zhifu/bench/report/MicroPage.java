package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JMH's JSON as one page. */
public final class MicroPage {
  private MicroPage() {}

  /**
   * The page.
   *
   * @param json written by JMH
   * @param about what stands under the figure
   */
  public static String of(Path json, Map<String, String> about) throws IOException {
    Map<String, JsonNode> cases = new LinkedHashMap<>();
    for (JsonNode each : new ObjectMapper().readTree(json.toFile())) {
      String name = each.path("benchmark").asText().replaceFirst(".*\\.", "");
      StringBuilder words = new StringBuilder(name);
      each.path("params")
          .fields()
          .forEachRemaining(
              e -> words.append(", ").append(e.getValue().asText()).append(' ').append(e.getKey()));
      cases.put(words.toString(), each.path("primaryMetric"));
    }
    double most = cases.values().stream().mapToDouble(MicroPage::score).max().orElse(1);
    StringBuilder html = new StringBuilder(Page.head("bench micro: conditions and pre-filter"));
    html.append("<figure>")
        .append(Bars.of(List.copyOf(cases.keySet()), name -> score(cases.get(name)), most))
        .append("</figure><table><tr><th>case<th>ns an event<th>± (99.9 %)");
    cases.forEach(
        (name, metric) ->
            html.append("<tr><td>")
                .append(Page.text(name))
                .append(
                    String.format(
                        Locale.ROOT,
                        "<td>%,.0f<td>%s",
                        score(metric),
                        metric.path("scoreError").isNumber()
                            ? "%,.0f".formatted(metric.path("scoreError").asDouble())
                            : "")));
    html.append("</table><p class=\"note\">");
    about.forEach(
        (name, value) ->
            html.append(Page.text(name)).append(": ").append(Page.text(value)).append(" · "));
    return html.append("</p></html>\n").toString();
  }

  private static double score(JsonNode metric) {
    return metric.path("score").asDouble();
  }
}
