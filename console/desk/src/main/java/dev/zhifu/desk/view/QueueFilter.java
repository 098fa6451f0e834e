package dev.zhifu.desk.view;

import java.util.Locale;

/** Which cases of the queue. */
public enum QueueFilter {
  /** Every open case. */
  ALL("q.is_open"),
  /** Those with requests to sign. */
  SIGN("q.is_open and q.to_sign > 0"),
  /** Those with orders that need hands. */
  FAILED("q.is_open and q.failed > 0"),
  /** Those with stops in force. */
  FORCE("q.is_open and q.in_force > 0"),
  /** Those that nobody works on. */
  FREE("q.is_open and a.person_id is null"),
  /** The person's own. */
  MINE("q.is_open and a.person_id = :person");

  private final String condition;

  QueueFilter(String condition) {
    this.condition = condition;
  }

  String condition() {
    return condition;
  }

  /** As in addresses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The filter of a word; ALL for any other. */
  public static QueueFilter of(String word) {
    for (QueueFilter filter : values()) {
      if (filter.word().equals(word)) {
        return filter;
      }
    }
    return ALL;
  }
}
