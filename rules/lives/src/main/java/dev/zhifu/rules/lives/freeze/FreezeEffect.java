package dev.zhifu.rules.lives.freeze;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a freeze makes happen besides the change of state. */
public enum FreezeEffect implements LifeEffect {
  COUNT_IN_CASE(false, "计入本案冻结户数", "count it in batch and case"),
  MAKE_NOTICE(false, "制作协助冻结财产通知书", "make the notice of assistance (协助冻结财产通知书)"),
  SEND_FREEZE(false, "发送 100201 或书面送达", "send 100201 or serve on paper"),
  START_ANSWER_CLOCK(true, "等待反馈", "answer awaited"),
  END_ANSWER_CLOCK(true, "反馈计时结束", "answer clock ends"),
  ESCALATE(false, "催办", "escalate"),
  START_TERM(
      true,
      "期满：六个月或一年，取期限对应日与银行期满时间之较早者",
      "ends after 6 months or 1 year: the earlier of the corresponding day and the bank's expiry"),
  END_TERM(true, "期限结束", "term ends"),
  START_VERIFY(
      true,
      "核查期：全额或关联账户一个月，其余三个月",
      "verification: 1 month for whole or related accounts, else 3 months"),
  END_VERIFY(true, "核查计时结束", "verification clock ends"),
  START_RELEASE_CLOCK(true, "3 日内解除", "3 days to release"),
  START_RELEASE_AT_ONCE(
      true,
      "立即解除：1、3、5 分钟未签发即告警（自设）",
      "release at once: alarm when not signed after 1, 3, 5 minutes (our own)"),
  END_RELEASE_CLOCK(true, "解除计时结束", "release clock ends"),
  GIVE_NOTICE(false, "告知账户持有人（第32条）", "notice to the holder (art. 32)"),
  END_NOTICE(false, "告知限制已结束", "notice that the restriction has ended"),
  CONVERT_STOP(false, "由止付转为冻结，无空档", "the stop is replaced, no gap"),
  REDUCE(false, "冻结额减至查清金额", "reduce to the verified amount"),
  PREPARE_REST(
      false,
      "多冻部分应予解除：告警，待负责人签发",
      "the rest is due: an alarm, the head's signature for the rest alone"),
  ALARM_ABOVE_ASKED(false, "告警：银行冻结超出所请金额", "alarm: the bank froze more than it was asked for"),
  SEND_REST_RELEASE(
      false,
      "书面送达解除多冻部分（100203 不载金额，会解除全部）",
      "a paper for the rest alone: 100203 names no sum and would lift all"),
  END_REST(
      true, "多冻部分已解除，全部解除后计时结束", "the rest is lifted; the release clock ends with the last of it"),
  REDUCE_BY_REFUND(false, "冻结额减去返还额", "reduce by the refund"),
  PREPARE_RELEASE(
      false, "应予解除：文书备妥，告警，待负责人签发", "RELEASE_DUE: the paper ready, an alarm, the head's signature"),
  SEND_RELEASE(false, "发送 100203，告知持有人", "send 100203, tell the owner"),
  SEND_RENEWAL(false, "发送 100205", "send 100205"),
  NOTE_REVIEW(false, "记下审核人和时间", "who read it and when is kept"),
  KEEP_STATE(false, "记下续冻未成时继续的状态", "the state that goes on should the renewal be refused is kept"),
  WARN_OF_END(false, "提醒续冻或到期解除", "alarm: renew 10 days ahead, or let go"),
  ALARM_OVERDUE(false, "告警：逾期", "alarm: overdue"),
  ALARM_REFUSED(false, "告警：银行未办理", "alarm: the bank did not do it");

  private final boolean clock;
  private final Words words;

  FreezeEffect(boolean clock, String chinese, String english) {
    this.clock = clock;
    this.words = new Words(chinese, english);
  }

  @Override
  public boolean clock() {
    return clock;
  }

  @Override
  public Words words() {
    return words;
  }
}
