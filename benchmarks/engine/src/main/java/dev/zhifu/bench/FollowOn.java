package dev.zhifu.bench;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Standing;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.workload.OfficerActDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns what the trace states into follow-on requests (延伸止付): one for each account on which a
 * claim's money still lies, about the transfer that brought most of it. An account that an accepted
 * report names is scoring's own to ask for; what rules found on a traced account is put together
 * with the trace.
 */
final class FollowOn {
  /** Less is not worth an officer's minute. */
  private static final long LEAST_FEN = 100_00;

  /** Weight of an accepted report on the account it names; a traced hop rests on the same report. */
  private static final double SCORE = 0.9;

  private static final Set<ListKind> NO_MULES =
      Set.of(ListKind.CRYPTO_OTC, ListKind.HUB, ListKind.POOLED);

  private final Map<String, AccountRef> accounts = new HashMap<>();
  private final Map<String, Long> bookedAt = new HashMap<>();
  private final Map<String, Accepted> claims = new HashMap<>();
  private final Map<String, TreeMap<String, Statement>> stated = new TreeMap<>();
  private final Map<String, StopProposal> scored = new HashMap<>();
  private final Map<String, StopProposal> asked = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Set<String> noMules = new HashSet<>();

  private record Accepted(String actId, long at) {}

  void listed(ListEntry entry) {
    if (NO_MULES.contains(entry.getList())) {
      noMules.add(entry.getToken());
    }
  }

  /** A transfer on its way to the ledgers: who its accounts are, and when the payee's bank booked. */
  void seen(BankTransaction event) {
    if (event.getPhase() != TransactionPhase.COMPLETED) {
      return;
    }
    if (event.getPayee() != null) {
      accounts.put(event.getPayee().getAccountToken(), event.getPayee());
      Booking booking = event.getPayeeBooking();
      if (booking != null) {
        bookedAt.put(booking.getBankTransactionId(), booking.getBookedAt().toEpochMilli());
      }
    }
  }

  /** An accepted report, as the losses that the trace begins with. */
  List<HopMessage> accepted(OfficerActDraft act) {
    String claim = act.report().getReportId();
    long at = act.at().toEpochMilli();
    claims.put(claim, new Accepted(act.actId(), at));
    List<HopMessage> losses = new ArrayList<>();
    long loss =
        act.report().getTransfers().stream().mapToLong(ReportedTransfer::getAmountFen).sum();
    for (ReportedTransfer transfer : act.report().getTransfers()) {
      Edge edge =
          new Edge(
              "",
              transfer.getOccurredAt().toEpochMilli(),
              transfer.getAmountFen(),
              LedgerFeed.party(transfer.getPayer()),
              LedgerFeed.party(transfer.getPayee()),
              Means.TRANSFER,
              "");
      losses.add(HopMessage.loss(claim, claim, at, loss, edge, 1));
    }
    return losses;
  }

  /** What an account states; older statements are passed over. */
  void take(Statement statement) {
    String account = statement.account().token();
    TreeMap<String, Statement> byClaim =
        stated.computeIfAbsent(account, token -> new TreeMap<>());
    Statement known = byClaim.get(statement.claim());
    if (known == null || known.revision() < statement.revision()) {
      byClaim.put(statement.claim(), statement);
      changed.add(account);
    }
  }

  /** Every newest statement. */
  List<Statement> statements() {
    return stated.values().stream().map(Map::values).flatMap(Collection::stream).toList();
  }

  /** What scoring proposes, with the trace's share in it where there is one. */
  StopProposal scored(StopProposal proposal) {
    scored.put(proposal.accountToken(), proposal);
    StopProposal hop = asked.get(proposal.accountToken());
    boolean mine = hop != null && hop.holds() && proposal.origin() != OrderOrigin.REPORT;
    return mine ? joined(hop, proposal) : proposal;
  }

  /** What the trace proposes since the last call. */
  List<StopProposal> proposals() {
    List<StopProposal> proposals = new ArrayList<>();
    for (String account : changed) {
      StopProposal proposal = proposal(account);
      if (proposal != null) {
        asked.put(account, proposal);
        StopProposal found = scored.get(account);
        proposals.add(
            found != null && found.holds() && proposal.holds() ? joined(proposal, found) : proposal);
      }
    }
    changed.clear();
    return proposals;
  }

  private StopProposal proposal(String account) {
    StopProposal byScore = scored.get(account);
    boolean named = byScore != null && byScore.holds() && byScore.origin() == OrderOrigin.REPORT;
    AccountRef target = accounts.get(account);
    if (named || target == null || noMules.contains(account)) {
      return null;
    }
    long traced = 0;
    Statement main = null;
    long basis = 0;
    for (Statement statement : stated.get(account).values()) {
      long there = statement.remaining().fifo();
      traced += there;
      basis = Math.max(basis, Math.max(statement.reportedAt(), statement.arrivedAt()));
      if (there > 0 && (main == null || there > main.remaining().fifo())) {
        main = statement;
      }
    }
    StopProposal last = asked.get(account);
    if (main == null || traced < LEAST_FEN) {
      return last != null && last.holds() ? withdrawn(last, basis) : null;
    }
    In in = brought(main);
    return in == null ? null : proposal(target, main, in, traced, basis);
  }

  private static In brought(Statement statement) {
    return statement.inflows().stream()
        .filter(in -> in.standing() == Standing.HOP || in.standing() == Standing.FOUND)
        .filter(in -> !in.edge().bankId().isEmpty())
        .max(
            Comparator.comparingLong((In in) -> in.share().fifo())
                .thenComparing(in -> in.edge().at()))
        .orElse(null);
  }

  private StopProposal proposal(
      AccountRef target, Statement main, In in, long traced, long basis) {
    Accepted accepted = claims.get(main.claim());
    long booked = bookedAt.getOrDefault(in.edge().bankId(), in.edge().at());
    return new StopProposal(
        target.getAccountToken(),
        target,
        true,
        OrderOrigin.HOP,
        List.of(main.caseId()),
        main.claim(),
        accepted.actId(),
        in.edge().bankId(),
        in.edge().fen(),
        booked,
        traced,
        main.balanceFen(),
        Math.max(main.arrivedAt(), main.reportedAt()),
        SCORE,
        List.of(),
        List.of(),
        List.of(MoneyLoop.TRACE),
        true,
        false,
        ReasonCode.HOP_OF_REPORT,
        basis,
        "trace:" + main.claim() + ":" + main.account().token() + ":" + main.revision());
  }

  private static StopProposal withdrawn(StopProposal p, long basis) {
    return with(p, false, p.score(), p.ruleIds(), p.hitIds(), p.settled(), basis, p.cause() + "-");
  }

  private static StopProposal joined(StopProposal hop, StopProposal found) {
    Set<String> rules = new TreeSet<>(found.holds() ? found.ruleIds() : List.of());
    rules.addAll(hop.ruleIds());
    double score =
        found.holds() ? 1 - (1 - hop.score()) * (1 - found.score()) : hop.score();
    return with(
        hop,
        true,
        score,
        List.copyOf(rules),
        found.holds() ? found.hitIds() : List.of(),
        !found.holds() || found.settled(),
        Math.max(hop.basisAtMs(), found.holds() ? found.basisAtMs() : 0),
        hop.cause() + "+" + found.cause());
  }

  private static StopProposal with(
      StopProposal p,
      boolean holds,
      double score,
      List<String> rules,
      List<String> hits,
      boolean settled,
      long basis,
      String cause) {
    return new StopProposal(
        p.accountToken(),
        p.target(),
        holds,
        p.origin(),
        p.caseIds(),
        p.reportId(),
        p.actId(),
        p.bankTransactionId(),
        p.transferAmountFen(),
        p.transferTimeMs(),
        p.tracedFen(),
        p.lastBalanceFen(),
        p.balanceAtMs(),
        score,
        p.families(),
        hits,
        rules,
        settled,
        p.idle(),
        p.reasonCode(),
        basis,
        cause);
  }
}
