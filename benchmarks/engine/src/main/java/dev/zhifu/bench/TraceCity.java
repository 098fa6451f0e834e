package dev.zhifu.bench;

import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.wire.AccountKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Accounts, what moved among them, and trees of victims' money, for measuring the trace. Everything
 * follows from numbers: nothing is kept but the trees of one case at a time.
 *
 * @param accounts how many
 * @param movements background transfers, among random pairs over three days
 * @param cases how many victims
 * @param size accounts of one tree
 * @param levels of one tree
 */
record TraceCity(long accounts, long movements, int cases, int size, int levels) {
  /** Event time of the first movement: 2026-03-01 00:00 UTC. */
  static final long T0 = 1_772_323_200_000L;

  private static final long SPAN_MS = 3 * 86_400_000L;
  private static final long LEAF_FEN = 2_000_00L;
  private static final int BANKS = 12;

  TraceCity {
    if (accounts < 2 + (long) cases * size || levels < 2 || size < levels) {
      throw new IllegalArgumentException(
          cases
              + " trees of "
              + size
              + " accounts on "
              + levels
              + " levels do not fit into "
              + accounts
              + " accounts; give more accounts, or fewer and smaller trees");
    }
  }

  /** One account of a tree. */
  record Node(long account, int level, int parent, long fen, long at) {}

  /** Sixteen mixed and sixteen plain digits: as long as a token, and as scattered. */
  static String token(long account) {
    long mixed = account * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return String.format("%016x%016x", mixed, account);
  }

  private static Party party(long account) {
    return new Party(token(account), bank(account), AccountKind.PERSONAL);
  }

  private static String bank(long account) {
    return String.format("B%02d", 1 + account % BANKS);
  }

  /**
   * An account of no tree: what lies on a tree's account from elsewhere would leave first, and the
   * rest of its tree would not be the claim's.
   */
  private long other(SplittableRandom random) {
    long trees = (long) cases * size;
    return trees + random.nextLong(accounts - trees);
  }

  /** Both sides of one background transfer. */
  List<AccountRecord> background(long number) {
    SplittableRandom random = new SplittableRandom(number * 0x5DEECE66DL + 11);
    long payer = other(random);
    long payee = other(random);
    if (payer == payee) {
      return List.of();
    }
    long at = T0 + (long) (SPAN_MS * (number / (double) Math.max(1, movements)));
    return sides("T" + number, at, 100 + random.nextLong(500_000), payer, payee);
  }

  /** Both sides of one transfer. */
  List<AccountRecord> sides(String id, long at, long fen, long payer, long payee) {
    return List.of(
        side(payer, Movement.debit(id, at, fen, party(payee)).withBankId(bankId(payer, id))),
        side(payee, Movement.credit(id, at, fen, party(payer)).withBankId(bankId(payee, id))));
  }

  private static String bankId(long account, String id) {
    return bank(account) + "-" + id;
  }

  private static AccountRecord side(long account, Movement movement) {
    LedgerDay entry = new LedgerDay();
    entry.add(movement);
    return new AccountRecord(token(account), LedgerDay.dayOf(movement.at()), entry.toBytes());
  }

  /** Accounts on each level: they grow by one ratio, the first level holds one. */
  int[] widths() {
    double low = 1;
    double high = size;
    for (int i = 0; i < 60; i++) {
      double ratio = (low + high) / 2;
      double sum = 0;
      for (int level = 0; level < levels; level++) {
        sum += Math.pow(ratio, level);
      }
      low = sum < size ? ratio : low;
      high = sum < size ? high : ratio;
    }
    int[] widths = new int[levels];
    int left = size;
    for (int level = 0; level < levels - 1; level++) {
      widths[level] = Math.max(1, (int) Math.round(Math.pow(low, level)));
      left -= widths[level];
    }
    widths[levels - 1] = left;
    return widths;
  }

  /** One case's tree, its first level first; accounts of different cases never meet. */
  List<Node> tree(int number) {
    int[] widths = widths();
    List<Node> nodes = new ArrayList<>(size);
    Map<Integer, Integer> children = new HashMap<>();
    int first = 0;
    for (int level = 0; level < levels; level++) {
      int before = level == 0 ? 0 : widths[level - 1];
      for (int i = 0; i < widths[level]; i++) {
        int parent = level == 0 ? -1 : first - before + i % before;
        children.merge(parent, 1, Integer::sum);
        nodes.add(
            new Node((long) number * size + nodes.size(), level + 1, parent, 0, arrival(level, i)));
      }
      first += widths[level];
    }
    long[] fen = new long[nodes.size()];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      fen[i] += children.containsKey(i) ? 0 : LEAF_FEN;
      if (nodes.get(i).parent() >= 0) {
        fen[nodes.get(i).parent()] += fen[i];
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      nodes.set(i, new Node(node.account(), node.level(), node.parent(), fen[i], node.at()));
    }
    return nodes;
  }

  /** Money rests some minutes on each level. */
  private static long arrival(int level, int i) {
    return T0 + SPAN_MS + level * 600_000L + i % 300 * 1000L;
  }

  /** Victims stand behind all other accounts. */
  private long victim(int number) {
    return accounts + number;
  }

  /** What moved in a tree, the victim's payment first. */
  List<AccountRecord> treeSides(int number, List<Node> tree) {
    List<AccountRecord> sides = new ArrayList<>(6 * tree.size());
    SplittableRandom random = new SplittableRandom(number * 31L + 5);
    for (int i = 0; i < tree.size(); i++) {
      Node node = tree.get(i);
      before(sides, number + "-" + i, node, random);
      long payer = node.parent() < 0 ? victim(number) : tree.get(node.parent()).account();
      sides.addAll(sides(treeId(number, i), node.at(), node.fen(), payer, node.account()));
    }
    return sides;
  }

  /** The account's own life before: as much left as came. */
  private void before(List<AccountRecord> sides, String name, Node node, SplittableRandom random) {
    long fen = 1_000 + random.nextInt(1_000_000);
    long at = T0 + random.nextLong(SPAN_MS / 2);
    sides.addAll(sides("I" + name, at, fen, other(random), node.account()));
    sides.addAll(sides("O" + name, at + 60_000, fen, node.account(), other(random)));
  }

  static String treeId(int number, int node) {
    return "C" + number + "-" + node;
  }

  /** The victim's report. */
  HopMessage loss(int number, Node root) {
    Edge edge =
        new Edge(
            treeId(number, 0),
            root.at(),
            root.fen(),
            party(victim(number)),
            party(root.account()),
            Means.TRANSFER,
            bankId(root.account(), treeId(number, 0)));
    return HopMessage.loss(claim(number), claim(number), T0 + 2 * SPAN_MS, root.fen(), edge, 1);
  }

  static String claim(int number) {
    return "case-" + number;
  }
}
