package dev.zhifu.rules.lives.order;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known to hold before a row of {@link OrderTable} applies. */
public enum OrderFact implements LifeFact {
  STOPS_LEFT(
      "该账户已生效或可能生效的止付不足两次",
      "fewer than two stops took effect, or may still take effect, on the account",
      Clause.N86,
      "freeze through the filed case instead; a third stop is never sent"),
  NO_OTHER_ORDER_LIVE(
      "该账户没有其他未了的建议、指令或止付",
      "no other request, order or stop of ours is open on the account",
      Clause.OWN,
      "wait for the end of the open one"),
  NEWER_EVIDENCE(
      "依据新于上一指令的终结，或数据已更正",
      "the evidence is newer than what ended the last order, or its data were corrected",
      Clause.OWN,
      "wait for newer evidence or correct the data"),
  AUTOMATIC_GUARDS_HOLD(
      "自动签发的各项条件均已具备", "every guard of automatic signing holds", Clause.OWN, "an officer signs"),
  LEGAL_GUARDS_HOLD(
      "约束民警的各项条件均已具备",
      "every guard that binds an officer too holds",
      Clause.N86,
      "see the reasons on the request"),
  OFFICER_VERIFIED(
      "民警对操作与指令的签名有效，且与引擎密钥同一环境",
      "the officer's signatures over act and order verify, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  RECORD_VERIFIED(
      "信封签名有效，且与引擎密钥同一环境",
      "the envelope's signature verifies, in the engine key's environment",
      Clause.OWN,
      "keep the record out and look for its writer"),
  OWN_PAYLOAD(
      "反馈所引内容即本指令，且来自该银行",
      "the answer quotes this order's payload and comes from its bank",
      Clause.OWN,
      "ask the bank what it received"),
  START_TIME_GIVEN(
      "银行反馈了止付起始时间",
      "the bank gives its start time",
      Clause.N86,
      "ask the bank for the start time"),
  TRIES_LEFT(
      "尚可重发，且指令仍可执行",
      "tries left, and the order may still be executed",
      Clause.OWN,
      "phone the bank's duty desk"),
  NO_TRIES_LEFT(
      "已发送三次，或指令已不可执行",
      "three tries made, or the order may no longer be executed",
      Clause.OWN,
      "wait for the next try"),
  TERM_OVER("期限已满", "now is not before the end of the term", Clause.N86, "wait for the end"),
  BEFORE_EXPIRY("期限未满", "before the end of the term", Clause.N86, "the stop has ended already"),
  CASE_FILED("案件已立案", "the case is filed", Clause.PROCEDURE_174, "file the case first (art. 178)"),
  STOP_WAS_ACTIVE("原状态为止付生效", "the stop was ACTIVE before", Clause.OWN, "see the record"),
  STOP_WAS_ACTIVE_ZERO(
      "原状态为止付生效、余额为零", "the stop was ACTIVE_ZERO before", Clause.OWN, "see the record"),
  STOP_WAS_EXTENDED("原状态为止付已延期", "the stop was EXTENDED before", Clause.OWN, "see the record");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  OrderFact(String chinese, String english, Clause clause, String wayOut) {
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
