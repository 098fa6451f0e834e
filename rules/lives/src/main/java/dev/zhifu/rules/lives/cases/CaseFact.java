package dev.zhifu.rules.lives.cases;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link CaseTable} applies. */
public enum CaseFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  VICTIM_KNOWN(
      "已知被劝阻对象", "the likely victim is known", Clause.OWN, "wait until the holder is known"),
  OFFICER_NAMED("已指定民警或网格员", "an officer or grid worker is named", Clause.OWN, "name who goes"),
  NOTE_WRITTEN("已写明核实情况", "the officer's note is written", Clause.OWN, "write what was checked"),
  TRIED_TWICE("已尝试两次", "two tries were made", Clause.OWN, "try once more"),
  FOLLOW_UP_SET("已定回访", "the follow-up is set", Clause.OWN, "set the dates of the visits"),
  FORM_AND_ID_COMPLETE(
      "止付申请表与被害人身份证件齐全",
      "application form and victim's identity document are complete",
      Clause.N86,
      "ask for what is missing"),
  FIRST_ACCOUNT_KNOWN(
      "一级账户已知",
      "the first account is known",
      Clause.PLATFORM_2016,
      "ask the paying bank for the full receipt"),
  COUNTY_HEAD_APPROVED(
      "县级以上公安机关负责人已批准",
      "the head at county level or above has approved",
      Clause.PROCEDURE_178,
      "put it before the head"),
  RECEIVING_BODY_NAMED(
      "已写明接收单位", "the receiving body is named", Clause.PROCEDURE_175, "name the receiving body"),
  NOTHING_LIVE(
      "全部止付、冻结、返还均已终结",
      "every order, freeze and refund of the case has ended",
      Clause.OWN,
      "end what is still live first");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  CaseFact(String chinese, String english, Clause clause, String wayOut) {
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
