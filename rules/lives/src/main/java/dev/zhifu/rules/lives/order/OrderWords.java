package dev.zhifu.rules.lives.order;

import dev.zhifu.rules.lives.Words;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.UnsignedReason;

/** Words for states and codes, Chinese and English: what docs and papers print beside the code. */
public final class OrderWords {

  private OrderWords() {}

  /** What a state of an order is called. */
  public static Words of(OrderState state) {
    return switch (state) {
      case DRAFT -> new Words("止付建议（未签）", "request, not signed");
      case SIGNED -> new Words("已签发", "signed; the law's sealed state with our digital signature");
      case SENT -> new Words("已发送，待反馈", "sent, no answer yet");
      case REJECTED_FORMAT ->
          new Words("银行退回", "turned away by the bank before any check of the account");
      case NOT_FOUND -> new Words("查无此户", "account not found");
      case MISMATCH -> new Words("四要素不符，未止付", "one of the four fields differs; nothing stopped");
      case ACTIVE -> new Words("止付生效", "stop in force");
      case ACTIVE_ZERO -> new Words("止付生效，余额为零", "stop in force, balance was zero");
      case EXTENDED -> new Words("止付已延期", "extended by the second and last stop");
      case CONVERTING -> new Words("转冻结中", "being converted into a freeze");
      case RELEASED -> new Words("已解除", "released");
      case EXPIRED -> new Words("止付期满", "its term of 48 h is over");
      case CONVERTED -> new Words("已转冻结", "replaced by a freeze");
      case TIMEOUT ->
          new Words("未获反馈", "no answer; no stop is assumed, though one may have been made");
      case REJECTED ->
          new Words("不予止付", "rejected by an officer, or the bank found the account frozen already");
      case WITHDRAWN -> new Words("建议已撤回", "request withdrawn, its evidence no longer suffices");
    };
  }

  /** What a reason tells a bank or a holder; never more than this. */
  public static Words of(ReasonCode code) {
    return switch (code) {
      case OTHER -> new Words("其他", "other");
      case VICTIM_REPORT -> new Words("被害人报案指认该账户", "a victim's accepted report names the account");
      case VICTIM_AT_RISK -> new Words("付款人疑似正在被骗", "the payer is likely being deceived");
      case PASS_THROUGH -> new Words("资金快进快出", "money passes through within minutes");
      case FAN_OUT -> new Words("资金分散转出", "money is scattered to many accounts");
      case NEW_ACCOUNT_BURST ->
          new Words("新开或久未使用账户突发大额交易", "sudden flow through a new or long unused account");
      case LISTED_ACCOUNT -> new Words("账户在涉案名单", "the account is on a list of involved accounts");
      case HOP_OF_REPORT ->
          new Words("报案资金流向该账户", "money of an accepted report moved to the account");
      case SCORE_DROPPED -> new Words("依据减弱或撤回", "the evidence has weakened or was withdrawn");
      case APPEAL_UPHELD -> new Words("申诉成立", "an appeal was upheld");
      case NOT_INVOLVED -> new Words("经查与案件无关", "found not to be involved");
    };
  }

  /** Why the engine did not sign a request by itself. */
  public static Words of(UnsignedReason reason) {
    return switch (reason) {
      case NO_ACCEPTED_REPORT ->
          new Words(
              "无已受理报案，或账户非报案及其资金流向所指",
              "no accepted report, or the account is not one that the report or its trace names");
      case NO_AUTHORISATION ->
          new Words(
              "无有效常备授权：未授、已撤、过期、30 秒内未续，或已按总开关停用",
              "no standing authorisation in force: none given, revoked, out of its dates, not"
                  + " renewed within 30 s, or the kill switch was used");
      case AUTHORISATION_LIMIT ->
          new Words("达到授权的笔数或金额限额", "a limit of orders or money of the authorisation is reached");
      case RULE_NOT_AUTHORISED ->
          new Words("所依规则不在授权范围", "no rule behind it is named by the authorisation");
      case STALE_EVIDENCE ->
          new Words(
              "依据已超过 10 分钟（按节拍时钟）",
              "the newest act or event is older than 10 minutes by the tick clock");
      case OUT_OF_PROPORTION ->
          new Words("涉案资金不足账户余额一半", "traced money is under half of the last known balance");
      case BALANCE_UNKNOWN ->
          new Words("余额未知或已逾 24 小时", "the balance is unknown or older than 24 h");
      case PROTECTED_ACCOUNT ->
          new Words(
              "商户、单位、代发、医疗、政府、公用事业账户，受保护名单账户，或授权未列的账户种类",
              "a merchant's, company's, payroll, medical, government or utility account, one on the"
                  + " protected list, or of a kind that the authorisation does not name");
      case POOLED_ACCOUNT -> new Words("备付金或汇总结算账户", "a pooled settlement account");
      case UNSETTLED_HIT -> new Words("命中尚未确定", "a hit behind it may still be undone");
      case IDLE_SOURCE -> new Words("有数据源静默", "a source was silent when a hit was decided");
      case STOP_LIMIT ->
          new Words(
              "该账户已有两次止付，或另有指令未了",
              "two stops took effect or may have, or another order is live on the account");
      case NO_CIPHERTEXT ->
          new Words("缺账户密文，银行无从核对户名账号", "no ciphertext of name and number, which the bank checks");
      case NO_TRANSFER ->
          new Words("缺开户行自有交易流水号", "the account-holding bank's own transaction id is not known");
      case READING_BACK -> new Words("正在回读指令记录", "the record of orders has not been read back yet");
      case TWO_WRONG_STOPS -> new Words("一日内两次误止付成立", "two stops of a day were found wrong");
      case SCORE_TOO_LOW -> new Words("分值低于授权下限", "the score is below the authorisation's least");
      case AMOUNT_TOO_HIGH -> new Words("金额高于授权上限", "the amount is above the authorisation's most");
      case WRONG_ENVIRONMENT ->
          new Words(
              "引擎密钥环境不符或不在有效期",
              "the engine's key is of another environment, or does not count now");
      case GOOD_FAITH ->
          new Words(
              "账户流水有善意取得迹象，或未核查，或属在册虚拟币商、资金枢纽：由民警判断",
              "the account's ledger shows signs of good faith, or was not looked at, or it is a"
                  + " listed trader or hub: for an officer to judge");
    };
  }
}
