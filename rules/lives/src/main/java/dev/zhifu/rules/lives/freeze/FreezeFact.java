package dev.zhifu.rules.lives.freeze;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link FreezeTable} applies. */
public enum FreezeFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  CASE_FILED(
      "案件已立案",
      "the case is filed and not withdrawn",
      Clause.PROCEDURE_174,
      "file the case first (art. 178); until then a stop is possible"),
  MONEY_LINKED(
      "已证明与涉案资金的联系：有追踪依据，且本案对该账户有涉案资金到达的止付指令",
      "a trace, and a stop order of the case that claimed money reached, link the account",
      Clause.PROCEDURE_237,
      "accept the report that leads to this account; its stop is put forward, then freeze"),
  NO_GOOD_FAITH(
      "提请和追踪均无善意取得情形，或者已听取持有人意见并写明理由",
      "no sign of acquisition in good faith by proposal or trace, or each is answered in writing",
      Clause.GOOD_FAITH,
      "hear the holder first, and write why the signs do not stand against it"),
  NOT_POOLED(
      "非备付金或汇总结算账户",
      "not a pooled settlement account, by the proposal, its bank's kind and the list",
      Clause.RESERVE,
      "freeze the user's own money through its institution"),
  NOT_FROZEN_HERE(
      "本机关在本案中未冻结该账户",
      "this body has no other freeze of the account in this case",
      Clause.PROCEDURE_242,
      "renew or change the freeze that stands; another body's freeze is queued by the bank"),
  WITHIN_TRACED(
      "金额不超过查明流入的涉案资金",
      "the amount is not above the traced money, by the proposal and by the stop orders",
      Clause.N22_2,
      "lower the amount"),
  WHOLE_REASON_GIVEN(
      "限额冻结，或已写明全额冻结的理由与必要",
      "an amount is named, or the reason and need for the whole account are written",
      Clause.N22,
      "name an amount, or write reason and need"),
  NOTICE_COMPLETE(
      "户名、账号、金额、期限、范围、孳息均已写明",
      "name, number, amount, term, scope and fruits are all set",
      Clause.PROCEDURE_239,
      "fill in what is missing"),
  NOT_REVIEWED(
      "本次尚未法制审核", "the legal office has not read it yet for this", Clause.OWN, "once is enough"),
  LEGAL_REVIEW_DONE("已经法制审核", "legal review is done", Clause.N22, "pass it to legal review"),
  HEAD_APPROVED(
      "县级以上公安机关负责人已批准",
      "a head at county level or above has approved",
      Clause.PROCEDURE_239,
      "put it before the head"),
  CITY_HEAD_OR_FEW_ACCOUNTS(
      "一次不满 200 户且累计不满 500 户，或已经设区的市级负责人批准",
      "fewer than 200 accounts at once and than 500 in the case, or the city head has approved",
      Clause.N22,
      "put it before the head at city level"),
  CITY_HEAD_OR_SHORT_TERM(
      "期限不超过六个月，或重大复杂案件经设区的市级负责人批准且不超过一年",
      "6 months at most, or 1 year at most with the city head's approval",
      Clause.PROCEDURE_243,
      "shorten the term, or put it before the head at city level"),
  CHANNEL_LAWFUL(
      "经平台或书面，不经直连",
      "by platform or on paper, never direct",
      Clause.N22_4,
      "send it by PLATFORM or PAPER"),
  REASON_GIVEN("已写明理由", "the reason is given", Clause.N22_2, "write the reason"),
  OWN_FREEZE(
      "反馈所引即本冻结，且来自该银行",
      "the answer is about this freeze and comes from its bank",
      Clause.OWN,
      "ask the bank what it received"),
  START_TIME_GIVEN(
      "银行反馈了起始时间", "the bank gives its start time", Clause.OWN, "ask the bank for the start time"),
  NOT_FROZEN_YET(
      "银行此前未反馈冻结",
      "the bank has not said before that it froze",
      Clause.PROCEDURE_243,
      "it is frozen already, to its own end: ask the bank what it did"),
  VERIFIED_BELOW_FROZEN(
      "查清金额大于零且小于冻结额",
      "the verified amount is above zero and below what is frozen",
      Clause.N22_2,
      "enter the verified amount"),
  VERIFIED_ALL_FROZEN(
      "查清金额不小于冻结额",
      "the verified amount is not below what is frozen",
      Clause.N22,
      "enter the verified amount"),
  WHOLE_OR_RELATED(
      "全额冻结或关联账户",
      "a whole account, or a related one",
      Clause.N22,
      "it is an amount freeze: three months count"),
  VERIFY_TIME_OVER("核查期限已满", "the time for verification is over", Clause.N22, "wait for the end"),
  WITHIN_THREE_MONTHS("自冻结起不满三个月", "within three months of the freeze", Clause.N22, "release it"),
  NOT_VERIFIED(
      "尚未证明与案件的联系", "no link was proved", Clause.N22, "its verification stands in the record"),
  TEN_DAYS_AHEAD(
      "距期满不少于 10 日",
      "10 days or more before its end",
      Clause.N22,
      "too late to renew: it ends by law; freeze anew if the law allows"),
  ORIGINAL_AUTHORITY(
      "由原批准机关续冻",
      "by the authority that froze",
      Clause.PROCEDURE_240,
      "send it to the authority that froze"),
  BEFORE_EXPIRY("期限未满", "before its end", Clause.PROCEDURE_240, "it has ended by law"),
  TERM_OVER("期限已满", "its end has come", Clause.PROCEDURE_240, "wait for the end"),
  WAS_IN_FORCE(
      "续冻前在冻，无逾期、续冻或部分解除",
      "it was in force, neither overdue nor renewed nor in part",
      Clause.OWN,
      "it was another"),
  WAS_VERIFY_DUE("续冻前已逾期未查清", "verification was overdue", Clause.N22, "it was not"),
  WAS_RENEWED("续冻前已续冻", "it had been renewed", Clause.OWN, "it had not"),
  WAS_PARTIAL("续冻前已部分返还或解除", "it was in force on a reduced amount", Clause.OWN, "it was not"),
  ABOVE_ASKED(
      "限额冻结，银行冻结额高于所请金额",
      "an amount was asked, and the bank froze more",
      Clause.N22_2,
      "nothing is frozen above what was asked"),
  WITHIN_ASKED(
      "未超出所请金额，或未限额",
      "the bank froze no more than was asked, or no amount was asked",
      Clause.N22_2,
      "it froze more than was asked: the head releases the rest"),
  REST_DUE(
      "有应予解除的多冻部分，此前签发的银行已解除或文书已作废",
      "a part is due for release; what was signed before is lifted, or its paper is void",
      Clause.PROCEDURE_247,
      "enter what is verified first (VERIFIED_PART); after a signature wait for REST_LIFTED, or void its paper"),
  NO_REST_DUE(
      "没有应予解除而银行未解除的多冻部分",
      "no part is due for release that the bank has not lifted",
      Clause.CPL_245,
      "sign REST_RELEASE_SIGNED for the part; if none of it is case money, FOUND_UNRELATED first"),
  NOTHING_FROZEN(
      "除多冻部分外已无冻结", "nothing else is frozen", Clause.OWN, "what is verified stays frozen"),
  STILL_FROZEN(
      "除多冻部分外仍有冻结", "something stays frozen", Clause.OWN, "with the rest all of it is lifted"),
  WITHIN_FROZEN(
      "返还额不超过冻结额", "the refund is not above what is frozen", Clause.REFUND_8, "lower the refund"),
  MONEY_LEFT("返还后仍有余额", "money is left after it", Clause.OWN, "nothing is left"),
  NOTHING_LEFT("返还后无余额", "nothing is left after it", Clause.OWN, "money is left");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  FreezeFact(String chinese, String english, Clause clause, String wayOut) {
    this.words = new Words(chinese, english);
    this.clause = clause;
    this.wayOut = wayOut;
  }

  @Override
  public Words words() {
    return words;
  }

  @Override
  public Clause clause() {
    return clause;
  }

  @Override
  public String wayOut() {
    return wayOut;
  }
}
