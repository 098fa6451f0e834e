package dev.zhifu.rules.language;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in plain text what a rule looks for, for {@code rules explain}. */
public final class RuleExplainer {
  private RuleExplainer() {}

  /**
   * The explanation of one rule.
   *
   * @param result a result without faults
   * @return several lines, each ended
   */
  public static String explain(RuleResult result) {
    Rule rule = result.rule();
    RuleSheet sheet = result.sheet();
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%s version %d (%s): %s / %s",
        rule.id(),
        rule.version(),
        word(sheet.status()),
        rule.nameZh(),
        rule.nameEn());
    line(out, "  %s", rule.plainZh());
    line(out, "  %s", rule.plainEn());
    line(out, "");
    line(
        out,
        "Matched per %s; its hits are about the %s; %s",
        word(rule.keyKind()),
        word(rule.subject()),
        window(rule));
    for (int i = 0; i < rule.steps().size(); i++) {
      step(out, i, rule.steps().get(i), sheet.steps().get(i));
    }
    thresholds(out, sheet.parameters());
    verdict(out, rule, sheet);
    sources(out, rule, sheet);
    return out.toString();
  }

  private static String window(Rule rule) {
    boolean oneEvent = rule.steps().size() == 1 && rule.steps().get(0).timesMax() == 1;
    return oneEvent
        ? "one event is enough."
        : "all within " + Durations.format(rule.withinMs()) + " of the first event.";
  }

  private static void step(StringBuilder out, int index, Step step, RuleSheet.StepText text) {
    line(
        out,
        "  %d. %s: %s %s%s",
        index + 1,
        step.name(),
        how(step),
        String.join(" or ", text.kinds()),
        often(step));
    if (!text.where().isEmpty()) {
      line(out, "       where %s", text.where().replaceAll("\\s+", " "));
    }
    if (text.defaultPhase()) {
      line(out, "       (the first of awaiting and completed)");
    }
    if (step.withinPreviousMs() > 0) {
      line(
          out,
          "       at most %s after the event before",
          Durations.format(step.withinPreviousMs()));
    }
  }

  private static String how(Step step) {
    return switch (step.contiguity()) {
      case BEGIN -> "starts with";
      case NEXT -> "then, as the very next event,";
      case FOLLOWED_BY -> "then the first";
      case FOLLOWED_BY_ANY -> "then any";
      case NOT_NEXT -> "and the very next event is no";
      case NOT_FOLLOWED_BY -> "and until then no";
    };
  }

  private static String often(Step step) {
    if (step.timesMax() == 1) {
      return step.optional() ? ", if there is one" : "";
    }
    String times =
        step.timesMin() == step.timesMax()
            ? step.timesMax() + " times"
            : step.timesMin() + " to " + step.timesMax() + " times";
    return ", "
        + times
        + (step.consecutive() ? " without gap" : "")
        + (step.optional() ? ", or not at all" : "");
  }

  private static void thresholds(StringBuilder out, List<RuleSheet.Parameter> parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    line(out, "");
    line(out, "Thresholds");
    for (RuleSheet.Parameter parameter : parameters) {
      String grade =
          parameter.published() ? "published: " + parameter.source() : "engineering default";
      line(
          out,
          "  params.%s = %s %s (%s)",
          parameter.name(),
          parameter.written(),
          parameter.unit(),
          grade);
    }
  }

  private static void verdict(StringBuilder out, Rule rule, RuleSheet sheet) {
    line(out, "");
    line(
        out,
        "Weight %s (%s); actions %s; reason %s",
        rule.weight(),
        sheet.strength().word(),
        rule.actions(),
        rule.reasonCode());
    if (!sheet.proposals().isEmpty()) {
      line(
          out,
          "  of these %s have no output yet and are shown in the case only",
          sheet.proposals());
    }
    line(
        out,
        "Monotone: %s",
        rule.monotone()
            ? "yes, no later or late event can undo a hit"
            : "no, a later or late event can retract a hit");
    if (rule.keepsAll()) {
      line(out, "Keeps every event of %s for keys under way: contiguity needs them", words(rule));
    }
    if (sheet.withheld()) {
      line(
          out,
          "Withheld hits: its skip strategy and compared steps can hold a finished match back, and retract it");
    }
    line(
        out,
        "Partial matches: at most %d per key after %d events",
        rule.worstPartials(),
        WorstPartials.EVENTS);
    line(
        out,
        "Features: %s",
        rule.features().isEmpty()
            ? "none"
            : rule.features().stream().sorted().collect(Collectors.joining(", ")));
  }

  private static String words(Rule rule) {
    return rule.over().stream().map(EventKind::word).sorted().collect(Collectors.joining(", "));
  }

  private static void sources(StringBuilder out, Rule rule, RuleSheet sheet) {
    line(out, "");
    line(out, "Signals");
    for (RuleSheet.StepText step : sheet.steps()) {
      step.signals()
          .forEach(
              signal -> line(out, "  %s: %s (%s)", step.name(), signal.signal(), signal.source()));
    }
    sheet
        .dropped()
        .forEach(dropped -> line(out, "  left out: %s (%s)", dropped.step(), dropped.reason()));
    line(out, "Basis");
    sheet
        .basis()
        .forEach(
            basis ->
                line(
                    out,
                    "  %s%s",
                    basis.source(),
                    basis.grade().isEmpty() ? "" : " [" + basis.grade() + "]"));
    line(out, "Text %s", rule.textSha256());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
