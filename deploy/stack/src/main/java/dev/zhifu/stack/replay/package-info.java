/**
 * Records that were turned away, sent again once they can be read or have been corrected. Start at
 * {@link dev.zhifu.stack.replay.ReplayPlan}.
 */
package dev.zhifu.stack.replay;
