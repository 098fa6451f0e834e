package dev.zhifu.rules.lives.refund;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a refund case. */
public enum RefundEvent implements LifeEvent {
  OPENED(PERSON, "受理申请或依职权启动", "application of a victim, or own motion of the police"),
  FLOW_TABLE_BUILT(PERSON, "编制资金流向表", "the flow table is built"),
  FOUND_SINGLE(PERSON, "认定单笔", "classified: single credit"),
  FOUND_BY_TIMESTAMP(PERSON, "认定按时间可查", "classified: traceable by timestamp"),
  FOUND_PRORATA(PERSON, "认定按比例", "classified: pro rata"),
  PUBLISHED(PERSON, "发布公告", "public notice"),
  OBJECTED(MESSAGE, "提出异议", "an objection arrives"),
  OBJECTION_DECIDED(PERSON, "异议审查完毕", "an objection is decided"),
  NOTICE_ENDED(TIMER, "公告期满", "30 days of notice are over"),
  PREPARED(PERSON, "拟定返还方案", "sums prepared"),
  APPROVED(PERSON, "批准返还", "approved"),
  SERVED(PERSON, "送达银行", "served on the bank"),
  BANK_EXAMINES(MESSAGE, "银行收到文书", "the bank has the papers"),
  BANK_ASKS_MORE(MESSAGE, "银行要求补正", "the bank asks for completion"),
  SUPPLEMENTED(PERSON, "补正完毕", "papers completed"),
  BANK_ACCEPTS(MESSAGE, "银行受理执行", "the papers are complete"),
  BANK_PAID(MESSAGE, "银行回执", "the bank's receipt"),
  EXECUTION_LATE(TIMER, "逾三个工作日未执行", "3 working days are over"),
  CANNOT_RECEIVE(MESSAGE, "账户不能入账", "the account cannot receive"),
  OTHER_ACCOUNT_NAMED(PERSON, "同一被害人另指账户", "another account of the same victim"),
  REST_KEPT(FOLLOWS, "余款", "money is left"),
  NEW_VICTIM(PERSON, "发现新的被害人", "a new victim is found"),
  REFUSED(PERSON, "不予返还", "refused: ownership disputed or held in good faith"),
  CLOSED(PERSON, "结束", "closed");

  private final Trigger trigger;
  private final Words words;

  RefundEvent(Trigger trigger, String chinese, String english) {
    this.trigger = trigger;
    this.words = new Words(chinese, english);
  }

  @Override
  public Trigger trigger() {
    return trigger;
  }

  @Override
  public Words words() {
    return words;
  }
}
