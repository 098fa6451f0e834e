package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.MatchStateStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * State of one key that lives on the heap: bases written to it stay here until {@link #writeBack}.
 * It makes its key the operator's current one when it reads or writes Flink's state, and only then.
 */
final class KeyState implements MatchStateStore {
  private final MatchStateStore kept;
  private final String key;
  private final Consumer<String> makeCurrent;

  /** Bases not written yet, by rule number; null stands for one removed. */
  private Map<Integer, byte[]> unwritten = Map.of();

  /** True when a base may stand in state: only then is it removed there. */
  private boolean written;

  KeyState(MatchStateStore kept, String key, Consumer<String> makeCurrent, boolean written) {
    this.kept = kept;
    this.key = key;
    this.makeCurrent = makeCurrent;
    this.written = written;
  }

  @Override
  public byte[] record() {
    return kept().record();
  }

  @Override
  public void putRecord(byte[] bytes) {
    kept().putRecord(bytes);
  }

  @Override
  public byte[] base(int ruleNumber) {
    return unwritten.containsKey(ruleNumber) ? unwritten.get(ruleNumber) : kept().base(ruleNumber);
  }

  @Override
  public void putBase(int ruleNumber, byte[] bytes) {
    if (bytes != null || written) {
      if (unwritten.isEmpty()) {
        unwritten = new HashMap<>(4);
      }
      unwritten.put(ruleNumber, bytes);
    } else if (!unwritten.isEmpty()) {
      unwritten.remove(ruleNumber);
    }
  }

  void writeBack() {
    if (!unwritten.isEmpty()) {
      written = true;
      unwritten.forEach(kept()::putBase);
      unwritten = Map.of();
    }
  }

  private MatchStateStore kept() {
    makeCurrent.accept(key);
    return kept;
  }
}
