package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Bytes;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one account remembers of the traces that reached it: the newest message of every transfer
 * in, and what it said last. Mutable, owned by one thread; one state value.
 */
public final class NodeState {
  /** One claim on one transfer. */
  record Key(String claim, String edgeId) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byClaim = claim.compareTo(other.claim);
      return byClaim != 0 ? byClaim : edgeId.compareTo(other.edgeId);
    }
  }

  final Map<Key, HopMessage> heard = new TreeMap<>();
  final Map<Key, HopMessage> sent = new TreeMap<>();

  /** Hash of what was stated last, by claim; the statement itself is the case's to keep. */
  final Map<String, Long> stated = new TreeMap<>();

  /** Counts every message and statement of this account. */
  long counter;

  /** The account as messages name it; null before the first. */
  Party self;

  /** True when no trace has reached the account. */
  public boolean isEmpty() {
    return heard.isEmpty();
  }

  private static final int VERSION = 1;
  private static final AccountKind[] KINDS = AccountKind.values();
  private static final TransactionKind[] MOVES = TransactionKind.values();
  private static final Channel[] CHANNELS = Channel.values();

  /** The state as one value, its version first. */
  public byte[] toBytes() {
    Bytes.Out out = new Bytes.Out();
    out.raw(VERSION);
    out.unsigned(counter);
    writeAll(out, heard);
    writeAll(out, sent);
    out.unsigned(stated.size());
    stated.forEach(
        (claim, hash) -> {
          out.text(claim);
          out.number(hash);
        });
    return out.toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged or of a later version
   */
  public static NodeState of(byte[] bytes) {
    NodeState state = new NodeState();
    Bytes.In in = new Bytes.In(bytes, "The trace state of an account");
    in.version(VERSION);
    state.counter = in.unsigned();
    readAll(in, state.heard);
    readAll(in, state.sent);
    int stated = in.count();
    for (int i = 0; i < stated; i++) {
      state.stated.put(in.text(), in.number());
    }
    state.heard.values().forEach(message -> state.self = message.edge().payee());
    return state;
  }

  private static void writeAll(Bytes.Out out, Map<Key, HopMessage> messages) {
    out.unsigned(messages.size());
    messages.forEach(
        (key, message) -> {
          out.text(key.edgeId());
          write(out, message);
        });
  }

  private static void readAll(Bytes.In in, Map<Key, HopMessage> messages) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      String edgeId = in.text();
      HopMessage message = read(in);
      messages.put(new Key(message.claim(), edgeId), message);
    }
  }

  private static void write(Bytes.Out out, HopMessage message) {
    out.text(message.claim());
    out.text(message.caseId());
    out.number(message.reportedAt());
    out.unsigned(message.lossFen());
    out.text(message.victimAccount());
    Edge edge = message.edge();
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
    out.unsigned(message.level());
    Share share = message.share();
    for (int layer = 0; layer < Share.SLOTS; layer++) {
      out.unsigned(share.fifo(layer));
      out.unsigned(share.proRata(layer));
    }
    out.unsigned(share.low());
    out.unsigned(share.high());
    out.raw((share.ambiguous() ? 1 : 0) | (message.loss() ? 2 : 0));
    out.unsigned(message.revision());
  }

  private static HopMessage read(Bytes.In in) {
    String claim = in.text();
    String caseId = in.text();
    long reportedAt = in.number();
    long lossFen = in.unsigned();
    String victimAccount = in.text();
    String id = in.text();
    long at = in.number();
    long fen = in.unsigned();
    Party payer = party(in);
    Party payee = party(in);
    TransactionKind kind = MOVES[in.raw()];
    Channel channel = CHANNELS[in.raw()];
    int marks = in.raw();
    Means means = new Means(kind, channel, (marks & 1) != 0, (marks & 2) != 0, in.text());
    Edge edge = new Edge(id, at, fen, payer, payee, means, in.text());
    int level = (int) in.unsigned();
    long[] fifo = new long[Share.SLOTS];
    long[] proRata = new long[Share.SLOTS];
    for (int layer = 0; layer < Share.SLOTS; layer++) {
      fifo[layer] = in.unsigned();
      proRata[layer] = in.unsigned();
    }
    long low = in.unsigned();
    long high = in.unsigned();
    int flags = in.raw();
    Share share = Share.of(fifo, proRata, low, high, (flags & 1) != 0);
    return new HopMessage(
        claim,
        caseId,
        reportedAt,
        lossFen,
        victimAccount,
        edge,
        level,
        share,
        in.unsigned(),
        (flags & 2) != 0);
  }

  private static void write(Bytes.Out out, Party party) {
    out.text(party.token());
    out.text(party.bank());
    out.raw(party.kind().ordinal());
  }

  private static Party party(Bytes.In in) {
    return new Party(in.text(), in.text(), KINDS[in.raw()]);
  }
}
