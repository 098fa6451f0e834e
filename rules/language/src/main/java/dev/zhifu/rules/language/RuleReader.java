package dev.zhifu.rules.language;

import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.SubjectKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads one rule file from its root node: every key once, every fault noted, then the checks that
 * concern the whole.
 */
final class RuleReader {
  /** Actions whose output the engine sends; the others are shown in the case as proposals. */
  private static final Set<ActionCode> WITH_OUTPUT =
      EnumSet.of(ActionCode.A1, ActionCode.A2, ActionCode.A3, ActionCode.A5, ActionCode.A6);

  private final Problems problems;
  private final String text;

  RuleReader(Problems problems, String text) {
    this.problems = problems;
    this.text = text;
  }

  RuleResult read(Node root) {
    Fields fields = Fields.of(root, "the rule", problems);
    if (!(root instanceof MappingNode)) {
      return RuleParser.failed(problems);
    }
    RuleHead head = head(fields);
    List<RuleSheet.Parameter> parameters =
        new ParameterReader(problems).read(fields.optional("parameters"));
    KeyKind key = choice(fields, "key", KeyKind.class, "holder");
    Set<EventKind> over = over(fields, key);
    List<StepDraft> drafts = pattern(fields, over);
    long within = within(fields, drafts);
    AfterMatch afterMatch =
        new AfterMatchReader(problems).read(fields.optional("afterMatch"), drafts);
    List<ActionCode> actions = actions(fields);
    Map<String, List<RuleSheet.Signal>> signals = new SignalReader(problems).read(fields, drafts);
    List<RuleSheet.Dropped> dropped = new SignalReader(problems).dropped(fields);
    fields.refuseOthers();
    ConditionSet conditions = new ConditionSet(problems, text, drafts, parameters);
    conditions.compile(fields.optional("parameters"));
    if (!problems.none()) {
      return RuleParser.failed(problems);
    }
    RulePattern pattern = new RulePattern(drafts, conditions.steps(), afterMatch, within);
    pattern.check(problems, fields.optional("pattern"));
    if (!problems.none()) {
      return RuleParser.failed(problems);
    }
    Rule rule = rule(head, key, over, pattern, actions, conditions);
    RuleSheet sheet =
        new RuleSheet(
            head.status(),
            head.strength(),
            head.basis(),
            List.copyOf(parameters),
            conditions.texts(signals),
            actions.stream().filter(action -> !WITH_OUTPUT.contains(action)).toList(),
            dropped,
            afterMatch.kind() != AfterMatch.Kind.NO_SKIP && conditions.compareSteps());
    return new RuleResult(rule, sheet, List.of(), problems.warnings());
  }

  private Rule rule(
      RuleHead head,
      KeyKind key,
      Set<EventKind> over,
      RulePattern pattern,
      List<ActionCode> actions,
      ConditionSet conditions) {
    return new Rule(
        head.id(),
        head.version(),
        head.nameZh(),
        head.nameEn(),
        head.plainZh(),
        head.plainEn(),
        head.family(),
        key,
        head.subject(),
        Set.copyOf(over),
        List.copyOf(pattern.steps()),
        pattern.withinMs(),
        pattern.afterMatch(),
        head.weight(),
        List.copyOf(actions),
        pattern.monotone(),
        pattern.keepsAll(),
        pattern.endsWithAbsence(),
        Set.copyOf(conditions.features()),
        pattern.worstPartials(),
        head.reason(),
        head.basis().stream().map(RuleSheet.Basis::source).toList(),
        text,
        Sha256.hex(text));
  }

  // -- the head

  private RuleHead head(Fields fields) {
    String id = fields.text("id", "T02");
    if (!id.isEmpty() && !id.matches("[VMTG]\\d{2,4}")) {
      problems.fault(
          fields.optional("id"),
          "the id is '" + id + "'",
          "write the family's letter and two to four digits, such as T02");
    }
    RuleFamily family = choice(fields, "family", RuleFamily.class, "T");
    if (family != null && id.matches("[VMTG]\\d{2,4}") && !id.startsWith(family.name())) {
      problems.fault(
          fields.optional("family"),
          "the family is " + family + " and the id is " + id,
          "make the id's letter the family");
    }
    Node version = fields.required("version", "1");
    int number = version == null ? 1 : fields.whole("version", version, 1, 1_000_000);
    Bilingual name = Bilingual.read(fields, "name", problems);
    Bilingual plain = Bilingual.read(fields, "plain", problems);
    String status = fields.word("status", Set.of("draft", "live"), "draft");
    RuleSheet.Strength strength = strength(fields);
    return new RuleHead(
        id,
        number,
        name.zh(),
        name.en(),
        plain.zh(),
        plain.en(),
        family,
        choice(fields, "subject", SubjectKind.class, "holder"),
        "live".equals(status) ? RuleSheet.Status.LIVE : RuleSheet.Status.DRAFT,
        strength,
        weight(fields, strength),
        reason(fields),
        new BasisReader(problems).read(fields));
  }

  private <E extends Enum<E>> E choice(Fields fields, String key, Class<E> type, String example) {
    Map<String, E> words = new TreeMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(
          type == RuleFamily.class ? constant.name() : constant.name().toLowerCase(Locale.ROOT),
          constant);
    }
    String word = fields.word(key, words.keySet(), example);
    return word == null ? null : words.get(word);
  }

  private RuleSheet.Strength strength(Fields fields) {
    Map<String, RuleSheet.Strength> words = new TreeMap<>();
    for (RuleSheet.Strength strength : RuleSheet.Strength.values()) {
      words.put(strength.word(), strength);
    }
    String word = fields.word("strength", words.keySet(), "stepUp");
    return word == null ? RuleSheet.Strength.SCORE_ONLY : words.get(word);
  }

  private double weight(Fields fields, RuleSheet.Strength strength) {
    String written = fields.optionalText("weight", "0.5");
    if (written == null) {
      return strength.weight();
    }
    double weight = written.matches("\\d(\\.\\d{1,6})?") ? Double.parseDouble(written) : -1;
    if (weight <= 0 || weight >= 1) {
      problems.fault(
          fields.optional("weight"),
          "the weight is " + written,
          "write a decimal above 0 and below 1, such as 0.5");
    }
    return weight;
  }

  private String reason(Fields fields) {
    Set<String> names = new TreeSet<>();
    for (ReasonCode code : ReasonCode.values()) {
      names.add(code.name());
    }
    return fields.word("reason", names, "VICTIM_AT_RISK");
  }

  // -- the pattern

  private Set<EventKind> over(Fields fields, KeyKind key) {
    fields.required("over", "[transfer.out]");
    Map<String, EventKind> words = StepReader.kindWords();
    Set<EventKind> over = EnumSet.noneOf(EventKind.class);
    for (String word : fields.words("over", words.keySet(), "event kind")) {
      over.add(words.get(word));
    }
    for (EventKind kind : over) {
      if (key != null && !Reach.of(key).contains(kind)) {
        String name = key.name().toLowerCase(Locale.ROOT);
        problems.fault(
            fields.optional("over"),
            "'" + kind.word() + "' never reaches a rule keyed by " + name,
            "leave it out, or key the rule by holder");
      }
    }
    return over;
  }

  private List<StepDraft> pattern(Fields fields, Set<EventKind> over) {
    Node node = fields.required("pattern", "a list of steps");
    List<Node> nodes = node == null ? List.of() : fields.list("pattern");
    if (node != null && nodes.isEmpty()) {
      problems.fault(node, "the pattern has no step", "write at least one '- step: name'");
    }
    if (nodes.size() > StepReader.MAX_STEPS) {
      problems.fault(
          node,
          "the pattern has " + nodes.size() + " steps",
          "at most "
              + StepReader.MAX_STEPS
              + " are allowed; make a feature of what can be looked up");
      return List.of();
    }
    List<StepDraft> drafts = new StepReader(problems, over).read(nodes);
    refuseUnused(fields, over, drafts);
    if (!drafts.isEmpty()
        && drafts.stream().noneMatch(s -> s.evidence() && !s.optional() && !s.negated())) {
      problems.fault(
          node,
          "no required step that takes events is evidence",
          "leave out 'evidence: false' at one of them: a hit is known by its evidence");
    }
    return drafts;
  }

  private void refuseUnused(Fields fields, Set<EventKind> over, List<StepDraft> drafts) {
    boolean strict =
        drafts.stream()
            .anyMatch(
                step ->
                    step.consecutive()
                        || step.contiguity() == Contiguity.NEXT
                        || step.contiguity() == Contiguity.NOT_NEXT);
    Set<EventKind> idle = EnumSet.allOf(EventKind.class);
    idle.retainAll(over);
    drafts.forEach(step -> idle.removeAll(step.kinds()));
    if (!strict && !drafts.isEmpty() && !idle.isEmpty()) {
      List<String> words = idle.stream().map(EventKind::word).toList();
      problems.fault(
          fields.optional("over"),
          "'over' names " + String.join(", ", words) + ", which no step takes",
          "leave it out: only rules with next, notNext or consecutive see events between their steps");
    }
  }

  private long within(Fields fields, List<StepDraft> drafts) {
    boolean oneEvent = drafts.size() == 1 && drafts.get(0).times().max() == 1;
    String written = fields.optionalText("within", "2h");
    if (written == null) {
      if (!drafts.isEmpty() && !oneEvent) {
        fields.required("within", "2h");
      }
      return 1000;
    }
    if (oneEvent) {
      problems.fault(
          fields.optional("within"),
          "'within' stands in a rule of one event",
          "leave it out: one event needs no window");
    }
    long within = DurationCheck.read(problems, fields.optional("within"), "within", written);
    for (StepDraft step : drafts) {
      if (step.withinPreviousMs() >= within && step.withinPreviousMs() > 1000) {
        problems.fault(
            step.node(),
            "'withinPrevious' of step '"
                + step.name()
                + "' is no shorter than the window "
                + written,
            "leave it out, or shorten it");
      }
    }
    return within;
  }

  // -- actions

  private List<ActionCode> actions(Fields fields) {
    Map<String, ActionCode> words = new TreeMap<>();
    for (ActionCode code : ActionCode.values()) {
      if (code != ActionCode.NONE) {
        words.put(code.name(), code);
      }
    }
    List<ActionCode> actions = new ArrayList<>();
    for (String word : fields.words("actions", words.keySet(), "action")) {
      place(fields, "actions", words.get(word), actions);
    }
    for (String word : fields.words("proposals", words.keySet(), "action")) {
      place(fields, "proposals", words.get(word), actions);
    }
    if (actions.contains(ActionCode.A5) && fields.optional("afterMatch") == null) {
      problems.fault(
          fields.node(),
          "the rule proposes A5 and does not declare 'afterMatch'",
          "add a line 'afterMatch: noSkip'");
    }
    refuseSkipWithStop(fields, actions);
    return actions;
  }

  private void place(Fields fields, String key, ActionCode action, List<ActionCode> actions) {
    boolean sent = WITH_OUTPUT.contains(action);
    if (sent != key.equals("actions")) {
      problems.fault(
          fields.optional(key),
          action
              + (sent
                  ? " has an output and stands under 'proposals'"
                  : " has no output yet and stands under 'actions'"),
          "move it to '" + (sent ? "actions" : "proposals") + "'");
    }
    if (!actions.contains(action)) {
      actions.add(action);
    }
  }

  private void refuseSkipWithStop(Fields fields, List<ActionCode> actions) {
    Node afterMatch = fields.optional("afterMatch");
    boolean noSkip = afterMatch instanceof ScalarNode scalar && scalar.getValue().equals("noSkip");
    if (actions.contains(ActionCode.A5) && afterMatch != null && !noSkip) {
      problems.fault(
          afterMatch,
          "the rule proposes A5 and skips matches",
          "write afterMatch: noSkip: a skipped match could retract a stop");
    }
  }
}
