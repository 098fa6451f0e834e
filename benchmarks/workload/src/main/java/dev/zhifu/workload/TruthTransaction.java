package dev.zhifu.workload;

/**
 * What a transaction was in truth.
 *
 * @param transactionId as in the stream
 * @param source reporting bank; transactionId is unique within it
 * @param storyId the story it belongs to
 * @param kind typology or innocent kind
 * @param illicit true for victims' money on its way; false for bait given back and for innocent
 *     stories
 * @param role payment, fee, bait, rebate, hop1 …, cash, otc, goods, game, trifle, or a word of the
 *     innocent story
 * @param at city time, UTC milliseconds
 * @param amountFen amount
 */
public record TruthTransaction(
    String transactionId,
    String source,
    String storyId,
    String kind,
    boolean illicit,
    String role,
    long at,
    long amountFen) {}
