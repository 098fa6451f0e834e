/**
 * What a recovery operator does without Flink: takes one input about one case, establishes the
 * facts, asks the table, does the effects. Start with {@link dev.zhifu.rules.lives.desk.LifeDesk}.
 */
package dev.zhifu.rules.lives.desk;
