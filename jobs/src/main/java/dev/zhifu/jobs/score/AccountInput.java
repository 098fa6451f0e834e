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
 */
public record AccountInput(
    String account,
    RuleHit hit,
    HolderScore link,
    ReportedAccount reported,
    PartReport part,
    Verdict verdict) {

  /** Anything but a verdict. */
  public AccountInput(
      String account, RuleHit hit, HolderScore link, ReportedAccount reported, PartReport part) {
    this(account, hit, link, reported, part, null);
  }

  /** A verdict. */
  public static AccountInput of(Verdict verdict) {
    return new AccountInput(verdict.account(), null, null, null, null, verdict);
  }
}
