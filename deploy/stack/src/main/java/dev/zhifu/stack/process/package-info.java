/**
 * Child processes, their memory, ports and folders. Start at {@link
 * dev.zhifu.stack.process.Supervisor}.
 */
package dev.zhifu.stack.process;
