package dev.zhifu.rules.matching;

/** What an event can mean to a match that only its first event has begun (ADR-0110). */
enum Meeting {
  /** Nothing: the match waits on. */
  NOTHING,
  /** It is what must not follow: the match is over. */
  ENDS,
  /** More than that: the NFA must see both. */
  FOLLOWS
}
