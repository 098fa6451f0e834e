package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code signals:} (what carries each step) and {@code dropped:} (steps that nothing lawful
 * carries).
 */
final class SignalReader {
  private final Problems problems;

  SignalReader(Problems problems) {
    this.problems = problems;
  }

  Map<String, List<RuleSheet.Signal>> read(Fields rule, List<StepDraft> steps) {
    Map<String, List<RuleSheet.Signal>> signals = new LinkedHashMap<>();
    Node node = rule.required("signals", "a table of step: {signal, source}");
    if (node == null) {
      return signals;
    }
    Fields fields = Fields.of(node, "'signals'", problems);
    for (StepDraft step : steps) {
      Node carried = fields.optional(step.name());
      if (carried == null) {
        problems.fault(
            node,
            "'signals' does not say what carries step '" + step.name() + "'",
            "add '" + step.name() + ": {signal: …, source: …}', or drop the step");
      } else {
        signals.put(step.name(), signals(carried));
      }
    }
    fields.refuseOthers();
    return signals;
  }

  private List<RuleSheet.Signal> signals(Node node) {
    List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    List<RuleSheet.Signal> signals = new ArrayList<>();
    for (Node one : nodes) {
      Fields fields = Fields.of(one, "a signal", problems);
      signals.add(
          new RuleSheet.Signal(
              fields.text("signal", "bank.transactions"), fields.text("source", "payer's bank")));
      fields.refuseOthers();
    }
    return signals;
  }

  List<RuleSheet.Dropped> dropped(Fields rule) {
    Node node = rule.optional("dropped");
    if (node == null) {
      return List.of();
    }
    List<Node> nodes = node instanceof MappingNode ? List.of(node) : rule.list("dropped");
    return nodes.stream().map(this::droppedStep).collect(Collectors.toUnmodifiableList());
  }

  private RuleSheet.Dropped droppedStep(Node node) {
    Fields fields = Fields.of(node, "a dropped step", problems);
    RuleSheet.Dropped dropped =
        new RuleSheet.Dropped(
            fields.text("step", "video call"), fields.text("reason", "no lawful source"));
    fields.refuseOthers();
    return dropped;
  }
}
