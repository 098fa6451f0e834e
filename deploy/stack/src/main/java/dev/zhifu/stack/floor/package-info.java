/**
 * The floor under every detector: textbook window rules over labelled transaction files, without
 * engine, features or rule language. Start at {@link dev.zhifu.stack.floor.NaiveFloor}.
 */
package dev.zhifu.stack.floor;
