package dev.zhifu.rules.money.trace;

/**
 * Carries what an account says: Kafka in the job, a work list on files. At least once is enough.
 */
public interface HopTransport {

  /** To the account that was paid. */
  void hop(HopMessage message);

  /** To whoever gathers the case. */
  void state(Statement statement);
}
