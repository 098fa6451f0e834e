package dev.zhifu.stack.cli;

import dev.zhifu.stack.lives.RuleArchive;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleRecord;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.RulePublication;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu rules history}: every version, who wrote and approved it, why, and its state. */
@Command(
    name = "history",
    description = "Every publication of every version: who, why, from when, and what came of it.",
    mixinStandardHelpOptions = true)
final class RuleHistoryCommand implements Callable<Integer> {
  private static final String FORMAT = "%-5s %7s  %-9s  %-24s  %-10s  %-12s  %-12s  %s%n";

  @Parameters(paramLabel = "RULE", arity = "0..1", description = "one rule; without, all")
  private String ruleId;

  @Mixin private RulesBroker broker;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (RuleDesk desk = broker.desk()) {
      RuleArchive archive = desk.archive();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          FORMAT, "rule", "version", "status", "from", "state", "author", "approver", "reason");
      List<Map<String, Object>> rows = new ArrayList<>();
      for (String id : ruleId == null ? archive.ruleIds() : List.of(ruleId)) {
        archive.of(id).forEach(record -> rows.add(show(record, archive.standing(record), out)));
      }
      out.println(rows.size() + " publications");
      json.write(Map.of("publications", rows));
      return 0;
    }
  }

  private static Map<String, Object> show(RuleRecord record, Standing standing, PrintWriter out) {
    RulePublication publication = record.publication();
    String state = standing.word(publication.getStatus());
    out.printf(
        FORMAT,
        publication.getRuleId(),
        publication.getVersion(),
        publication.getStatus(),
        publication.getEffectiveFrom(),
        state,
        publication.getAuthor(),
        publication.getApprover() == null ? "-" : publication.getApprover(),
        publication.getReason());
    standing.reasons().forEach(reason -> out.println("      " + reason));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("ruleId", publication.getRuleId());
    row.put("version", publication.getVersion());
    row.put("status", publication.getStatus().name());
    row.put("effectiveFrom", publication.getEffectiveFrom().toString());
    row.put("recordedAt", record.recordedAt().toString());
    row.put("state", state);
    row.put("author", publication.getAuthor());
    row.put("approver", publication.getApprover());
    row.put("reason", publication.getReason());
    row.put("textSha256", publication.getDocumentSha256());
    row.put("position", record.position());
    row.put("answers", standing.reasons());
    return row;
  }
}
