package dev.zhifu.desk.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A trial and its result.
 *
 * @param result null while there is none that can be read
 */
public record ShownTrial(RuleTrial trial, JsonNode result) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A trial with what its command wrote. */
  public static ShownTrial of(RuleTrial trial) {
    if (trial.state() != RuleTrial.State.DONE) {
      return new ShownTrial(trial, null);
    }
    try {
      return new ShownTrial(trial, JSON.readTree(trial.result()));
    } catch (JsonProcessingException e) {
      return new ShownTrial(trial, null);
    }
  }

  /** A number of the result by its path; -1 when it is not there. */
  public long number(String... path) {
    JsonNode at = result;
    for (String name : path) {
      at = at == null ? null : at.get(name);
    }
    return at == null || !at.isNumber() ? -1 : at.asLong();
  }

  /** Scenarios that did not come out as written, and faults of their file. */
  public List<String> failed() {
    List<String> names = new ArrayList<>();
    if (result == null) {
      return names;
    }
    for (JsonNode one : result.path("results")) {
      if (!one.path("ok").asBoolean()) {
        names.add(
            one.path("scenario").asText() + " (scenarios.yaml:" + one.path("line").asInt() + ")");
      }
    }
    result.path("faults").forEach(fault -> names.add(fault.asText()));
    return names;
  }
}
