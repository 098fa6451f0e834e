/** The life of a freeze. */
package dev.zhifu.rules.lives.freeze;
