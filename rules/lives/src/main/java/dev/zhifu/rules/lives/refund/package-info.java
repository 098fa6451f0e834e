/** The life of a refund case. */
package dev.zhifu.rules.lives.refund;
