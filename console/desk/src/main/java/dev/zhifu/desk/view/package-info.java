/** What pages show, read from the store. */
package dev.zhifu.desk.view;
