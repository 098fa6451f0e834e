package dev.zhifu.rules.stream;

/** A file of events that cannot be used, with its line, the value and the way out. */
public final class EventFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EventFileException(String message) {
    super(message);
  }
}
