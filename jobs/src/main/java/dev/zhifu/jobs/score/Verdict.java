package dev.zhifu.jobs.score;

import dev.zhifu.wire.ReasonCode;

/**
 * An officer's word that an account is not, or no longer, to be restricted: what stood against it
 * until then counts no more (ADR-0076).
 *
 * @param account token of the account
 * @param atMs event time of the act; evidence up to it is discounted
 * @param actId the act, RELEASE or UPHOLD_APPEAL
 * @param reason what banks and holders are told: NOT_INVOLVED or APPEAL_UPHELD
 */
public record Verdict(String account, long atMs, String actId, ReasonCode reason) {}
