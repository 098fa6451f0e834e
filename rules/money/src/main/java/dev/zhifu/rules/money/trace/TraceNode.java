package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Attribution;
import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.Inflow;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Outflow;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.NodeState.Key;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import dev.zhifu.rules.money.trace.Statement.Standing;
import dev.zhifu.rules.money.trace.Statement.Suspect;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trace at one account: from what arrived by the newest messages and from the account's ledger
 * it works out anew whose money left by which transfer, tells the next accounts what changed, and
 * states the whole. What it says depends on messages and ledger alone, never on the order in which
 * they came: so the same code answers a report hours later, follows live money, and unwinds what
 * was withdrawn or undone.
 *
 * <p>It ends. A transfer carries only money that arrived at an earlier instant, or in the same
 * instant through fewer than {@link Share#LAYERS} accounts; so no circle feeds itself (ADR-0091,
 * ADR-0143).
 */
public final class TraceNode {
  private static final int EPOCH_SHIFT = 28;
  private static final Comparator<Candidate> LARGEST_FIRST =
      Comparator.comparingLong((Candidate c) -> c.share.high())
          .reversed()
          .thenComparing(c -> c.edge.at())
          .thenComparing(c -> c.edge.id());

  private final TraceSettings settings;
  private final Listed listed;
  private final long epoch;

  /**
   * A trace under settings and lists.
   *
   * @param epoch counts the restarts of the process; messages of a later epoch replace those of an
   *     earlier one, whose sender may have forgotten them
   */
  public TraceNode(TraceSettings settings, Listed listed, long epoch) {
    this.settings = settings;
    this.listed = listed;
    this.epoch = epoch;
  }

  /**
   * Takes a message.
   *
   * @return false when a newer one, or the same, is known: nothing changes
   */
  public boolean receive(NodeState state, HopMessage message) {
    Key key = new Key(message.claim(), keyOf(message));
    HopMessage known = state.heard.get(key);
    if (known != null && known.revision() >= message.revision()) {
      return false;
    }
    state.heard.put(key, message);
    state.self = message.edge().payee();
    return true;
  }

  /**
   * A loss and a hop on one transfer are two things. A loss not found yet has no id; what the
   * victim says of it stands for one.
   */
  private static String keyOf(HopMessage message) {
    Edge edge = message.edge();
    if (!message.loss()) {
      return edge.id();
    }
    return edge.id().isEmpty()
        ? "?" + edge.payer().token() + '/' + edge.at() + '/' + edge.fen()
        : "!" + edge.id();
  }

  /** Credits that messages speak of, for a ledger that may not have them yet. */
  public Collection<Movement> credits(NodeState state) {
    Map<String, Movement> credits = new TreeMap<>();
    for (HopMessage message : state.heard.values()) {
      boolean counts = message.loss() || message.share().isTraced();
      if (counts && !message.edge().id().isEmpty()) {
        credits.putIfAbsent(message.edge().id(), message.edge().credit());
      }
    }
    return credits.values();
  }

  /** Money of all claims that messages say came in, by FIFO, fen. */
  public static long claimedInFen(NodeState state) {
    long sum = 0;
    for (HopMessage message : state.heard.values()) {
      sum += message.loss() ? message.edge().fen() : message.share().fifo();
    }
    return sum;
  }

  /**
   * Works the account out anew and says what changed.
   *
   * @param days the account's ledger
   * @param resend true the first time after a restart: everything is said again, since what was
   *     said after the last checkpoint is forgotten here and not there
   */
  public void work(
      NodeState state, Iterable<LedgerDay> days, HopTransport transport, boolean resend) {
    if (!state.isEmpty()) {
      new Work(state, History.of(days, credits(state)), transport, resend).run();
    }
  }

  /**
   * Claimed money that came, as the newest messages say and the ledger bears out.
   *
   * @param history the account's movements
   */
  public List<Inflow> inflows(NodeState state, History history) {
    if (state.isEmpty()) {
      return List.of();
    }
    Work work = new Work(state, history, null, false);
    work.arrivals();
    return List.copyOf(work.inflows);
  }

  /** When money came, and over how many transfers. */
  private record Arrival(long at, int level) {}

  /**
   * A reported loss.
   *
   * @param movement the transfer in the ledger; null when it is not found
   * @param first no earlier report stands on it
   */
  private record Lost(HopMessage message, Movement movement, boolean first) {}

  /** One transfer out of which claimed money may be followed. */
  private static final class Candidate {
    private final String claim;
    private final Edge edge;
    private final Share share;
    private final long dwellMs;
    private End end;

    private Candidate(String claim, Edge edge, Share share, long dwellMs) {
      this.claim = claim;
      this.edge = edge;
      this.share = share;
      this.dwellMs = dwellMs;
    }
  }

  private final class Work {
    private final NodeState state;
    private final History history;
    private final HopTransport transport;
    private final boolean resend;
    private final Map<String, Movement> byId = new HashMap<>();
    private final Set<Long> creditInstants = new HashSet<>();
    private final List<Inflow> inflows = new ArrayList<>();
    private final Map<String, List<Share>> arriving = new HashMap<>();
    private final Map<String, List<In>> stated = new TreeMap<>();
    private final Map<String, HopMessage> claims = new TreeMap<>();
    private final Map<String, List<Arrival>> levels = new TreeMap<>();
    private final Map<Key, HopMessage> sending = new TreeMap<>();

    private Work(NodeState state, History history, HopTransport transport, boolean resend) {
      this.state = state;
      this.history = history;
      this.transport = transport;
      this.resend = resend;
      for (Movement movement : history.movements()) {
        byId.put(movement.id(), movement);
        if (movement.credit()) {
          creditInstants.add(movement.at());
        }
      }
    }

    private void run() {
      arrivals();
      Attribution attribution = Attribution.of(history, inflows);
      Map<String, List<Candidate>> candidates = candidates(attribution);
      for (String claim : claims.keySet()) {
        List<Out> outs = follow(claim, candidates.getOrDefault(claim, List.of()));
        state(claim, outs, attribution);
      }
      withdraw();
    }

    // --- what arrived

    private void arrivals() {
      Map<String, List<HopMessage>> hops = new TreeMap<>();
      List<HopMessage> losses = new ArrayList<>();
      for (HopMessage message : state.heard.values()) {
        claims.merge(message.claim(), message, Work::firstReport);
        stated.computeIfAbsent(message.claim(), claim -> new ArrayList<>());
        if (message.loss()) {
          losses.add(message);
        } else {
          hops.computeIfAbsent(message.edge().id(), id -> new ArrayList<>()).add(message);
        }
      }
      losses.sort(
          Comparator.comparingLong(HopMessage::reportedAt)
              .thenComparing(HopMessage::claim)
              .thenComparing(message -> message.edge().at())
              .thenComparing(TraceNode::keyOf));
      // Found before anything is counted: where a report stands depends on no amount.
      Set<String> taken = new HashSet<>();
      List<Lost> lost = new ArrayList<>();
      for (HopMessage loss : losses) {
        Movement movement = find(loss, taken);
        boolean first = movement != null && taken.add(movement.id());
        lost.add(new Lost(loss, movement, first));
      }
      hops.forEach((id, messages) -> hops(messages, taken.contains(id)));
      lost.forEach(this::loss);
    }

    private void arrived(String claim, long at, int level) {
      levels.computeIfAbsent(claim, name -> new ArrayList<>()).add(new Arrival(at, level));
    }

    /** Shortest way of a claim's money that was here by a time; 0 when none was. */
    private int levelAt(String claim, long at) {
      int least = 0;
      for (Arrival arrival : levels.getOrDefault(claim, List.of())) {
        if (arrival.at() <= at && (least == 0 || arrival.level() < least)) {
          least = arrival.level();
        }
      }
      return least;
    }

    private static HopMessage firstReport(HopMessage one, HopMessage other) {
      return other.reportedAt() < one.reportedAt() ? other : one;
    }

    /**
     * Claims on one transfer come in messages of their own. Between two of them they may add up to
     * more than the transfer; then the newest counts and the others wait for what must follow.
     *
     * @param reported whether a victim reported this transfer
     */
    private void hops(List<HopMessage> messages, boolean reported) {
      Movement movement = byId.get(messages.get(0).edge().id());
      messages.sort(Comparator.comparingLong(HopMessage::revision).reversed());
      long fifo = 0;
      long proRata = 0;
      for (HopMessage message : messages) {
        Share share = reported ? message.share().besideALoss() : message.share();
        fifo += share.fifo();
        proRata += share.proRata();
        if (movement == null || !movement.credit()) {
          hop(message, movement, Share.NONE, Standing.REVERSED);
        } else if (Math.max(fifo, proRata) > movement.fen()) {
          fifo -= share.fifo();
          proRata -= share.proRata();
          hop(message, movement, Share.NONE, Standing.UNSETTLED);
        } else {
          hop(message, movement, share, Standing.HOP);
        }
      }
    }

    private void hop(HopMessage message, Movement movement, Share share, Standing standing) {
      if (!message.share().isTraced()) {
        return;
      }
      if (standing == Standing.HOP) {
        arriving.computeIfAbsent(movement.id(), id -> new ArrayList<>()).add(share);
        inflows.add(new Inflow(message.claim(), movement.id(), share));
        arrived(message.claim(), movement.at(), message.level());
      }
      stated
          .get(message.claim())
          .add(new In(as(message.edge(), movement), share, message.revision(), standing, false));
    }

    private void loss(Lost lost) {
      HopMessage message = lost.message();
      Movement movement = lost.movement();
      Standing standing = Standing.FOUND;
      Share share = Share.NONE;
      if (movement == null) {
        standing = message.edge().id().isEmpty() ? Standing.NOT_FOUND : Standing.REVERSED;
      } else if (!lost.first()) {
        standing = Standing.REPORTED_AGAIN;
      } else {
        share = rest(movement);
        inflows.add(new Inflow(message.claim(), movement.id(), share));
        arrived(message.claim(), movement.at(), 1);
      }
      stated
          .get(message.claim())
          .add(new In(as(message.edge(), movement), share, message.revision(), standing, true));
    }

    /**
     * What a victim lost by a transfer is what no other victim's money in it explains that lay
     * there before. It is of slot 0, and so may hang on nothing of a higher slot: money of another
     * claim that came in the same instant has given way (ADR-0143).
     */
    private Share rest(Movement movement) {
      long[] fifo = new long[Share.SLOTS];
      long[] proRata = new long[Share.SLOTS];
      fifo[0] = movement.fen();
      proRata[0] = movement.fen();
      long low = movement.fen();
      long high = movement.fen();
      boolean ambiguous = false;
      for (Share hop : arriving.getOrDefault(movement.id(), List.of())) {
        fifo[0] -= hop.fifo();
        proRata[0] -= hop.proRata();
        low -= hop.high();
        high -= hop.low();
        ambiguous |= hop.ambiguous();
      }
      return Share.of(
          fifo,
          proRata,
          Math.max(0, Math.min(low, Math.min(fifo[0], proRata[0]))),
          Math.max(high, Math.max(fifo[0], proRata[0])),
          ambiguous);
    }

    /** The credit that a victim speaks of. */
    private Movement find(HopMessage loss, Set<String> taken) {
      Edge edge = loss.edge();
      if (!edge.id().isEmpty()) {
        return byId.get(edge.id());
      }
      Movement best = null;
      for (Movement movement : history.movements()) {
        boolean fits =
            movement.credit()
                && movement.fen() == edge.fen()
                && movement.other().token().equals(edge.payer().token())
                && Math.abs(movement.at() - edge.at()) <= settings.matchToleranceMs();
        boolean free = !taken.contains(movement.id());
        if (fits && (best == null || better(movement, free, best, taken, edge.at()))) {
          best = movement;
        }
      }
      return best;
    }

    /** One that no report stands on goes first, then the nearer, then the earlier. */
    private static boolean better(
        Movement movement, boolean free, Movement best, Set<String> taken, long at) {
      boolean bestFree = !taken.contains(best.id());
      if (free != bestFree) {
        return free;
      }
      return Math.abs(movement.at() - at) < Math.abs(best.at() - at);
    }

    private static Edge as(Edge edge, Movement movement) {
      return movement == null
          ? edge
          : new Edge(
              movement.id(),
              movement.at(),
              movement.fen(),
              edge.payer(),
              edge.payee(),
              movement.means(),
              movement.bankId());
    }

    // --- what left

    private Map<String, List<Candidate>> candidates(Attribution attribution) {
      Map<String, List<Candidate>> candidates = new TreeMap<>();
      for (Outflow outflow : attribution.outflows()) {
        Edge edge = Edge.ofDebit(state.self, outflow.debit());
        outflow
            .shares()
            .forEach(
                (claim, share) ->
                    candidates
                        .computeIfAbsent(claim, name -> new ArrayList<>())
                        .add(
                            new Candidate(
                                claim, edge, share, edge.at() - outflow.arrivedAt().get(claim))));
      }
      return candidates;
    }

    private List<Out> follow(String claim, List<Candidate> candidates) {
      HopMessage facts = claims.get(claim);
      List<Candidate> inTime = new ArrayList<>(candidates);
      inTime.sort(
          Comparator.comparingLong((Candidate c) -> c.edge.at()).thenComparing(LARGEST_FIRST));
      int followed = 0;
      for (Candidate candidate : inTime) {
        candidate.end = end(facts, candidate, followed);
        boolean counts = candidate.end == End.FOLLOWED && !passesAtOnce(candidate.edge.at());
        followed += counts ? 1 : 0;
      }
      List<Out> outs = new ArrayList<>();
      for (Candidate candidate : candidates) {
        long revision = candidate.end == End.FOLLOWED ? send(facts, candidate) : 0;
        outs.add(
            new Out(candidate.edge, candidate.share, candidate.end, revision, candidate.dwellMs));
      }
      return outs;
    }

    private End end(HopMessage facts, Candidate candidate, int followed) {
      Edge edge = candidate.edge;
      End byNature = byNature(edge);
      if (byNature != null) {
        return byNature;
      }
      if (edge.payee().token().equals(facts.victimAccount())) {
        return End.RETURNED;
      }
      End byList = listed.end(edge.payee().token(), edge.at());
      if (byList != null) {
        return byList;
      }
      if (!candidate.share.onward().isTraced()) {
        return End.UNORDERED;
      }
      return passesAtOnce(edge.at()) ? End.FOLLOWED : limit(facts, candidate, followed);
    }

    /**
     * A limit looks only at what happened before the transfer. Otherwise money that comes back
     * could undo the step by which it went, and the trace would never end. For the same reason no
     * limit holds where money arrives and leaves in one instant; layers bound it there.
     */
    private End limit(HopMessage facts, Candidate candidate, int followed) {
      if (candidate.share.high() < settings.leastFor(facts.lossFen())) {
        return End.TOO_SMALL;
      }
      if (candidate.dwellMs > settings.longestDwellMs()) {
        return End.TOO_LATE;
      }
      if (levelAt(candidate.claim, candidate.edge.at()) >= settings.deepest()) {
        return End.TOO_DEEP;
      }
      return followed >= settings.broadest() ? End.TOO_BROAD : End.FOLLOWED;
    }

    /** True when money arrives and leaves at this instant. */
    private boolean passesAtOnce(long at) {
      return creditInstants.contains(at);
    }

    private long send(HopMessage facts, Candidate candidate) {
      Key key = new Key(candidate.claim, candidate.edge.id());
      HopMessage before = state.sent.get(key);
      int level = levelAt(candidate.claim, candidate.edge.at()) + 1;
      boolean same =
          before != null
              && before.level() == level
              && before.share().equals(candidate.share.onward())
              && before.edge().equals(candidate.edge)
              && before.lossFen() == facts.lossFen()
              && before.reportedAt() == facts.reportedAt();
      HopMessage message =
          same && !resend
              ? before
              : facts.onward(candidate.edge, level, candidate.share.onward(), nextRevision());
      sending.put(key, message);
      if (message != before) {
        transport.hop(message);
      }
      return message.revision();
    }

    /** What was said and holds no longer is taken back. */
    private void withdraw() {
      state.sent.forEach(
          (key, before) -> {
            if (!sending.containsKey(key)) {
              boolean said = before.share().isTraced() || epochOf(before) != epoch;
              sending.put(key, said ? takeBack(before, before.edge()) : before);
            }
          });
      if (epoch > 0) {
        claims.keySet().forEach(this::forgetOldEpochs);
      }
      state.sent.clear();
      state.sent.putAll(sending);
    }

    /**
     * After a restart an account does not know what it said between the last checkpoint and the
     * crash. So it says once of every transfer that it may have followed then and does not now that
     * nothing of it is claimed.
     */
    private void forgetOldEpochs(String claim) {
      long from = Long.MAX_VALUE;
      for (HopMessage message : state.heard.values()) {
        if (message.claim().equals(claim)) {
          from = Math.min(from, message.edge().at() - settings.matchToleranceMs());
        }
      }
      for (Movement movement : history.movements()) {
        forgetOldEpochs(claim, movement, from);
      }
      for (Movement movement : history.undone()) {
        forgetOldEpochs(claim, movement, from);
      }
    }

    private void forgetOldEpochs(String claim, Movement movement, long from) {
      Key key = new Key(claim, movement.id());
      if (!movement.credit() && movement.at() >= from && !sending.containsKey(key)) {
        Edge edge = Edge.ofDebit(state.self, movement);
        if (byNature(edge) == null) {
          sending.put(key, takeBack(claims.get(claim), edge));
        }
      }
    }

    private HopMessage takeBack(HopMessage facts, Edge edge) {
      int level = levelAt(facts.claim(), edge.at()) + 1;
      HopMessage nothing = facts.onward(edge, level, Share.NONE, nextRevision());
      transport.hop(nothing);
      return nothing;
    }

    private static long epochOf(HopMessage message) {
      return message.revision() >> EPOCH_SHIFT;
    }

    // --- what is said to the case

    private void state(String claim, List<Out> outs, Attribution attribution) {
      HopMessage facts = claims.get(claim);
      int level = levelAt(claim, Long.MAX_VALUE);
      Statement statement =
          new Statement(
              claim,
              facts.caseId(),
              state.self,
              level,
              0,
              facts.reportedAt(),
              facts.lossFen(),
              List.copyOf(stated.get(claim)),
              List.copyOf(outs),
              attribution.remaining().getOrDefault(claim, Share.NONE),
              history.balance(),
              attribution.arrivedAt().getOrDefault(claim, 0L),
              level == 1 ? suspects(claim) : List.of(),
              history.overflowed());
      long hash = hash(statement);
      Long before = state.stated.put(claim, hash);
      if (resend || before == null || before != hash) {
        transport.state(statement.withRevision(nextRevision()));
      }
    }

    /** Payers of the same account near a loss on whose transfers no claim stands. */
    private List<Suspect> suspects(String claim) {
      List<Long> losses = new ArrayList<>();
      Set<String> victims = new TreeSet<>();
      for (HopMessage message : state.heard.values()) {
        if (message.loss()) {
          victims.add(message.victimAccount());
          if (message.claim().equals(claim)) {
            losses.add(message.edge().at());
          }
        }
      }
      Set<String> explained = new HashSet<>();
      inflows.forEach(inflow -> explained.add(inflow.movementId()));
      List<Suspect> suspects = new ArrayList<>();
      for (Movement movement : history.movements()) {
        AccountKind kind = movement.other().kind();
        boolean person = kind == AccountKind.PERSONAL || kind == AccountKind.UNKNOWN;
        boolean near =
            losses.stream().anyMatch(at -> Math.abs(at - movement.at()) <= settings.upstreamMs());
        if (movement.credit()
            && near
            && person
            && !movement.other().isCash()
            && movement.means().kind() == TransactionKind.TRANSFER
            && movement.fen() >= settings.upstreamLeastFen()
            && !victims.contains(movement.other().token())
            && !explained.contains(movement.id())) {
          suspects.add(
              new Suspect(
                  new Edge(
                      movement.id(),
                      movement.at(),
                      movement.fen(),
                      movement.other(),
                      state.self,
                      movement.means(),
                      movement.bankId())));
        }
      }
      return List.copyOf(suspects);
    }

    private long nextRevision() {
      state.counter++;
      return epoch << EPOCH_SHIFT | state.counter;
    }
  }

  /** How money can leave so that no account of a mule comes next. */
  private static End byNature(Edge edge) {
    if (edge.means().virtualCurrency()) {
      return End.CRYPTO;
    }
    if (edge.means().crossBorder()) {
      return End.CROSS_BORDER;
    }
    Party payee = edge.payee();
    if (payee.isCash()) {
      return edge.means().channel() == Channel.COUNTER ? End.CASH_COUNTER : End.CASH_ATM;
    }
    return switch (payee.kind()) {
      case POOLED -> End.POOLED;
      case MERCHANT -> End.MERCHANT;
      case PAYROLL -> End.PAYROLL;
      case UTILITY, MEDICAL, GOVERNMENT -> End.PUBLIC;
      default -> edge.means().kind() == TransactionKind.PURCHASE ? End.MERCHANT : null;
    };
  }

  /** 64-bit FNV-1a of what a statement says. */
  private static long hash(Statement statement) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : statement.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
