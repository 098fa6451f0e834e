package dev.zhifu.rules.cli;

import dev.zhifu.rules.stream.Selectivity;
import dev.zhifu.rules.stream.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code rules check} says of all rules together on the events given. */
record StreamCost(Selectivity.Result stream) {
  private static final double MOST_RELEVANT = 10;
  private static final double MOST_TOUCHING = 2;

  List<String> lines() {
    return List.of(
        "events   %,d: %s relevant to any of %d rules (aim 10 %% or less), %s touch match state (aim 2 %% or less)"
            .formatted(
                stream.events(),
                RuleCost.percent(stream.relevant()),
                stream.rules().size(),
                RuleCost.percent(stream.touching())));
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    above(warnings, stream.relevant(), MOST_RELEVANT, "are relevant to any rule");
    above(warnings, stream.touching(), MOST_TOUCHING, "touch match state");
    return warnings;
  }

  private static void above(List<String> warnings, Share share, double most, String what) {
    if (share.percent() > most) {
      warnings.add(
          "%s of the events %s, more than %.0f %%; see which rules' steps take most"
              .formatted(RuleCost.percent(share), what, most));
    }
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("events", stream.events());
    json.put("relevant", RuleCost.json(stream.relevant()));
    json.put("touching", RuleCost.json(stream.touching()));
    return json;
  }
}
