package dev.zhifu.rules.language;

import dev.zhifu.wire.ActionCode;
import java.util.List;

/**
 * What a rule file says beyond what matching needs: for explanations, tables and checks.
 *
 * @param status DRAFT or LIVE, as the author proposes; a publication decides
 * @param strength what kind of pattern it is; gives the default weight
 * @param basis where the pattern comes from
 * @param parameters its named thresholds
 * @param steps its steps as written
 * @param proposals actions that have no output yet and are shown in the case only
 * @param dropped steps of the typology that are left out for want of a lawful source, each with its
 *     reason
 * @param withheld true when a skip strategy together with compared steps can hold a finished match
 *     back and retract it
 */
public record RuleSheet(
    Status status,
    Strength strength,
    List<Basis> basis,
    List<Parameter> parameters,
    List<StepText> steps,
    List<ActionCode> proposals,
    List<Dropped> dropped,
    boolean withheld) {

  /** What the author proposes. */
  public enum Status {
    DRAFT,
    LIVE
  }

  /** Kinds of pattern with their default weights in a case score. */
  public enum Strength {
    /** A pattern that an authority published or a case showed. */
    PUBLISHED("published", 0.7),
    /** One event that says it all, such as a listed account. */
    INSTANT("instant", 0.7),
    /** Ground enough to ask the customer again, not more. */
    STEP_UP("stepUp", 0.5),
    /** Only adds to other hits. */
    SCORE_ONLY("scoreOnly", 0.25);

    private final String word;
    private final double weight;

    Strength(String word, double weight) {
      this.word = word;
      this.weight = weight;
    }

    /** The word that rule files use. */
    public String word() {
      return word;
    }

    /** Default weight, 0 to 1; an engineering default. */
    public double weight() {
      return weight;
    }
  }

  /**
   * A source of the pattern.
   *
   * @param source law, publication, press case or "engineering default"
   * @param grade A law text read, B official figure or page, C public code, D secondary page; empty
   *     for an engineering default
   */
  public record Basis(String source, String grade) {}

  /**
   * A named threshold.
   *
   * @param name as conditions use it, {@code params.name}
   * @param written as the file writes it
   * @param value a Long or a Double, in the unit conditions see: fen for yuan, milliseconds for
   *     durations
   * @param unit as the file names it
   * @param published true when an authority, a case or public code states it; false for an
   *     engineering default
   * @param source where it is published; empty for an engineering default
   */
  public record Parameter(
      String name, String written, Object value, String unit, boolean published, String source) {}

  /**
   * A step as written.
   *
   * @param name unique within the rule
   * @param kinds words of the event kinds it takes
   * @param where its condition, CEL; empty when there is none
   * @param signals what carries it
   * @param defaultPhase true when it takes the first of awaiting and completed, because its
   *     condition names no phase
   */
  public record StepText(
      String name, List<String> kinds, String where, List<Signal> signals, boolean defaultPhase) {}

  /**
   * What carries a step.
   *
   * @param signal the message or field
   * @param source who gives it, and the lawful ground
   */
  public record Signal(String signal, String source) {}

  /**
   * A step of the typology that the rule leaves out.
   *
   * @param step what it would have been
   * @param reason why no lawful source carries it
   */
  public record Dropped(String step, String reason) {}
}
