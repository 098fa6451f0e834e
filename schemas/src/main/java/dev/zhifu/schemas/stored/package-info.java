/**
 * Stored history: what the engine said of a stretch of time, taken from its topics into one folder
 * of Avro container files, so that it can be gone over again without a broker (docs/backtest.md).
 */
package dev.zhifu.schemas.stored;
