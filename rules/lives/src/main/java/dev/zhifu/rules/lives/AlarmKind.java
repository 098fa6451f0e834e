package dev.zhifu.rules.lives;

import java.util.Arrays;
import java.util.Optional;

/**
 * Kinds of alarms on {@code recovery.alarms}: what a person must look at, whichever job saw it, or the
 * desk of its own directory. The
 * names travel; the words, and what to do, are what the desk shows before the alarm's own sentence.
 */
public enum AlarmKind {
  RELEASE_DUE(
      "应予解除",
      "release is due",
      "由负责人签发解除：申诉成立的立即，其他三日内",
      "the head signs the release: at once after an upheld appeal, else within 3 days"),
  END_NEAR(
      "即将期满",
      "an end comes near",
      "办理冻结、延期或续冻，或者任其期满",
      "freeze, extend or renew in time, or let it end"),
  OVERDUE("已逾期", "overdue", "立即办理；期限和对象见下", "do it now; what and since when stands below"),
  ESCALATE_BANK(
      "逾时未答：联系银行值班台",
      "no answer: phone the bank's duty desk",
      "致电该行值班台，询问是否收到",
      "phone the bank and ask whether it has the order"),
  ESCALATE_BANNER(
      "逾时未答：升级至旗县中心",
      "no answer: escalate to the banner or district centre",
      "请旗县中心出面催办",
      "ask the banner or district centre to press the bank"),
  ESCALATE_CITY(
      "逾时未答：升级至市中心",
      "no answer: escalate to the city centre",
      "请市中心出面催办",
      "ask the city centre to press the bank"),
  ACT_REFUSED(
      "操作被拒绝",
      "an act was refused",
      "按所列规则补正后重新提出",
      "mend what the named rule asks for and ask again"),
  ANSWER_OUT_OF_PLACE(
      "反馈与状态不符",
      "an answer out of place",
      "与银行核对以哪一份反馈为准；状态未变",
      "ask the bank which answer holds; nothing has changed"),
  ADOPTED(
      "从记录中回读",
      "adopted from the record",
      "核对所列请求是否已发出，未发出的补发",
      "look whether the request named has left; send it if not"),
  BANK_REFUSED(
      "银行拒绝",
      "the bank refused",
      "致电银行查明原因，补正后再发或改用书面",
      "phone the bank for the reason; mend it and send anew, or on paper"),
  LIFE_LIMIT(
      "案件对象数已达上限",
      "a case has the most lives",
      "拆分案件后再办理",
      "divide the case before anything more is opened in it"),
  CALENDAR(
      "工作日历不足",
      "the calendar does not reach",
      "请管理员按国务院通知补录节假日；期限暂按较早者计",
      "let the administrator add the holidays of the State Council's notice; until then ends are set early"),
  TASK("待办任务", "a task", "派人办理并登记结果", "send somebody and note the result"),
  LIFT_RISK_HOLDS(
      "请解除风险管控", "lift our risk holds", "通知银行解除本中心的风险管控", "let the banks lift our risk holds"),
  LIFT_AT_ONCE("请立即解除", "lift at once", "立即解除并告知当事人", "lift at once and tell the person concerned"),
  APPEAL("收到申诉", "an appeal", "受理并在期限内核查", "take it up and check it within its term"),
  NOTICE_OVER(
      "公告期满", "the notice is over", "审查异议后作出返还决定", "look at the objections and decide the refund"),
  NEW_VICTIM("发现新的被害人", "a new victim", "重新计算返还方案", "work the refund out anew"),
  BOOKS(
      "账目不平",
      "the books do not balance",
      "暂停返还并请运维核对账目",
      "hold refunds back and let operations check the books"),
  PAPERWORK_NEAR(
      "银行自行止付：后补手续将到期（本系统服务标准）",
      "the order that follows a bank's own stop is owed soon (our own service level)",
      "补发止付指令或告知银行解除",
      "send the order or tell the bank to lift"),
  PAPERWORK_OVERDUE(
      "银行自行止付：后补手续已逾期（本系统服务标准）",
      "the order that follows a bank's own stop is overdue (our own service level)",
      "立即补发止付指令或告知银行解除",
      "send the order now or tell the bank to lift"),
  STOP_LIMIT(
      "止付已达两次",
      "two stops are used up",
      "不得第三次止付；需继续控制的办理冻结",
      "no third stop; freeze if the money must stay"),
  ORDER_OBJECTS_LIMIT(
      "该账户止付对象数已达上限",
      "an account has the most order objects",
      "核查该账户为何反复止付，请运维处理",
      "find out why this account is stopped so often; tell operations"),
  FORGED_RECORD(
      "指令记录不可信，未采用",
      "an order's record is not to be trusted",
      "请运维查明来源；该记录未产生任何效力",
      "let operations find its source; it had no effect"),
  CONFLICTING_RECORD(
      "同一指令有两份不同内容",
      "one order stands with two contents",
      "向银行核实其执行的是哪一份，请运维查明来源",
      "ask the bank which one it acts on; let operations find the source"),
  ADOPTED_OVER_DECISION(
      "记录中的已签指令与此处决定不符",
      "a signed order in the record contradicts a decision",
      "与银行核对是否已止付，不应止付的立即解除",
      "ask the bank whether it stopped; lift what should not be"),
  FOREIGN_RECEIPT(
      "反馈不属于本指令",
      "an answer to another payload",
      "请银行核对指令编号后重新反馈",
      "ask the bank to check the order's number and answer anew"),
  RECEIPT_OUT_OF_PLACE(
      "银行反馈与状态不符",
      "a bank's answer out of place",
      "与银行核对账户现状；状态未变",
      "ask the bank how the account stands; nothing has changed"),
  RECEIPT_WITHOUT_START(
      "反馈缺少起始时间，不视为止付",
      "an answer without a start time: no stop is assumed",
      "请银行补报止付起始时间",
      "ask the bank for the time at which the stop began"),
  RECEIPT_WITHOUT_ORDER(
      "反馈的指令未在记录中",
      "an answer to an order that the record has not shown",
      "请银行核对指令编号",
      "ask the bank to check the order's number"),
  TURNED_AWAY(
      "银行未止付",
      "the bank did not stop",
      "按银行所列原因更正后重发",
      "correct what the bank names and send anew"),
  NO_ANSWER(
      "多次未获反馈", "no answer to the last try", "致电银行，并送达书面文书", "phone the bank and serve the paper"),
  LATE_STOP(
      "放弃后银行仍止付",
      "the bank stopped after the order was given up",
      "告知银行解除，或重新签发指令",
      "tell the bank to lift, or sign a new order"),
  FREEZE_GAP(
      "冻结未成，止付期满后资金可转出",
      "the freeze did not take effect",
      "期满前延期止付或补办冻结",
      "extend the stop or mend the freeze before the stop ends"),
  LIFT_AT_BANK(
      "已解除，请告知银行",
      "released: tell the bank to lift",
      "致电银行确认已解除",
      "phone the bank until it has lifted"),
  RELEASE_PROPOSED(
      "依据不足，建议解除",
      "evidence no longer suffices: release is proposed",
      "核查后签发解除，或写明继续止付的依据",
      "check and sign the release, or say on what ground the stop goes on"),
  AUTHORISATION_REFUSED(
      "常备授权未被接受",
      "a standing authorisation is kept out",
      "补正后由有权者重新签署；在此之前逐件人工签发",
      "mend it and have it signed again; until then officers sign each order"),
  AUTOMATIC_SIGNING_OFF(
      "自动签发已停用",
      "automatic signing is off",
      "逐件人工签发；查明停用原因",
      "officers sign each order; find out why it is off"),
  STALE_ACT(
      "操作签署已过久",
      "an act was signed too long ago",
      "核对现状后重新签署",
      "look at how things stand and sign again"),
  OWN_STOP_DIFFERS(
      "银行自行止付的起始时间与报告不符",
      "a bank's own stop began at another time than reported",
      "与银行核对起始时间；48 小时自其起算",
      "ask the bank for the time; the 48 h run from it"),
  NO_DUTY_DESK(
      "机构值班台将无人接听",
      "nobody will answer an institution's duty desk",
      "在机构名录中补录值班电话、时段或备勤电话",
      "enter a duty desk, its hours or a standby in the institutions' directory"),
  DIRECTORY_BROKEN(
      "机构名录不可用",
      "the institutions' directory cannot be used",
      "按所列规则修改文件；修好之前沿用上一版",
      "mend the file as the rules named say; the last good one stands until then");

  private final Words words;
  private final Words todo;

  AlarmKind(String chinese, String english, String todoChinese, String todoEnglish) {
    this.words = new Words(chinese, english);
    this.todo = new Words(todoChinese, todoEnglish);
  }

  /** What the desk shows. */
  public Words words() {
    return words;
  }

  /** What the person who sees it does next; our own procedure. */
  public Words todo() {
    return todo;
  }

  /** The kind of this name; empty when there is none. */
  public static Optional<AlarmKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
