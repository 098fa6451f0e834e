/** Warnings as tasks with an end: who is sent, what came of it, follow-ups. */
package dev.zhifu.desk.warnings;
