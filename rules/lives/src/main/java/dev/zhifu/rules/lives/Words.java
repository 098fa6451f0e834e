package dev.zhifu.rules.lives;

/**
 * What a state, event, guard or effect is called in two languages.
 *
 * @param chinese words for officers, banks and holders
 * @param english the same in English
 */
public record Words(String chinese, String english) {}
