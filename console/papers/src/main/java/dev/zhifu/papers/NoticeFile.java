package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import java.time.Instant;
import java.util.List;

/**
 * What a holder is told about a restriction (反电信网络诈骗法 第32条第3款).
 *
 * @param number id of the notice
 * @param unit unit that decided
 * @param target the account, its bank by name
 * @param measure the restriction in words
 * @param reason its reason in words
 * @param from when it took effect
 * @param until when it ends or ended; null while no end is known
 * @param relief how to seek relief
 * @param documents what to bring
 * @param inForce false when the restriction has ended
 * @param at when the paper was made
 */
public record NoticeFile(
    String number,
    String unit,
    Account target,
    String measure,
    String reason,
    Instant from,
    Instant until,
    String relief,
    List<String> documents,
    boolean inForce,
    Instant at) {}
