/**
 * The audit: chains of transitions, signed roots over their heads, and who checks them. Start with
 * {@link dev.zhifu.schemas.audit.AuditVerifier}.
 */
package dev.zhifu.schemas.audit;
