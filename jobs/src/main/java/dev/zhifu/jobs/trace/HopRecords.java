package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.End;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TraceIn;
import dev.zhifu.wire.TraceOut;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.TraceStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Hop messages and statements as they lie on their topics. */
public final class HopRecords {
  private HopRecords() {}

  /** A message as its topic carries it. */
  public static TraceHop record(HopMessage message) {
    return new TraceHop(
        message.claim(),
        message.caseId(),
        Instant.ofEpochMilli(message.reportedAt()),
        message.lossFen(),
        message.victimAccount(),
        record(message.edge()),
        message.level(),
        record(message.share()),
        message.revision(),
        message.loss());
  }

  /** What a record of the topic says. */
  public static HopMessage message(TraceHop hop) {
    return new HopMessage(
        hop.getClaim(),
        hop.getCaseId(),
        hop.getReportedAt().toEpochMilli(),
        hop.getLossFen(),
        hop.getVictimAccount(),
        edge(hop.getEdge()),
        hop.getLevel(),
        share(hop.getShare()),
        hop.getRevision(),
        hop.getLoss());
  }

  /** A record of the topic as it goes to the account that was paid. */
  static AccountRecord toAccount(TraceHop hop) {
    return AccountRecord.message(
        hop.getEdge().getPayee().getAccountToken(), Codec.bytes(message(hop)));
  }

  /** What an account says to the next, for the topic. */
  static TraceHop toTopic(AccountRecord said) {
    return record(Codec.hop(said.body()));
  }

  /** A statement as the topic of traces carries it. */
  static TraceAccount record(Statement statement) {
    return TraceAccount.newBuilder()
        .setAccount(record(statement.account()))
        .setLevel(statement.level())
        .setRevision(statement.revision())
        .setReportedAt(Instant.ofEpochMilli(statement.reportedAt()))
        .setLossFen(statement.lossFen())
        .setInflows(statement.inflows().stream().map(HopRecords::record).toList())
        .setOutflows(statement.outflows().stream().map(HopRecords::record).toList())
        .setRemaining(record(statement.remaining()))
        .setBalanceFen(statement.balanceFen())
        .setArrivedAt(
            statement.arrivedAt() == 0 ? null : Instant.ofEpochMilli(statement.arrivedAt()))
        .setSuspects(statement.suspects().stream().map(suspect -> record(suspect.edge())).toList())
        .setOverflowed(statement.overflowed())
        .build();
  }

  /** What a record of the topic of traces says of its account. */
  public static Statement statement(TraceCase told) {
    TraceAccount of = told.getAccount();
    return new Statement(
        told.getClaim(),
        told.getCaseId(),
        party(of.getAccount()),
        of.getLevel(),
        of.getRevision(),
        of.getReportedAt().toEpochMilli(),
        of.getLossFen(),
        of.getInflows().stream().map(HopRecords::in).toList(),
        of.getOutflows().stream().map(HopRecords::out).toList(),
        share(of.getRemaining()),
        of.getBalanceFen(),
        of.getArrivedAt() == null ? 0 : of.getArrivedAt().toEpochMilli(),
        of.getSuspects().stream().map(edge -> new Statement.Suspect(edge(edge))).toList(),
        of.getOverflowed());
  }

  private static TraceIn record(Statement.In in) {
    return new TraceIn(
        record(in.edge()),
        record(in.share()),
        in.revision(),
        TraceStanding.valueOf(in.standing().name()),
        in.loss());
  }

  private static Statement.In in(TraceIn in) {
    return new Statement.In(
        edge(in.getEdge()),
        share(in.getShare()),
        in.getRevision(),
        Statement.Standing.valueOf(in.getStanding().name()),
        in.getLoss());
  }

  private static TraceOut record(Statement.Out out) {
    return new TraceOut(
        record(out.edge()),
        record(out.share()),
        TraceEnd.valueOf(out.end().name()),
        out.revision(),
        out.dwellMs());
  }

  private static Statement.Out out(TraceOut out) {
    return new Statement.Out(
        edge(out.getEdge()),
        share(out.getShare()),
        End.valueOf(out.getEnd().name()),
        out.getRevision(),
        out.getDwellMs());
  }

  static TraceEdge record(Edge edge) {
    return new TraceEdge(
        edge.id(),
        Instant.ofEpochMilli(edge.at()),
        edge.fen(),
        record(edge.payer()),
        record(edge.payee()),
        edge.means().kind(),
        edge.means().channel(),
        edge.means().virtualCurrency(),
        edge.means().crossBorder(),
        edge.means().atm(),
        edge.bankId());
  }

  private static Edge edge(TraceEdge edge) {
    Means means =
        new Means(
            edge.getKind(),
            edge.getChannel(),
            edge.getVirtualCurrency(),
            edge.getCrossBorder(),
            edge.getAtmId());
    return new Edge(
        edge.getTransferId(),
        edge.getOccurredAt().toEpochMilli(),
        edge.getAmountFen(),
        party(edge.getPayer()),
        party(edge.getPayee()),
        means,
        edge.getBankTransactionId());
  }

  private static TraceParty record(Party party) {
    return new TraceParty(party.token(), party.bank(), party.kind());
  }

  private static Party party(TraceParty party) {
    return new Party(party.getAccountToken(), party.getBank(), party.getKind());
  }

  private static TraceShare record(Share share) {
    List<Long> fifo = new ArrayList<>();
    List<Long> proRata = new ArrayList<>();
    for (int slot = 0; slot < Share.SLOTS; slot++) {
      fifo.add(share.fifo(slot));
      proRata.add(share.proRata(slot));
    }
    return new TraceShare(fifo, proRata, share.low(), share.high(), share.ambiguous());
  }

  private static Share share(TraceShare share) {
    return Share.of(
        slots(share.getFifo()),
        slots(share.getProRata()),
        share.getLowFen(),
        share.getHighFen(),
        share.getAmbiguous());
  }

  private static long[] slots(List<Long> fen) {
    return fen.stream().mapToLong(Long::longValue).toArray();
  }
}
