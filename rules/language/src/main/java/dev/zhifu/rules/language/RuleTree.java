package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The state-free conditions of many rules as one tree: what most of them ask is asked first and
 * once, and of bounds on one term the weakest, so that an event that none can use is known after a
 * few questions, however many rules there are. Immutable; one event kind.
 *
 * @param <T> what stands for a rule
 */
public final class RuleTree<T> {
  private final Node<T> root;

  private RuleTree(Node<T> root) {
    this.root = root;
  }

  /** Collects rules of one event kind. */
  public static final class Builder<T> {
    private final EventKind kind;
    private final List<Alternative<T>> alternatives = new ArrayList<>();

    /** For events of that kind. */
    public Builder(EventKind kind) {
      this.kind = kind;
    }

    /** Adds every step of a rule that can take events of the kind. */
    public Builder<T> add(T what, Rule rule) {
      if (rule.over().contains(kind)) {
        rule.steps().forEach(step -> add(what, step.condition()));
      }
      return this;
    }

    /** Adds one step by its condition. */
    public Builder<T> add(T what, StepCondition condition) {
      if (condition.takesKind(kind)) {
        alternatives.add(new Alternative<>(what, condition.checks()));
      }
      return this;
    }

    /** The tree. */
    public RuleTree<T> build() {
      return new RuleTree<>(node(alternatives));
    }
  }

  /** A step of a rule and what is left to ask of an event until the step can take it. */
  private record Alternative<T>(T what, List<Check> left) {
    Alternative<T> without(Check check) {
      return new Alternative<>(
          what, left.stream().filter(each -> !each.key().equals(check.key())).toList());
    }
  }

  /**
   * One question, or several on one term.
   *
   * @param found those that nothing more is asked of
   * @param checks the questions; bounds of one term from the weakest
   * @param yes what comes behind each
   * @param ordered true when who fails one fails those behind it
   * @param rest those that do not ask this; null when there are none
   */
  private record Node<T>(
      List<T> found, Check[] checks, Node<T>[] yes, boolean ordered, Node<T> rest) {}

  /** True when some rule can use the event. */
  public boolean any(EventView view) {
    return any(root, view);
  }

  /** Hands over whoever can use the event, once for each step that can take it. */
  public void each(EventView view, Consumer<T> found) {
    each(root, view, found);
  }

  private static <T> boolean any(Node<T> from, EventView view) {
    for (Node<T> node = from; node != null; node = node.rest) {
      if (!node.found.isEmpty()) {
        return true;
      }
      for (int i = 0; i < node.checks.length; i++) {
        if (!node.checks[i].holds(view)) {
          if (node.ordered) {
            break;
          }
        } else if (any(node.yes[i], view)) {
          return true;
        }
      }
    }
    return false;
  }

  private static <T> void each(Node<T> from, EventView view, Consumer<T> found) {
    for (Node<T> node = from; node != null; node = node.rest) {
      node.found.forEach(found);
      for (int i = 0; i < node.checks.length; i++) {
        if (node.checks[i].holds(view)) {
          each(node.yes[i], view, found);
        } else if (node.ordered) {
          break;
        }
      }
    }
  }

  private static <T> Node<T> node(List<Alternative<T>> alternatives) {
    List<T> found = new ArrayList<>();
    List<Alternative<T>> asking = new ArrayList<>();
    for (Alternative<T> each : alternatives) {
      if (each.left.isEmpty()) {
        found.add(each.what);
      } else {
        asking.add(each);
      }
    }
    return asking.isEmpty() ? leaf(found) : question(found, asking);
  }

  @SuppressWarnings("unchecked")
  private static <T> Node<T> leaf(List<T> found) {
    return new Node<>(List.copyOf(found), new Check[0], new Node[0], false, null);
  }

  @SuppressWarnings("unchecked")
  private static <T> Node<T> question(List<T> found, List<Alternative<T>> asking) {
    Object subject = mostAsked(asking);
    Map<Object, Check> checks = new LinkedHashMap<>();
    Map<Object, List<Alternative<T>>> behind = new LinkedHashMap<>();
    List<Alternative<T>> others = new ArrayList<>();
    for (Alternative<T> each : asking) {
      Check check = about(each, subject);
      if (check == null) {
        others.add(each);
      } else {
        checks.putIfAbsent(check.key(), check);
        behind.computeIfAbsent(check.key(), key -> new ArrayList<>()).add(each.without(check));
      }
    }
    List<Check> sorted = new ArrayList<>(checks.values());
    boolean bounds = sorted.get(0).bound() != null;
    if (bounds) {
      sorted.sort(Comparator.comparing(Check::bound));
    }
    Node<T>[] yes =
        sorted.stream().map(check -> node(behind.get(check.key()))).toArray(Node[]::new);
    return new Node<>(
        List.copyOf(found),
        sorted.toArray(Check[]::new),
        yes,
        bounds,
        others.isEmpty() ? null : node(others));
  }

  /** What the greatest number of alternatives asks about; of equals what was named first. */
  private static <T> Object mostAsked(List<Alternative<T>> asking) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    for (Alternative<T> each : asking) {
      Set<Object> subjects = new LinkedHashSet<>();
      each.left.forEach(check -> subjects.add(subject(check)));
      subjects.forEach(subject -> counts.merge(subject, 1, Integer::sum));
    }
    int most = 0;
    Object chosen = null;
    for (Map.Entry<Object, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        chosen = entry.getKey();
      }
    }
    return chosen;
  }

  private static Object subject(Check check) {
    return check.bound() == null ? check.key() : check.bound().term();
  }

  private static <T> Check about(Alternative<T> alternative, Object subject) {
    for (Check check : alternative.left) {
      if (subject(check).equals(subject)) {
        return check;
      }
    }
    return null;
  }
}
