/** {@code zhifu bench gateway}: banks' requests and deliveries over HTTP, measured from outside. */
package dev.zhifu.stack.gateway;
