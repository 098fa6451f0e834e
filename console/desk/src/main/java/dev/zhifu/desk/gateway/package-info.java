/** The HTTP face for banks that read no Kafka (docs/gateway.md). */
package dev.zhifu.desk.gateway;
