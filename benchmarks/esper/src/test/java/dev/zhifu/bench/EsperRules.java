package dev.zhifu.bench;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.matching.HitIds;
import dev.zhifu.wire.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Rules as Esper's statements, with the thresholds of the rule files; one thread, keys in it. */
final class EsperRules implements AutoCloseable {
  private static final String WORDS = "rules.epl";

  private final EPRuntime runtime;
  private final Consumer<String> hits;

  /**
   * A runtime of its own with these rules.
   *
   * @param name of the runtime, unique in this JVM
   * @param rules each with a pattern in {@value #WORDS}
   * @param hits told of the id of each hit
   */
  EsperRules(String name, List<Rule> rules, Consumer<String> hits)
      throws IOException, EPCompileException, EPDeployException {
    this.hits = hits;
    Configuration configuration = new Configuration();
    configuration.getCommon().addEventType("Seen", Seen.class);
    configuration.getCommon().addImport("dev.zhifu.wire.*");
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    runtime = EPRuntimeProvider.getRuntime(name, configuration);
    Map<String, String> patterns = patterns();
    for (Rule rule : rules) {
      deploy(rule, patterns.get(rule.id()), configuration);
    }
  }

  private void deploy(Rule rule, String pattern, Configuration configuration)
      throws EPCompileException, EPDeployException {
    if (pattern == null) {
      throw new IllegalArgumentException(
          rule.id() + " has no pattern in " + WORDS + "; only rules that have one can be compared");
    }
    String statement = "select * from pattern [" + filled(pattern, rule) + "]";
    EPCompiled compiled =
        EPCompilerProvider.getCompiler().compile(statement, new CompilerArguments(configuration));
    for (EPStatement each : runtime.getDeploymentService().deploy(compiled).getStatements()) {
      each.addListener(
          (events, old, from, engine) -> {
            for (EventBean event : events) {
              hits.accept(hitId(rule, event));
            }
          });
    }
  }

  private static String hitId(Rule rule, EventBean match) {
    List<Evidence> evidence = new ArrayList<>();
    String key = null;
    for (Step step : rule.steps()) {
      if (!step.negated()) {
        Seen seen = (Seen) match.get(step.name());
        key = seen.getKey();
        if (step.evidence()) {
          evidence.add(
              new Evidence(
                  step.name(),
                  seen.event().getEventId(),
                  Instant.ofEpochMilli(seen.getTimeMs()),
                  seen.getSide()));
        }
      }
    }
    return HitIds.of(rule.id(), rule.version(), key, evidence);
  }

  /** Takes an event; events come in order. */
  void take(Seen event) {
    advanceTo(event.getTimeMs());
    runtime.getEventService().sendEventBean(event, "Seen");
  }

  /** Ends what has waited until then. */
  void advanceTo(long timeMs) {
    runtime.getEventService().advanceTime(timeMs);
  }

  /** Patterns by rule: each behind a line {@code -- ID}. */
  static Map<String, String> patterns() throws IOException {
    Map<String, String> patterns = new LinkedHashMap<>();
    try (InputStream in = EsperRules.class.getResourceAsStream(WORDS)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split("(?m)^-- ")) {
        if (!part.isBlank()) {
          int end = part.indexOf('\n');
          patterns.put(part.substring(0, end).strip(), part.substring(end + 1));
        }
      }
    }
    return patterns;
  }

  /** The pattern with the rule file's own thresholds: fen, milliseconds, or as written. */
  static String filled(String pattern, Rule rule) {
    String filled = pattern.replace("{within}", String.valueOf(rule.withinMs()));
    Map<?, ?> file =
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(rule.text());
    for (Map.Entry<?, ?> each : ((Map<?, ?>) file.get("parameters")).entrySet()) {
      Map<?, ?> parameter = (Map<?, ?>) each.getValue();
      filled =
          filled.replace(
              "{" + each.getKey() + "}",
              value(String.valueOf(parameter.get("default")), parameter.get("unit")));
    }
    if (filled.contains("{")) {
      throw new IllegalArgumentException(
          rule.id() + " has no parameter for " + filled.substring(filled.indexOf('{')));
    }
    return filled;
  }

  private static String value(String text, Object unit) {
    if (unit.equals("yuan")) {
      return Long.parseLong(text) * 100 + "L";
    }
    if (!unit.equals("duration")) {
      return text;
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    long seconds =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3_600;
          default -> 86_400;
        };
    return count * seconds * 1_000 + "L";
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
