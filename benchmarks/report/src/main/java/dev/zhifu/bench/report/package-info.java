/**
 * What benchmark runs measured, as medians, ratios, targets and one page. Knows neither the engine
 * nor the processes that measured. Start at {@link dev.zhifu.bench.report.Runs}.
 */
package dev.zhifu.bench.report;
