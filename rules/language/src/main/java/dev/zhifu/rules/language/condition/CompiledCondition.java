package dev.zhifu.rules.language.condition;

import dev.zhifu.rules.language.Check;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.StepCondition;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A step's condition: kinds first, then phase, then the conjuncts that look at the event alone,
 * then the rest.
 */
final class CompiledCondition implements StepCondition {
  private final Set<EventKind> kinds;
  private final boolean defaultPhase;
  private final Node.Truth[] alone;
  private final Node.Truth[] withPartial;
  private final List<Check> checks;

  /**
   * A condition.
   *
   * @param checks the parts that look at the event alone
   */
  CompiledCondition(
      Set<EventKind> kinds,
      boolean defaultPhase,
      Node.Truth[] alone,
      Node.Truth[] withPartial,
      List<Check> checks) {
    this.kinds = kinds;
    this.defaultPhase = defaultPhase;
    this.alone = alone;
    this.withPartial = withPartial;
    this.checks = withPhase(checks);
  }

  private List<Check> withPhase(List<Check> checks) {
    List<Check> all = new ArrayList<>(checks);
    if (defaultPhase) {
      all.add(new Check("first of awaiting and completed", this::phaseFits, null));
    }
    return List.copyOf(all);
  }

  @Override
  public boolean takesKind(EventKind kind) {
    return kinds.contains(kind);
  }

  @Override
  public List<Check> checks() {
    return checks;
  }

  @Override
  public boolean stateFree(EventView view) {
    return kinds.contains(EventKind.of(view)) && phaseFits(view) && all(alone, view, null);
  }

  @Override
  public boolean needsPartial() {
    return withPartial.length > 0;
  }

  @Override
  public boolean rest(EventView view, PartialMatch partial) {
    return all(withPartial, view, partial);
  }

  /**
   * A movement of money is taken once: at the first of awaiting and completed that reached the
   * engine.
   */
  private boolean phaseFits(EventView view) {
    if (!defaultPhase || !(view.event().getEvent() instanceof BankTransaction transaction)) {
      return true;
    }
    TransactionPhase phase = transaction.getPhase();
    boolean first = !Boolean.TRUE.equals(view.event().getFeatures().getPhaseRepeats());
    return first && (phase == TransactionPhase.AWAITING || phase == TransactionPhase.COMPLETED);
  }

  private static boolean all(Node.Truth[] nodes, EventView view, PartialMatch partial) {
    for (Node.Truth node : nodes) {
      if (node.of(view, partial) != Node.TRUE) {
        return false;
      }
    }
    return true;
  }
}
