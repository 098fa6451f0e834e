package dev.zhifu.rules.lives.appeal;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link AppealTable} applies. */
public enum AppealFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  RESTRICTION_KNOWN(
      "所诉限制存在",
      "the restriction is one of ours",
      Clause.FRAUD_32,
      "ask the holder for the notice number"),
  EVIDENCE_AND_HARM_ATTACHED(
      "已附止付依据与所受影响",
      "the stop's evidence and the harm are attached",
      Clause.FRAUD_32,
      "attach both"),
  DECIDING_OFFICER_NAMED(
      "已送作出决定的民警",
      "the deciding officer is named",
      Clause.FRAUD_32,
      "name the officer who decided the restriction"),
  CAUSE_GIVEN(
      "已写明错误原因",
      "the cause is one of WRONG_ACCOUNT, NAME_COLLISION, BONA_FIDE, MODEL_FP, STALE_HOP",
      Clause.OWN,
      "name the cause"),
  REASONS_AND_REMEDY_GIVEN(
      "已写明理由与后续救济", "the reasons and the next remedy are given", Clause.FRAUD_32, "write both"),
  TERM_OVER("期限已满", "the time is over", Clause.OWN, "wait for the end");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  AppealFact(String chinese, String english, Clause clause, String wayOut) {
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
