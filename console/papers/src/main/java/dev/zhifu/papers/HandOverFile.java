package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import java.time.Instant;
import java.util.List;

/**
 * What a case that goes to another body takes along (程序规定 第175条; ADR-0169). Names and numbers are
 * clear text: whoever makes it has opened them for this case (docs/identity.md).
 *
 * @param caseNumber number of the case
 * @param unit unit that hands it over
 * @param to body that receives it
 * @param decidedAt when the hand-over was decided
 * @param receivedAt when that body confirmed; null before
 * @param victims who has reported
 * @param measures what is in force or on its way
 * @param money what the trace says lies on accounts
 * @param refunds refunds that have not ended
 * @param officers who hand it over
 * @param more true when the case has more accounts than the paper lists
 * @param at when the paper was made
 */
public record HandOverFile(
    String caseNumber,
    String unit,
    String to,
    Instant decidedAt,
    Instant receivedAt,
    List<Victim> victims,
    List<Measure> measures,
    List<Rest> money,
    List<Refund> refunds,
    List<Officer> officers,
    boolean more,
    Instant at) {

  /**
   * One report.
   *
   * @param name victim's name
   * @param report its number
   * @param reportedAt when; null when only its number is known
   * @param lossFen loss stated, fen; below 0 when only its number is known
   */
  public record Victim(String name, String report, Instant reportedAt, long lossFen) {}

  /**
   * One measure.
   *
   * @param kind what it is
   * @param number its number: applicationID, or the id it goes by
   * @param account the account
   * @param state how it stands
   * @param fen what it holds, fen; below 0 when it names no sum
   * @param from when it took effect at the bank; null while the bank has not said
   * @param until when it ends; null while nothing runs
   * @param note what the receiving body must know of it; may be empty
   */
  public record Measure(
      String kind,
      String number,
      Account account,
      String state,
      long fen,
      Instant from,
      Instant until,
      String note) {}

  /**
   * Money at rest by the trace.
   *
   * @param account where
   * @param level transfers from the victim
   * @param lowFen victims' money there at least
   * @param highFen at most
   */
  public record Rest(Account account, int level, long lowFen, long highFen) {}

  /**
   * A refund.
   *
   * @param number its id
   * @param state how it stands
   * @param fen its sum; 0 before it is worked out
   */
  public record Refund(String number, String state, long fen) {}
}
