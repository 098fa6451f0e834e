package dev.zhifu.jobs.features;

import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.RulePublication;

/**
 * What the router hears beside the events, on every subtask.
 *
 * @param kind which of the three
 * @param publication a rule's publication; null unless PUBLICATION
 * @param entry a list entry; null unless LIST
 */
public record RouterControl(Kind kind, RulePublication publication, ListEntry entry) {

  /** Kinds of control. */
  public enum Kind {
    PUBLICATION,
    LIST,
    /** Everything that rules and lists held when the job started has been read. */
    READY
  }

  /** A publication. */
  public static RouterControl of(RulePublication publication) {
    return new RouterControl(Kind.PUBLICATION, publication, null);
  }

  /** A list entry. */
  public static RouterControl of(ListEntry entry) {
    return new RouterControl(Kind.LIST, null, entry);
  }

  /** The mark that rules and lists have been read. */
  public static RouterControl ready() {
    return new RouterControl(Kind.READY, null, null);
  }
}
