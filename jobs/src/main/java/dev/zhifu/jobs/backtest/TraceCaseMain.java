package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.io.TopicScan;
import dev.zhifu.jobs.trace.HopRecords;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.TracePage;
import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceTotals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Main of the trace of a running job: what topic {@code trace.cases} holds of a case, put together
 * by the same class as the trace on files.
 *
 * <pre>
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.backtest.TraceCaseMain --bootstrap B --user U --password-file F [--truststore F] --registry R --case C
 * </pre>
 *
 * {@code C} is a case or a report. Exit code 0 when it was found, 1 when nothing is traced under
 * it, 2 when an argument is wrong.
 */
public final class TraceCaseMain {
  private static final String TOPIC = "trace.cases";
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int REFUSED = 2;
  private static final List<String> OPTIONS =
      List.of(
          "--bootstrap",
          "--user",
          "--password-file",
          "--truststore",
          "--client-key",
          "--registry",
          "--registry-user",
          "--registry-password-file",
          "--case",
          "--json",
          "--html",
          "--flow");

  private TraceCaseMain() {}

  /** Shows a trace; see the class. */
  public static void main(String[] words) {
    System.exit(run(System.out, System.err, words));
  }

  /** One claim as the topic holds it. */
  private static final class Claim {
    private final String caseId;
    private final CaseTrace trace = new CaseTrace();
    private TraceTotals totals;
    private long number;

    private Claim(String caseId) {
      this.caseId = caseId;
    }

    private void take(TraceCase told) {
      trace.accept(HopRecords.statement(told));
      if (told.getNumber() > number) {
        number = told.getNumber();
        totals = told.getTotals();
      }
    }
  }

  private static int run(PrintStream out, PrintStream err, String... words) {
    try {
      return show(options(words), out, err);
    } catch (BacktestException e) {
      err.println(e.getMessage());
      return REFUSED;
    } catch (IOException e) {
      err.println("a password file cannot be read: " + e.getMessage());
      return REFUSED;
    }
  }

  private static Map<String, String> options(String... words) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      if (!OPTIONS.contains(words[i]) || i + 1 == words.length) {
        throw new BacktestException(
            "'" + words[i] + "' is no option with a value; the options are " + OPTIONS);
      }
      options.put(words[i], words[i + 1]);
    }
    for (String needed : List.of("--bootstrap", "--registry", "--case")) {
      if (!options.containsKey(needed)) {
        throw new BacktestException(needed + " must be given");
      }
    }
    return options;
  }

  private static int show(Map<String, String> options, PrintStream out, PrintStream err)
      throws IOException {
    String asked = options.get("--case");
    Map<String, Claim> claims = read(options);
    claims
        .entrySet()
        .removeIf(claim -> !claim.getKey().equals(asked) && !claim.getValue().caseId.equals(asked));
    if (claims.isEmpty()) {
      err.println(
          "no trace of case or report "
              + asked
              + " is on "
              + TOPIC
              + "; a trace begins when an officer accepts the report");
      return FAILED;
    }
    claims.forEach((id, claim) -> print(id, claim, out));
    outputs(options, claims);
    return DONE;
  }

  private static void print(String id, Claim claim, PrintStream out) {
    out.println("report " + id + ", case " + claim.caseId);
    TraceOutputs.print(claim.trace, out);
    out.println(
        String.format(
            Locale.ROOT,
            "the job's word %,d: %s, %.0f %% of the loss found, %,d transfers on the way",
            claim.number,
            claim.totals.getComplete() ? "complete" : "not complete",
            claim.totals.getWeight() * 100,
            claim.totals.getOnTheWay()));
    claim.totals.getFaults().forEach(fault -> out.println("FAULT " + fault));
    out.println();
  }

  private static void outputs(Map<String, String> options, Map<String, Claim> claims) {
    List<Map<String, Object>> all = new ArrayList<>();
    claims.forEach(
        (id, claim) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("report", id);
          one.put("case", claim.caseId);
          one.put("completeByJob", claim.totals.getComplete());
          one.put("faults", claim.totals.getFaults());
          one.putAll(TraceOutputs.map(claim.trace));
          all.add(one);
        });
    TraceOutputs.write(path(options, "--json"), "--json", TraceOutputs.text(all));
    boolean forOne = options.containsKey("--html") || options.containsKey("--flow");
    if (forOne && claims.size() > 1) {
      throw new BacktestException(
          "--html and --flow show one report; the case has "
              + claims.keySet()
              + ", give one of them as --case");
    }
    CaseTrace first = claims.values().iterator().next().trace;
    TraceOutputs.write(path(options, "--html"), "--html", TracePage.of(first));
    TraceOutputs.write(path(options, "--flow"), "--flow", TraceOutputs.csv(first));
  }

  private static Path path(Map<String, String> options, String name) {
    return options.containsKey(name) ? Path.of(options.get(name)) : null;
  }

  private static Map<String, Claim> read(Map<String, String> options) throws IOException {
    Map<String, Claim> claims = new TreeMap<>();
    try {
      scan(options)
          .read(
              TOPIC,
              TraceCase.class,
              told ->
                  claims
                      .computeIfAbsent(told.getClaim(), id -> new Claim(told.getCaseId()))
                      .take(told));
    } catch (IllegalArgumentException e) {
      throw new BacktestException(e.getMessage());
    }
    return claims;
  }

  private static TopicScan scan(Map<String, String> options) throws IOException {
    Tls tls =
        Tls.read(
            options.getOrDefault("--truststore", ""),
            options.getOrDefault("--client-key", ""),
            AccessNames.OPTIONS);
    KafkaAccess access =
        new KafkaAccess(
            options.get("--bootstrap"),
            options.getOrDefault("--user", ""),
            secret(options, "--password-file"),
            tls);
    RegistrySettings registry =
        new RegistrySettings(
            options.get("--registry"),
            options.getOrDefault("--registry-user", ""),
            secret(options, "--registry-password-file"),
            tls);
    Optional<String> fault =
        AccessCheck.broker(access, AccessNames.OPTIONS)
            .or(() -> SchemaRegistry.fault(registry, AccessNames.OPTIONS));
    if (fault.isPresent()) {
      throw new BacktestException(fault.get());
    }
    return new TopicScan(access, registry);
  }

  private static String secret(Map<String, String> options, String name) throws IOException {
    return options.containsKey(name) ? Files.readString(Path.of(options.get(name))).trim() : "";
  }
}
