package dev.zhifu.rules.lives.order;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a stop-payment order makes happen besides the change of state. */
public enum OrderEffect implements LifeEffect {
  COPY_FIELDS(false, "四要素取自该笔转账", "copy the four fields from the transfer"),
  SEND_ENVELOPE(
      false,
      "发送签名信封：同一编号、同一字节",
      "send the signed envelope, always the same bytes under the same id"),
  START_ANSWER_CLOCK(true, "60 秒内应有反馈", "answer due in 60 s"),
  STOP_ANSWER_CLOCK(true, "反馈计时结束", "answer clock ends"),
  COUNT_STOP(false, "计入止付次数（至多两次）", "the stop counts (at most two)"),
  START_TERM(true, "期满 = 银行起始时间 + 48 小时", "expiry = the bank's start time + 48 h"),
  END_TERM(true, "期限结束", "term ends"),
  GIVE_NOTICE(false, "告知账户持有人（第32条）", "notice to the holder (art. 32)"),
  END_NOTICE(false, "告知限制已结束", "notice that the restriction has ended"),
  FOLLOW_MONEY(false, "立即查找下一级账户", "open the search for the next account at once"),
  PROPOSE_RELEASE(false, "解除建议置顶", "release proposal on top of the officers' queue"),
  PHONE_BANK(false, "告警：致电银行值班台", "alarm: phone the bank's duty desk"),
  CORRECT_DATA(false, "告警：更正数据后另发新指令", "alarm: correct the data and make a new order"),
  LIFT_AT_BANK(false, "告警：通知银行解除（100103）", "alarm: tell the bank to lift (100103)"),
  ALARM_LATE_STOP(
      false, "告警：已放弃的指令又获生效反馈", "alarm: the bank's answer came after we had given the order up"),
  ALARM_GAP(false, "告警：空档期内资金可能转出", "alarm: a gap means the money can leave"),
  ESCALATE(
      false,
      "1、3、5 分钟逐级催办：银行、旗县、市（本系统服务标准）",
      "escalate at 1, 3, 5 minutes to the bank's duty desk, banner, city (our service level)"),
  WARN_OF_END(
      false, "提醒：冻结、延期或到期解除", "alarm at 12, 4 and 1 h before the end: freeze, extend or let go"),
  PREPARE_RELEASE(
      false, "应予解除：文书备妥，待签发", "RELEASE_DUE: the paper ready, an alarm, an officer's signature");

  private final boolean clock;
  private final Words words;

  OrderEffect(boolean clock, String chinese, String english) {
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
