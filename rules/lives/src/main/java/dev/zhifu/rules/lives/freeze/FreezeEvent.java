package dev.zhifu.rules.lives.freeze;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a freeze. */
public enum FreezeEvent implements LifeEvent {
  PROPOSED(PERSON, "提请冻结", "proposed"),
  SUBMITTED(PERSON, "报法制审核", "submitted to legal review"),
  APPROVED(PERSON, "批准冻结", "approved"),
  REFUSED(PERSON, "不予批准", "refused"),
  SENT(PERSON, "发送冻结报文或送达", "sent (100201) or served on paper"),
  BANK_QUEUED(MESSAGE, "已被冻结，轮候", "100202: frozen already, queued"),
  BANK_FROZE(MESSAGE, "冻结成功", "100202 ok"),
  BANK_REFUSED(MESSAGE, "冻结未成", "100202 refused"),
  ANSWER_LATE(TIMER, "逾时未答", "no answer"),
  VERIFIED_PART(PERSON, "查清部分涉案", "verified: less than frozen is case money"),
  VERIFIED_ALL(PERSON, "查清全部涉案", "verified: all is case money"),
  FOUND_UNRELATED(PERSON, "查清无关", "verified: not case money"),
  MONTH_OVER(TIMER, "一个月未查清", "1 month without a result"),
  VERIFY_EXTENDED(PERSON, "延长核查", "verification extended with a reason"),
  THREE_MONTHS_OVER(TIMER, "三个月未查清", "3 months without proof of a link"),
  END_NEAR(TIMER, "即将期满", "its end, or the last day for renewal, is near"),
  REVIEWED(PERSON, "法制审核通过", "the legal office has read it and has nothing against it"),
  RENEWAL_ASKED(PERSON, "续冻", "renewal is asked"),
  BANK_RENEWED(MESSAGE, "续冻成功", "100206 ok"),
  BANK_REFUSED_RENEWAL(MESSAGE, "续冻未成", "100206 refused"),
  TERM_ENDED(TIMER, "冻结期满", "its term is over"),
  REFUND_EXECUTED(MESSAGE, "返还已执行", "a refund out of it was executed"),
  REST_RELEASE_SIGNED(PERSON, "签发解除多冻部分", "the head signs the release of the rest alone"),
  REST_LIFTED(MESSAGE, "多冻部分已解除", "the bank lifted the rest"),
  APPEAL_UPHELD(PERSON, "申诉成立", "an appeal was upheld"),
  CASE_DROPPED(MESSAGE, "不予立案或撤案", "the case is not filed or withdrawn"),
  RELEASE_OVERDUE(TIMER, "应解未解", "the time to release is over, it is not released"),
  RELEASE_SIGNED(PERSON, "签发解除", "the head signs the release"),
  BANK_LIFTED(MESSAGE, "银行已解除", "100204 ok");

  private final Trigger trigger;
  private final Words words;

  FreezeEvent(Trigger trigger, String chinese, String english) {
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
