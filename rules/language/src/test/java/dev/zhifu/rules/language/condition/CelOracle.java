package dev.zhifu.rules.language.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.zhifu.rules.language.EventView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * CEL's own runtime on plain maps that leave missing fields out: reading one is then an error of
 * CEL, errors pass through && and || as CEL defines it, and an error at the top is "unknown".
 */
final class CelOracle {
  private static final CelRuntime RUNTIME = runtime();

  private CelOracle() {}

  private static CelRuntime runtime() {
    var builder =
        CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(ConditionCompiler.OPTIONS);
    for (String name : Functions.OWN) {
      builder.addFunctionBindings(
          CelFunctionBinding.from(
              Functions.overload(name), Long.class, value -> Functions.apply(name, value)));
    }
    return builder.build();
  }

  static CelRuntime.Program program(Names names, String text) throws Exception {
    CelAbstractSyntaxTree tree = ConditionCompiler.celCompiler(names).compile(text).getAst();
    return RUNTIME.createProgram(tree);
  }

  static Map<String, Object> variables(RandomMatch match, Map<String, Object> params) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("event", event(match.event()));
    variables.put("features", record(match.event().event().getFeatures()));
    variables.put("side", match.event().side().name());
    variables.put("params", params);
    Map<String, Object> steps = new LinkedHashMap<>();
    match.taken().forEach((name, events) -> steps.put(name, step(events)));
    variables.put("steps", steps);
    EventView previous = match.previous();
    variables.put("prev", previous == null ? Map.of() : event(previous));
    return variables;
  }

  private static Map<String, Object> step(List<EventView> events) {
    Map<String, Object> step = new LinkedHashMap<>();
    long sum = 0;
    for (EventView view : events) {
      sum +=
          view.event().getEvent() instanceof dev.zhifu.wire.BankTransaction transaction
              ? transaction.getAmountFen()
              : 0;
    }
    if (!events.isEmpty()) {
      step.putAll(event(events.get(0)));
      step.put("last", event(events.get(events.size() - 1)));
    }
    step.put("count", (long) events.size());
    step.put("sumFen", sum);
    return step;
  }

  private static Map<String, Object> event(EventView view) {
    Map<String, Object> event = record((IndexedRecord) view.event().getEvent());
    event.put("at", view.event().getOccurredAt().toEpochMilli());
    return event;
  }

  private static Map<String, Object> record(IndexedRecord record) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        map.put(field.name(), plain(value));
      }
    }
    return map;
  }

  private static Object plain(Object value) {
    if (value instanceof IndexedRecord record) {
      return record(record);
    }
    if (value instanceof Integer number) {
      return (long) number;
    }
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof LocalDate day) {
      return day.toEpochDay();
    }
    return value instanceof Enum<?> constant ? constant.name() : value;
  }
}
