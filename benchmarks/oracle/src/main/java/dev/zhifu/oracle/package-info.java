/**
 * Is matching right, whatever the order of arrival? {@link dev.zhifu.oracle.Trial} lets three
 * matchers find the hits of the same random histories: the engine, as events arrive; stock Flink
 * CEP on the sorted stream ({@link dev.zhifu.oracle.StockCep}, oracle 1); and {@link
 * dev.zhifu.oracle.SpecMatcher} (oracle 2), written from {@code docs/rule-language.md} alone.
 * {@link dev.zhifu.oracle.OracleMain} is the long form, {@code zhifu bench oracle}.
 */
package dev.zhifu.oracle;
