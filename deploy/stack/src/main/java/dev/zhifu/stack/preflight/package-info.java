/**
 * What is looked at before a job is submitted. Start at {@link
 * dev.zhifu.stack.preflight.Preflight}.
 */
package dev.zhifu.stack.preflight;
