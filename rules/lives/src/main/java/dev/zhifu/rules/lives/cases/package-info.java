/** The life of a case. */
package dev.zhifu.rules.lives.cases;
