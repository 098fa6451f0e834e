/** The life of an appeal. */
package dev.zhifu.rules.lives.appeal;
