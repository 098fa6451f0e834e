package dev.zhifu.jobs.trace;

import dev.zhifu.wire.ListEntry;

/**
 * What every ledger hears of the lists. Public for Flink's serializer.
 *
 * @param entry one entry; null once all that stood on the topic at the start has been said
 */
public record TraceListing(ListEntry entry) {
  /** The lists have been read to the end that they had at the start. */
  public static TraceListing read() {
    return new TraceListing(null);
  }

  public boolean isEnd() {
    return entry == null;
  }
}
