/**
 * The rule language: {@link dev.zhifu.rules.language.RuleParser} turns a rule file into a {@link
 * dev.zhifu.rules.language.Rule} with compiled conditions, or reports every fault of the file;
 * {@link dev.zhifu.rules.language.RuleSet} loads a catalogue. What a rule means is written in
 * docs/rule-language.md. Nothing here knows of Flink or Kafka.
 */
package dev.zhifu.rules.language;
