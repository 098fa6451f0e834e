/** Handing a shift over. */
package dev.zhifu.desk.shift;
