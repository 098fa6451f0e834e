package dev.zhifu.jobs.decide;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.wire.ReasonCode;
import java.util.List;

/**
 * What the join knows of one awaiting transfer.
 *
 * @param announcement null until the router's word is there
 * @param partsSeen parts that reported, by key kind, side and key: a part that comes twice after a
 *     restore counts once
 * @param hold true when some part asked to hold
 * @param reasonCode why, when {@code hold}
 * @param answered true once the answer left
 */
public record JoinState(
    Announcement announcement,
    List<String> partsSeen,
    boolean hold,
    ReasonCode reasonCode,
    boolean answered) {}
