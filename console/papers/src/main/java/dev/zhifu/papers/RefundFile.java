package dev.zhifu.papers;

import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundClass;
import java.time.Instant;
import java.util.List;

/**
 * What the papers of one refund say. Names and numbers are clear text: whoever makes papers has
 * opened them for this case (docs/identity.md).
 *
 * @param caseNumber number of the filed case
 * @param caseName name of the case
 * @param unit unit that decides
 * @param officers at least two, who serve the notice
 * @param frozen the frozen account
 * @param frozenFen frozen on it
 * @param frozenAt when the freeze took effect
 * @param freezeNumber number of the freeze's notice
 * @param victims everybody whose money is returned
 * @param flows the way of the money, hop by hop
 * @param ratioMode how a ratio was read
 * @param residueFen what stays frozen
 * @param decidedAt when it was decided
 * @param notice the public notice; null before it is published, or when none is needed
 * @param overdue what the bank owes since when; null while it is not late
 */
public record RefundFile(
    String caseNumber,
    String caseName,
    String unit,
    List<Officer> officers,
    Account frozen,
    long frozenFen,
    Instant frozenAt,
    String freezeNumber,
    List<Victim> victims,
    List<Flow> flows,
    RatioMode ratioMode,
    long residueFen,
    Instant decidedAt,
    Notice notice,
    Overdue overdue) {

  /**
   * A refund that its bank has not executed in time.
   *
   * @param servedAt when the bank had the notice, or the papers that it had asked for
   * @param dueAt when its three working days were over
   * @param state how it stands, in words
   */
  public record Overdue(Instant servedAt, Instant dueAt, String state) {}

  /**
   * The public notice of a refund in a ratio.
   *
   * @param publishedAt when it was put up
   * @param endsAt until when objections are heard
   * @param openObjections objections not yet examined
   */
  public record Notice(Instant publishedAt, Instant endsAt, int openObjections) {}

  /** An officer with the number of the police ID. */
  public record Officer(String name, String policeId) {}

  /** An account with its holder. */
  public record Account(String name, String number, String bank) {}

  /**
   * One victim.
   *
   * @param name name
   * @param sex as the form asks
   * @param idNumber number of the identity document
   * @param address address
   * @param phone telephone
   * @param account account that takes the refund
   * @param lossFen whole loss
   * @param tracedFen traced into the frozen account
   * @param compensationFen got back already
   * @param refundClass which way of art. 8
   * @param why why this way
   * @param refundFen refund
   * @param referral where the victim was pointed to: hardship aid, counselling; empty for nowhere
   */
  public record Victim(
      String name,
      String sex,
      String idNumber,
      String address,
      String phone,
      Account account,
      long lossFen,
      long tracedFen,
      long compensationFen,
      RefundClass refundClass,
      String why,
      long refundFen,
      String referral) {}

  /**
   * One hop.
   *
   * @param victim whose money
   * @param level transfers from the victim
   * @param at when
   * @param from account that paid
   * @param to account that was paid
   * @param fen amount of the transfer
   * @param tracedLowFen at least so much of it is traced
   * @param tracedHighFen at most so much
   * @param serial the bank's own number
   * @param end followed, or why not
   */
  public record Flow(
      String victim,
      int level,
      Instant at,
      Account from,
      Account to,
      long fen,
      long tracedLowFen,
      long tracedHighFen,
      String serial,
      String end) {}

  /** Sum of the refunds, fen. */
  public long refundFen() {
    return victims.stream().mapToLong(Victim::refundFen).sum();
  }
}
