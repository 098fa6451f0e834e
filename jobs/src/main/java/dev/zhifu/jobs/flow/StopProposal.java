package dev.zhifu.jobs.flow;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.TraceGround;
import java.util.List;

/**
 * What scoring asks of stop-orders for one target account: an upsert by account; {@code
 * holds=false} withdraws.
 *
 * @param accountToken the target account
 * @param target the account as the newest evidence names it, with its ciphertext
 * @param holds false when score or families no longer suffice
 * @param origin REPORT, HOP or HITS
 * @param caseIds cases behind it
 * @param reportId accepted report behind it; null when none
 * @param actId the officer's act of acceptance; null when none
 * @param bankTransactionId account-holding bank's own id of the transfer; null when unknown
 * @param transferAmountFen amount of the transfer, fen
 * @param transferTimeMs time of the transfer as the account-holding bank booked it
 * @param tracedFen victims' money named by accepted reports on this account, fen
 * @param lastBalanceFen last known balance, fen; null when never seen
 * @param balanceAtMs event time of that balance; 0 when never seen
 * @param score case score, 0 to 1
 * @param families families that hold
 * @param hitIds hits behind it
 * @param ruleIds rules behind it; REPORT stands for the victim's statement
 * @param settled true when every hit behind it is monotone or final
 * @param idle true when some hit was decided while a source was idle
 * @param reasonCode why
 * @param basisAtMs event time of the newest act or event it rests on
 * @param cause id of the event or act that caused this message
 * @param grounds why traces name the account, one a report; null in a state of before
 * @param ruleVersions versions of the rules behind it, each as rule id, a colon and the version;
 *     null in a state of before
 * @param ownStop stop that the account's bank has made itself, by the newest accepted report of
 *     one; null when there is none, and in a state of before
 * @param basis what a bank's case report says that the type of the order follows from, by the
 *     newest report that names the account itself; null when no bank has lodged it, and in a state
 *     of before
 */
public record StopProposal(
    String accountToken,
    AccountRef target,
    boolean holds,
    OrderOrigin origin,
    List<String> caseIds,
    String reportId,
    String actId,
    String bankTransactionId,
    long transferAmountFen,
    long transferTimeMs,
    long tracedFen,
    Long lastBalanceFen,
    long balanceAtMs,
    double score,
    List<RuleFamily> families,
    List<String> hitIds,
    List<String> ruleIds,
    boolean settled,
    boolean idle,
    ReasonCode reasonCode,
    long basisAtMs,
    String cause,
    List<TraceGround> grounds,
    List<String> ruleVersions,
    OwnStop ownStop,
    StopBasis basis) {}
