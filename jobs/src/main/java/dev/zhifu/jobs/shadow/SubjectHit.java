package dev.zhifu.jobs.shadow;

/**
 * A final hit as its subject remembers it. Public for Flink's serializer.
 *
 * @param version rule id, a colon and the version
 * @param shadow true when the version was in shadow
 * @param overlaps true when a shadow hit is known to share its subject with a live one
 * @param transaction source and id of the linking transaction; empty when there is none
 * @param atMs event time
 */
public record SubjectHit(
    String version, boolean shadow, boolean overlaps, String transaction, long atMs) {

  SubjectHit overlapping() {
    return new SubjectHit(version, shadow, true, transaction, atMs);
  }
}
