/** The lives of risk holds and victim holds. */
package dev.zhifu.rules.lives.holds;
