package dev.zhifu.stack.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Why a run proves nothing: no request or order came, or an answer is missing or contradicts. */
final class PathFaults {
  private PathFaults() {}

  /** What is wrong with one run, a line each; empty when nothing is. */
  static List<String> of(JsonNode run) {
    String name = run.path("config").asText() + ", round " + run.path("round").asInt() + ": ";
    List<String> faults = new ArrayList<>();
    long orders = 0;
    for (JsonNode rate : run.path("rates")) {
      rate.path("exactlyOnce")
          .fields()
          .forEachRemaining(
              count -> {
                if (count.getKey().endsWith(".doubled") && count.getValue().asLong() > 0) {
                  faults.add(name + count.getValue().asLong() + " ids " + count.getKey());
                }
              });
      orders += rate.path("order").path("count").asLong();
      for (String output : List.of("request", "decision")) {
        if (rate.path(output).path("count").asLong() == 0) {
          faults.add(
              name
                  + "no "
                  + output
                  + " at "
                  + rate.path("name").asText()
                  + "/s; a longer stretch is needed: --seconds N");
        }
      }
    }
    if (orders == 0) {
      faults.add(name + "no order at any rate; a longer stretch is needed: --seconds N");
    }
    JsonNode ledger = run.path("ledger");
    for (String field : List.of("unanswered", "unasked", "contradicted")) {
      if (ledger.path(field).asLong() > 0) {
        faults.add(name + ledger.path(field).asLong() + " decisions or orders " + field);
      }
    }
    // After a restart a decision may be made again, with another answer where the first was given
    // by the wall clock at the bank's deadline; the bank has taken the first (ADR-0012).
    if (ledger.path("answeredOtherwise").asLong() > 0
        && !run.path("config").asText().endsWith("kill")) {
      faults.add(
          name + ledger.path("answeredOtherwise").asLong() + " decisions answered otherwise");
    }
    return faults;
  }
}
