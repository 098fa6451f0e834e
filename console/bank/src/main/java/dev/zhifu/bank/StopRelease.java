package dev.zhifu.bank;

import dev.zhifu.wire.OfficerAct;

/**
 * The lifting of a stop (100103) as it reaches a bank: an officer's signed act about the order.
 * What stands beside the act signs nothing.
 *
 * @param orderId order whose stop ends, with that of its extension
 * @param applicationId of that order
 * @param act RELEASE or UPHOLD_APPEAL, as it was signed
 */
public record StopRelease(String orderId, String applicationId, OfficerAct act) {}
