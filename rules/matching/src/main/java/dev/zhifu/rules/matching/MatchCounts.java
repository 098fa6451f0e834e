package dev.zhifu.rules.matching;

/**
 * What one task has counted since its start. Read by metrics, written by matching on the task's
 * thread.
 */
public final class MatchCounts {
  long fed;
  long announced;
  long retracted;
  long retractedWithoutLateEvent;
  long finals;
  long late;
  long duplicates;
  long rebuilds;
  long lateReruns;
  long commits;
  long overflowed;
  long quarantined;

  /** Times that an event was fed to a fork: again and again where events come late. */
  public long fed() {
    return fed;
  }

  /** Provisional hits announced. */
  public long announced() {
    return announced;
  }

  /** Hits retracted. */
  public long retracted() {
    return retracted;
  }

  /** Retractions that no late event caused: a match that was withheld and then skipped. */
  public long retractedWithoutLateEvent() {
    return retractedWithoutLateEvent;
  }

  /** Hits that became final. */
  public long finals() {
    return finals;
  }

  /** Events older than what their key had decided. */
  public long late() {
    return late;
  }

  /** Copies of events in a tail. */
  public long duplicates() {
    return duplicates;
  }

  /** Forks built anew, for whatever reason. */
  public long rebuilds() {
    return rebuilds;
  }

  /** Forks built anew because an event came out of order. */
  public long lateReruns() {
    return lateReruns;
  }

  /** Forks that became the base whole. */
  public long commits() {
    return commits;
  }

  /** Pairs of key and rule that reached the cap. */
  public long overflowed() {
    return overflowed;
  }

  /** Rule versions that failed. */
  public long quarantined() {
    return quarantined;
  }
}
