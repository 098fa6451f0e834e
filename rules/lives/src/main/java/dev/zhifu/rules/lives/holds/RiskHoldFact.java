package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link RiskHoldTable} applies. */
public enum RiskHoldFact implements LifeFact {
  ENDS_WITHIN_24H(
      "期限不超过 24 小时", "it ends within 24 h of its evidence", Clause.OWN, "ask for a shorter one"),
  FIRST_ON_PAYMENT(
      "该笔款项此前未被管控",
      "this payment was not held before",
      Clause.OWN,
      "a risk hold is renewed never; propose a stop"),
  NOTICE_MADE(
      "已备告知书：理由、救济、材料",
      "its notice is made: reason, relief, documents",
      Clause.FRAUD_32,
      "make the notice first"),
  OWN_HOLD(
      "反馈所引即本请求，且来自该银行",
      "the answer is about this hold and comes from its bank",
      Clause.OWN,
      "ask the bank what it received"),
  ACT_VERIFIED("操作签名有效", "the act's signature verifies", Clause.OWN, "sign again"),
  TERM_OVER("期限已满", "its end has come", Clause.OWN, "wait for the end");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  RiskHoldFact(String chinese, String english, Clause clause, String wayOut) {
    this.words = new Words(chinese, english);
    this.clause = clause;
    this.wayOut = wayOut;
  }

  @Override
  public Words words() {
    return words;
  }

  @Override
  public Clause clause() {
    return clause;
  }

  @Override
  public String wayOut() {
    return wayOut;
  }
}
