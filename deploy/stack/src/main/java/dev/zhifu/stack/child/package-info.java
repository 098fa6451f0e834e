/** What runs inside a supervised process before its own program: one class without dependencies. */
package dev.zhifu.stack.child;
