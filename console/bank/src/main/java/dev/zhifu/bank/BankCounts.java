package dev.zhifu.bank;

/**
 * What a library handled since it started; a message that came twice counts in {@code repeated}.
 *
 * @param decisions decisions handed to the bank, late ones among them
 * @param late decisions that came after their {@code answerBy}
 * @param holds hold messages answered
 * @param orders orders answered
 * @param repeated decisions that came again
 * @param unreadable records that could not be read
 */
public record BankCounts(
    long decisions, long late, long holds, long orders, long repeated, long unreadable) {}
