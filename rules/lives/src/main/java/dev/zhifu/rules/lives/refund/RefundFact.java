package dev.zhifu.rules.lives.refund;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link RefundTable} applies. */
public enum RefundFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  FREEZE_IN_FORCE(
      "冻结有效",
      "the freeze is in force",
      Clause.REFUND_8,
      "freeze first; only frozen money is returned"),
  VICTIM_ID_OK(
      "被害人身份已核实",
      "the victim's identity is checked",
      Clause.REFUND_5,
      "check the identity document"),
  AGENT_POWER_OK(
      "本人办理，或代理权已核实",
      "in person, or the agent's power is checked",
      Clause.REFUND_5,
      "ask for the power of attorney"),
  EVERY_HOP_PROVED(
      "每一跳均有流水号、时间、金额，且终于本账户",
      "each hop has serial, time and amount and the last ends at this account",
      Clause.REFUND_8,
      "ask the banks for what is missing"),
  ONE_CREDIT(
      "冻结账户仅一笔汇入",
      "one single credit on the account",
      Clause.REFUND_8,
      "classify by timestamp or pro rata"),
  TIMESTAMPS_DECIDE(
      "按时间可直接查明",
      "timestamps let the victim be traced directly",
      Clause.REFUND_8,
      "classify pro rata"),
  NOTICE_PUBLISHED(
      "公告已发布，其留存件编号已写明",
      "the notice was published, and the number of the copy kept is written down",
      Clause.REFUND_8,
      "publish it, keep a copy and write its number down (publication:…)"),
  WITHIN_NOTICE(
      "在公告期内", "within the notice", Clause.REFUND_8, "a later victim opens a new procedure"),
  NOTICE_OVER("公告期已满", "the notice is over", Clause.REFUND_8, "wait for its end"),
  OBJECTIONS_DECIDED(
      "异议均已审查", "every objection is decided", Clause.REFUND_8, "decide the open ones"),
  OWNERSHIP_CLEAR(
      "权属明确无争议",
      "ownership is clear and undisputed",
      Clause.PROCEDURE_234,
      "refer the dispute to the civil courts"),
  SUM_WITHIN_FROZEN(
      "返还总额不超过冻结额",
      "the sum of refunds is not above what is frozen",
      Clause.REFUND_8,
      "lower the refunds"),
  EACH_WITHIN_LOSS(
      "每人返还加已获赔偿不超过损失",
      "each refund with other compensation is not above the loss",
      Clause.FRAUD_CASES_9,
      "deduct what was received"),
  PAID_TO_VICTIM(
      "收款人即被害人",
      "every payee account is the victim's own",
      Clause.REFUND_8,
      "name an account of the victim"),
  HEAD_APPROVED(
      "公安机关负责人已批准", "the head has approved", Clause.PROCEDURE_234, "put it before the head"),
  TWO_OFFICERS(
      "两名以上民警持证",
      "two officers or more with police IDs",
      Clause.REFUND_SERVICE,
      "go with a second officer"),
  NOTICE_TO_BANK(
      "附冻结资金协助返还通知书",
      "with the notice of assistance to the bank",
      Clause.REFUND_SERVICE,
      "bring the notice"),
  OWN_REFUND(
      "回执所引即本案，且来自该银行",
      "the answer is about this refund and comes from its bank",
      Clause.OWN,
      "ask the bank what it received"),
  RECEIPT_ADDS_UP(
      "回执金额与决定一致",
      "the receipt's sums are those decided",
      Clause.REFUND_12,
      "ask the bank which sum was paid"),
  SAME_VICTIM(
      "同一被害人的账户",
      "an account of the same victim",
      Clause.REFUND_8,
      "name an account of the same victim"),
  MONEY_LEFT("仍有余款", "money is left", Clause.REFUND_8, "nothing is left"),
  NOTHING_LEFT("无余款", "nothing is left", Clause.REFUND_8, "the rest stays under its freeze"),
  COURT_RULED("法院已裁判", "a court has ruled", Clause.CPL_245, "wait for the ruling"),
  REASON_GIVEN(
      "已写明理由", "the reason is given", Clause.FRAUD_32, "write the reason and the civil route"),
  TERM_OVER("期限已满", "the time is over", Clause.REFUND_12, "wait for the end");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  RefundFact(String chinese, String english, Clause clause, String wayOut) {
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
