package dev.zhifu.jobs.trace;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.TraceGround;

/**
 * What an account states of a claim, on its way to the claim.
 *
 * @param claim the claim
 * @param statement its bytes
 * @param account the account as its bank named it last; null when no movement of it was seen
 * @param ground why a trace names the account, in short; null where no claimed money came from
 *     another account, and in a state of before
 */
public record Stated(String claim, byte[] statement, AccountRef account, TraceGround ground) {}
