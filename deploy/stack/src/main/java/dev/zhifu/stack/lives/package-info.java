/**
 * The lives of rules at the command line: what was published, what the engine answered, and
 * publishing the next.
 */
package dev.zhifu.stack.lives;
