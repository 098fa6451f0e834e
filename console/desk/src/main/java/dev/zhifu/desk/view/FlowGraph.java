package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TraceParty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a case's money went: by the trace's hops, with the victims' part of each, once there are
 * any; else by what the topics say so far: from each victim's transfer on, later movements out of
 * the accounts that it reached, attributed to nobody.
 */
public final class FlowGraph {
  /** Hops followed; beyond, the recovery job's trace answers. */
  public static final int HOPS_MAX = 4;

  /** Movements that one page draws. */
  public static final int EDGES_MAX = 150;

  private static final int PER_ACCOUNT = 25;
  private static final Duration FOLLOWED = Duration.ofHours(72);

  private final Store store;

  /** Reads from {@code store}. */
  public FlowGraph(Store store) {
    this.store = store;
  }

  /** Follows on from {@code first}, the transfers that the case is about. */
  public Flow from(List<BankTransaction> first, Extent extent) {
    int max = extent.of(EDGES_MAX);
    int each = extent.of(PER_ACCOUNT);
    boolean more = false;
    Map<String, Edge> edges = new LinkedHashMap<>();
    Deque<Edge> open = new ArrayDeque<>();
    for (BankTransaction transaction : first) {
      if (transaction.getPayer() != null && transaction.getPayee() != null) {
        add(edges, open, new Edge(1, transaction));
      }
    }
    while (!open.isEmpty() && edges.size() <= max) {
      Edge edge = open.poll();
      if (edge.hop < HOPS_MAX && edge.to() != null) {
        Part<BankTransaction> out =
            Part.of(leaving(edge.to(), edge.transaction.getOccurredAt(), each + 1), each);
        more |= out.more();
        for (BankTransaction next : out.list()) {
          add(edges, open, new Edge(edge.hop + 1, next));
        }
      }
    }
    Part<Edge> drawn = Part.of(List.copyOf(edges.values()), max);
    return flow(
        drawn.list().stream().sorted(Comparator.comparing(Edge::at)).toList(),
        more || drawn.more());
  }

  /**
   * The flow as the trace has it; empty while it says nothing of the case.
   *
   * @param trace what its accounts state: reported losses and transfers at which it ends, of which
   *     no hop tells
   */
  public Optional<Flow> traced(
      String caseId, String reportId, Optional<Traced.Trace> trace, Extent extent) {
    int max = extent.of(EDGES_MAX);
    List<TraceHop> read =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select body from seen.trace_hop where case_id = ? or claim = ? order"
                                + " by level, occurred_at, transfer_id limit "
                                + (max + 1))
                        .bind(0, caseId)
                        .bind(1, reportId)
                        .mapTo(byte[].class)
                        .list())
            .stream()
            .map(body -> Bodies.read(body, TraceHop.class))
            .toList();
    Part<TraceHop> hops = Part.of(read, max);
    List<TraceEdge> losses = trace.map(Traced.Trace::losses).orElseGet(List::of);
    return read.isEmpty() && losses.isEmpty()
        ? Optional.empty()
        : Optional.of(flowOf(losses, hops, trace.map(Traced.Trace::ended).orElseGet(List::of)));
  }

  /** Several claims on one transfer are one line with the sum of their parts. */
  private static Flow flowOf(
      List<TraceEdge> losses, Part<TraceHop> hops, List<Traced.Ended> ended) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Map<String, Line> lines = new LinkedHashMap<>();
    for (TraceEdge loss : losses) {
      lines.merge(
          key(loss),
          line(nodes, loss, 1, loss.getAmountFen(), loss.getAmountFen(), null),
          FlowGraph::together);
    }
    for (TraceHop hop : hops.list()) {
      TraceEdge edge = hop.getEdge();
      long low = hop.getLoss() ? edge.getAmountFen() : hop.getShare().getLowFen();
      long high = hop.getLoss() ? edge.getAmountFen() : hop.getShare().getHighFen();
      lines.merge(
          key(edge), line(nodes, edge, hop.getLevel(), low, high, null), FlowGraph::together);
    }
    for (Traced.Ended one : ended) {
      Line line = line(nodes, one.edge(), one.level(), one.lowFen(), one.highFen(), one.end());
      nodes.computeIfPresent(line.to(), (id, node) -> node.ending(one.end(), one.notToStop()));
      lines.putIfAbsent(key(one.edge()), line);
    }
    return new Flow(
        List.copyOf(nodes.values()),
        lines.values().stream()
            .sorted(Comparator.comparingInt(Line::hop).thenComparing(Line::at))
            .toList(),
        Source.TRACE,
        hops.more());
  }

  /** A transfer whose booking nobody has told yet has no id. */
  private static String key(TraceEdge edge) {
    return edge.getTransferId().isEmpty()
        ? edge.getPayer().getAccountToken()
            + edge.getPayee().getAccountToken()
            + edge.getOccurredAt()
        : edge.getTransferId();
  }

  private static Line line(
      Map<String, Node> nodes, TraceEdge edge, int level, long lowFen, long highFen, TraceEnd end) {
    return new Line(
        level,
        node(nodes, edge.getPayer(), level - 1, edge),
        node(nodes, edge.getPayee(), level, edge),
        edge.getAmountFen(),
        edge.getOccurredAt(),
        edge.getKind().toString(),
        "COMPLETED",
        lowFen,
        highFen,
        end);
  }

  private static Line together(Line one, Line other) {
    return new Line(
        Math.min(one.hop(), other.hop()),
        one.from(),
        one.to(),
        one.amountFen(),
        one.at(),
        one.kind(),
        one.phase(),
        Math.min(one.amountFen(), one.lowFen() + other.lowFen()),
        Math.min(one.amountFen(), one.highFen() + other.highFen()),
        null);
  }

  private static String node(Map<String, Node> nodes, TraceParty party, int level, TraceEdge edge) {
    boolean outside = party.getAccountToken().isEmpty();
    String id = outside ? "out:" + edge.getKind() : party.getAccountToken();
    nodes.putIfAbsent(
        id,
        new Node(
            id,
            party.getBank(),
            level,
            outside ? edge.getKind().toString() : party.getKind().toString(),
            null,
            false));
    return id;
  }

  private static void add(Map<String, Edge> edges, Deque<Edge> open, Edge edge) {
    String id = edge.transaction.getSource() + ":" + edge.transaction.getTransactionId();
    if (edges.putIfAbsent(id, edge) == null) {
      open.add(edge);
    }
  }

  private List<BankTransaction> leaving(String account, Instant after, int max) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select body from seen.event
                        where payer_account = ? and occurred_at > ? and occurred_at < ? and amount_fen is not null
                        order by occurred_at limit\s\
                        """
                            + max)
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

  private static Flow flow(List<Edge> edges, boolean more) {
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
              moved.getPhase().toString(),
              -1,
              -1,
              null));
    }
    return new Flow(List.copyOf(nodes.values()), lines, Source.EVENTS, more);
  }

  private static String node(Map<String, Node> nodes, AccountRef account, int hop) {
    nodes.putIfAbsent(
        account.getAccountToken(),
        new Node(
            account.getAccountToken(),
            account.getBank(),
            hop,
            account.getKind().toString(),
            null,
            false));
    return account.getAccountToken();
  }

  private static String outside(Map<String, Node> nodes, BankTransaction moved, int hop) {
    String id = "out:" + moved.getKind();
    nodes.putIfAbsent(id, new Node(id, "", hop, moved.getKind().toString(), null, false));
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

  /** What a flow is drawn from. */
  public enum Source {
    /** Hops of the trace, with the victims' part of each. */
    TRACE,
    /** Movements reported so far; nobody's part is known. */
    EVENTS
  }

  /**
   * Accounts and movements.
   *
   * @param source what they are drawn from
   * @param more true when movements of it are left out, those of the last hops first
   */
  public record Flow(List<Node> nodes, List<Line> lines, Source source, boolean more) {}

  /**
   * An account, or cash and shops where money leaves sight.
   *
   * @param id account token, or out:KIND
   * @param bank its bank; empty outside
   * @param hop least hop that reaches it; 0 is the victim
   * @param kind of the account, or of what took the money
   * @param end why the trace ends there; null when it goes on or nobody traced it
   * @param notToStop true when whoever holds it has nothing to do with the case by what is known
   */
  public record Node(
      String id, String bank, int hop, String kind, TraceEnd end, boolean notToStop) {
    Node ending(TraceEnd why, boolean leaveAlone) {
      return new Node(id, bank, hop, kind, why, notToStop || leaveAlone);
    }
  }

  /**
   * One movement.
   *
   * @param lowFen victims' money in it, not less; -1 when nobody has traced it
   * @param highFen not more; -1 likewise
   * @param end why the trace does not follow it; null when it does or nobody traced it
   */
  public record Line(
      int hop,
      String from,
      String to,
      long amountFen,
      Instant at,
      String kind,
      String phase,
      long lowFen,
      long highFen,
      TraceEnd end) {}
}
