/** The life of a stop-payment order; both jobs read the same table. */
package dev.zhifu.rules.lives.order;
