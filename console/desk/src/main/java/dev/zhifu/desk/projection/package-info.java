/** What the topics say, as tables: idempotent, and the same however often it is read again. */
package dev.zhifu.desk.projection;
