/**
 * The message set of the statutory platform as banks' public connectors show it (2015-16; the
 * platform of today may have changed its codes), and a reference twin of it for tests and demos.
 */
package dev.zhifu.rules.lives.channel;
