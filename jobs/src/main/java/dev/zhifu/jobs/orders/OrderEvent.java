package dev.zhifu.jobs.orders;

/**
 * What can happen to a stop-payment order. An arrow in the words marks a message from the bank, a
 * clock mark a timer on ticks.
 */
enum OrderEvent {
  PROPOSED("scoring proposes a stop", "提出止付建议"),
  JUDGED_AGAIN("evidence, authorisation or clock changed what hinders a signature", "重新审查"),
  OFFICER_SIGNED("officer signs (SIGN_ORDER)", "民警签发"),
  AUTHORISATION_COVERED("a standing authorisation covers it (our construction, not law)", "常备授权覆盖"),
  SENT_TO_BANK("send 100101", "发送止付报文"),
  FOUND_IN_RECORD("the order is read back from the bank's order topic", "从记录中回读"),
  REQUEST_REJECTED("officer rejects the request (REJECT_REQUEST)", "民警不予签发"),
  EVIDENCE_WITHDRAWN("the evidence no longer suffices", "依据撤回"),
  EVIDENCE_RESTORED("the evidence suffices again", "依据恢复"),
  BANK_TURNED_AWAY(
      "⇦ 200001 or a failed check of signature, authorisation, address or date", "银行退回"),
  BANK_NOT_FOUND("⇦ 200010 account not found", "查无此户"),
  BANK_MISMATCH("⇦ 100102 mismatch of name, account, amount or time", "四要素不符"),
  BANK_ALREADY_FROZEN("⇦ 100102 account already frozen", "账户已被冻结"),
  BANK_HAS_IT(
      "⇦ 200003 already there, or a technical failure: no answer in substance", "重复报送或技术故障"),
  BANK_STOPPED("⇦ 100102 ok, balance > 0", "止付成功"),
  BANK_STOPPED_ZERO("⇦ 100102 ok, balance = 0", "止付成功、余额为零"),
  RETRY_DUE("⏱ no answer", "未获反馈"),
  TRIES_SPENT("⏱ no answer to the last try", "多次未获反馈"),
  STOP_EXTENDED("⇦ the second stop on the account took effect", "延期生效"),
  FREEZE_SENT("freeze approved and sent (100201)", "冻结已发"),
  FREEZE_TOOK_EFFECT("⇦ 100202 ok", "冻结生效"),
  FREEZE_REFUSED("⇦ 100202 refused or late", "冻结未成"),
  RELEASE_DECIDED("officer releases: not involved, appeal upheld, case not filed", "民警决定解除"),
  TERM_ENDED("⏱ 48 h from the bank's start time are over", "止付期满");

  private final String english;
  private final String chinese;

  OrderEvent(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }
}
