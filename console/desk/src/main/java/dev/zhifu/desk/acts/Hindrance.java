package dev.zhifu.desk.acts;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.appeal.AppealFact;
import dev.zhifu.rules.lives.cases.CaseFact;
import dev.zhifu.rules.lives.freeze.FreezeFact;
import dev.zhifu.rules.lives.holds.RiskHoldFact;
import dev.zhifu.rules.lives.holds.VictimHoldFact;
import dev.zhifu.rules.lives.paper.PaperFact;
import dev.zhifu.rules.lives.refund.RefundFact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a table does not allow an act.
 *
 * @param rule name of the guard, or of what the table lacks
 * @param fact the guard; null when it is none of the tables' guards
 * @param sentence all of it in English: rule, clause, value, way out
 */
public record Hindrance(String rule, LifeFact fact, String sentence) {
  private static final List<LifeFact> FACTS =
      Stream.<LifeFact[]>of(
              CaseFact.values(),
              FreezeFact.values(),
              RefundFact.values(),
              RiskHoldFact.values(),
              VictimHoldFact.values(),
              AppealFact.values(),
              PaperFact.values())
          .flatMap(Stream::of)
          .toList();

  /** The refusals that an alarm's words about {@code cause} name. */
  public static List<Hindrance> of(String words, String cause) {
    int at = words.indexOf(cause + ": ");
    if (at < 0) {
      return List.of(new Hindrance("UNKNOWN_LIFE", null, words));
    }
    List<Hindrance> all = new ArrayList<>();
    for (String one : words.substring(at + cause.length() + 2).split(" \\| ")) {
      int end = one.indexOf(" (");
      String rule = end < 0 ? one : one.substring(0, end);
      all.add(new Hindrance(rule, factOf(rule), one));
    }
    return all;
  }

  /** What the plan of a freeze says against an act: rule, values, way out. */
  static Hindrance ofPlan(String words) {
    int end = words.indexOf(':');
    return new Hindrance(end < 0 ? "UNKNOWN_LIFE" : words.substring(0, end), null, words);
  }

  private static LifeFact factOf(String rule) {
    return FACTS.stream()
        .filter(fact -> ((Enum<?>) fact).name().equals(rule))
        .findFirst()
        .orElse(null);
  }

  /** Key of the sentence for what is no guard: no such transition, wrong role, unknown life. */
  public String key() {
    return "lifeHindrance." + rule;
  }

  /** The guard in words with its clause; empty when it is no guard. */
  public String words(boolean chinese) {
    if (fact == null) {
      return "";
    }
    return chinese
        ? fact.words().chinese() + "（" + cited() + "）"
        : fact.words().english()
            + " ("
            + (fact.clause().basis() == Clause.Basis.OWN
                ? Clause.Basis.OWN.words()
                : fact.clause().cited())
            + ")";
  }

  /** What was not read in its own text is said to be so, and what is ours is not called law. */
  private String cited() {
    return switch (fact.clause().basis()) {
      case READ, OWN -> fact.clause().text();
      case QUOTED -> fact.clause().text() + "，转引未核";
    };
  }
}
