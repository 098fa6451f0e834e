package dev.zhifu.stack.floor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass of the four textbook rules over movements sorted by time. They know nothing but
 * accounts, times, amounts and types, and forget what lies further back than the window.
 */
final class NaiveRules {
  private static final long PASS_THROUGH_MS = 2 * 3_600_000L;
  private static final double LEAST_SHARE = 0.8;
  private static final double MOST_SHARE = 1.02;
  private static final int SHORTEST_CYCLE = 3;
  private static final int LONGEST_CYCLE = 6;

  /** Steps back that the search for one cycle may take; a limit keeps hubs affordable. */
  private static final int MOST_STEPS = 300;

  private final long windowMs;
  private final int counterparties;
  private final Map<String, Deque<Movement>> received = new HashMap<>();
  private final Map<String, Deque<Movement>> paid = new HashMap<>();
  private final Map<NaiveRule, Flags> flags = new EnumMap<>(NaiveRule.class);

  private NaiveRules(long windowMs, int counterparties) {
    this.windowMs = windowMs;
    this.counterparties = counterparties;
    for (NaiveRule rule : NaiveRule.values()) {
      flags.put(rule, Flags.none());
    }
  }

  /**
   * Runs the rules.
   *
   * @param movements sorted by time
   * @param windowMs window of fans and cycles, milliseconds
   * @param counterparties distinct counterparties that make a fan
   */
  static Map<NaiveRule, Flags> run(List<Movement> movements, long windowMs, int counterparties) {
    NaiveRules rules = new NaiveRules(windowMs, counterparties);
    movements.stream().filter(one -> !one.payer().equals(one.payee())).forEach(rules::see);
    return rules.flags;
  }

  private void see(Movement movement) {
    Deque<Movement> in = window(received, movement.payee(), movement);
    fan(NaiveRule.FAN_IN, movement.payee(), in, movement);
    Deque<Movement> out = window(paid, movement.payer(), movement);
    fan(NaiveRule.FAN_OUT, movement.payer(), out, movement);
    passThrough(movement);
    if (movement.isTransfer()) {
      cycles(movement);
    }
  }

  private Deque<Movement> window(
      Map<String, Deque<Movement>> byAccount, String account, Movement movement) {
    Deque<Movement> kept = byAccount.computeIfAbsent(account, any -> new ArrayDeque<>());
    kept.addLast(movement);
    while (kept.peekFirst().atMs() < movement.atMs() - windowMs) {
      kept.removeFirst();
    }
    return kept;
  }

  private void fan(NaiveRule rule, String hub, Deque<Movement> kept, Movement movement) {
    if (kept.size() < counterparties || !movement.movesMoney()) {
      return;
    }
    Set<String> others = new HashSet<>();
    for (Movement one : kept) {
      others.add(rule == NaiveRule.FAN_IN ? one.payer() : one.payee());
    }
    if (others.size() >= counterparties) {
      Flags found = flags.get(rule);
      kept.forEach(one -> found.transactions().set(one.index()));
      found.accounts().add(hub);
    }
  }

  /** Pairs a movement with the newest credit of its payer that it could have passed on. */
  private void passThrough(Movement out) {
    Deque<Movement> credits = received.get(out.payer());
    if (credits == null) {
      return;
    }
    Iterator<Movement> newestFirst = credits.descendingIterator();
    while (newestFirst.hasNext()) {
      Movement credit = newestFirst.next();
      if (credit.atMs() < out.atMs() - PASS_THROUGH_MS) {
        return;
      }
      if (credit.isTransfer()
          && out.yuan() >= LEAST_SHARE * credit.yuan()
          && out.yuan() <= MOST_SHARE * credit.yuan()) {
        Flags found = flags.get(NaiveRule.PASS_THROUGH);
        found.transactions().set(credit.index());
        found.transactions().set(out.index());
        found.accounts().add(out.payer());
        return;
      }
    }
  }

  /** A chain of movements that ends in the one that may close a cycle, its newest first. */
  private record Chain(Movement oldest, Chain newer, int length) {}

  /** Walks back from the payer along ever earlier credits, depth first, to reach the payee. */
  private void cycles(Movement closing) {
    Deque<Chain> open = new ArrayDeque<>();
    open.push(new Chain(closing, null, 1));
    for (int steps = 0; !open.isEmpty() && steps < MOST_STEPS; steps++) {
      walkBack(open.pop(), closing, open);
    }
  }

  private void walkBack(Chain chain, Movement closing, Deque<Chain> open) {
    for (Movement credit : received.getOrDefault(chain.oldest().payer(), new ArrayDeque<>())) {
      if (credit.atMs() >= chain.oldest().atMs() || credit.atMs() < closing.atMs() - windowMs) {
        continue;
      }
      Chain longer = new Chain(credit, chain, chain.length() + 1);
      if (credit.payer().equals(closing.payee()) && longer.length() >= SHORTEST_CYCLE) {
        found(longer, closing.payee());
      } else if (longer.length() < LONGEST_CYCLE) {
        open.push(longer);
      }
    }
  }

  private void found(Chain cycle, String account) {
    Flags found = flags.get(NaiveRule.CYCLE);
    for (Chain one = cycle; one != null; one = one.newer()) {
      found.transactions().set(one.oldest().index());
    }
    found.accounts().add(account);
  }
}
