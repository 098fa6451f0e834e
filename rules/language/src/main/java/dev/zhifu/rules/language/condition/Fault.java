package dev.zhifu.rules.language.condition;

/**
 * One fault in a condition's text.
 *
 * @param offset code points from the start of the text
 * @param what what is wrong
 * @param fix what would be right
 */
public record Fault(int offset, String what, String fix) {}
