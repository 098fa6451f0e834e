package dev.zhifu.bench;

import dev.zhifu.wire.EnrichedEvent;
import java.io.IOException;
import java.io.Serializable;

/** Where a source gets its events. The same feed gives the same events to every configuration. */
interface Feed extends Serializable {

  /** The events of one subtask, in order of event time. */
  interface Cursor {
    /** The next event, which nobody else holds; null at the end. */
    EnrichedEvent next() throws IOException;
  }

  /** Opens the share of one subtask: every {@code parallelism}-th event. */
  Cursor open(int subtask, int parallelism) throws IOException;
}
