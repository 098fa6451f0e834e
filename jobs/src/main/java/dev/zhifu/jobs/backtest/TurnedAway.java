package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.List;

/** Records that broke their contract: how many, and the first few with their place. */
final class TurnedAway {
  private static final int SHOWN = 3;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(CsvRow row, String why) {
    count++;
    if (first.size() < SHOWN) {
      first.add(row.file().getFileName() + ":" + row.line() + ": " + why);
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }
}
