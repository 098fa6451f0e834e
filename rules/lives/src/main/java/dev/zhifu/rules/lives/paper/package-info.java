/** The life of a request that goes on paper: printed, served, answered by hand. */
package dev.zhifu.rules.lives.paper;
