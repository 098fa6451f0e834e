package dev.zhifu.rules.lives;

import java.util.Arrays;
import java.util.Optional;

/**
 * Kinds of alarms on {@code recovery.alarms}: what a person must look at, whichever job saw it. The
 * names travel; the words are what the desk shows before the alarm's own sentence.
 */
public enum AlarmKind {
  RELEASE_DUE("应予解除", "release is due"),
  END_NEAR("即将期满", "an end comes near"),
  OVERDUE("已逾期", "overdue"),
  ESCALATE_BANK("逾时未答：联系银行值班台", "no answer: phone the bank's duty desk"),
  ESCALATE_BANNER("逾时未答：升级至旗县中心", "no answer: escalate to the banner or district centre"),
  ESCALATE_CITY("逾时未答：升级至市中心", "no answer: escalate to the city centre"),
  ACT_REFUSED("操作被拒绝", "an act was refused"),
  ANSWER_OUT_OF_PLACE("反馈与状态不符", "an answer out of place"),
  ADOPTED("从记录中回读", "adopted from the record"),
  BANK_REFUSED("银行拒绝", "the bank refused"),
  LIFE_LIMIT("案件对象数已达上限", "a case has the most lives"),
  CALENDAR("工作日历不足", "the calendar does not reach"),
  TASK("待办任务", "a task"),
  LIFT_RISK_HOLDS("请解除风险管控", "lift our risk holds"),
  LIFT_AT_ONCE("请立即解除", "lift at once"),
  APPEAL("收到申诉", "an appeal"),
  NOTICE_OVER("公告期满", "the notice is over"),
  NEW_VICTIM("发现新的被害人", "a new victim"),
  BOOKS("账目不平", "the books do not balance"),
  PAPERWORK_NEAR(
      "银行自行止付：后补手续将到期（本系统服务标准）",
      "the order that follows a bank's own stop is owed soon (our own service level)"),
  PAPERWORK_OVERDUE(
      "银行自行止付：后补手续已逾期（本系统服务标准）",
      "the order that follows a bank's own stop is overdue (our own service level)"),
  STOP_LIMIT("止付已达两次", "two stops are used up"),
  ORDER_OBJECTS_LIMIT("该账户止付对象数已达上限", "an account has the most order objects"),
  FORGED_RECORD("指令记录不可信，未采用", "an order's record is not to be trusted"),
  CONFLICTING_RECORD("同一指令有两份不同内容", "one order stands with two contents"),
  ADOPTED_OVER_DECISION("记录中的已签指令与此处决定不符", "a signed order in the record contradicts a decision"),
  FOREIGN_RECEIPT("反馈不属于本指令", "an answer to another payload"),
  RECEIPT_OUT_OF_PLACE("银行反馈与状态不符", "a bank's answer out of place"),
  RECEIPT_WITHOUT_START("反馈缺少起始时间，不视为止付", "an answer without a start time: no stop is assumed"),
  RECEIPT_WITHOUT_ORDER("反馈的指令未在记录中", "an answer to an order that the record has not shown"),
  TURNED_AWAY("银行未止付", "the bank did not stop"),
  NO_ANSWER("多次未获反馈", "no answer to the last try"),
  LATE_STOP("放弃后银行仍止付", "the bank stopped after the order was given up"),
  FREEZE_GAP("冻结未成，止付期满后资金可转出", "the freeze did not take effect"),
  LIFT_AT_BANK("已解除，请告知银行", "released: tell the bank to lift"),
  RELEASE_PROPOSED("依据不足，建议解除", "evidence no longer suffices: release is proposed"),
  AUTHORISATION_REFUSED("常备授权未被接受", "a standing authorisation is kept out"),
  AUTOMATIC_SIGNING_OFF("自动签发已停用", "automatic signing is off"),
  STALE_ACT("操作签署已过久", "an act was signed too long ago"),
  OWN_STOP_DIFFERS("银行自行止付的起始时间与报告不符", "a bank's own stop began at another time than reported");

  private final Words words;

  AlarmKind(String chinese, String english) {
    this.words = new Words(chinese, english);
  }

  /** What the desk shows. */
  public Words words() {
    return words;
  }

  /** The kind of this name; empty when there is none. */
  public static Optional<AlarmKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
