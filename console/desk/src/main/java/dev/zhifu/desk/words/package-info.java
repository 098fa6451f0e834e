/** What pages say, in Chinese and English. */
package dev.zhifu.desk.words;
