package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.MatchStateStore;
import java.util.HashMap;
import java.util.Map;

/**
 * State of one key that lives on the heap: bases written to it stay here until {@link #writeBack}.
 * The key must be the operator's current one at each call.
 */
final class KeyState implements MatchStateStore {
  private final MatchStateStore kept;

  /** Bases not written yet, by rule number; null stands for one removed. */
  private final Map<Integer, byte[]> unwritten = new HashMap<>(4);

  /** True when a base may stand in state: only then is it removed there. */
  private boolean written;

  KeyState(MatchStateStore kept, boolean written) {
    this.kept = kept;
    this.written = written;
  }

  @Override
  public byte[] record() {
    return kept.record();
  }

  @Override
  public void putRecord(byte[] bytes) {
    kept.putRecord(bytes);
  }

  @Override
  public byte[] base(int ruleNumber) {
    return unwritten.containsKey(ruleNumber) ? unwritten.get(ruleNumber) : kept.base(ruleNumber);
  }

  @Override
  public void putBase(int ruleNumber, byte[] bytes) {
    if (bytes == null && !written) {
      unwritten.remove(ruleNumber);
    } else {
      unwritten.put(ruleNumber, bytes);
    }
  }

  void writeBack() {
    written |= !unwritten.isEmpty();
    unwritten.forEach(kept::putBase);
    unwritten.clear();
  }
}
