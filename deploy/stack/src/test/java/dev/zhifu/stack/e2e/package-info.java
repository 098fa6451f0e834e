/**
 * The whole way, on the real thing: broker with its authorizer, registry, the job's own jar in its
 * own JVM, bank twins with their own credentials. Only the stories are invented.
 */
package dev.zhifu.stack.e2e;
