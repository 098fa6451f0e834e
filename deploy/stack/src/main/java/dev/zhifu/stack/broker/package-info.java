/**
 * The Kafka broker of the local stack and what is set up on any broker: users, topics, permissions.
 * Start at {@link dev.zhifu.stack.broker.Provisioner}.
 */
package dev.zhifu.stack.broker;
