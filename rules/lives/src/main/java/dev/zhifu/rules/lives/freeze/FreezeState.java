package dev.zhifu.rules.lives.freeze;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.Words;

/** States of a freeze. */
public enum FreezeState implements Named {
  DRAFT("冻结呈请", "proposed"),
  LEGAL_REVIEW("法制审核中", "in legal review"),
  APPROVED("已批准", "approved"),
  SENT("已发送，待反馈", "sent, no answer yet"),
  QUEUED("轮候冻结", "waiting behind an earlier freeze"),
  ACTIVE("冻结生效", "in force"),
  VERIFY_DUE("逾期未查清", "verification is overdue"),
  RENEW_REVIEW("续冻办理中", "renewal asked"),
  RENEWED("续冻生效", "renewed, in force"),
  PARTIAL("部分返还或解除后继续冻结", "in force on a reduced amount"),
  RELEASE_DUE("应予解除，待签发", "its release is due, a head must sign"),
  RELEASED("已解除", "released"),
  EXPIRED("期满自动解除", "its term is over, lifted by law"),
  REJECTED("不予冻结", "rejected");

  private final Words words;

  FreezeState(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
