package dev.zhifu.rules.lives.holds;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link VictimHoldTable} applies. */
public enum VictimHoldFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  OWN_ACCOUNT_OF_VICTIM(
      "账户属被害人本人",
      "the account is the victim's own",
      Clause.OWN,
      "a payee's account takes a stop, not this"),
  REASON_GIVEN("已写明理由", "the reason is given", Clause.FRAUD_32, "write the reason"),
  TERM_WITHIN_LIMIT(
      "期限不超过 30 日", "its term is 30 days at most", Clause.OWN, "ask for a shorter one"),
  CASE_IS_HERE(
      "案件未移送，或接收单位尚未确认",
      "the case is here, or the body that it was handed to has not confirmed",
      Clause.PROCEDURE_175,
      "ask the receiving body: it decides what is opened in its case; what stands can be ended here"),
  HARDSHIP_PURPOSE(
      "用途为房贷、医疗、水电、学费",
      "the purpose is mortgage, medical care, utilities or school",
      Clause.OWN,
      "name one of these purposes, or lift the hold"),
  VISITED_AND_CONVINCED(
      "民警已上门，被害人已醒悟", "an officer has visited, the victim is convinced", Clause.OWN, "visit first"),
  TERM_OVER("期限已满", "its end has come", Clause.OWN, "wait for the end");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  VictimHoldFact(String chinese, String english, Clause clause, String wayOut) {
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
