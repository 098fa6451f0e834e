package dev.zhifu.rules.money;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose money left an account, and whose is still there. The account's history is played again from
 * the first claimed arrival on, once by FIFO and once by pro rata, each exact to the fen; what lay
 * there before is nobody's.
 *
 * <p>Movements of one time without serials from the bank happened at once: their credits arrive
 * together, then their debits leave together, each with its part in the ratio of the amounts. No id
 * decides. Where another order would give another answer the share is {@linkplain Share#ambiguous()
 * ambiguous}, and its bounds hold under every order that the opening balance allows (ADR-0091).
 */
public final class Attribution {
  private static final Comparator<Movement> LARGEST_FIRST =
      Comparator.comparingLong(Movement::fen).reversed().thenComparing(Movement::id);

  private final List<Outflow> outflows;
  private final Map<String, Share> remaining;
  private final Map<String, Long> arrivedAt;

  private Attribution(
      List<Outflow> outflows, Map<String, Share> remaining, Map<String, Long> arrivedAt) {
    this.outflows = outflows;
    this.remaining = remaining;
    this.arrivedAt = arrivedAt;
  }

  /**
   * Attributes one account.
   *
   * @param history the account's movements
   * @param inflows claimed money in them; several claims may share one movement, together not more
   *     than its amount
   * @throws IllegalArgumentException when claims on one movement add up to more than its amount, or
   *     an inflow names a debit
   */
  public static Attribution of(History history, Collection<Inflow> inflows) {
    Setting setting = new Setting(history, inflows);
    Replay fifo = new Replay(setting, Pot.Rule.FIFO, true).run();
    Replay proRata = new Replay(setting, Pot.Rule.PRO_RATA, false).run();
    return new Bounds(setting, fifo, proRata).attribution();
  }

  /**
   * What is left of each claim's money when the newest money leaves first: the other end of the
   * test of §5.4, whether time stamps alone tell whose money is still there.
   */
  public static Map<String, Long> remainingByLifo(History history, Collection<Inflow> inflows) {
    Setting setting = new Setting(history, inflows);
    Replay lifo = new Replay(setting, Pot.Rule.LIFO, true).run();
    Map<String, Long> left = new TreeMap<>();
    for (int claim = 0; claim < setting.claims.size(); claim++) {
      left.put(setting.claims.get(claim), lifo.remaining[claim]);
    }
    return left;
  }

  /** Debits with claimed money in them, in the total order. */
  public List<Outflow> outflows() {
    return outflows;
  }

  /** What is still there, by claim. */
  public Map<String, Share> remaining() {
    return remaining;
  }

  /** Event time of the newest arrival, by claim. */
  public Map<String, Long> arrivedAt() {
    return arrivedAt;
  }

  /** What is played: the part of the history that matters, and what each credit brings. */
  private static final class Setting {
    private final List<String> claims;
    private final List<Movement> movements;
    private final long foreignFen;
    private final boolean openingKnown;
    private final Map<String, List<Inflow>> byMovement = new HashMap<>();
    private final Map<String, Integer> index = new HashMap<>();

    private Setting(History history, Collection<Inflow> inflows) {
      TreeSet<String> names = new TreeSet<>();
      for (Inflow inflow : inflows) {
        names.add(inflow.claim());
        byMovement.computeIfAbsent(inflow.movementId(), id -> new ArrayList<>()).add(inflow);
      }
      claims = List.copyOf(names);
      for (String claim : claims) {
        index.put(claim, index.size());
      }
      long from = Long.MAX_VALUE;
      for (Movement movement : history.movements()) {
        if (byMovement.containsKey(movement.id())) {
          check(movement);
          from = Math.min(from, movement.at());
        }
      }
      long start = from;
      movements = history.movements().stream().filter(m -> m.at() >= start).toList();
      foreignFen = history.balanceBefore(start);
      openingKnown = history.openingKnown();
    }

    private void check(Movement movement) {
      long fifo = 0;
      long proRata = 0;
      for (Inflow inflow : byMovement.get(movement.id())) {
        fifo += inflow.share().fifo();
        proRata += inflow.share().proRata();
      }
      if (!movement.credit() || Math.max(fifo, proRata) > movement.fen()) {
        throw new IllegalArgumentException(
            "Movement "
                + movement.id()
                + (movement.credit()
                    ? " brings " + movement.fen() + " fen, claims on it add up to "
                    : " is a debit, claims on it are ")
                + Math.max(fifo, proRata)
                + "; claims must be on credits and within their amounts");
      }
    }

    private int owners() {
      return claims.size() * Share.SLOTS + 1;
    }

    private List<Inflow> of(Movement movement) {
      return byMovement.getOrDefault(movement.id(), List.of());
    }
  }

  /** One run over the history under one rule. */
  private static final class Replay {
    private final Setting setting;
    private final Pot pot;
    private final boolean byFifo;
    private final Map<String, long[]> taken = new HashMap<>();
    private final Map<Integer, long[]> beforeDebits = new HashMap<>();
    private long[] remaining;

    private Replay(Setting setting, Pot.Rule rule, boolean byFifo) {
      this.setting = setting;
      this.pot = new Pot(rule, setting.owners());
      this.byFifo = byFifo;
    }

    private Replay run() {
      long[] foreign = new long[setting.owners()];
      foreign[foreign.length - 1] = setting.foreignFen;
      pot.put(foreign);
      List<Movement> movements = setting.movements;
      int from = 0;
      while (from < movements.size()) {
        int end = History.endOfInstant(movements, from);
        instant(from, end);
        from = end;
      }
      remaining = byClaim(pot.held());
      return this;
    }

    private void instant(int from, int end) {
      List<Movement> now = setting.movements.subList(from, end);
      boolean debits = now.stream().anyMatch(movement -> !movement.credit());
      boolean credits = now.stream().anyMatch(Movement::credit);
      boolean ordered = History.isOrdered(setting.movements, from, end);
      if (ordered) {
        for (Movement movement : now) {
          if (movement.credit()) {
            pot.put(parcel(movement, debits));
          } else {
            taken.put(movement.id(), pot.take(movement.fen()));
          }
        }
      } else {
        long[] together = new long[setting.owners()];
        for (Movement movement : now) {
          if (movement.credit()) {
            add(together, parcel(movement, debits));
          }
        }
        pot.put(together);
        beforeDebits.put(from, pot.held());
        leaveTogether(now);
      }
      if (debits && credits) {
        pot.settle();
      }
    }

    private void leaveTogether(List<Movement> now) {
      List<Movement> debits =
          now.stream().filter(movement -> !movement.credit()).sorted(LARGEST_FIRST).toList();
      if (debits.isEmpty()) {
        return;
      }
      long sum = debits.stream().mapToLong(Movement::fen).sum();
      Pot leaving = new Pot(Pot.Rule.PRO_RATA, setting.owners());
      leaving.put(pot.take(sum));
      for (Movement debit : debits) {
        taken.put(debit.id(), leaving.take(debit.fen()));
      }
    }

    /** What a credit brings; what may leave again in this instant stands one slot higher. */
    private long[] parcel(Movement credit, boolean mayLeaveAtOnce) {
      long[] held = new long[setting.owners()];
      long foreign = credit.fen();
      for (Inflow inflow : setting.of(credit)) {
        int first = setting.index.get(inflow.claim()) * Share.SLOTS;
        for (int layer = 0; layer < Share.LAYERS; layer++) {
          long fen = byFifo ? inflow.share().fifo(layer) : inflow.share().proRata(layer);
          foreign -= fen;
          held[mayLeaveAtOnce ? first + layer + 1 : first] += fen;
        }
      }
      held[held.length - 1] = foreign;
      return held;
    }

    private long[] byClaim(long[] held) {
      long[] sums = new long[setting.claims.size()];
      for (int owner = 0; owner < held.length - 1; owner++) {
        sums[owner / Share.SLOTS] += held[owner];
      }
      return sums;
    }

    private long[] slots(String movementId, int claim) {
      int first = claim * Share.SLOTS;
      return Arrays.copyOfRange(taken.get(movementId), first, first + Share.SLOTS);
    }

    private static void add(long[] sum, long[] more) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += more[i];
      }
    }
  }

  /** Sets bounds to what the two runs say, wherever an order is missing. */
  private static final class Bounds {
    private final Setting setting;
    private final Replay fifo;
    private final Replay proRata;
    private final int claims;
    private final boolean[] doubtful;
    private final long[] arrivedLow;
    private final long[] arrivedHigh;
    private final long[] newest;
    private final boolean[] arrivingNow;
    private long allArrived;
    private long balance;
    private final List<Outflow> outflows = new ArrayList<>();

    private Bounds(Setting setting, Replay fifo, Replay proRata) {
      this.setting = setting;
      this.fifo = fifo;
      this.proRata = proRata;
      this.claims = setting.claims.size();
      this.doubtful = new boolean[claims];
      this.arrivedLow = new long[claims];
      this.arrivedHigh = new long[claims];
      this.newest = new long[claims];
      this.arrivingNow = new boolean[claims];
      Arrays.fill(newest, Long.MIN_VALUE);
    }

    private Attribution attribution() {
      allArrived = setting.foreignFen;
      balance = setting.foreignFen;
      List<Movement> movements = setting.movements;
      int from = 0;
      while (from < movements.size()) {
        int end = History.endOfInstant(movements, from);
        instant(from, end);
        from = end;
      }
      Map<String, Share> remaining = new TreeMap<>();
      Map<String, Long> arrivals = new TreeMap<>();
      for (int claim = 0; claim < claims; claim++) {
        String name = setting.claims.get(claim);
        long[] first = new long[Share.SLOTS];
        long[] second = new long[Share.SLOTS];
        first[0] = fifo.remaining[claim];
        second[0] = proRata.remaining[claim];
        remaining.put(name, bounded(claim, first, second, balance));
        if (newest[claim] != Long.MIN_VALUE) {
          arrivals.put(name, newest[claim]);
        }
      }
      return new Attribution(
          Collections.unmodifiableList(outflows),
          Collections.unmodifiableMap(remaining),
          Collections.unmodifiableMap(arrivals));
    }

    private void instant(int from, int end) {
      List<Movement> now = setting.movements.subList(from, end);
      boolean ordered = History.isOrdered(setting.movements, from, end);
      boolean debits = now.stream().anyMatch(movement -> !movement.credit());
      boolean atOnce = debits && end - from > 1;
      if (ordered) {
        for (Movement movement : now) {
          if (movement.credit()) {
            arrive(movement, atOnce);
          } else {
            leave(movement);
          }
        }
      } else {
        now.stream().filter(Movement::credit).forEach(movement -> arrive(movement, atOnce));
        doubt(fifo.beforeDebits.get(from));
        doubt(proRata.beforeDebits.get(from));
        now.stream().filter(movement -> !movement.credit()).forEach(this::leave);
      }
      if (atOnce) {
        now.stream().filter(Movement::credit).forEach(this::settle);
        Arrays.fill(arrivingNow, false);
      }
      if (balance <= 0) {
        allArrived = 0;
        Arrays.fill(doubtful, false);
        Arrays.fill(arrivedLow, 0);
        Arrays.fill(arrivedHigh, 0);
      }
    }

    /** An order matters to a claim that is neither absent nor alone. */
    private void doubt(long[] held) {
      long[] mine = fifo.byClaim(held);
      long total = 0;
      for (long part : held) {
        total += part;
      }
      for (int claim = 0; claim < claims; claim++) {
        doubtful[claim] |= mine[claim] > 0 && mine[claim] < total;
      }
    }

    /**
     * Counts a credit. What is said of one that may leave in its own instant bounds only what
     * leaves later: in a circle of one instant bounds and doubts would feed themselves.
     */
    private void arrive(Movement credit, boolean mayLeaveAtOnce) {
      balance += credit.fen();
      allArrived += credit.fen();
      for (Inflow inflow : setting.of(credit)) {
        int claim = setting.index.get(inflow.claim());
        newest[claim] = Math.max(newest[claim], credit.at());
        arrivingNow[claim] |= mayLeaveAtOnce;
      }
      if (!mayLeaveAtOnce) {
        settle(credit);
      }
    }

    private void settle(Movement credit) {
      for (Inflow inflow : setting.of(credit)) {
        int claim = setting.index.get(inflow.claim());
        arrivedLow[claim] += inflow.share().low();
        arrivedHigh[claim] += inflow.share().high();
        doubtful[claim] |= inflow.share().ambiguous();
      }
    }

    private void leave(Movement debit) {
      balance -= debit.fen();
      Map<String, Share> shares = new TreeMap<>();
      Map<String, Long> arrivals = new TreeMap<>();
      for (int claim = 0; claim < claims; claim++) {
        if (newest[claim] == Long.MIN_VALUE) {
          continue;
        }
        Share share =
            bounded(
                claim,
                fifo.slots(debit.id(), claim),
                proRata.slots(debit.id(), claim),
                debit.fen());
        if (!share.isNone()) {
          shares.put(setting.claims.get(claim), share);
          arrivals.put(setting.claims.get(claim), newest[claim]);
        }
      }
      if (!shares.isEmpty()) {
        outflows.add(new Outflow(debit, shares, arrivals));
      }
    }

    private Share bounded(int claim, long[] byFifo, long[] byProRata, long fen) {
      long first = Arrays.stream(byFifo).sum();
      long second = Arrays.stream(byProRata).sum();
      long low = Math.min(first, second);
      long high = Math.max(first, second);
      if (doubtful[claim]) {
        long others = allArrived - arrivedLow[claim];
        low = Math.min(low, setting.openingKnown ? Math.max(0, fen - others) : 0);
        high = Math.max(high, arrivingNow[claim] ? fen : Math.min(fen, arrivedHigh[claim]));
      }
      return new Share(byFifo, byProRata, low, high, doubtful[claim]);
    }
  }
}
