package dev.zhifu.schemas.topics;

/**
 * One permission of one principal on a broker. READ and WRITE include DESCRIBE, as Kafka has it.
 *
 * @param principal full name without {@code User:}, for example {@code bank-B01}
 * @param resource what it is on
 * @param name its name; a prefix where {@code prefixed}; {@code *} (Kafka's wildcard, literal) is
 *     every one
 * @param prefixed whether {@code name} is a prefix
 * @param operation what is allowed
 */
public record Grant(
    String principal, Resource resource, String name, boolean prefixed, Operation operation) {

  /** What a permission is on. */
  public enum Resource {
    TOPIC,
    GROUP,
    TRANSACTIONAL_ID
  }

  /** What is allowed. */
  public enum Operation {
    READ,
    WRITE,
    DESCRIBE
  }
}
