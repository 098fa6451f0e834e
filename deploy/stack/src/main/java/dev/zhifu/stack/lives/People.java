package dev.zhifu.stack.lives;

/**
 * Who stands behind a publication, and why.
 *
 * @param author who wrote the rule
 * @param approver who approves it; null for a draft or a rule in shadow that its author tries alone
 * @param reason why, one sentence
 */
public record People(String author, String approver, String reason) {}
