package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Bytes;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import dev.zhifu.rules.money.trace.Statement.Standing;
import dev.zhifu.rules.money.trace.Statement.Suspect;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.ArrayList;
import java.util.List;

/** Messages and statements as bytes, their version first. */
public final class Codec {
  private static final int VERSION = 1;
  private static final AccountKind[] KINDS = AccountKind.values();
  private static final TransactionKind[] MOVES = TransactionKind.values();
  private static final Channel[] CHANNELS = Channel.values();
  private static final End[] ENDS = End.values();
  private static final Standing[] STANDINGS = Standing.values();

  private Codec() {}

  /** A message as one value. */
  public static byte[] bytes(HopMessage message) {
    Bytes.Out out = new Bytes.Out();
    out.raw(VERSION);
    write(out, message);
    return out.toBytes();
  }

  /**
   * Reads a message.
   *
   * @throws IllegalStateException when it is damaged or of a later version
   */
  public static HopMessage hop(byte[] bytes) {
    Bytes.In in = new Bytes.In(bytes, "A hop message");
    in.version(VERSION);
    return hop(in);
  }

  /** A statement as one value. */
  public static byte[] bytes(Statement statement) {
    Bytes.Out out = new Bytes.Out();
    out.raw(VERSION);
    out.text(statement.claim());
    out.text(statement.caseId());
    write(out, statement.account());
    out.unsigned(statement.level());
    out.unsigned(statement.revision());
    out.number(statement.reportedAt());
    out.unsigned(statement.lossFen());
    out.unsigned(statement.inflows().size());
    for (In in : statement.inflows()) {
      write(out, in.edge());
      write(out, in.share());
      out.unsigned(in.revision());
      out.raw(in.standing().ordinal());
      out.raw(in.loss() ? 1 : 0);
    }
    out.unsigned(statement.outflows().size());
    for (Out each : statement.outflows()) {
      write(out, each.edge());
      write(out, each.share());
      out.raw(each.end().ordinal());
      out.unsigned(each.revision());
      out.number(each.dwellMs());
    }
    write(out, statement.remaining());
    out.number(statement.balanceFen());
    out.number(statement.arrivedAt());
    out.unsigned(statement.suspects().size());
    statement.suspects().forEach(suspect -> write(out, suspect.edge()));
    out.raw(statement.overflowed() ? 1 : 0);
    return out.toBytes();
  }

  /**
   * Reads a statement.
   *
   * @throws IllegalStateException when it is damaged or of a later version
   */
  public static Statement statement(byte[] bytes) {
    Bytes.In in = new Bytes.In(bytes, "A statement of an account");
    in.version(VERSION);
    String claim = in.text();
    String caseId = in.text();
    Party account = party(in);
    int level = (int) in.unsigned();
    long revision = in.unsigned();
    long reportedAt = in.number();
    long lossFen = in.unsigned();
    List<In> inflows = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      inflows.add(new In(edge(in), share(in), in.unsigned(), STANDINGS[in.raw()], in.raw() == 1));
    }
    List<Out> outflows = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      outflows.add(new Out(edge(in), share(in), ENDS[in.raw()], in.unsigned(), in.number()));
    }
    Share remaining = share(in);
    long balanceFen = in.number();
    long arrivedAt = in.number();
    List<Suspect> suspects = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      suspects.add(new Suspect(edge(in)));
    }
    return new Statement(
        claim,
        caseId,
        account,
        level,
        revision,
        reportedAt,
        lossFen,
        List.copyOf(inflows),
        List.copyOf(outflows),
        remaining,
        balanceFen,
        arrivedAt,
        List.copyOf(suspects),
        in.raw() == 1);
  }

  static void write(Bytes.Out out, HopMessage message) {
    out.text(message.claim());
    out.text(message.caseId());
    out.number(message.reportedAt());
    out.unsigned(message.lossFen());
    out.text(message.victimAccount());
    write(out, message.edge());
    out.unsigned(message.level());
    write(out, message.share());
    out.raw(message.loss() ? 1 : 0);
    out.unsigned(message.revision());
  }

  static HopMessage hop(Bytes.In in) {
    String claim = in.text();
    String caseId = in.text();
    long reportedAt = in.number();
    long lossFen = in.unsigned();
    String victimAccount = in.text();
    Edge edge = edge(in);
    int level = (int) in.unsigned();
    Share share = share(in);
    boolean loss = in.raw() == 1;
    return new HopMessage(
        claim, caseId, reportedAt, lossFen, victimAccount, edge, level, share, in.unsigned(), loss);
  }

  private static void write(Bytes.Out out, Party party) {
    out.text(party.token());
    out.text(party.bank());
    out.raw(party.kind().ordinal());
  }

  private static Party party(Bytes.In in) {
    return new Party(in.text(), in.text(), KINDS[in.raw()]);
  }

  private static void write(Bytes.Out out, Edge edge) {
    out.text(edge.id());
    out.number(edge.at());
    out.unsigned(edge.fen());
    write(out, edge.payer());
    write(out, edge.payee());
    Means means = edge.means();
    out.raw(means.kind().ordinal());
    out.raw(means.channel().ordinal());
    out.raw((means.virtualCurrency() ? 1 : 0) | (means.crossBorder() ? 2 : 0));
    out.text(means.atm());
    out.text(edge.bankId());
  }

  private static Edge edge(Bytes.In in) {
    String id = in.text();
    long at = in.number();
    long fen = in.unsigned();
    Party payer = party(in);
    Party payee = party(in);
    TransactionKind kind = MOVES[in.raw()];
    Channel channel = CHANNELS[in.raw()];
    int marks = in.raw();
    Means means = new Means(kind, channel, (marks & 1) != 0, (marks & 2) != 0, in.text());
    return new Edge(id, at, fen, payer, payee, means, in.text());
  }

  private static void write(Bytes.Out out, Share share) {
    for (int layer = 0; layer < Share.SLOTS; layer++) {
      out.unsigned(share.fifo(layer));
      out.unsigned(share.proRata(layer));
    }
    out.unsigned(share.low());
    out.unsigned(share.high());
    out.raw(share.ambiguous() ? 1 : 0);
  }

  private static Share share(Bytes.In in) {
    long[] fifo = new long[Share.SLOTS];
    long[] proRata = new long[Share.SLOTS];
    for (int layer = 0; layer < Share.SLOTS; layer++) {
      fifo[layer] = in.unsigned();
      proRata[layer] = in.unsigned();
    }
    long low = in.unsigned();
    long high = in.unsigned();
    return Share.of(fifo, proRata, low, high, in.raw() == 1);
  }
}
