package dev.zhifu.jobs.trace;

/**
 * What travels to one key: an account or a claim.
 *
 * @param key token of the account, or name of the claim
 * @param day day of a ledger's entry; 0 for anything else
 * @param body a ledger day with one entry, a hop message or a statement, as its bytes
 */
public record AccountRecord(String key, long day, byte[] body) {}
