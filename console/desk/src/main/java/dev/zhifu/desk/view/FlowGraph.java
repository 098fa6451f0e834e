package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a case's money went by what the topics say so far: from each victim's transfer on, later
 * movements out of the accounts that it reached. A view, not a trace: it attributes nothing.
 */
public final class FlowGraph {
  /** Hops followed; beyond, the recovery job's trace answers. */
  public static final int HOPS_MAX = 4;

  private static final int EDGES_MAX = 150;
  private static final int PER_ACCOUNT = 25;
  private static final Duration FOLLOWED = Duration.ofHours(72);

  private final Store store;

  /** Reads from {@code store}. */
  public FlowGraph(Store store) {
    this.store = store;
  }

  /** Follows on from {@code first}, the transfers that the case is about. */
  public Flow from(List<BankTransaction> first) {
    Map<String, Edge> edges = new LinkedHashMap<>();
    Deque<Edge> open = new ArrayDeque<>();
    for (BankTransaction transaction : first) {
      if (transaction.getPayer() != null && transaction.getPayee() != null) {
        add(edges, open, new Edge(1, transaction));
      }
    }
    while (!open.isEmpty() && edges.size() < EDGES_MAX) {
      Edge edge = open.poll();
      if (edge.hop < HOPS_MAX && edge.to() != null) {
        for (BankTransaction next : leaving(edge.to(), edge.transaction.getOccurredAt())) {
          add(edges, open, new Edge(edge.hop + 1, next));
        }
      }
    }
    return flow(edges.values().stream().sorted(Comparator.comparing(Edge::at)).toList());
  }

  private static void add(Map<String, Edge> edges, Deque<Edge> open, Edge edge) {
    String id = edge.transaction.getSource() + ":" + edge.transaction.getTransactionId();
    if (edges.putIfAbsent(id, edge) == null) {
      open.add(edge);
    }
  }

  private List<BankTransaction> leaving(String account, Instant after) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select body from seen.event
                        where payer_account = ? and occurred_at > ? and occurred_at < ? and amount_fen is not null
                        order by occurred_at limit\s"""
                            + PER_ACCOUNT)
                    .bind(0, account)
                    .bind(1, after)
                    .bind(2, after.plus(FOLLOWED))
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(body -> Bodies.read(body, EnrichedEvent.class).getEvent())
        .filter(BankTransaction.class::isInstance)
        .map(BankTransaction.class::cast)
        .toList();
  }

  private static Flow flow(List<Edge> edges) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    for (Edge edge : edges) {
      BankTransaction moved = edge.transaction;
      String from = node(nodes, moved.getPayer(), edge.hop - 1);
      String to =
          moved.getPayee() == null
              ? outside(nodes, moved, edge.hop)
              : node(nodes, moved.getPayee(), edge.hop);
      lines.add(
          new Line(
              edge.hop,
              from,
              to,
              moved.getAmountFen(),
              moved.getOccurredAt(),
              moved.getKind().toString(),
              moved.getPhase().toString()));
    }
    return new Flow(List.copyOf(nodes.values()), lines);
  }

  private static String node(Map<String, Node> nodes, AccountRef account, int hop) {
    nodes.putIfAbsent(
        account.getAccountToken(),
        new Node(account.getAccountToken(), account.getBank(), hop, account.getKind().toString()));
    return account.getAccountToken();
  }

  private static String outside(Map<String, Node> nodes, BankTransaction moved, int hop) {
    String id = "out:" + moved.getKind();
    nodes.putIfAbsent(id, new Node(id, "", hop, moved.getKind().toString()));
    return id;
  }

  private record Edge(int hop, BankTransaction transaction) {
    Instant at() {
      return transaction.getOccurredAt();
    }

    String to() {
      return transaction.getPayee() == null ? null : transaction.getPayee().getAccountToken();
    }
  }

  /** Accounts and movements. */
  public record Flow(List<Node> nodes, List<Line> lines) {}

  /**
   * An account, or cash and shops where money leaves sight.
   *
   * @param id account token, or out:KIND
   * @param bank its bank; empty outside
   * @param hop least hop that reaches it; 0 is the victim
   * @param kind of the account, or of what took the money
   */
  public record Node(String id, String bank, int hop, String kind) {}

  /** One movement. */
  public record Line(
      int hop, String from, String to, long amountFen, Instant at, String kind, String phase) {}
}
