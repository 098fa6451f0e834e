package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A person's act that the system has not confirmed, on paper, so that it can be handed on by hand
 * and typed in again or compared later. No form of the law: a bank is asked by the papers of {@link
 * MeasureFile}.
 *
 * @param number id of the act, by which it is compared with the system's record later
 * @param caseNumber number of the case
 * @param unit unit that acts
 * @param act what the person did, in words
 * @param account the account that it is about; null when it is about none
 * @param to who is told: a bank, or the centre's duty room
 * @param phone who is told is reached there; empty when not listed
 * @param facts what else the act says, head by head, in the order of printing
 * @param officers who asked and who confirmed
 * @param askedAt when it was asked for
 * @param at when the paper was made
 */
public record ActFile(
    String number,
    String caseNumber,
    String unit,
    String act,
    Account account,
    String to,
    String phone,
    Map<String, String> facts,
    List<Officer> officers,
    Instant askedAt,
    Instant at) {}
