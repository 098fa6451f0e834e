/**
 * Matching: base and tail on Flink CEP's own NFA, without Flink's run time. {@link
 * dev.zhifu.rules.matching.Matcher} holds the rules of one task, {@link
 * dev.zhifu.rules.matching.KeyMatcher} the matches under way of one key, {@link
 * dev.zhifu.rules.matching.StreamMatcher} runs a whole stream in memory (scenarios, explain,
 * tests).
 *
 * <p>The <em>base</em> of a (key, rule version) is what the library's NFA holds after all events up
 * to the watermark, in order: equal to stock Flink CEP in event time. The <em>tail</em> are the
 * events after the watermark. Provisional hits come from a <em>fork</em>: the base plus the tail,
 * in memory only.
 */
package dev.zhifu.rules.matching;
