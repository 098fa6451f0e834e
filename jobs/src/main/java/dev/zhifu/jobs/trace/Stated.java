package dev.zhifu.jobs.trace;

import dev.zhifu.wire.AccountRef;

/**
 * What an account states of a claim, on its way to the claim.
 *
 * @param claim the claim
 * @param statement its bytes
 * @param account the account as its bank named it last; null when no movement of it was seen
 */
public record Stated(String claim, byte[] statement, AccountRef account) {}
