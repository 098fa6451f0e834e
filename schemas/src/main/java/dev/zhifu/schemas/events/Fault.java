package dev.zhifu.schemas.events;

import dev.zhifu.wire.DeadLetterReason;

/**
 * Why an ingress record is turned away.
 *
 * @param reason category, as counted and shown
 * @param field path of the field, for example {@code payer.bank}
 * @param explanation the field, its value, the rule broken and the way out; tokens masked
 */
public record Fault(DeadLetterReason reason, String field, String explanation) {}
