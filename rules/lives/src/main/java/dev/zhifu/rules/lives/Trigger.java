package dev.zhifu.rules.lives;

/**
 * What brings an event about. Only a message, a timer or our own following step moves a life by
 * itself; all else needs a person with the role that the row names (domain rule of the tables).
 */
public enum Trigger {
  /** A person with the role named by the row. */
  PERSON("", "人工操作", "a person decides"),
  /** A message that was received: from a bank, a victim, another part of the engine. */
  MESSAGE("⇦ ", "收到报文", "a message arrived"),
  /** A clock of ticks. */
  TIMER("⏱ ", "到期", "a clock has run out"),
  /** Our own step that follows at once from what a person decided. */
  FOLLOWS("↳ ", "随前一步自动完成", "follows at once from the step before"),
  /** An officer's standing authorisation, our own construction and not law. */
  AUTHORISATION("§ ", "常备授权", "a standing authorisation covers it");

  private final String mark;
  private final Words words;

  Trigger(String mark, String chinese, String english) {
    this.mark = mark;
    this.words = new Words(chinese, english);
  }

  /** Sign before the event's words. */
  public String mark() {
    return mark;
  }

  /** What the sign means. */
  public Words words() {
    return words;
  }
}
