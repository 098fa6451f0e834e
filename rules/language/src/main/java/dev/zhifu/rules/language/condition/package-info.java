/**
 * Conditions of rule steps: CEL text is parsed and type-checked by CEL's library against the Avro
 * records, then compiled into small typed nodes. Start at {@link
 * dev.zhifu.rules.language.condition.ConditionCompiler}. Missing data make a comparison unknown,
 * and unknown follows three-valued logic: a step takes an event only when its condition is
 * certainly true.
 */
package dev.zhifu.rules.language.condition;
