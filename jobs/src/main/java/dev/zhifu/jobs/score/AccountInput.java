package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.wire.RuleHit;

/**
 * What scoring by target account reads, keyed by {@code account}. Exactly one of the others is set.
 *
 * @param account token of the account
 * @param hit a revision of a hit about this account; null otherwise
 * @param link a holder's case as it bears on this account; null otherwise
 * @param reported an accepted report that names this account; null otherwise
 * @param part a part of an awaiting transfer; null otherwise
 * @param verdict an officer's verdict for this account; null otherwise
 * @param leftMs when a retraction left the step that said it, or a verdict came into the job, wall
 *     clock; 0 of anything else. Read by a metric alone
 */
public record AccountInput(
    String account,
    RuleHit hit,
    HolderScore link,
    ReportedAccount reported,
    PartReport part,
    Verdict verdict,
    long leftMs) {

  /** Anything but a retraction or a verdict. */
  public AccountInput(
      String account, RuleHit hit, HolderScore link, ReportedAccount reported, PartReport part) {
    this(account, hit, link, reported, part, null, 0);
  }

  /** A revision of a hit about {@code account}; {@code leftMs} counts when it is a retraction. */
  public static AccountInput of(String account, RuleHit hit, long leftMs) {
    return new AccountInput(account, hit, null, null, null, null, leftMs);
  }

  /** A verdict. */
  public static AccountInput of(Verdict verdict, long leftMs) {
    return new AccountInput(verdict.account(), null, null, null, null, verdict, leftMs);
  }
}
