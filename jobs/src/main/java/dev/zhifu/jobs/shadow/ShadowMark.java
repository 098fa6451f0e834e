package dev.zhifu.jobs.shadow;

/**
 * What one final hit adds to the figures of a rule version in shadow.
 *
 * @param version rule id, a colon and the version
 * @param hits 1 for a hit of the version, 0 when a live hit made an earlier one overlap
 * @param overlapping hits of the version that now share their subject with a live hit
 * @param subjects 1 when the subject was not hit by the version within the window before
 * @param touchedFen money of the linking transaction, fen; 0 when it was counted before
 * @param atMs event time of the hit
 */
public record ShadowMark(
    String version, int hits, int overlapping, int subjects, long touchedFen, long atMs) {}
