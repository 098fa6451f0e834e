package dev.zhifu.schemas.wire;

import dev.zhifu.wire.DeadLetterReason;

/**
 * A record's bytes cannot be read; never a failure of the registry or the network. The reason is
 * UNDECODABLE, UNKNOWN_SCHEMA_ID or WRONG_SCHEMA; the message names the topic, what was found, the
 * rule broken and the way out. It carries no stack trace: a flood of bad records must stay cheap.
 */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  WireException(DeadLetterReason reason, String message) {
    this(reason, message, null);
  }

  WireException(DeadLetterReason reason, String message, Throwable cause) {
    super(message, cause, false, false);
    this.reason = reason;
  }

  /** Reason for the dead letter. */
  public DeadLetterReason reason() {
    return reason;
  }
}
