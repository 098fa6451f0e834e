/** Tables that leave the desk as files. */
package dev.zhifu.desk.export;
