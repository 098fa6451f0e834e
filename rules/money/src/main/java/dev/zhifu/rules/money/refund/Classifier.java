package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.Attribution;
import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.Inflow;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Share;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which way each victim's money goes back. The account is played from the victim's credit to the
 * freeze: when the oldest money leaving first and the newest leaving first come to the same, time
 * stamps tell whose money is there (domain.md §5.4, our operational test: the text gives no
 * accounting rule).
 */
public final class Classifier {
  private Classifier() {}

  /**
   * What one victim's money on the frozen account comes to.
   *
   * @param refundClass the way
   * @param tracedInFen what of the loss came into this account: by pro rata where the trace leaves
   *     an interval
   * @param thereFen what is still there: the same under both orders for the direct ways, by pro
   *     rata else
   * @param why in words, for the report
   */
  public record Finding(RefundClass refundClass, long tracedInFen, long thereFen, String why) {}

  /**
   * Classifies the claims on one account.
   *
   * @param history the account's movements up to the freeze
   * @param inflows claimed money that came in, as the trace says
   * @return by claim
   */
  public static Map<String, Finding> classify(History history, Collection<Inflow> inflows) {
    Attribution attribution = Attribution.of(history, inflows);
    Map<String, Long> byLifo = Attribution.remainingByLifo(history, inflows);
    long credits = history.movements().stream().filter(Movement::credit).count();
    Map<String, Finding> findings = new TreeMap<>();
    attribution
        .remaining()
        .forEach(
            (claim, there) ->
                findings.put(
                    claim, find(claim, there, byLifo.get(claim), inflows, credits, history)));
    return findings;
  }

  private static Finding find(
      String claim,
      Share there,
      long lifo,
      Collection<Inflow> inflows,
      long credits,
      History history) {
    long in = 0;
    boolean clearWay = true;
    for (Inflow inflow : inflows) {
      if (inflow.claim().equals(claim)) {
        in += inflow.share().proRata();
        clearWay &=
            !inflow.share().ambiguous() && inflow.share().fifo() == inflow.share().proRata();
      }
    }
    if (!clearWay) {
      return new Finding(RefundClass.PRORATA, in, there.proRata(), "资金在转入本账户之前已与他人资金混合");
    }
    if (there.ambiguous()) {
      return new Finding(RefundClass.PRORATA, in, there.proRata(), "同一时间的多笔交易银行未给出先后顺序");
    }
    if (there.fifo() != lifo) {
      return new Finding(RefundClass.PRORATA, in, there.proRata(), "先进先出与后进先出所得余额不同");
    }
    boolean alone = credits == 1 && history.openingFen() == 0;
    return alone
        ? new Finding(RefundClass.SINGLE, in, there.fifo(), "账户仅有此一笔转入")
        : new Finding(RefundClass.TIMESTAMP, in, there.fifo(), "先进先出与后进先出所得余额相同");
  }
}
