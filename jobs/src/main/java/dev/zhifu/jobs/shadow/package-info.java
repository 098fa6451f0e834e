/**
 * What rules in shadow would have done: their final hits beside those of live rules on the same
 * subject.
 */
package dev.zhifu.jobs.shadow;
