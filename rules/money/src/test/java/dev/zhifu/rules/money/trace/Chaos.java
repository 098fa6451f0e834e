package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.trace.RandomCity.Report;
import dev.zhifu.rules.money.trace.RandomCity.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The trace as a cluster runs it at its worst: movements and reports in any order and some of them
 * twice, messages between accounts in any order and some of them twice, and crashes, after which
 * every account goes back to the last checkpoint while what was sent stays sent.
 */
final class Chaos implements HopTransport {
  private final RandomCity city;
  private final Random random;
  private final TraceSettings settings;
  private final List<Runnable> inputs = new ArrayList<>();
  private final List<HopMessage> log = new ArrayList<>();
  private Set<Integer> done = new HashSet<>();
  private Set<Integer> delivered = new HashSet<>();
  private Map<String, NodeState> nodes = new HashMap<>();
  private Map<String, TreeMap<Long, LedgerDay>> ledgers = new HashMap<>();
  private Set<String> touched = new HashSet<>();
  private TraceNode node;
  private long epoch;
  final Map<String, CaseTrace> claims = new TreeMap<>();
  int crashes;

  /** A checkpoint. */
  private record Saved(
      Set<Integer> done,
      Set<Integer> delivered,
      Map<String, byte[]> nodes,
      Map<String, Map<Long, byte[]>> ledgers) {}

  Chaos(RandomCity city, long seed, TraceSettings settings) {
    this.city = city;
    this.random = new Random(seed);
    this.settings = settings;
    this.node = new TraceNode(settings, Listed.NOTHING, 0);
    for (Transfer transfer : city.transfers) {
      int copies = random.nextInt(10) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        if (transfer.payer() != null) {
          inputs.add(() -> moved(transfer.payer().token(), transfer.debit()));
        }
        if (transfer.payee() != null) {
          inputs.add(() -> moved(transfer.payee().token(), transfer.credit()));
        }
        Long at = city.reversedAt.get(transfer.id());
        if (at != null && transfer.payer() != null) {
          inputs.add(() -> undone(transfer.payer().token(), transfer.id(), at));
        }
        if (at != null && transfer.payee() != null) {
          inputs.add(() -> undone(transfer.payee().token(), transfer.id(), at));
        }
      }
    }
    for (Report report : city.reports) {
      for (HopMessage message : report.messages()) {
        claims
            .computeIfAbsent(report.claim(), claim -> new CaseTrace())
            .expect(message.edge().payee().token());
        inputs.add(() -> heard(message));
      }
    }
  }

  int sent() {
    return log.size();
  }

  void run() {
    Saved saved = save();
    Collections.shuffle(inputs, random);
    while (done.size() < inputs.size() || delivered.size() < log.size()) {
      int dice = random.nextInt(100);
      if (dice < 2) {
        saved = save();
      } else if (dice == 2 && crashes < 4) {
        crashes++;
        restore(saved);
      } else if (dice < 50 && done.size() < inputs.size()) {
        int next = pickNotIn(done, inputs.size());
        done.add(next);
        inputs.get(next).run();
      } else if (delivered.size() < log.size()) {
        int next = pickNotIn(delivered, log.size());
        if (random.nextInt(10) > 0) {
          delivered.add(next);
        }
        heard(log.get(next));
      }
    }
  }

  private int pickNotIn(Set<Integer> gone, int size) {
    int start = random.nextInt(size);
    // Near the front mostly, so that order is disturbed and not destroyed.
    int at = random.nextBoolean() ? 0 : start;
    while (gone.contains(at)) {
      at = (at + 1) % size;
    }
    return at;
  }

  private Saved save() {
    Map<String, byte[]> states = new HashMap<>();
    nodes.forEach((account, state) -> states.put(account, state.toBytes()));
    Map<String, Map<Long, byte[]>> days = new HashMap<>();
    ledgers.forEach(
        (account, of) -> {
          Map<Long, byte[]> bytes = new HashMap<>();
          of.forEach((day, value) -> bytes.put(day, value.toBytes()));
          days.put(account, bytes);
        });
    return new Saved(new HashSet<>(done), new HashSet<>(delivered), states, days);
  }

  private void restore(Saved saved) {
    done = new HashSet<>(saved.done());
    delivered = new HashSet<>(saved.delivered());
    nodes = new HashMap<>();
    saved.nodes().forEach((account, bytes) -> nodes.put(account, NodeState.of(bytes)));
    ledgers = new HashMap<>();
    saved
        .ledgers()
        .forEach(
            (account, days) -> {
              TreeMap<Long, LedgerDay> of = new TreeMap<>();
              days.forEach((day, bytes) -> of.put(day, LedgerDay.of(bytes)));
              ledgers.put(account, of);
            });
    touched = new HashSet<>();
    epoch++;
    node = new TraceNode(settings, Listed.NOTHING, epoch);
  }

  private void moved(String account, Movement movement) {
    if (day(account, movement.at()).add(movement) == LedgerDay.Verdict.NEW) {
      work(account);
    }
  }

  private void undone(String account, String id, long at) {
    if (day(account, at).reverse(id) == LedgerDay.Verdict.NEW) {
      work(account);
    }
  }

  private LedgerDay day(String account, long at) {
    return ledgers
        .computeIfAbsent(account, token -> new TreeMap<>())
        .computeIfAbsent(LedgerDay.dayOf(at), day -> new LedgerDay());
  }

  private void heard(HopMessage message) {
    String account = message.edge().payee().token();
    NodeState state = nodes.computeIfAbsent(account, token -> new NodeState());
    boolean isNew = node.receive(state, message);
    if (isNew || epoch > 0 && !touched.contains(account)) {
      work(account);
    }
  }

  private void work(String account) {
    NodeState state = nodes.get(account);
    if (state != null && !state.isEmpty()) {
      boolean resend = touched.add(account) && epoch > 0;
      node.work(state, ledgers.getOrDefault(account, new TreeMap<>()).values(), this, resend);
    }
  }

  @Override
  public void hop(HopMessage message) {
    log.add(message);
  }

  @Override
  public void state(Statement statement) {
    claims.computeIfAbsent(statement.claim(), claim -> new CaseTrace()).accept(statement);
  }
}
