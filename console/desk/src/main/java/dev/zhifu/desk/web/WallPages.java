package dev.zhifu.desk.web;

import dev.zhifu.desk.view.BankPages;
import dev.zhifu.desk.view.Wall;
import dev.zhifu.desk.words.Words;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command view and the weekly report. */
final class WallPages extends PageKit {

  WallPages(Desk desk) {
    super(desk);
  }

  void wall(Context ctx) {
    render(ctx, "wall.jte", Map.of("figures", desk.wall().figures()));
  }

  void numbers(Context ctx) {
    render(ctx, "wallNumbers.jte", Map.of("figures", desk.wall().figures()));
  }

  /** What the charts draw. */
  void charts(Context ctx) {
    Words words = words(ctx);
    Wall.Figures figures = desk.wall().figures();
    List<String> banks = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    List<Double> longest = new ArrayList<>();
    for (BankPages.BankLine line : figures.banks()) {
      banks.add(line.bank().name());
      medians.add(Math.max(0, line.medianSeconds()));
      longest.add(Math.max(0, line.longestSeconds()));
    }
    List<String> levels = new ArrayList<>();
    List<Long> reached = new ArrayList<>();
    for (Wall.Level level : figures.levels()) {
      levels.add(words.t("contactLevel." + level.level()));
      reached.add(level.closed());
    }
    ctx.json(
        Map.of(
            "banks",
            Map.of(
                "names", banks,
                "median", medians,
                "longest", longest,
                "words", List.of(words.t("banks.median"), words.t("banks.longest"))),
            "clocks",
            Map.of(
                "names",
                List.of(
                    words.t("wall.under", 1),
                    words.t("wall.between", 1, 3),
                    words.t("wall.between", 3, 5),
                    words.t("wall.over", 5)),
                "values",
                figures.clocks()),
            "levels",
            Map.of("names", levels, "values", reached)));
  }

  void weekly(Context ctx) {
    Words words = words(ctx);
    List<Wall.Weekly> lines = desk.wall().weekly();
    Map<String, String> names = new HashMap<>();
    lines.forEach(
        line ->
            names.computeIfAbsent(
                line.ruleId(), id -> desk.rules().newest(id).name(words.isChinese())));
    render(
        ctx, "weekly.jte", Map.of("lines", lines, "names", names, "until", desk.engine().tick()));
  }
}
