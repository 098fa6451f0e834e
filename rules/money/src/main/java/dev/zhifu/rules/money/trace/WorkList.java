package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The trace in one thread over ledgers in memory: a list of messages still to be heard, worked off
 * until it is empty. For files and tests.
 */
public final class WorkList implements HopTransport {
  private final TraceNode node;
  private final Function<String, List<LedgerDay>> ledgers;
  private final Map<String, NodeState> states = new HashMap<>();
  private final Deque<HopMessage> waiting = new ArrayDeque<>();
  private final Map<String, CaseTrace> claims = new TreeMap<>();
  private long worked;

  /**
   * A trace over ledgers.
   *
   * @param ledgers days of an account's ledger, by token; empty for an account nobody knows
   */
  public WorkList(TraceNode node, Function<String, List<LedgerDay>> ledgers) {
    this.node = node;
    this.ledgers = ledgers;
  }

  /** Takes a reported loss. */
  public void report(HopMessage loss) {
    claims
        .computeIfAbsent(loss.claim(), claim -> new CaseTrace())
        .expect(loss.edge().payee().token());
    waiting.add(loss);
  }

  /** Says that an account's ledger has changed. */
  public void moved(String account) {
    NodeState state = states.get(account);
    if (state != null) {
      work(account, state);
    }
  }

  @Override
  public void hop(HopMessage message) {
    waiting.add(message);
  }

  @Override
  public void state(Statement statement) {
    claims.computeIfAbsent(statement.claim(), claim -> new CaseTrace()).accept(statement);
  }

  /** Works until nothing waits. */
  public void run() {
    while (!waiting.isEmpty()) {
      // All that waits for one account is heard before it is worked out anew.
      Map<String, Boolean> changed = new LinkedHashMap<>();
      while (!waiting.isEmpty()) {
        HopMessage message = waiting.poll();
        String account = message.edge().payee().token();
        NodeState state = states.computeIfAbsent(account, token -> new NodeState());
        if (node.receive(state, message)) {
          changed.put(account, true);
        }
      }
      changed.keySet().forEach(account -> work(account, states.get(account)));
    }
  }

  private void work(String account, NodeState state) {
    worked++;
    node.work(state, ledgers.apply(account), this, false);
  }

  /** Traces by claim. */
  public Map<String, CaseTrace> claims() {
    return claims;
  }

  /** What an account knows of all claims; empty for one that no message came to. */
  public NodeState stateOf(String account) {
    return states.getOrDefault(account, new NodeState());
  }

  /** How many times an account was worked out. */
  public long worked() {
    return worked;
  }

  /** Ledgers in memory, fed movement by movement. */
  public static final class Ledgers implements Function<String, List<LedgerDay>> {
    private final Map<String, TreeMap<Long, LedgerDay>> days = new HashMap<>();

    /** Puts a movement on an account. */
    public LedgerDay.Verdict add(String account, Movement movement) {
      return day(account, movement.at()).add(movement);
    }

    /** Notes that a transaction was undone at a time. */
    public LedgerDay.Verdict reverse(String account, String id, long atMs) {
      return day(account, atMs).reverse(id);
    }

    private LedgerDay day(String account, long atMs) {
      return days.computeIfAbsent(account, token -> new TreeMap<>())
          .computeIfAbsent(LedgerDay.dayOf(atMs), day -> new LedgerDay());
    }

    @Override
    public List<LedgerDay> apply(String account) {
      TreeMap<Long, LedgerDay> of = days.get(account);
      return of == null ? List.of() : List.copyOf(of.values());
    }
  }
}
