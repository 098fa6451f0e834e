package dev.zhifu.rules.lives.refund;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of a refund case: one for each frozen account. */
public enum RefundState implements Named {
  OPENED("已受理", "opened"),
  TRACED("资金流向表已成", "flow table built"),
  SINGLE("单笔可查", "single credit"),
  TIMESTAMP("按时间可查", "traceable by timestamp"),
  PRORATA("按比例", "pro rata"),
  NOTICE("公告中", "public notice runs"),
  OBJECTION("有异议", "objections are examined"),
  PREPARED("返还方案已备", "prepared"),
  APPROVED("已批准", "approved"),
  ISSUED("已送达银行", "served on the bank"),
  BANK_CHECK("银行核验中", "the bank examines"),
  SUPPLEMENT("补正中", "papers to be completed"),
  EXECUTING("执行中", "being paid"),
  EXECUTED("已返还", "paid"),
  FAILED_ACCOUNT("收款账户失败", "the account cannot receive"),
  RESIDUE_HELD("余款继续冻结", "the rest stays frozen"),
  REOPENED("重新启动", "opened again"),
  REJECTED("不予返还", "rejected"),
  CLOSED("已结束", "closed");

  private final Words words;

  RefundState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
