package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.broker.Credentials;
import dev.zhifu.stack.flink.FlinkBacktest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu trace}: where the money went that was paid to an account, or of a case. */
@Command(
    name = "trace",
    description =
        "Follows the money of one transfer through recorded transactions, hop by hop, or shows what"
            + " the running recovery job has followed of a case: a tree in the terminal, JSON, a page"
            + " with a picture, the flow table.",
    mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {
  private static final String READER = "auditor";

  @Option(
      names = "--case",
      paramLabel = "C",
      description =
          "a case or a report, of the newest running stack; instead of files and a transfer")
  private String caseId;

  @Mixin private StateOption state;

  @Option(
      names = "--bank",
      arity = "1..*",
      paramLabel = "FILE",
      description = "bank transactions, plain CSV or gzip, as the back-test reads them")
  private List<Path> bank = List.of();

  @Option(
      names = "--accounts",
      paramLabel = "FILE",
      description = "what is known of the accounts: merchants and pooled accounts end the trace")
  private Path accounts;

  @Option(
      names = "--lists",
      paramLabel = "FILE",
      description =
          "lists.avro of stored history (backtest --stack --keep DIR): pooled, hub, trader and"
              + " protected accounts end the trace as in the job")
  private Path lists;

  @Option(names = "--account", paramLabel = "A", description = "the account that was paid")
  private String account;

  @Option(
      names = "--at",
      paramLabel = "T",
      description = "when, UTC such as 2026-03-02T10:00:00Z; found within 10 minutes")
  private String at;

  @Option(
      names = "--amount",
      paramLabel = "X",
      description = "how much, yuan with at most two decimals")
  private String amount;

  @Option(names = "--payer", paramLabel = "P", description = "who paid, when several paid the same")
  private String payer;

  @Option(
      names = "--deepest",
      paramLabel = "N",
      description = "most transfers from the victim (default: 12)")
  private String deepest;

  @Option(
      names = "--broadest",
      paramLabel = "N",
      description = "most transfers followed out of one account (default: 200)")
  private String broadest;

  @Option(
      names = "--least",
      paramLabel = "YUAN",
      description = "least claimed money that is followed (default: 1000, and 1 %% of the loss)")
  private String least;

  @Option(
      names = "--dwell",
      paramLabel = "HOURS",
      description = "longest time that money lay before it is followed (default: 72)")
  private String dwell;

  @Option(names = "--json", paramLabel = "FILE", description = "write the trace to FILE as JSON")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page with a picture to FILE")
  private Path html;

  @Option(
      names = "--flow",
      paramLabel = "FILE",
      description = "write the flow table to FILE as CSV")
  private Path flow;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (caseId != null) {
      return ofCase();
    }
    needed("--bank", bank.isEmpty() ? null : bank);
    needed("--account", account);
    needed("--at", at);
    needed("--amount", amount);
    List<String> arguments = new ArrayList<>();
    for (Path file : bank) {
      readable("--bank", file);
      arguments.addAll(List.of("--bank", file.toAbsolutePath().toString()));
    }
    if (accounts != null) {
      readable("--accounts", accounts);
      arguments.addAll(List.of("--accounts", accounts.toAbsolutePath().toString()));
    }
    if (lists != null) {
      readable("--lists", lists);
      arguments.addAll(List.of("--lists", lists.toAbsolutePath().toString()));
    }
    Map<String, Object> others = new LinkedHashMap<>();
    others.put("--account", account);
    others.put("--at", at);
    others.put("--amount", amount);
    others.put("--payer", payer);
    others.put("--deepest", deepest);
    others.put("--broadest", broadest);
    others.put("--least", least);
    others.put("--dwell", dwell);
    others.put("--json", json == null ? null : json.toAbsolutePath());
    others.put("--html", html == null ? null : html.toAbsolutePath());
    others.put("--flow", flow == null ? null : flow.toAbsolutePath());
    others.forEach(
        (name, value) -> {
          if (value != null) {
            arguments.addAll(List.of(name, value.toString()));
          }
        });
    return FlinkBacktest.trace(Layout.find(), arguments);
  }

  private int ofCase() {
    if (!bank.isEmpty() || account != null || at != null || amount != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--case is given with --bank, --account, --at or --amount; give the one or the others");
    }
    Layout layout = Layout.find();
    RunningStack stack = RunningStack.newest(state.folder(layout));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap",
                stack.info().bootstrap(),
                "--user",
                READER,
                "--password-file",
                Credentials.in(stack.root()).file(READER).toAbsolutePath().toString(),
                "--registry",
                stack.info().registryUrl(),
                "--case",
                caseId));
    if (!stack.info().truststore().isEmpty()) {
      arguments.addAll(List.of("--truststore", stack.info().truststore()));
    }
    add(arguments, "--json", json);
    add(arguments, "--html", html);
    add(arguments, "--flow", flow);
    return FlinkBacktest.traceOfCase(layout, arguments);
  }

  private static void add(List<String> arguments, String name, Path file) {
    if (file != null) {
      arguments.addAll(List.of(name, file.toAbsolutePath().toString()));
    }
  }

  private void needed(String name, Object value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), name + " is missing; give it, or --case for a running job");
    }
  }

  private void readable(String name, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + file + "; it must be a file that can be read");
    }
  }
}
