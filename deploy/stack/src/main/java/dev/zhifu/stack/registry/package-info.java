/** The schema registry of the local stack. */
package dev.zhifu.stack.registry;
