package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Bytes;
import dev.zhifu.rules.money.Party;
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
          Codec.write(out, message);
        });
  }

  private static void readAll(Bytes.In in, Map<Key, HopMessage> messages) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      String edgeId = in.text();
      HopMessage message = Codec.hop(in);
      messages.put(new Key(message.claim(), edgeId), message);
    }
  }
}
