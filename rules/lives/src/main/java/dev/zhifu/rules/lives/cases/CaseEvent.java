package dev.zhifu.rules.lives.cases;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a case. */
public enum CaseEvent implements LifeEvent {
  SCORE_REACHED(MESSAGE, "风险分达到预警等级", "the score reaches a tier, the likely victim is known"),
  ACCOUNT_SUSPECTED(
      MESSAGE, "仅账户或号码可疑，被害人未知", "hits on an account or a number alone, no victim known"),
  VICTIM_REPORTED(MESSAGE, "被害人报案", "a victim reports"),
  LOSS_SEEN(MESSAGE, "发现资金已受损", "a loss is seen"),
  DISPATCHED(PERSON, "派单", "an officer or grid worker is sent"),
  NO_FRAUD_FOUND(PERSON, "核实非诈骗", "checked: no fraud"),
  NOT_REACHED(PERSON, "未联系上、不听劝或占线", "not found, not listening or line busy"),
  CONVINCED(PERSON, "劝阻成功，未受损", "the victim is convinced, nothing lost"),
  REMINDER_DUE(TIMER, "回访提醒", "reminder visit is due"),
  REPORT_ACCEPTED(PERSON, "受案", "the report is accepted (受案)"),
  FURTHER_REPORT_ACCEPTED(PERSON, "同案又一报案受理", "a further report of the same case is accepted"),
  LOSS_ENTERED(PERSON, "录入涉案转账与一级账户", "the loss and its first account are entered"),
  ENTRY_OVERDUE(TIMER, "30 分钟未录入", "30 minutes are over, the first account is not entered"),
  FILED(PERSON, "立案", "the head approves filing (立案)"),
  NOT_FILED(PERSON, "不予立案", "the head decides not to file"),
  TRANSFERRED(PERSON, "移送管辖", "handed to another jurisdiction"),
  TRANSFER_OVERDUE(TIMER, "24 小时未移送完毕", "24 h are over, the receiving body has not confirmed"),
  HANDED_OVER(PERSON, "接收单位确认", "the receiving body confirms"),
  INVESTIGATION_BEGUN(PERSON, "开始侦查", "first investigative act"),
  FACTS_VERIFIED(PERSON, "查清事实（破案）", "the facts are verified"),
  CLOSED(PERSON, "结案归档", "closed and archived"),
  WITHDRAWN(PERSON, "撤销案件", "the case is withdrawn (撤案)");

  private final Trigger trigger;
  private final Words words;

  CaseEvent(Trigger trigger, String chinese, String english) {
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
