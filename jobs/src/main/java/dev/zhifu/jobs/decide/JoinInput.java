package dev.zhifu.jobs.decide;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.PartReport;

/**
 * What the PASS/HOLD join reads, keyed by the awaiting event's id. Exactly one is set.
 *
 * @param eventId id of the awaiting event
 * @param announcement the router's word; null for a part
 * @param part one part's report; null for the announcement
 */
public record JoinInput(String eventId, Announcement announcement, PartReport part) {}
