package dev.zhifu.rules.lives;

import dev.zhifu.rules.lives.desk.Ahead;
import dev.zhifu.rules.lives.desk.Duties;
import dev.zhifu.rules.lives.desk.Duty;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.wire.LifeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints {@code docs/lives.md} from the tables that decide; a test fails when it is stale. Pages
 * and papers print single tables with it.
 */
public final class LifeDocs {

  private LifeDocs() {}

  /** The text of {@code docs/lives.md}. */
  static String lives() {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.join(
            "\n",
            "# Lives",
            "",
            "Generated from the tables of `rules/lives` by `LifeDocsTest`; do not edit. Each table can be read beside the law: from a state, on an",
            "event, if every guard is established, by a person of one of the roles, to a state, with effects and clocks. The first row whose",
            "guard holds applies. What nobody has established does not hold; what no row allows does not happen, and the refusal names the",
            "rule, its clause, the value that breaks it and the way out. Nothing moves by itself but what a message, a clock or our own",
            "following step brings about.",
            "",
            marks(),
            "A clause marked *as quoted by others, text not read* was not read in its own text; *our own rule, not law* is a default of ours.",
            "Neither is shown to a user as law.",
            ""));
    Lives.all().forEach(table -> parts.add(section(table)));
    parts.add(
        String.join(
            "\n",
            "\n",
            "## Warnings ahead of an end 到期提醒",
            "",
            "Each end of a term is warned of while nothing has been done (alarm `TERM_NEAR`, all our own). Ends of stops, freezes and victim",
            "holds are warned of by `END_NEAR` in their tables. No warning goes ahead of what is itself a reminder or a level of an escalation:",
            "`REMINDER_DUE`, `ANSWER_LATE`, `PRINT_LATE`, `SERVE_LATE`, `RETRY_DUE`, `TRIES_SPENT`, `EXTENSION_UNANSWERED`.",
            "",
            warnings(),
            "## Duties of a shift 交接事项",
            "",
            "What a hand-over names until it is done, by the state alone: a clock that has rung leaves no trace in a life. Ends of terms stand",
            "beside it by their clocks. Of a freeze the part that is due for release is a duty too (`REST_TO_SIGN`, `REST_AT_BANK`), whatever its",
            "state. A release lasts until the bank's word that it lifted, or the end of the restriction; a request is one once a report is",
            "accepted, a handed over case until the other body confirms, a refund's notice once its days are over.",
            "",
            duties(),
            "## Alarms 告警",
            "",
            "What a person must look at stands on `recovery.alarms`, and at the desk on the case and in the list of alarms, whichever job saw it.",
            "Terms marked as our own service level are no law.",
            "",
            alarms()));
    return String.join("\n", parts);
  }

  private static String marks() {
    List<List<String>> rows =
        Arrays.stream(Trigger.values())
            .map(
                trigger ->
                    List.of(
                        trigger.mark().isBlank() ? "—" : trigger.mark().strip(),
                        trigger.words().chinese(),
                        trigger.words().english()))
            .toList();
    return table(List.of("mark", "中文", "means"), rows);
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      String section(LifeTable<S, E, F, X> life) {
    return String.join(
        "\n",
        "## " + capital(life.name().english()) + " " + life.name().chinese(),
        "",
        states(life),
        transitions(life),
        diagram(life),
        "Guards:",
        "",
        guards(life));
  }

  private static String warnings() {
    return table(
        List.of("life", "end", "warned of ahead by"),
        Arrays.stream(LifeKind.values())
            .flatMap(kind -> Ahead.ends(kind).stream().map(end -> warning(kind, end)))
            .toList());
  }

  private static String duties() {
    return table(
        List.of("duty", "中文", "means", "states"),
        Arrays.stream(Duty.values())
            .map(
                duty ->
                    List.of(
                        duty.name(),
                        duty.words().chinese(),
                        duty.words().english(),
                        orDash(states(duty))))
            .toList());
  }

  private static String states(Duty duty) {
    return Lives.kinds().entrySet().stream()
        .flatMap(
            one ->
                one.getValue().states().stream()
                    .map(Enum::name)
                    .filter(state -> Duties.of(one.getKey(), state).equals(Optional.of(duty)))
                    .map(state -> one.getKey() + "." + state))
        .collect(Collectors.joining(", "));
  }

  private static List<String> warning(LifeKind kind, String end) {
    return List.of(
        kind.name(),
        end,
        Ahead.of(kind, end).stream().map(LifeDocs::length).collect(Collectors.joining(", ")));
  }

  private static String length(Duration ahead) {
    return ahead.toDays() > 0
        ? ahead.toDays() + " d"
        : ahead.toHours() > 0 ? ahead.toHours() + " h" : ahead.toMinutes() + " min";
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** The states with their words. */
  public static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      String states(LifeTable<S, E, F, X> life) {
    return table(
        List.of("state", "中文", "meaning"),
        life.states().stream()
            .map(
                state ->
                    List.of(
                        state.name(), life.wordsOf(state).chinese(), life.wordsOf(state).english()))
            .toList());
  }

  /** The rows. */
  public static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      String transitions(LifeTable<S, E, F, X> life) {
    return table(
        List.of("from", "event", "guard", "to", "effects", "⏱ clocks", "by", "clause"),
        life.rows().stream().map(LifeDocs::transition).toList());
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      List<String> transition(Row<S, E, F, X> row) {
    return List.of(
        row.from().isEmpty() ? "—" : names(row.from()),
        row.event().trigger().mark()
            + row.event().name()
            + "<br>"
            + row.event().words().chinese()
            + "<br>"
            + row.event().words().english(),
        orDash(row.guard().stream().map(Enum::name).collect(Collectors.joining(", "))),
        row.to().name(),
        orDash(english(row.otherEffects())),
        orDash(english(row.clocks())),
        row.roles().stream().sorted().map(LifeDocs::role).collect(Collectors.joining(", "))
            + driver(row.event()),
        row.clause().cited());
  }

  private static String role(Role role) {
    return role.words().english();
  }

  private static String driver(LifeEvent event) {
    return event instanceof OrderEvent order && order.driver() == OrderEvent.Driver.RECOVERY
        ? " (recovery job)"
        : "";
  }

  /** Kinds of alarms, whichever job raises them. */
  private static String alarms() {
    return table(
        List.of("kind", "中文", "means", "办理", "do"),
        Arrays.stream(AlarmKind.values())
            .map(
                kind ->
                    List.of(
                        kind.name(),
                        kind.words().chinese(),
                        kind.words().english(),
                        kind.todo().chinese(),
                        kind.todo().english()))
            .toList());
  }

  private static String english(List<? extends Named> named) {
    return named.stream().map(each -> each.words().english()).collect(Collectors.joining("; "));
  }

  private static String orDash(String words) {
    return words.isEmpty() ? "—" : words;
  }

  private static <S extends Enum<S>> String names(Collection<S> states) {
    return states.stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      String guards(LifeTable<S, E, F, X> life) {
    Set<F> used = new LinkedHashSet<>();
    life.rows().forEach(row -> used.addAll(row.guard()));
    return table(
        List.of("guard", "中文", "holds when", "clause", "way out of a refusal"),
        used.stream()
            .sorted()
            .map(
                fact ->
                    List.of(
                        fact.name(),
                        fact.words().chinese(),
                        fact.words().english(),
                        fact.clause().cited(),
                        fact.wayOut()))
            .toList());
  }

  /** The transitions as a Mermaid diagram; rows that keep their state are left out. */
  public static <
          S extends Enum<S>,
          E extends Enum<E> & LifeEvent,
          F extends Enum<F> & LifeFact,
          X extends Enum<X> & LifeEffect>
      String diagram(LifeTable<S, E, F, X> life) {
    Set<String> lines = new LinkedHashSet<>();
    for (Row<S, E, F, X> row : life.rows()) {
      String event = row.event().trigger().mark() + row.event().name();
      if (row.from().isEmpty()) {
        lines.add("  [*] --> " + row.to() + ": " + event);
      }
      row.from().stream()
          .sorted()
          .filter(state -> state != row.to())
          .forEach(state -> lines.add("  " + state + " --> " + row.to() + ": " + event));
    }
    life.states().stream()
        .filter(life::terminal)
        .forEach(end -> lines.add("  " + end + " --> [*]"));
    return "```mermaid\nstateDiagram-v2\n" + String.join("\n", lines) + "\n```\n";
  }

  /** A Markdown table. */
  public static String table(List<String> head, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", head) + " |");
    lines.add("|" + "---|".repeat(head.size()));
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return String.join("\n", lines) + "\n";
  }
}
