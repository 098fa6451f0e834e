package dev.zhifu.workload;

import java.util.Map;

/**
 * What a run came to, by the truth. All money is fen.
 *
 * @param seed the city's seed
 * @param residents number of residents
 * @param events transactions, accesses, telecom signals and reports handed over, duplicates among
 *     them
 * @param transactions of these, phases of movements of money
 * @param accesses of these, accesses to accounts
 * @param telecom of these, telecom signals
 * @param reports of these, victims' reports
 * @param duplicates of these, second copies
 * @param lateDeliveries of these, delivered beyond the usual bounds
 * @param asked transfers that asked first
 * @param passAnswers answers PASS that came in time
 * @param holdAnswers answers HOLD that came in time
 * @param lateAnswers answers that nobody waited for any more
 * @param stories frauds cast
 * @param storiesByTypology of these, by typology
 * @param storiesByOutcome of these, by outcome: notYetPaid, prevented, cutShort, kept, partlyKept,
 *     lost
 * @param enrichment how many times denser fraud is than outside
 * @param victimLossFen what victims paid in this run, less what came back as bait, kept money
 *     included
 * @param heldBackFen (a) kept in place by a HOLD or risk hold until the victim gave up or a stop
 *     took over
 * @param heldBackOnMulesFen of this, what a hold kept on mule accounts until the stop; it is part
 *     of the loss too
 * @param stoppedFen (b) victims' money, first in first out, on mule accounts when a stop took
 *     effect
 * @param stoppedCeilingFen the most (b) could be: victims' money on mule accounts when its report
 *     was accepted
 * @param stillHeldFen held when the run ended, with neither a cancellation nor a stop; no part of
 *     the money kept
 * @param preventedFen never tried after the victim gave up; no part of the money kept
 * @param balanceStoppedFen all money on accounts when a stop took effect, whosever it is; never
 *     recovery
 * @param stops stops that took effect
 * @param riskHolds risk holds that took effect
 * @param warningsToVictims warnings to victims cast, before, during or after their story
 * @param warningsToOthers warnings to anybody else
 * @param ordersJudged signed orders seen
 * @param wrongOrders of these, on accounts that never had that case's money or had it in good faith
 * @param lateOrders of these, on accounts that had it and were empty of it
 * @param rightHolds answers HOLD on a fraud's own movements
 * @param wrongHoldsByStory answers HOLD and risk holds on others, by innocent kind, ORDINARY for
 *     none
 * @param reportsAccepted reports accepted
 * @param reportsRefused reports refused
 * @param requestsSigned stop requests signed by officers
 * @param requestsRejected stop requests rejected by officers
 * @param wrongOrdersByStory wrong orders by the innocent kind that the account took part in,
 *     ORDINARY for none
 * @param networks fraud stories without a victim, by kind; no part of {@code stories}
 */
public record CitySummary(
    long seed,
    int residents,
    long events,
    long transactions,
    long accesses,
    long telecom,
    long reports,
    long duplicates,
    long lateDeliveries,
    long asked,
    long passAnswers,
    long holdAnswers,
    long lateAnswers,
    int stories,
    Map<String, Integer> storiesByTypology,
    Map<String, Integer> storiesByOutcome,
    double enrichment,
    long victimLossFen,
    long heldBackFen,
    long heldBackOnMulesFen,
    long stoppedFen,
    long stoppedCeilingFen,
    long stillHeldFen,
    long preventedFen,
    long balanceStoppedFen,
    int stops,
    int riskHolds,
    int warningsToVictims,
    int warningsToOthers,
    int ordersJudged,
    int wrongOrders,
    int lateOrders,
    int rightHolds,
    Map<String, Integer> wrongHoldsByStory,
    int reportsAccepted,
    int reportsRefused,
    int requestsSigned,
    int requestsRejected,
    Map<String, Integer> wrongOrdersByStory,
    Map<String, Integer> networks) {

  /**
   * The KPI: victims' money kept, (a) and (b), over what the same city loses with no engine.
   *
   * @param without summary of {@link City#withoutEngine} with the same settings
   * @return 0..1; 0 when nothing would have been lost
   */
  public double keptShare(CitySummary without) {
    return without.victimLossFen == 0
        ? 0
        : (heldBackFen + stoppedFen) / (double) without.victimLossFen;
  }
}
