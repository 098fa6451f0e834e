package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.GoodFaith;
import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.wire.TraceGround;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What an account's ledger and its statement say together of why a trace names it. */
final class Grounds {
  private Grounds() {}

  /** The newest transfer that brought claimed money from another account than the victim's. */
  static Optional<Edge> newestHop(Statement statement) {
    return statement.inflows().stream()
        .filter(in -> !in.loss() && in.standing() == Statement.Standing.HOP)
        .map(In::edge)
        .max(Comparator.comparingLong(Edge::at).thenComparing(Edge::id));
  }

  /**
   * The ground.
   *
   * @param claimedInFen claimed money of all reports that came in, fen
   * @return null where no claimed money came from another account
   */
  static TraceGround of(Statement statement, History history, long claimedInFen) {
    return newestHop(statement)
        .map(
            edge ->
                TraceGround.newBuilder()
                    .setReportId(statement.claim())
                    .setCaseId(statement.caseId())
                    .setFromAccount(edge.payer().token())
                    .setFromBank(edge.payer().bank())
                    .setLevel(statement.level())
                    .setArrivedAt(Instant.ofEpochMilli(edge.at()))
                    .setLowFen(statement.remaining().low())
                    .setHighFen(statement.remaining().high())
                    .setBalanceFen(history.openingKnown() ? statement.balanceFen() : null)
                    .setClaimedInFen(claimedInFen)
                    .setCreditsFen(GoodFaith.creditsFen(history))
                    .setGoodFaithSigns(GoodFaith.signs(history, claimedInFen))
                    .build())
        .orElse(null);
  }
}
