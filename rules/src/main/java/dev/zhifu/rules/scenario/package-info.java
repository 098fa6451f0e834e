/**
 * Scenarios of rules: a timeline of events written as a table, and the hits it must and must not
 * make. {@link dev.zhifu.rules.scenario.ScenarioFile} reads a file, a {@link
 * dev.zhifu.rules.scenario.Subject} runs it, {@link dev.zhifu.rules.scenario.ScenarioCheck}
 * compares. One file serves every subject. The format stands in rules/README.md.
 */
package dev.zhifu.rules.scenario;
