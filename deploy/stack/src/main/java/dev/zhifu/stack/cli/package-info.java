/** The commands of the launcher {@code zhifu}. Start at {@link dev.zhifu.stack.cli.Zhifu}. */
package dev.zhifu.stack.cli;
