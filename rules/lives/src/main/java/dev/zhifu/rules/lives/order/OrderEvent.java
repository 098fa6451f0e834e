package dev.zhifu.rules.lives.order;

import static dev.zhifu.rules.lives.Trigger.*;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.Words;

/** What can happen to a stop-payment order, and which job brings it about. */
public enum OrderEvent implements LifeEvent {
  PROPOSED(MESSAGE, Driver.STOP_ORDERS, "提出止付建议", "scoring proposes a stop"),
  JUDGED_AGAIN(
      MESSAGE,
      Driver.STOP_ORDERS,
      "重新审查",
      "evidence, authorisation or clock changed what hinders a signature"),
  OFFICER_SIGNED(PERSON, Driver.STOP_ORDERS, "民警签发", "officer signs (SIGN_ORDER)"),
  AUTHORISATION_COVERED(
      AUTHORISATION,
      Driver.STOP_ORDERS,
      "常备授权覆盖",
      "a standing authorisation covers it (our construction, not law)"),
  SENT_TO_BANK(FOLLOWS, Driver.STOP_ORDERS, "发送止付报文", "send 100101"),
  FOUND_IN_RECORD(
      MESSAGE, Driver.STOP_ORDERS, "从记录中回读", "the order is read back from the bank's order topic"),
  REQUEST_REJECTED(
      PERSON, Driver.STOP_ORDERS, "民警不予签发", "officer rejects the request (REJECT_REQUEST)"),
  EVIDENCE_WITHDRAWN(MESSAGE, Driver.STOP_ORDERS, "依据撤回", "the evidence no longer suffices"),
  EVIDENCE_RESTORED(MESSAGE, Driver.STOP_ORDERS, "依据恢复", "the evidence suffices again"),
  BANK_TURNED_AWAY(
      MESSAGE,
      Driver.STOP_ORDERS,
      "银行退回",
      "200001 or a failed check of signature, authorisation, address or date"),
  BANK_NOT_FOUND(MESSAGE, Driver.STOP_ORDERS, "查无此户", "200010 account not found"),
  BANK_MISMATCH(
      MESSAGE, Driver.STOP_ORDERS, "四要素不符", "100102 mismatch of name, account, amount or time"),
  BANK_ALREADY_FROZEN(MESSAGE, Driver.STOP_ORDERS, "账户已被冻结", "100102 account already frozen"),
  BANK_HAS_IT(
      MESSAGE,
      Driver.STOP_ORDERS,
      "重复报送或技术故障",
      "200003 already there, or a technical failure: no answer in substance"),
  BANK_STOPPED(MESSAGE, Driver.STOP_ORDERS, "止付成功", "100102 ok, balance > 0"),
  BANK_STOPPED_ZERO(MESSAGE, Driver.STOP_ORDERS, "止付成功、余额为零", "100102 ok, balance = 0"),
  RETRY_DUE(TIMER, Driver.STOP_ORDERS, "未获反馈", "no answer"),
  TRIES_SPENT(TIMER, Driver.STOP_ORDERS, "多次未获反馈", "no answer to the last try"),
  EXTENSION_SENT(
      PERSON, Driver.STOP_ORDERS, "民警签发延期", "officer extends: the second order is sent (100105)"),
  EXTENSION_UNANSWERED(
      TIMER, Driver.STOP_ORDERS, "延期多次未获反馈", "no answer to the extension's last try"),
  STOP_EXTENDED(MESSAGE, Driver.STOP_ORDERS, "延期生效", "the second stop on the account took effect"),
  FREEZE_SENT(FOLLOWS, Driver.RECOVERY, "冻结已发", "freeze approved and sent (100201)"),
  FREEZE_TOOK_EFFECT(MESSAGE, Driver.RECOVERY, "冻结生效", "100202 ok"),
  FREEZE_REFUSED(MESSAGE, Driver.RECOVERY, "冻结未成", "100202 refused or late"),
  RELEASE_DECIDED(
      PERSON,
      Driver.STOP_ORDERS,
      "民警决定解除",
      "officer releases: not involved, appeal upheld, case not filed"),
  TERM_ENDED(TIMER, Driver.STOP_ORDERS, "止付期满", "48 h from the bank's start time are over"),
  ANSWER_LATE(TIMER, Driver.RECOVERY, "逾时未答", "no answer after 1, 3, 5 minutes"),
  END_NEAR(TIMER, Driver.RECOVERY, "即将期满", "12, 4, 1 h before the end"),
  RELEASE_FELL_DUE(
      MESSAGE,
      Driver.RECOVERY,
      "应予解除",
      "the law makes its release due: case not filed or withdrawn, appeal upheld, not involved");

  /** Which job brings an event about. */
  public enum Driver {
    STOP_ORDERS,
    RECOVERY
  }

  private final Trigger trigger;
  private final Driver driver;
  private final Words words;

  OrderEvent(Trigger trigger, Driver driver, String chinese, String english) {
    this.trigger = trigger;
    this.driver = driver;
    this.words = new Words(chinese, english);
  }

  @Override
  public Trigger trigger() {
    return trigger;
  }

  /** Which job brings it about. */
  public Driver driver() {
    return driver;
  }

  @Override
  public Words words() {
    return words;
  }
}
