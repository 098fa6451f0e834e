/**
 * JMH: what one event costs at a rule's conditions and at the router. Both take their events from a
 * small city.
 */
package dev.zhifu.bench.micro;
