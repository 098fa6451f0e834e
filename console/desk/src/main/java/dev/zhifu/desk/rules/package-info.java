/**
 * Rules at the desk: an author writes a draft, runs its scenarios and tries it on the last hours,
 * puts it in shadow and asks for it to go live; an approver, another person, confirms or withdraws.
 * Start at {@link dev.zhifu.desk.rules.RuleWork}. The engine judges every publication again
 * (ADR-0050, ADR-0051); ADR-0119.
 */
package dev.zhifu.desk.rules;
