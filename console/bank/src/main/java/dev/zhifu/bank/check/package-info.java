/** The conformance run of a bank's integrator, over HTTP and over Kafka (docs/bank-check.md). */
package dev.zhifu.bank.check;
