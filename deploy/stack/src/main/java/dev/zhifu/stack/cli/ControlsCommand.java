package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeyRole;
import dev.zhifu.stack.lives.ControlDesk;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.SubjectKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu controls}: bounds on automatic actions, in force at once. */
@Command(
    name = "controls",
    description =
        "Limits on rules, suppression of subjects and the kill switch: at once, on actions; hits"
            + " and cases go on.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ControlsCommand.ListAll.class,
      ControlsCommand.Limit.class,
      ControlsCommand.Suppress.class,
      ControlsCommand.Kill.class,
      ControlsCommand.Revive.class
    })
final class ControlsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given: list, limit, suppress, kill or revive");
  }

  /** Who decides, why, and where it goes. */
  static final class Decision {
    @Mixin private KeyOptions keys;
    @Mixin private JsonOption json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
        names = "--by",
        paramLabel = "ID",
        description = "who decides (default: the owner of --key; in the demo one of its persons)")
    private String by;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description =
            "key file of who decides: an approver's for a limit, an officer's for the others (default: a DEMO key, in"
                + " the demo alone)")
    private Path key;

    @Option(
        names = "--key-password",
        paramLabel = "FILE",
        description = "file with the key's password, one line (default: asked at the terminal)")
    private Path password;

    @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "why")
    private String reason;

    /**
     * Who decides.
     *
     * @param usual the person of the demo who decides such things
     */
    KeyOptions.Signatory by(String usual) {
      return keys.signatory("key", key, password, by, usual);
    }

    ControlDesk desk(KeyOptions.Signatory by) {
      return keys.broker().controls(person -> by.signer(), keys.signatures());
    }

    int done(String sentence, Map<String, Object> row) {
      spec.commandLine().getOut().println(sentence);
      json.write(row);
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "What bounds automatic actions now.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private RulesBroker broker;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      try (ControlDesk desk = broker.controls()) {
        PrintWriter out = spec.commandLine().getOut();
        OfficerAct act = desk.killSwitch();
        boolean killed = act != null && act.getKind() == ActKind.KILL_SWITCH;
        out.println(
            killed
                ? "killed by " + act.getOfficerId() + " at " + act.getAt() + ": " + act.getReason()
                : "automatic actions are on");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ActionControl control : desk.controls()) {
          out.println(
              words(control)
                  + ", by "
                  + control.getBy()
                  + " at "
                  + control.getAt()
                  + ": "
                  + control.getReason());
          rows.add(row(control));
        }
        desk.unreadable().forEach(spec.commandLine().getErr()::println);
        json.write(Map.of("killed", killed, "controls", rows));
        return 0;
      }
    }
  }

  @Command(
      name = "limit",
      description = "At most so many hits of a rule lead to automatic actions within a span.",
      mixinStandardHelpOptions = true)
  static final class Limit implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "id of the rule such as T02")
    private String ruleId;

    @Option(
        names = "--hits",
        required = true,
        paramLabel = "N",
        description = "most hits within the span; 0 keeps all back, -1 takes the limit away")
    private int hits;

    @Option(
        names = "--per",
        defaultValue = "PT1H",
        paramLabel = "SPAN",
        description = "span of event time such as PT10M (default: ${DEFAULT-VALUE})")
    private Duration span;

    @Mixin private Decision decision;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      if (hits < -1 || span.isNegative() || span.isZero()) {
        throw new ParameterException(
            spec.commandLine(),
            "--hits is " + hits + " and --per " + span + "; at least -1 and a span above 0");
      }
      KeyOptions.Signatory by = decision.by(DemoKeys.APPROVER);
      try (ControlDesk desk = decision.desk(by)) {
        ActionControl control = desk.limit(ruleId, hits, span, by.person(), decision.reason);
        return decision.done(words(control), row(control));
      }
    }
  }

  @Command(
      name = "suppress",
      description = "No automatic action about one holder or account until a date.",
      mixinStandardHelpOptions = true)
  static final class Suppress implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "KIND", description = "holder or account")
    private SubjectKind kind;

    @Parameters(index = "1", paramLabel = "TOKEN", description = "token of the holder or account")
    private String subject;

    @Option(
        names = "--until",
        required = true,
        paramLabel = "TIME",
        description = "event time at which it ends; one that has passed ends a suppression")
    private Instant until;

    @Mixin private Decision decision;

    @Override
    public Integer call() {
      KeyOptions.Signatory by = decision.by(DemoKeys.FIRST_OFFICER);
      try (ControlDesk desk = decision.desk(by)) {
        ActionControl control = desk.suppress(kind, subject, until, by.person(), decision.reason);
        return decision.done(words(control), row(control));
      }
    }
  }

  @Command(
      name = "kill",
      description = "Stops all automatic actions at once.",
      mixinStandardHelpOptions = true)
  static final class Kill implements Callable<Integer> {
    @Mixin private Decision decision;

    @Override
    public Integer call() {
      return act(decision, ActKind.KILL_SWITCH, DemoKeys.FIRST_OFFICER);
    }
  }

  @Command(
      name = "revive",
      description =
          "Takes the kill switch back; automatic signatures need a new authorisation besides.",
      mixinStandardHelpOptions = true)
  static final class Revive implements Callable<Integer> {
    @Mixin private Decision decision;

    @Override
    public Integer call() {
      return act(decision, ActKind.REVIVE, DemoKeys.AUTHORISER);
    }
  }

  private static int act(Decision decision, ActKind kind, String usual) {
    KeyOptions.Signatory by = decision.by(usual);
    if (kind == ActKind.REVIVE) {
      by.require(KeyRole::authorises, "reviving automatic actions", "an authorising officer");
    }
    try (ControlDesk desk = decision.desk(by)) {
      OfficerAct act = desk.act(kind, by.person(), decision.reason);
      return decision.done(
          act.getOfficerId() + " decided " + kind + " at event time " + act.getAt(),
          Map.of("actId", act.getActId(), "kind", kind.name(), "at", act.getAt().toString()));
    }
  }

  private static String words(ActionControl control) {
    if (control.getKind() == ActionControlKind.LIMIT) {
      return control.getHitsMax() < 0
          ? control.getRuleId() + " has no limit"
          : "%s acts on at most %d hits in %s"
              .formatted(
                  control.getRuleId(),
                  control.getHitsMax(),
                  Duration.ofMillis(control.getSpanMs()));
    }
    return "no automatic action about %s %s until %s"
        .formatted(control.getSubjectKind(), control.getSubject(), control.getUntil());
  }

  private static Map<String, Object> row(ActionControl control) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("controlId", control.getControlId());
    row.put("kind", control.getKind().name());
    row.put("ruleId", control.getRuleId());
    row.put("hitsMax", control.getHitsMax());
    row.put("spanMs", control.getSpanMs());
    row.put("subject", control.getSubject());
    row.put("until", control.getUntil() == null ? null : control.getUntil().toString());
    row.put("at", control.getAt().toString());
    row.put("by", control.getBy());
    row.put("reason", control.getReason());
    return row;
  }
}
