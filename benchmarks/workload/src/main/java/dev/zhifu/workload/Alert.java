package dev.zhifu.workload;

/**
 * What a detector said about somebody; the truth's scorer asks for no more.
 *
 * @param subject what the token names
 * @param token the account, holder or number
 * @param at event time, UTC milliseconds
 */
public record Alert(Subject subject, String token, long at) {
  /** What an alert can be about. */
  public enum Subject {
    ACCOUNT,
    HOLDER,
    NUMBER
  }
}
