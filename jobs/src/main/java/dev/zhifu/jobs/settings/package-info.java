/** Settings of the jobs: one record, parsed once in {@code main}, all problems listed together. */
package dev.zhifu.jobs.settings;
