package dev.zhifu.stack.cli;

import dev.zhifu.stack.lives.Answer;
import dev.zhifu.stack.lives.RuleArchive;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleRecord;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.WrongStops;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu rules status}: what is in force, on which subtasks, and what shadows would do. */
@Command(
    name = "status",
    description =
        "What is in force on which subtasks; figures of rules in shadow; stops found wrong;"
            + " versions that failed.",
    mixinStandardHelpOptions = true)
final class RuleStatusCommand implements Callable<Integer> {
  private static final String FORMAT = "%-5s %7s  %-9s  %-10s  %-9s  %-24s%n";

  @Parameters(paramLabel = "RULE", arity = "0..1", description = "one rule; without, all")
  private String ruleId;

  @Mixin private RulesBroker broker;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (RuleDesk desk = broker.desk()) {
      RuleArchive archive = desk.archive();
      Map<String, ShadowStatistics> shadows = desk.shadows();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(FORMAT, "rule", "version", "status", "state", "subtasks", "from");
      List<Map<String, Object>> rows = new ArrayList<>();
      for (String id : ruleId == null ? archive.ruleIds() : List.of(ruleId)) {
        Optional<RuleRecord> newest = archive.newest(id);
        newest.ifPresent(record -> rows.add(show(record, archive, shadows, out)));
      }
      out.println(rows.size() + " rules");
      json.write(Map.of("rules", rows));
      return 0;
    }
  }

  private static Map<String, Object> show(
      RuleRecord record,
      RuleArchive archive,
      Map<String, ShadowStatistics> shadows,
      PrintWriter out) {
    RulePublication publication = record.publication();
    Standing standing = archive.standing(record);
    String subtasks = standing.taken().size() + " of " + standing.subtasks();
    String state = standing.word(publication.getStatus());
    out.printf(
        FORMAT,
        publication.getRuleId(),
        publication.getVersion(),
        publication.getStatus(),
        state,
        subtasks,
        publication.getEffectiveFrom());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("ruleId", publication.getRuleId());
    row.put("version", publication.getVersion());
    row.put("status", publication.getStatus().name());
    row.put("state", state);
    row.put("subtasks", standing.subtasks());
    row.put("taken", standing.taken());
    row.put("effectiveFrom", publication.getEffectiveFrom().toString());
    List<String> troubles = troubles(publication, archive.answers());
    troubles.forEach(trouble -> out.println("      " + trouble));
    row.put("troubles", troubles);
    ShadowStatistics shadow = shadows.get(publication.getRuleId() + ":" + publication.getVersion());
    if (shadow != null && shadow.getHits() > 0) {
      out.println("      " + words(shadow));
      row.put("shadow", figures(shadow));
    }
    if (shadow != null && !shadow.getWrongStops().isEmpty()) {
      out.println("      " + wrong(shadow.getWrongStops()));
      row.put("wrongStops", causes(shadow.getWrongStops()));
    }
    return row;
  }

  private static List<String> troubles(RulePublication publication, List<Answer> answers) {
    return answers.stream()
        .map(Answer::status)
        .filter(status -> status.getRuleId().equals(publication.getRuleId()))
        .filter(status -> status.getVersion() == publication.getVersion())
        .filter(
            status ->
                status.getStatus() == RuleStatusKind.QUARANTINED
                    || status.getStatus() == RuleStatusKind.OVERFLOWED)
        .map(RuleStatusCommand::trouble)
        .distinct()
        .toList();
  }

  private static String trouble(RuleStatus status) {
    return status.getStatus() + " on subtask " + status.getSubtask() + ": " + status.getReason();
  }

  private static String words(ShadowStatistics shadow) {
    return "shadow: %,d hits on %,d subjects, %,d of them hit by live rules too, %,.2f yuan touched, %s to %s"
        .formatted(
            shadow.getHits(),
            shadow.getSubjects(),
            shadow.getOverlapping(),
            shadow.getTouchedFen() / 100.0,
            shadow.getFirstAt(),
            shadow.getNewestAt());
  }

  /** Stops that officers found wrong, by cause. */
  static String wrong(List<WrongStops> stops) {
    return "wrong stops: %,d (%s)"
        .formatted(
            stops.stream().mapToLong(WrongStops::getStops).sum(),
            stops.stream()
                .map(one -> one.getCause() + " " + one.getStops())
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, Long> causes(List<WrongStops> stops) {
    Map<String, Long> causes = new LinkedHashMap<>();
    stops.forEach(one -> causes.put(one.getCause(), one.getStops()));
    return causes;
  }

  private static Map<String, Object> figures(ShadowStatistics shadow) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("hits", shadow.getHits());
    figures.put("subjects", shadow.getSubjects());
    figures.put("overlapping", shadow.getOverlapping());
    figures.put("touchedFen", shadow.getTouchedFen());
    figures.put("firstAt", shadow.getFirstAt().toString());
    figures.put("newestAt", shadow.getNewestAt().toString());
    figures.put("windowMs", shadow.getWindowMs());
    return figures;
  }
}
