/**
 * The demo: a simulated city and its twelve banks against the real job. The city and the banks run
 * in a process of their own ({@link dev.zhifu.stack.demo.CityProcess}); what the demo shows and
 * reports is read back from the topics by the launcher ({@link dev.zhifu.stack.demo.TopicTally}),
 * never taken from counters inside a process.
 */
package dev.zhifu.stack.demo;
