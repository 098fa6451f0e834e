package dev.zhifu.jobs.flow;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ScoreShare;
import java.util.List;

/**
 * A holder's case as it bears on one target account: an upsert by (holder, transaction), never
 * added to what was there.
 *
 * @param targetAccount account token of the payee of the linking transaction
 * @param target the payee as the linking transaction names it
 * @param holder token of the victim's holder
 * @param transaction the linking transaction
 * @param caseId the holder's case
 * @param shares live hits of the holder that this transaction is evidence of; empty withdraws the
 *     link
 * @param actions names of the actions that those rules propose (ActionCode)
 * @param settled true when every share is monotone or final
 * @param idle true when a share was decided while a source was idle
 * @param reportId accepted report of this holder; null when there is none
 * @param occurredAtMs event time of the newest evidence
 */
public record HolderScore(
    String targetAccount,
    AccountRef target,
    String holder,
    BankTransaction transaction,
    String caseId,
    List<ScoreShare> shares,
    List<String> actions,
    boolean settled,
    boolean idle,
    String reportId,
    long occurredAtMs) {}
