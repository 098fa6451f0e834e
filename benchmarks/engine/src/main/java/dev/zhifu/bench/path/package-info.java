/** What the critical path is compared with: a job that does nothing between the same topics. */
package dev.zhifu.bench.path;
