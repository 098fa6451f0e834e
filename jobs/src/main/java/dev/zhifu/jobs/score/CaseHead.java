package dev.zhifu.jobs.score;

/**
 * What a case keeps beside its hits. Mutable in no way; an update replaces it.
 *
 * @param caseId never recomputed once made
 * @param sequence number of changes emitted
 * @param openedAtMs event time of the first evidence
 * @param newestMs event time of the newest evidence
 * @param score last score emitted, 0 to 1
 * @param reportId accepted report; null when none
 * @param acceptedAtMs event time of the acceptance; 0 when none
 * @param actId act of acceptance; null when none
 * @param warningTier ordinal of the last warning's tier; -1 when none
 * @param warningSequence number of warnings emitted
 * @param proposing true when the last stop proposal holds
 */
public record CaseHead(
    String caseId,
    long sequence,
    long openedAtMs,
    long newestMs,
    double score,
    String reportId,
    long acceptedAtMs,
    String actId,
    int warningTier,
    int warningSequence,
    boolean proposing) {

  static CaseHead opened(String caseId, long atMs) {
    return new CaseHead(caseId, 0, atMs, atMs, 0, null, 0, null, -1, 0, false);
  }

  CaseHead changed(double newScore, long atMs) {
    return new CaseHead(
        caseId,
        sequence + 1,
        openedAtMs,
        Math.max(newestMs, atMs),
        newScore,
        reportId,
        acceptedAtMs,
        actId,
        warningTier,
        warningSequence,
        proposing);
  }

  CaseHead reported(String report, long atMs, String act) {
    return new CaseHead(
        caseId,
        sequence,
        openedAtMs,
        Math.max(newestMs, atMs),
        score,
        report,
        atMs,
        act,
        warningTier,
        warningSequence,
        proposing);
  }

  CaseHead warned(int tier) {
    return new CaseHead(
        caseId,
        sequence,
        openedAtMs,
        newestMs,
        score,
        reportId,
        acceptedAtMs,
        actId,
        tier,
        warningSequence + 1,
        proposing);
  }

  CaseHead proposing(boolean now) {
    return new CaseHead(
        caseId,
        sequence,
        openedAtMs,
        newestMs,
        score,
        reportId,
        acceptedAtMs,
        actId,
        warningTier,
        warningSequence,
        now);
  }
}
