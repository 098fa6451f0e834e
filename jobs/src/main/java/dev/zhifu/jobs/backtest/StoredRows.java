package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.schemas.stored.StoredHistory;
import dev.zhifu.wire.EnrichedEvent;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Events of stored history, in the total order, with the features that the job gave them. */
final class StoredRows implements Iterator<EnrichedEvent> {
  private final StoredHistory history;
  private final Rows<EnrichedEvent> rows;
  private EnrichedEvent last;

  StoredRows(StoredHistory history) {
    this.history = history;
    try {
      this.rows = history.readEvents();
    } catch (UncheckedIOException e) {
      throw new BacktestException(e.getMessage());
    }
  }

  @Override
  public boolean hasNext() {
    boolean more;
    try {
      more = rows.hasNext();
    } catch (UncheckedIOException e) {
      throw new BacktestException(e.getMessage());
    }
    if (!more) {
      rows.close();
    }
    return more;
  }

  @Override
  public EnrichedEvent next() {
    EnrichedEvent event = rows.next();
    if (last != null && EnrichedEvents.ORDER.compare(last, event) >= 0) {
      throw new BacktestException(
          history.events()
              + ": event "
              + event.getEventId()
              + " of "
              + event.getOccurredAt()
              + " stands behind "
              + last.getEventId()
              + " of "
              + last.getOccurredAt()
              + "; events must stand in the order of time, serial and id, each once: export again");
    }
    last = event;
    return event;
  }
}
