package dev.zhifu.rules.lives.cases;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a case makes happen besides the change of state. */
public enum CaseEffect implements LifeEffect {
  CREATE_TASK(false, "生成劝阻任务", "create the dissuasion task with its tier"),
  WARN_VICTIM(
      false, "96110、12381 或上门劝阻；可建议保护性止付", "96110, 12381 or visit; a victim hold may be proposed"),
  LIFT_RISK_HOLDS(false, "立即解除银行风险管控", "lift our risk holds at once"),
  FEED_RULES(false, "结果回流规则统计", "feed the outcome to the rules' statistics"),
  ESCALATE_VISIT(
      false,
      "升级：派出所与网格员上门、联系亲属、保护性止付",
      "escalate: visit by station and grid worker, relatives, victim hold"),
  START_REMINDERS(true, "次日、第 7 日回访", "reminder visits on day 1 and day 7 (our own)"),
  START_ENTRY_CLOCK(
      true, "自报案起 30 分钟内录入", "first account to be entered within 30 minutes of the report"),
  END_ENTRY_CLOCK(true, "录入计时结束", "entry clock ends"),
  GIVE_RECEIPT(false, "受案登记并给予回执", "register, give the receipt"),
  ALARM_OVERDUE(false, "告警：逾期", "alarm: overdue"),
  ALLOW_FREEZES(false, "可以提请冻结", "freezes become possible"),
  RELEASE_ALL_DUE(
      false, "全部止付与冻结应予解除（RELEASE_DUE）", "every stop and freeze of the case becomes RELEASE_DUE"),
  TELL_REPORTER(false, "告知报案人", "tell the reporter"),
  START_TRANSFER_CLOCK(true, "24 小时内移送", "24 h to hand over"),
  END_TRANSFER_CLOCK(true, "移送计时结束", "transfer clock ends"),
  HAND_OVER_ORDERS(
      false, "已采取的紧急措施继续有效，移交接收单位", "urgent measures stay valid; the receiving body owns them"),
  ARCHIVE(false, "归档，银行交易记录至少保存 10 年", "archive; banks keep their records for at least 10 years");

  private final boolean clock;
  private final Words words;

  CaseEffect(boolean clock, String chinese, String english) {
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
