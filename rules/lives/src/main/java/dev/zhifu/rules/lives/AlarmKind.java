package dev.zhifu.rules.lives;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Optional;

/**
 * Kinds of alarms on {@code recovery.alarms}: what a person must look at, whichever job saw it, or
 * the desk of its own directory. The names travel; the words, and what to do, are what the desk
 * shows before the alarm's own sentence.
 */
public enum AlarmKind {
  RELEASE_DUE(
      "应予解除",
      "release is due",
      "由负责人签发解除：申诉成立的立即，其他三日内",
      "the head signs the release: at once after an upheld appeal, else within 3 days",
      "{0}（{1}）应予解除，期限自 {2} 起计。",
      "{0} ({1}) must be released; its days run from {2}."),
  END_NEAR(
      "即将期满",
      "an end comes near",
      "办理冻结、延期或续冻，或者任其期满",
      "freeze, extend or renew in time, or let it end",
      "{0}（{1}）即将期满，{2} 提醒。",
      "{0} ({1}) ends soon; said at {2}."),
  TERM_NEAR(
      "期限将到",
      "a term is nearly over",
      "期满前办理；是哪一项、何时期满见所列期限",
      "do it before the term is over; which and when stands with its terms",
      "{0}（{1}）有一项期限将到，尚未办理，{2} 提醒。",
      "{0} ({1}) has a term that is nearly over with nothing done; said at {2}."),
  OVERDUE(
      "已逾期",
      "overdue",
      "立即办理；期限和对象见下",
      "do it now; what and since when stands below",
      "{0}（{1}）的期限到 {2} 已过，尚未办理。",
      "{0} ({1}): its term was over at {2} and nothing was done."),
  ESCALATE_BANK(
      "逾时未答：联系银行值班台",
      "no answer: phone the bank's duty desk",
      "致电该行值班台，询问是否收到",
      "phone the bank and ask whether it has the order",
      "{0} 发出后到 {2} 逾第一时限未获答复；银行值班电话 {3}。",
      "{0}: by {2} no answer within the first limit; the bank''s duty desk is {3}."),
  ESCALATE_BANNER(
      "逾时未答：升级至旗县中心",
      "no answer: escalate to the banner or district centre",
      "请旗县中心出面催办",
      "ask the banner or district centre to press the bank",
      "{0} 发出后到 {2} 逾第二时限未获答复；银行值班电话 {3}。",
      "{0}: by {2} no answer within the second limit; the bank''s duty desk is {3}."),
  ESCALATE_CITY(
      "逾时未答：升级至市中心",
      "no answer: escalate to the city centre",
      "请市中心出面催办",
      "ask the city centre to press the bank",
      "{0} 发出后到 {2} 逾第三时限未获答复；银行值班电话 {3}。",
      "{0}: by {2} no answer within the third limit; the bank''s duty desk is {3}."),
  ACT_REFUSED(
      "操作被拒绝",
      "an act was refused",
      "按所列规则补正后重新提出",
      "mend what the named rule asks for and ask again",
      "关于 {0}（{1}）的操作于 {2} 未被办案规则接受，状态未变。",
      "An act about {0} ({1}) was refused by the tables at {2}; nothing has changed."),
  ANSWER_OUT_OF_PLACE(
      "反馈与状态不符",
      "an answer out of place",
      "与银行核对以哪一份反馈为准；状态未变",
      "ask the bank which answer holds; nothing has changed",
      "{0} 现为“{1}”，{2} 的反馈与之不符，未采用。",
      "{0} stands at \"{1}\"; the answer of {2} does not fit and was not taken."),
  ADOPTED(
      "从记录中回读",
      "adopted from the record",
      "核对所列请求是否已发出，未发出的补发",
      "look whether the request named has left; send it if not",
      "{0}（{1}）于 {2} 从记录中回读，以记录为准。",
      "{0} ({1}) was read back from the record at {2}; the record holds."),
  BANK_REFUSED(
      "银行拒绝",
      "the bank refused",
      "致电银行查明原因，补正后再发或改用书面",
      "phone the bank for the reason; mend it and send anew, or on paper",
      "{0}：银行于 {2} 拒绝办理；值班电话 {3}。",
      "{0}: the bank refused at {2}; its duty desk is {3}."),
  FROZEN_ABOVE_ASKED(
      "银行冻结超出所请金额",
      "the bank froze more than it was asked for",
      "致电银行核对；超出部分由负责人签发解除，三日内",
      "phone the bank; the head signs the release of the part above, within 3 days",
      "{0}：银行于 {2} 冻结的金额高于所请；值班电话 {3}。",
      "{0}: at {2} the bank froze more than was asked; its duty desk is {3}."),
  NOT_DELIVERED(
      "平台未受理报文",
      "the platform did not take a message",
      "按所列代码处理：授权问题联系平台，通道关闭改用书面",
      "by the code named: ask the platform for authority; where its channel is closed, use paper",
      "{0}：平台于 {2} 未受理报文，银行未收到；值班电话 {3}。",
      "{0}: the platform did not take the message at {2}, and the bank does not have it; its duty desk is {3}."),
  LIFE_LIMIT(
      "案件对象数已达上限",
      "a case has the most lives",
      "拆分案件后再办理",
      "divide the case before anything more is opened in it",
      "{0} 所在案件的办理对象已达上限，{2} 的新请求未受理。",
      "The case of {0} has the most lives; what was asked for at {2} was not taken."),
  CALENDAR(
      "工作日历不足",
      "the calendar does not reach",
      "请管理员按国务院通知补录节假日；期限暂按较早者计",
      "let the administrator add the holidays of the State Council's notice; until then ends are set early",
      "{0} 的工作日期限超出工作日历，{2} 起暂按较早者计。",
      "The working days of {0} reach beyond the calendar; since {2} the earlier end counts."),
  TASK(
      "待办任务",
      "a task",
      "派人办理并登记结果",
      "send somebody and note the result",
      "{0}（{1}）有一项任务待办，{2} 提出。",
      "{0} ({1}) has a task to be done, set at {2}."),
  LIFT_RISK_HOLDS(
      "请解除风险管控",
      "lift our risk holds",
      "通知银行解除本中心的风险管控",
      "let the banks lift our risk holds",
      "{0}（{1}）：{2} 起本中心请求的银行风险管控应予解除。",
      "{0} ({1}): since {2} the risk holds that we asked for are to be lifted."),
  LIFT_AT_ONCE(
      "请立即解除",
      "lift at once",
      "立即解除并告知当事人",
      "lift at once and tell the person concerned",
      "{0}：所涉限制于 {2} 认定不当，应立即解除；银行值班电话 {3}。",
      "{0}: the restriction was found wrong at {2} and is to be lifted at once; the bank''s duty desk is {3}."),
  APPEAL(
      "收到申诉",
      "an appeal",
      "受理并在期限内核查",
      "take it up and check it within its term",
      "{0}（{1}）于 {2} 送决定民警核查，期限已起计。",
      "{0} ({1}) lies before the deciding officer since {2}; its term runs."),
  NOTICE_OVER(
      "公告期满",
      "the notice is over",
      "审查异议后作出返还决定",
      "look at the objections and decide the refund",
      "{0} 的公告期于 {2} 届满。",
      "The public notice of {0} was over at {2}."),
  NEW_VICTIM(
      "发现新的被害人",
      "a new victim",
      "重新计算返还方案",
      "work the refund out anew",
      "{0}：{2} 发现新的被害人，原返还方案不再适用。",
      "{0}: a new victim was found at {2}; the sums so far no longer hold."),
  BOOKS(
      "账目不平",
      "the books do not balance",
      "暂停返还并请运维核对账目",
      "hold refunds back and let operations check the books",
      "{0} 的账目于 {2} 不平。",
      "The books of {0} did not balance at {2}."),
  PAPERWORK_NEAR(
      "银行自行止付：后补手续将到期（本系统服务标准）",
      "the order that follows a bank's own stop is owed soon (our own service level)",
      "补发止付指令或告知银行解除",
      "send the order or tell the bank to lift",
      "{0}：银行已自行止付，后补手续即将到期（{2} 提醒）。",
      "{0}: the bank has stopped it itself and the order that follows is owed soon; said at {2}."),
  PAPERWORK_OVERDUE(
      "银行自行止付：后补手续已逾期（本系统服务标准）",
      "the order that follows a bank's own stop is overdue (our own service level)",
      "立即补发止付指令或告知银行解除",
      "send the order now or tell the bank to lift",
      "{0}：银行已自行止付，后补手续到 {2} 仍未补办。",
      "{0}: the bank has stopped it itself and at {2} the order that follows was still owed."),
  STOP_LIMIT(
      "止付已达两次",
      "two stops are used up",
      "不得第三次止付；需继续控制的办理冻结",
      "no third stop; freeze if the money must stay",
      "{0}：该账户两次止付已用完，{2} 的建议不能再签发。",
      "{0}: both stops of this account are used up; the request of {2} cannot be signed."),
  ORDER_OBJECTS_LIMIT(
      "该账户止付对象数已达上限",
      "an account has the most order objects",
      "核查该账户为何反复止付，请运维处理",
      "find out why this account is stopped so often; tell operations",
      "{0}：该账户的止付对象到 {2} 已达上限。",
      "{0}: at {2} this account had the most order objects."),
  FORGED_RECORD(
      "指令记录不可信，未采用",
      "an order's record is not to be trusted",
      "请运维查明来源；该记录未产生任何效力",
      "let operations find its source; it had no effect",
      "{0}：{2} 读到的指令记录签名或来源不可信，未采用。",
      "{0}: the record read at {2} is not to be trusted and was not taken."),
  CONFLICTING_RECORD(
      "同一指令有两份不同内容",
      "one order stands with two contents",
      "向银行核实其执行的是哪一份，请运维查明来源",
      "ask the bank which one it acts on; let operations find the source",
      "{0}：{2} 读到同一指令的另一份不同内容。",
      "{0}: at {2} another content of the same order was read."),
  ADOPTED_OVER_DECISION(
      "记录中的已签指令与此处决定不符",
      "a signed order in the record contradicts a decision",
      "与银行核对是否已止付，不应止付的立即解除",
      "ask the bank whether it stopped; lift what should not be",
      "{0}（{1}）：{2} 读到的已签指令与此处决定不符。",
      "{0} ({1}): the signed order read at {2} contradicts what was decided here."),
  FOREIGN_RECEIPT(
      "反馈不属于本指令",
      "an answer to another payload",
      "请银行核对指令编号后重新反馈",
      "ask the bank to check the order's number and answer anew",
      "{0}（{1}）：{2} 的反馈属于另一份内容，未采用；银行值班电话 {3}。",
      "{0} ({1}): the answer of {2} belongs to another payload and was not taken; the bank''s duty desk is {3}."),
  RECEIPT_OUT_OF_PLACE(
      "银行反馈与状态不符",
      "a bank's answer out of place",
      "与银行核对账户现状；状态未变",
      "ask the bank how the account stands; nothing has changed",
      "{0} 现为“{1}”，{2} 的银行反馈与之不符，未采用；银行值班电话 {3}。",
      "{0} stands at \"{1}\"; the bank''s answer of {2} does not fit; its duty desk is {3}."),
  RECEIPT_WITHOUT_START(
      "反馈缺少起始时间，不视为止付",
      "an answer without a start time: no stop is assumed",
      "请银行补报止付起始时间",
      "ask the bank for the time at which the stop began",
      "{0}：{2} 的反馈没有止付起始时间，不视为已止付；银行值班电话 {3}。",
      "{0}: the answer of {2} names no start, so that no stop is assumed; the bank''s duty desk is {3}."),
  RECEIPT_WITHOUT_ORDER(
      "反馈的指令未在记录中",
      "an answer to an order that the record has not shown",
      "请银行核对指令编号",
      "ask the bank to check the order's number",
      "{0}：{2} 的反馈所指指令未见于记录。",
      "{0}: the answer of {2} is to an order that the record has not shown."),
  TURNED_AWAY(
      "银行未止付",
      "the bank did not stop",
      "按银行所列原因更正后重发",
      "correct what the bank names and send anew",
      "{0}：银行于 {2} 答复未止付；值班电话 {3}。",
      "{0}: the bank answered at {2} that it did not stop; its duty desk is {3}."),
  NO_ANSWER(
      "多次未获反馈",
      "no answer to the last try",
      "致电银行，并送达书面文书",
      "phone the bank and serve the paper",
      "{0}：末次发送后到 {2} 仍无反馈；银行值班电话 {3}。",
      "{0}: no answer to the last try by {2}; the bank''s duty desk is {3}."),
  LATE_STOP(
      "放弃后银行仍止付",
      "the bank stopped after the order was given up",
      "告知银行解除，或重新签发指令",
      "tell the bank to lift, or sign a new order",
      "{0}（{1}）：此处放弃后，银行仍于 {2} 答复已止付；值班电话 {3}。",
      "{0} ({1}): given up here, and at {2} the bank said that it stopped; its duty desk is {3}."),
  FREEZE_GAP(
      "冻结未成，止付期满后资金可转出",
      "the freeze did not take effect",
      "期满前延期止付或补办冻结",
      "extend the stop or mend the freeze before the stop ends",
      "{0}（{1}）：转冻结到 {2} 未成，止付期满后资金可以转出。",
      "{0} ({1}): by {2} the freeze did not take effect; once the stop ends the money can leave."),
  LIFT_AT_BANK(
      "已解除，请告知银行",
      "released: tell the bank to lift",
      "致电银行确认已解除",
      "phone the bank until it has lifted",
      "{0} 于 {2} 解除，须告知银行；值班电话 {3}。",
      "{0} was released at {2} and its bank must be told; its duty desk is {3}."),
  RELEASE_PROPOSED(
      "依据不足，建议解除",
      "evidence no longer suffices: release is proposed",
      "核查后签发解除，或写明继续止付的依据",
      "check and sign the release, or say on what ground the stop goes on",
      "{0}（{1}）：到 {2} 依据已不足。",
      "{0} ({1}): at {2} its evidence no longer sufficed."),
  AUTHORISATION_REFUSED(
      "常备授权未被接受",
      "a standing authorisation is kept out",
      "补正后由有权者重新签署；在此之前逐件人工签发",
      "mend it and have it signed again; until then officers sign each order",
      "{0}：{2} 的常设授权未被接受，自动签发不依其进行。",
      "{0}: the standing authorisation of {2} is kept out; nothing is signed by it."),
  AUTOMATIC_SIGNING_OFF(
      "自动签发已停用",
      "automatic signing is off",
      "逐件人工签发；查明停用原因",
      "officers sign each order; find out why it is off",
      "{0}：自动签发于 {2} 停用。",
      "{0}: automatic signing was switched off at {2}."),
  STALE_ACT(
      "操作签署已过久",
      "an act was signed too long ago",
      "核对现状后重新签署",
      "look at how things stand and sign again",
      "关于 {0}（{1}）的操作到 {2} 签署已过久，未采用。",
      "An act about {0} ({1}) was signed too long before {2} and was not taken."),
  OWN_STOP_DIFFERS(
      "银行自行止付的起始时间与报告不符",
      "a bank's own stop began at another time than reported",
      "与银行核对起始时间；48 小时自其起算",
      "ask the bank for the time; the 48 h run from it",
      "{0}（{1}）：银行自行止付的起始时间与报告不符，{2} 发现；值班电话 {3}。",
      "{0} ({1}): the bank''s own stop began at another time than reported, seen at {2}; its duty desk is {3}."),
  NO_DUTY_DESK(
      "机构值班台将无人接听",
      "nobody will answer an institution's duty desk",
      "在机构名录中补录值班电话、时段或备勤电话",
      "enter a duty desk, its hours or a standby in the institutions' directory",
      "{0} 的值班台无人接听或将无人接听，{2} 发现；名录所列电话 {3}。",
      "Nobody answers, or soon will answer, at the duty desk of {0}, seen at {2}; listed: {3}."),
  DIRECTORY_BROKEN(
      "机构名录不可用",
      "the institutions' directory cannot be used",
      "按所列规则修改文件；修好之前沿用上一版",
      "mend the file as the rules named say; the last good one stands until then",
      "{0}不能使用，{2} 发现；原文指明所违规则。",
      "{0} cannot be used, seen at {2}; the text beside this names the rule broken."),
  CALENDAR_ENDS(
      "工作日历即将用尽",
      "the calendar soon ends",
      "由版本维护者按国务院办公厅通知补录下一年节假日并发版",
      "let whoever builds the release add the next year from the State Council's notice",
      "工作日历至 {0} 为止，{2} 发现即将用尽。",
      "The official calendar ends with {0}, seen at {2}.");

  private final Words words;
  private final Words todo;
  private final Words sentence;

  AlarmKind(
      String chinese,
      String english,
      String todoChinese,
      String todoEnglish,
      String sentenceChinese,
      String sentenceEnglish) {
    this.words = new Words(chinese, english);
    this.todo = new Words(todoChinese, todoEnglish);
    this.sentence = new Words(sentenceChinese, sentenceEnglish);
  }

  /** What the desk shows. */
  public Words words() {
    return words;
  }

  /** What the person who sees it does next; our own procedure. */
  public Words todo() {
    return todo;
  }

  /**
   * What an alarm of this kind says, in one sentence. The job's own text stands beside it, with ids
   * and the rule broken; it is for operations and in English alone.
   *
   * @param about what it is about, in words of the language asked for
   */
  public String said(boolean chinese, About about) {
    return MessageFormat.format(
        chinese ? sentence.chinese() : sentence.english(),
        about.object(),
        about.state(),
        about.at(),
        about.phone());
  }

  /**
   * What an alarm is about, in words.
   *
   * @param object the order, life, report or case, with bank and account where it has one
   * @param state how that stands now
   * @param at when the alarm was raised
   * @param phone of the bank's duty desk, or of the centre's duty room where no bank is concerned
   */
  public record About(String object, String state, String at, String phone) {}

  /** The kind of this name; empty when there is none. */
  public static Optional<AlarmKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
