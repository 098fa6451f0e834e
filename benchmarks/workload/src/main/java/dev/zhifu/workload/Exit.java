package dev.zhifu.workload;

/**
 * A victim's money where its way ends: as cash, or on an account that acts in good faith.
 *
 * @param story whose victim's money it is
 * @param from account it left
 * @param to account it came to; null for cash
 * @param fen how much
 * @param at city time
 */
record Exit(int story, Account from, Account to, long fen, long at) {}
