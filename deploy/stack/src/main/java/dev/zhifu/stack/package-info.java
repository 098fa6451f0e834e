/**
 * The local stack: every process of Zhifu on one machine, and the commands that start, look at and
 * stop it. Start at {@link dev.zhifu.stack.cli.Zhifu} for the commands and at {@link
 * dev.zhifu.stack.LocalStack} for the processes.
 */
package dev.zhifu.stack;
