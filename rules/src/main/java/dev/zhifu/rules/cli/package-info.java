/**
 * The command {@code rules}: checks, tests, lists and explains rules without a cluster. Start at
 * {@link dev.zhifu.rules.cli.RulesCommand}.
 */
package dev.zhifu.rules.cli;
