package dev.zhifu.jobs.backtest;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Precision and recall of cases while the budget of accounts looked at grows. */
final class CurveChart {
  private static final int LEFT = 56;
  private static final int WIDE = 560;
  private static final int RIGHT = 250;
  private static final int HIGH = 240;
  private static final int TOP = 16;
  private static final List<Integer> MARKS = List.of(1, 10, 50, 100, 1000);

  private CurveChart() {}

  static String draw(String label, List<Budget> curve) {
    Svg svg = new Svg(LEFT + WIDE + RIGHT, TOP + HIGH + 44, label);
    for (int i = 0; i <= 4; i++) {
      double y = y(i / 4.0);
      svg.line(LEFT, y, LEFT + WIDE, y, "grid");
      svg.text(LEFT - 8, y + 4, "small end", String.format(Locale.ROOT, "%.2f", i / 4.0));
    }
    for (int mark : MARKS) {
      boolean budget = mark == 10 || mark == 50;
      svg.line(x(mark), TOP, x(mark), TOP + HIGH, budget ? "mark" : "grid");
      svg.text(x(mark), TOP + HIGH + 16, budget ? "label middle" : "small middle", "" + mark);
    }
    svg.text(
        LEFT + WIDE / 2.0,
        TOP + HIGH + 36,
        "small middle",
        "每万账户预警账户数 accounts alerted per 10,000 (log)");
    draw(svg, curve, budget -> budget.cases().recall(), "a", "案件召回率 case recall", 0);
    draw(
        svg,
        curve,
        budget -> budget.cases().precisionDecoysAside(),
        "c",
        "准确率(诱饵除外) P, decoys aside",
        2);
    draw(svg, curve, budget -> budget.cases().precision(), "b", "预警准确率 precision", 1);
    return svg.html();
  }

  private static void draw(
      Svg svg,
      List<Budget> curve,
      Function<Budget, Double> value,
      String look,
      String name,
      int row) {
    Budget before = null;
    for (Budget one : curve) {
      Double at = value.apply(one);
      if (at == null) {
        continue;
      }
      double x = x(one.perTenThousand());
      if (before != null) {
        svg.line(x(before.perTenThousand()), y(value.apply(before)), x, y(at), "curve " + look);
      }
      svg.dot(
          x,
          y(at),
          look,
          String.format(Locale.ROOT, "%s %.3f @ %.0f", name, at, one.perTenThousand()));
      before = one;
    }
    double legend = TOP + 10 + row * 22;
    svg.rect(LEFT + WIDE + 14, legend - 9, 12, 12, look, name);
    svg.text(LEFT + WIDE + 32, legend + 2, "small start", name);
  }

  private static double x(double perTenThousand) {
    return LEFT + WIDE * Math.log10(perTenThousand) / 3;
  }

  private static double y(double share) {
    return TOP + HIGH * (1 - share);
  }
}
