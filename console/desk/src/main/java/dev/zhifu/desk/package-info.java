/** The console: pages of officers, an HTTP face for banks, and the store behind both. */
package dev.zhifu.desk;
