/**
 * The lives of cases, orders, holds, freezes, refunds and appeals as tables, and the interpreter
 * that reads them. Start with {@link dev.zhifu.rules.lives.LifeTable}; {@code docs/lives.md} is
 * printed from the same tables. Pure: no Flink, no Kafka, no clock of its own.
 */
package dev.zhifu.rules.lives;
