package dev.zhifu.desk.web;

import dev.zhifu.desk.export.Sheet;
import dev.zhifu.desk.export.Sheet.Yuan;
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
    render(
        ctx,
        "weekly.jte",
        Map.of("sheet", weekly(desk, words(ctx)), "until", desk.engine().tick()));
  }

  /** The weekly report as page and file show it. */
  static Sheet weekly(Desk desk, Words words) {
    Map<String, String> townships = new HashMap<>();
    desk.warnings().townships().forEach(one -> townships.put(one.id(), one.name()));
    List<List<Object>> rows = new ArrayList<>();
    for (Wall.Weekly line : desk.wall().weekly()) {
      rows.add(
          List.of(
              line.ruleId() + " " + desk.rules().newest(line.ruleId()).name(words.isChinese()),
              cell(words, line.region(), words.orElse("region." + line.region(), line.region())),
              cell(
                  words, line.township(), townships.getOrDefault(line.township(), line.township())),
              cell(words, line.ages(), words.orElse("ages." + line.ages(), line.ages())),
              cell(words, line.group(), words.orElse("group." + line.group(), line.group())),
              line.victims(),
              new Yuan(line.fen())));
    }
    return new Sheet(
        words.t("menu.WEEKLY"),
        words.t("export.made", words.full(desk.engine().tick()), desk.environment()),
        List.of(
            words.t("weekly.typology"),
            words.t("weekly.region"),
            words.t("weekly.township"),
            words.t("weekly.ages"),
            words.t("weekly.group"),
            words.t("weekly.victims"),
            words.t("weekly.money")),
        rows);
  }

  private static String cell(Words words, String code, String text) {
    return code.isEmpty()
        ? words.t("weekly.unknown")
        : code.equals("*") ? words.t("weekly.folded") : text;
  }
}
