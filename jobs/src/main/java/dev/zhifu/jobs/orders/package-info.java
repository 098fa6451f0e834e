/**
 * The life of stop-payment orders: one operator owns an order from request to end. The law's table
 * is {@link dev.zhifu.rules.lives.order.OrderTable} (rendered in {@code docs/lives.md}); when the
 * engine may sign by itself is {@link dev.zhifu.jobs.orders.SigningGuard}; the operator around them
 * is {@link dev.zhifu.jobs.orders.StopOrdersFunction}. Everything but that function is plain Java
 * and counts time by ticks alone.
 */
package dev.zhifu.jobs.orders;
