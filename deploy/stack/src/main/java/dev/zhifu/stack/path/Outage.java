package dev.zhifu.stack.path;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a killed worker cost, from the answers' times alone.
 *
 * @param firstAnswerMs from the kill to the first answer to something planned after it; -1 when
 *     there was none
 * @param caughtUpMs from the kill to when answers were again less than a second behind; -1 when
 *     they never were
 */
record Outage(long firstAnswerMs, long caughtUpMs) {
  private static final long BEHIND_MS = 1_000;

  /**
   * @param answers pairs of planned and append time, UTC milliseconds
   * @param killedAtMs moment of the kill
   */
  static Outage of(List<long[]> answers, long killedAtMs) {
    List<long[]> after =
        answers.stream()
            .filter(one -> one[0] >= killedAtMs)
            .sorted(Comparator.comparingLong(one -> one[0]))
            .toList();
    long first = after.stream().mapToLong(one -> one[1] - killedAtMs).min().orElse(-1);
    long caughtUp = -1;
    for (int i = after.size() - 1; i >= 0 && after.get(i)[1] - after.get(i)[0] < BEHIND_MS; i--) {
      caughtUp = after.get(i)[1] - killedAtMs;
    }
    return new Outage(first, caughtUp);
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("firstAnswerMs", firstAnswerMs);
    row.put("caughtUpMs", caughtUpMs);
    return row;
  }
}
