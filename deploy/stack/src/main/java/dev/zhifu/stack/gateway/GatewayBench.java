package dev.zhifu.stack.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.path.LoadChild;
import dev.zhifu.stack.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code bench gateway}: a broker, a registry, a console with its PostgreSQL and the load, each a
 * process of its own, once for each round.
 */
public final class GatewayBench {
  /** Name of its runs. */
  public static final String CONFIG = "gateway";

  /** No quota: what is measured is the gateway. */
  private static final Map<String, String> SETTINGS = Map.of("gateway.quota", "1000000000");

  private static final int START_SECONDS = 40;

  private final Layout layout;
  private final Path state;
  private final Plan plan;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * How much to measure. Rates are over all banks.
   *
   * @param banks codes; every other one has its orders posted, the others follow by cursor
   * @param rounds how often
   * @param rates of questions, a second
   * @param warmSeconds before each stretch is measured
   * @param seconds of each stretch
   * @param inFlight questions that each bank has open at a time when the gateway is saturated
   * @param orderRates of orders, a second
   * @param backlog orders written at once
   * @param downRate of orders while one bank is silent, a second
   * @param askedBeside of questions meanwhile, a second
   * @param downSeconds of silence; as long before and after it
   */
  public record Plan(
      List<String> banks,
      int rounds,
      List<Integer> rates,
      int warmSeconds,
      int seconds,
      int inFlight,
      List<Integer> orderRates,
      int backlog,
      int downRate,
      int askedBeside,
      int downSeconds) {

    /** About how long it takes on a quiet machine, seconds. */
    public int about() {
      int stretches = rates.size() + 1 + orderRates.size();
      return rounds * (START_SECONDS + stretches * (warmSeconds + seconds) + 4 * downSeconds);
    }
  }

  /**
   * A bench.
   *
   * @param state folder of stacks
   * @param progress told what is under way, one line each
   */
  public GatewayBench(Layout layout, Path state, Plan plan, Consumer<String> progress) {
    this.layout = layout;
    this.state = state;
    this.plan = plan;
    this.progress = progress;
  }

  /** Measures what {@code runs} does not have yet; keeps {@code file} whole after each round. */
  public void run(Runs runs, Path file) throws IOException {
    for (int round = 1; round <= plan.rounds(); round++) {
      if (!runs.has(CONFIG, round)) {
        runs.add(measure().put("config", CONFIG).put("round", round));
        runs.write(file);
      }
    }
  }

  private ObjectNode measure() throws IOException {
    progress.accept("starting broker, registry and gateway");
    try (LocalStack stack = LocalStack.start(layout, state, "bench", plan.banks(), line -> {})) {
      Path root = stack.dir().root();
      ConsoleProcess console =
          ConsoleProcess.start(
              layout, root, stack.info(), stack.supervisor(), "token key of a bench", SETTINGS);
      new GatewayPlan(
              console.gatewayUrl(),
              console.child().pid(),
              pid(stack, "broker"),
              plan.rates(),
              plan.warmSeconds(),
              plan.seconds(),
              plan.inFlight(),
              plan.orderRates(),
              plan.backlog(),
              plan.downRate(),
              plan.askedBeside(),
              plan.downSeconds())
          .write(root);
      // Without it the small answers of the banks' servers would wait for the next packet.
      LoadChild.start(
              layout, stack, GatewayLoad.class, List.of("-Dsun.net.httpserver.nodelay=true"))
          .await(line -> progress.accept("  " + line), () -> {}, stack.supervisor());
      ObjectNode result = (ObjectNode) json.readTree(root.resolve(GatewayPlan.RESULT).toFile());
      result.put("loadAverage", result.path("saturation").path("loadAverage").asDouble());
      return result.put("banks", plan.banks().size());
    }
  }

  private static long pid(LocalStack stack, String name) {
    return stack.supervisor().children().stream()
        .filter(child -> child.name().equals(name))
        .findFirst()
        .map(Child::pid)
        .orElseThrow();
  }

  /** What is wrong with these runs, a line each; empty when nothing is. */
  public static List<String> faults(Runs runs) {
    List<String> faults = new ArrayList<>();
    for (JsonNode run : runs.of(CONFIG)) {
      run.path("faults").forEach(fault -> faults.add(fault.asText()));
      // A rate may be more than the gateway bears: then it refuses, and breaks off nothing.
      run.path("decisions").forEach(row -> asked("at " + row.path("rate") + "/s", row, 0, faults));
      JsonNode saturation = run.path("saturation");
      asked("when saturated", saturation, saturation.path("refused").asLong(), faults);
      run.path("isolation")
          .path("spans")
          .forEach(
              row ->
                  asked(
                      "one bank " + row.path("span").asText(),
                      row,
                      row.path("refused").asLong(),
                      faults));
      run.path("orders").forEach(row -> came("at " + row.path("rate") + "/s", row, faults));
      came("of the backlog", run.path("backlog"), faults);
      came("with one bank silent", run.path("isolation"), faults);
    }
    return faults;
  }

  private static void asked(String when, JsonNode row, long refused, List<String> faults) {
    long broken = row.path("broken").asLong() + refused;
    if (broken > 0) {
      faults.add(broken + " questions " + when + " were refused or broke off");
    }
    if (row.path("answered").asLong() == 0) {
      faults.add("no question " + when + " was answered");
    }
  }

  private static void came(String when, JsonNode row, List<String> faults) {
    if (row.path("missing").asLong(-1) != 0) {
      faults.add(row.path("missing").asText("all") + " orders " + when + " never came");
    }
  }
}
