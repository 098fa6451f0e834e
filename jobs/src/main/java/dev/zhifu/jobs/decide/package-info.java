/** PASS or HOLD on transfers that a bank holds back while it asks. */
package dev.zhifu.jobs.decide;
