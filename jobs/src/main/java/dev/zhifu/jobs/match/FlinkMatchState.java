package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.MatchStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * Match state of the operator's current key in Flink state. The key must be current at each call.
 */
final class FlinkMatchState implements MatchStateStore {
  private final ValueState<byte[]> record;
  private final MapState<Integer, byte[]> bases;

  FlinkMatchState(ValueState<byte[]> record, MapState<Integer, byte[]> bases) {
    this.record = record;
    this.bases = bases;
  }

  @Override
  public byte[] record() {
    try {
      return record.value();
    } catch (IOException e) {
      throw new UncheckedIOException("The key's match record cannot be read", e);
    }
  }

  @Override
  public void putRecord(byte[] bytes) {
    try {
      if (bytes == null) {
        record.clear();
      } else {
        record.update(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The key's match record cannot be written", e);
    }
  }

  @Override
  public byte[] base(int ruleNumber) {
    return call(() -> bases.get(ruleNumber));
  }

  @Override
  public void putBase(int ruleNumber, byte[] bytes) {
    call(
        () -> {
          if (bytes == null) {
            bases.remove(ruleNumber);
          } else {
            bases.put(ruleNumber, bytes);
          }
          return null;
        });
  }

  private interface StateCall {
    byte[] run() throws Exception;
  }

  private static byte[] call(StateCall call) {
    try {
      return call.run();
    } catch (Exception e) {
      throw new IllegalStateException("A base of the key cannot be reached in state", e);
    }
  }
}
