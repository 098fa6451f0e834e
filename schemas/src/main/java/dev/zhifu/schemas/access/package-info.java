/**
 * How a client reaches broker and registry: by TLS outside of DEMO, and what is wrong when it does
 * not come through. Start with {@link dev.zhifu.schemas.access.KafkaAccess}.
 */
package dev.zhifu.schemas.access;
