/**
 * The one step before all subtasks that judges rule publications: {@link
 * dev.zhifu.jobs.gate.RuleGate} is a thin shell around {@link dev.zhifu.jobs.gate.GateBook}.
 */
package dev.zhifu.jobs.gate;
