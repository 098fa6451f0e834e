package dev.zhifu.desk.rules;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.WallClock;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a draft's scenarios, and the back-test over the last 24 hours without and with the draft, as
 * the commands that an engineer would type; one at a time, in the background. Arguments are a list
 * and never a shell's line; the draft is a file.
 */
public final class RuleTrials implements AutoCloseable {
  /** Hours that a trial looks back. */
  public static final int HOURS = 24;

  private static final Logger LOG = LoggerFactory.getLogger(RuleTrials.class);

  /** Longer than this no trial runs; an engineering default. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private static final int RESULT_MAX = 400_000;
  private static final int LAST_WORDS = 2_000;

  private final RuleBook book;
  private final RuleWork work;
  private final RuleTools tools;
  private final Audit audit;
  private final WallClock clock;
  private final Runnable changed;
  private final ExecutorService runner =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "rule-trials");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param changed told when one has ended
   */
  public RuleTrials(
      RuleBook book,
      RuleWork work,
      RuleTools tools,
      Audit audit,
      WallClock clock,
      Runnable changed) {
    this.book = book;
    this.work = work;
    this.tools = tools;
    this.audit = audit;
    this.clock = clock;
    this.changed = changed;
    book.endThoseOfAnEarlierRun(clock.get());
  }

  /** True when trials can be run here. */
  public boolean runs() {
    return tools.launcher() != null && work.writes();
  }

  /**
   * Begins a trial of the draft.
   *
   * @return its id
   * @throws ActException when there is no draft, no command, or one of the rule runs already
   */
  public String begin(Person person, String ruleId, RuleTrial.Kind kind) {
    if (!runs()) {
      throw new ActException("trial.none");
    }
    RuleDraft draft = book.draft(ruleId).orElseThrow(() -> new ActException("trial.noDraft"));
    if (book.trialsOf(ruleId).stream().anyMatch(one -> one.state() == RuleTrial.State.RUNNING)) {
      throw new ActException("trial.running");
    }
    RuleTrial trial =
        new RuleTrial(
            "trial-" + UUID.randomUUID(),
            ruleId,
            draft.version(),
            kind,
            person.id(),
            clock.get(),
            RuleTrial.State.RUNNING,
            null,
            null);
    book.insert(trial);
    audit.note(person.id(), "RULE TRIAL " + kind, ruleId, "version " + draft.version());
    runner.execute(() -> run(trial));
    return trial.trialId();
  }

  private void run(RuleTrial trial) {
    try {
      Path place = Files.createTempDirectory("zhifu-trial");
      Path json = place.resolve("result.json");
      Path log = place.resolve("log.txt");
      try {
        int code = run(command(trial, json), log);
        if (Files.exists(json) && Files.size(json) <= RESULT_MAX) {
          end(trial, RuleTrial.State.DONE, Files.readString(json));
        } else {
          end(trial, RuleTrial.State.FAILED, lastWords(log, code));
        }
      } finally {
        Files.deleteIfExists(json);
        Files.deleteIfExists(log);
        Files.deleteIfExists(place);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("trial {} failed", trial.trialId(), e);
      end(trial, RuleTrial.State.FAILED, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(RuleTrial trial, Path json) {
    String draft = work.folder(trial.ruleId()).toAbsolutePath().toString();
    List<String> command = new ArrayList<>();
    command.add(tools.launcher().toString());
    if (trial.kind() == RuleTrial.Kind.SCENARIOS) {
      command.addAll(List.of("rules", "test", draft));
    } else {
      command.addAll(
          List.of("backtest", "--stack", "--hours", String.valueOf(HOURS), "--compare", draft));
      if (tools.state() != null) {
        command.addAll(List.of("--state", tools.state().toString()));
      }
    }
    command.addAll(List.of("--json", json.toString()));
    return command;
  }

  private static int run(List<String> command, Path log) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(log.toFile());
    // The launcher builds what is older than its sources; not under the stack that runs from it.
    builder.environment().put("ZHIFU_BUILD", "never");
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        return -1;
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static String lastWords(Path log, int code) throws IOException {
    String said = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    String end = said.substring(Math.max(0, said.length() - LAST_WORDS)).strip();
    return code == -1
        ? "ended after " + LONGEST.toMinutes() + " minutes without a result; " + end
        : "exit code " + code + "; " + end;
  }

  private void end(RuleTrial trial, RuleTrial.State state, String result) {
    book.end(trial.trialId(), state, clock.get(), result);
    changed.run();
  }

  @Override
  public void close() {
    runner.shutdownNow();
  }
}
