package dev.zhifu.jobs.recovery;

import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.schemas.audit.MerkleHeads;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.ChainHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Signs a root over the heads of all chains in each minute of the clock in which one changed. One
 * key, one subtask: a root is over all of them.
 *
 * <p>State, never cleared: {@code audit-roots.heads.v1}, one element a chain; {@code
 * audit-roots.changed.v1}, chains changed since the last root, cleared by it; {@code
 * audit-roots.last.v1}, the last root without its heads, and {@code audit-roots.minute.v1}, the
 * minute of the newest tick.
 */
public final class AuditRootFunction
    extends KeyedCoProcessFunction<String, AuditEntry, Long, AuditRoot> {

  private static final long serialVersionUID = 1L;

  /** Uid of the operator. */
  public static final String UID = "audit-roots";

  /** The one key. */
  static final String KEY = "root";

  private static final long MINUTE_MS = 60_000;

  private static final MapStateDescriptor<String, ChainHead> HEADS =
      new MapStateDescriptor<>(
          "audit-roots.heads.v1", Types.STRING, TypeInformation.of(ChainHead.class));
  private static final MapStateDescriptor<String, ChainHead> CHANGED =
      new MapStateDescriptor<>(
          "audit-roots.changed.v1", Types.STRING, TypeInformation.of(ChainHead.class));
  private static final ValueStateDescriptor<ChainHead> LAST =
      new ValueStateDescriptor<>("audit-roots.last.v1", TypeInformation.of(ChainHead.class));
  private static final ValueStateDescriptor<Long> MINUTE =
      new ValueStateDescriptor<>("audit-roots.minute.v1", Types.LONG);

  private final RecoveryKeys.Factory factory;

  private transient MapState<String, ChainHead> heads;
  private transient MapState<String, ChainHead> changed;
  private transient ValueState<ChainHead> last;
  private transient ValueState<Long> minute;
  private transient RecoveryKeys keys;
  private transient MerkleHeads tree;

  /**
   * @param keys opens the engine's key on the task
   */
  public AuditRootFunction(RecoveryKeys.Factory keys) {
    this.factory = keys;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    heads = getRuntimeContext().getMapState(HEADS);
    changed = getRuntimeContext().getMapState(CHANGED);
    last = getRuntimeContext().getState(LAST);
    minute = getRuntimeContext().getState(MINUTE);
    keys = factory.open();
  }

  @Override
  public void processElement1(AuditEntry entry, Context context, Collector<AuditRoot> out)
      throws Exception {
    ChainHead known = changed.get(entry.getChain());
    if (known == null || known.getSequence() < entry.getSequence()) {
      changed.put(entry.getChain(), AuditChain.headOf(entry));
    }
  }

  @Override
  public void processElement2(Long tickMs, Context context, Collector<AuditRoot> out)
      throws Exception {
    long now = tickMs / MINUTE_MS;
    Long before = minute.value();
    if (before != null && now <= before) {
      return;
    }
    minute.update(now);
    if (before != null && !changed.isEmpty()) {
      out.collect(root(tickMs));
    }
  }

  private AuditRoot root(long tickMs) throws Exception {
    MerkleHeads all = tree();
    List<ChainHead> news = new ArrayList<>();
    for (ChainHead head : changed.values()) {
      news.add(head);
      heads.put(head.getChain(), head);
    }
    news.sort((a, b) -> a.getChain().compareTo(b.getChain()));
    all.putAll(news);
    changed.clear();
    ChainHead before = last.value();
    AuditRoot draft = new AuditRoot();
    draft.setSequence(before == null ? 1 : before.getSequence() + 1);
    draft.setTickAt(Instant.ofEpochMilli(tickMs));
    draft.setChanged(news);
    draft.setChains(all.size());
    draft.setMerkleRoot(all.root());
    draft.setPreviousRoot(before == null ? AuditChain.NOTHING : before.getHash());
    AuditRoot signed = keys.sign(draft);
    last.update(new ChainHead(KEY, signed.getSequence(), Signatures.hashOf(signed)));
    return signed;
  }

  /** Built anew from the state after a start. */
  private MerkleHeads tree() throws Exception {
    if (tree == null) {
      tree = new MerkleHeads();
      for (ChainHead head : heads.values()) {
        tree.put(head);
      }
    }
    return tree;
  }
}
