package dev.zhifu.desk.people;

import dev.zhifu.desk.people.Audit.Walked;
import dev.zhifu.desk.store.Store;
import java.time.Instant;
import java.util.Optional;

/**
 * Walks the chain of the audit's lines in portions and keeps how far it came. New lines are walked
 * once from the point that was kept, whose hash must still stand; everything is walked again and
 * again in rounds, for a line may be changed after it was found to fit.
 */
public final class AuditChain {
  /** Lines of a round, and new ones at most, that one step of the timer walks. */
  public static final int STEP = 50_000;

  /** New lines that opening the page walks at most; the timer walks the rest. */
  private static final int LOOK = 2_000;

  private static final String NEW = "NEW";
  private static final String ROUND = "ROUND";

  private final Store store;
  private final Audit audit;
  private final WallClock clock;

  AuditChain(Store store, Audit audit, WallClock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * How the chain stands.
   *
   * @param fault place, from 1, of the first line that was found not to fit; 0 while all do
   * @param checked lines from the first one on that were found to fit
   * @param all true when there are no more
   * @param round when everything was last walked to the end; null before the first time
   */
  public record State(long fault, long checked, boolean all, Instant round) {}

  private record Kept(Walked walked, Instant endedAt) {}

  /** Walks a little further over new lines, and says how the chain stands. */
  public State look() {
    Walked fresh = step(NEW, LOOK);
    Kept round = kept(ROUND);
    // A round that stands before a fault finds it again with its next line.
    Walked again = resumed(round.walked(), 1);
    long fault = Math.min(fault(fresh), fault(again));
    return new State(
        fault == Long.MAX_VALUE ? 0 : fault, fresh.position(), fresh.end(), round.endedAt());
  }

  /** One step of the timer: over new lines, and on with the round. */
  public void walk() {
    step(NEW, STEP);
    step(ROUND, STEP);
  }

  private static long fault(Walked walked) {
    return walked.fault() ? walked.position() + 1 : Long.MAX_VALUE;
  }

  private Walked step(String walk, long lines) {
    Kept kept = kept(walk);
    Walked walked = resumed(kept.walked(), lines);
    if (walk.equals(ROUND) && walked.end()) {
      keep(walk, Walked.BEGINNING, clock.get());
    } else if (walked.position() > kept.walked().position()) {
      keep(walk, walked, kept.endedAt());
    }
    return walked;
  }

  /** Goes on where it stood, if the line there is still the one that was found to fit. */
  private Walked resumed(Walked from, long lines) {
    if (from.auditId() == 0) {
      return audit.walk(from, lines);
    }
    Optional<String> stands =
        store.row(
            (row, context) -> row.getString(1),
            "select sha256 from own.audit where audit_id = ?",
            from.auditId());
    return stands.filter(from.sha256()::equals).isPresent()
        ? audit.walk(from, lines)
        : new Walked(from.auditId(), from.position() - 1, from.sha256(), true, false);
  }

  private Kept kept(String walk) {
    return store
        .row(
            (row, context) ->
                new Kept(
                    new Walked(
                        row.getLong("audit_id"),
                        row.getLong("position"),
                        row.getString("sha256"),
                        false,
                        false),
                    row.getTimestamp("ended_at") == null
                        ? null
                        : row.getTimestamp("ended_at").toInstant()),
            "select * from own.audit_walk where walk = ?",
            walk)
        .orElse(new Kept(Walked.BEGINNING, null));
  }

  private void keep(String walk, Walked walked, Instant endedAt) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.audit_walk (walk, audit_id, position, sha256, ended_at)
                    values (?, ?, ?, ?, ?)
                    on conflict (walk) do update set audit_id = excluded.audit_id,
                      position = excluded.position, sha256 = excluded.sha256,
                      ended_at = excluded.ended_at\
                    """,
                    walk,
                    walked.auditId(),
                    walked.position(),
                    walked.sha256(),
                    endedAt));
  }
}
