package dev.zhifu.jobs.topology;

/**
 * Uids of operators that the topology itself wires; public API to savepoints, by meaning and never
 * by class name.
 */
public final class OperatorIds {
  public static final String VALID_EVENTS = "valid-events";
  public static final String MATCH = "match";
  public static final String SCORE_HOLDER = "score-holder";
  public static final String SCORE_ACCOUNT = "score-account";
  public static final String DECISION_JOIN = "decision-join";
  public static final String STOP_ORDERS = "stop-orders";
  public static final String TICK_ECHO = "tick-echo";

  private OperatorIds() {}
}
