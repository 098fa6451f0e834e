package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.schemas.stored.StoredHistory;
import dev.zhifu.wire.RuleHit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Final hits that the job itself stored, against those found again over the same enriched events
 * with the rules that were in force.
 *
 * @param job the job's
 * @param again found again, as far as the job had decided
 * @param same ids that both have
 * @param onlyJob ids that only the job has, sorted
 * @param onlyAgain ids that only this run has, sorted
 * @param jobSha256 SHA-256 over the job's sorted ids, a line feed after each
 * @param againSha256 the same over those found again
 */
record Agreement(
    long job,
    long again,
    long same,
    List<String> onlyJob,
    List<String> onlyAgain,
    String jobSha256,
    String againSha256) {

  static Agreement of(StoredHistory history, Found found) {
    Set<String> job = new TreeSet<>();
    try (Rows<RuleHit> rows = history.readHits()) {
      while (rows.hasNext()) {
        RuleHit hit = rows.next();
        if (hit.getHolds()) {
          job.add(hit.getHitId());
        }
      }
    }
    Set<String> again = new TreeSet<>(found.alerts().keySet());
    again.addAll(found.shadows());
    // The job may have come a little further than it had said.
    Set<String> further = new HashSet<>(found.open());
    further.retainAll(job);
    again.addAll(further);
    return new Agreement(
        job.size(),
        again.size(),
        job.stream().filter(again::contains).count(),
        job.stream().filter(id -> !again.contains(id)).toList(),
        again.stream().filter(id -> !job.contains(id)).toList(),
        BacktestResult.sha256(job),
        BacktestResult.sha256(again));
  }

  /** True when both have the same hits, and have some. */
  boolean isEqual() {
    return job > 0 && onlyJob.isEmpty() && onlyAgain.isEmpty();
  }
}
