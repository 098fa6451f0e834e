package dev.zhifu.desk.intake;

import java.time.Instant;
import java.util.List;

/**
 * What a victim states, in clear; lives as long as the request that brings it.
 *
 * @param reportId made when the form was opened
 * @param begunAt tick at which it was opened: the 30 minutes run from here
 * @param idNumber number of the victim's identity document
 * @param name the victim's
 * @param phone number to reach the victim by, as typed; empty when none was given
 * @param channel 110, 96110, station or branch
 * @param typology rule id; empty when not judged
 * @param payerNumber the account that paid
 * @param transfers what was paid
 * @param asked what was paid to accounts of which only some digits are known: their banks are asked
 * @param facts brief facts in words; empty while they are not typed
 */
public record Statement(
    String reportId,
    Instant begunAt,
    String idNumber,
    String name,
    String phone,
    String channel,
    String typology,
    String payerNumber,
    List<Paid> transfers,
    List<Asked> asked,
    String facts) {

  /**
   * One transfer.
   *
   * @param number account that was paid
   * @param name its holder, as the victim's receipt says
   * @param amountFen amount
   * @param at time stated
   */
  public record Paid(String number, String name, long amountFen, Instant at) {}

  /**
   * A transfer to an account that the receipt masks.
   *
   * @param masked digits and stars
   * @param amountFen amount
   * @param at time stated
   */
  public record Asked(String masked, long amountFen, Instant at) {}

  /** Hides what is personal. */
  @Override
  public String toString() {
    return "Statement["
        + reportId
        + ", "
        + transfers.size()
        + " transfers, "
        + asked.size()
        + " masked]";
  }
}
