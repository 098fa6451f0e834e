package dev.zhifu.workload;

/**
 * A signed order that the truth calls wrong.
 *
 * @param orderId its id
 * @param reportId the report that it rests on; null for none
 * @param account on which account
 * @param received true when that report's money came to the account, in good faith; false when it
 *     never came
 * @param innocentKind kind of the innocent story that the account took part in, ORDINARY for none
 */
public record WrongOrder(
    String orderId, String reportId, TruthAccount account, boolean received, String innocentKind) {}
