package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholePageTest {
  private static final Path PUBLISHED = Path.of("../results");

  @TempDir Path folder;

  @Test
  void everyPublishedResultStandsOnThePageUnderItsCommand() throws IOException {
    WholePage page = WholePage.of(PUBLISHED);
    String html = page.html();

    assertThat(page.unread()).isEmpty();
    assertThat(page.size()).isGreaterThan(20);
    assertThat(html)
        .contains(
            "<svg",
            "zhifu bench engine",
            "zhifu bench critical-path",
            "zhifu bench caught",
            "zhifu bench recovery",
            "load ")
        .doesNotContain("<script", "http-equiv", "src=\"http");
    for (Path result : files(PUBLISHED)) {
      String name = result.getFileName().toString();
      if (name.endsWith(".md")) {
        boolean drawn =
            Pattern.compile("zhifu bench (engine|city|critical-path|caught|recovery|oracle|micro)")
                .matcher(Files.readString(result))
                .find();
        assertThat(html.contains(">" + name)).as(name).isEqualTo(!drawn);
      }
    }
    assertThat(html.indexOf("</html>")).isEqualTo(html.lastIndexOf("</html>")).isPositive();
    assertThat(html.split("<h1>")).as("one title").hasSize(2);
  }

  @Test
  void aResultThatCannotBeReadIsNamedAndTheOthersStand() throws IOException {
    Files.writeString(folder.resolve("engine-broken.json"), "{\"about\": {\"command\": ");
    Files.writeString(
        folder.resolve("money.md"),
        """
        # Money <simulated>

        `./zhifu bench money --seed 1`; load 2.7.

        | simulated | cases |
        |---|---|
        | refunds & <b>rest</b> | 100 |
        """);

    WholePage page = WholePage.of(folder);

    assertThat(page.size()).isOne();
    assertThat(page.unread()).containsOnlyKeys("engine-broken.json");
    assertThat(page.html())
        .contains(
            "engine-broken.json is not shown",
            "Money &lt;simulated&gt;",
            "./zhifu bench money --seed 1",
            "<td>refunds &amp; &lt;b&gt;rest&lt;/b&gt;</td>")
        .doesNotContain("<b>");
  }

  @Test
  void theOraclesTallyIsSaidInItsFigures() throws IOException {
    Files.writeString(
        folder.resolve("oracle.json"),
        """
        {"seed": 7, "histories": 1200, "differences": 0, "engine": {"size": 31}, "stock": {"size": 31},
         "language": {"size": 31}, "cells": [
           {"withHit": 12, "withRetraction": 0}, {"withHit": 9, "withRetraction": 5},
           {"withHit": 30, "withRetraction": 4}]}
        """);

    assertThat(WholePage.of(folder).html())
        .contains(
            "<td>histories<td>1,200",
            "<td>differences<td>0",
            "<td>least histories with a hit in a kind<td>9",
            "<td>least with a retraction in a kind that has any<td>4");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }
}
