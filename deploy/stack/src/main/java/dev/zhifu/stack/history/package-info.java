/** Takes a running stack's history from its topics into a folder that back-tests read. */
package dev.zhifu.stack.history;
