package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a paper to an institution about one measure says. Names and numbers are clear text: whoever
 * makes it has opened them for this case (docs/identity.md).
 *
 * @param kind what is asked
 * @param number applicationID
 * @param caseNumber number of the case
 * @param unit unit that asks
 * @param target the account, its bank by name
 * @param dutyPhone of the bank's duty desk; empty when not listed
 * @param facts what else the institution needs, head by head, in the order of printing
 * @param officers at least two, who serve it
 * @param at when it was made
 */
public record MeasureFile(
    Kind kind,
    String number,
    String caseNumber,
    String unit,
    Account target,
    String dutyPhone,
    Map<String, String> facts,
    List<Officer> officers,
    Instant at) {

  /** What a paper asks of an institution. */
  public enum Kind {
    /** A stop (100101). */
    STOP(
        "紧急止付通知书",
        "请你单位立即对上列账户紧急止付（只收不付），期限自止付时点起四十八小时（银发〔2016〕86号）。未办理的，请即电话告知原因。",
        List.of("止付成功", "止付成功、余额为零", "户名不符", "账号不符", "金额不符", "时间不符", "查无此户", "账户已被冻结", "退回"),
        "止付前余额"),
    /** Late paperwork for a stop that the bank has made itself (100101, types 04 and 05). */
    STOP_LATE(
        "紧急止付通知书（补办手续）",
        "你单位已自行对上列账户止付，现补办紧急止付手续。请确认止付时点和止付前余额，期限自该时点起四十八小时（银发〔2016〕86号）。已不在止付中的，请立即止付并告知时间；未办理的，请即电话告知原因。",
        List.of("止付成功", "止付成功、余额为零", "户名不符", "账号不符", "金额不符", "时间不符", "查无此户", "账户已被冻结", "退回"),
        "止付前余额"),
    /** The second stop while the first is in force (100105). */
    STOP_EXTENSION(
        "紧急止付延期通知书",
        "上列账户正在紧急止付中。请你单位在本次止付期满前再次止付（只收不付），期限自新的止付时点起四十八小时（银发〔2016〕86号，同一账户以两次为限）。未办理的，请即电话告知原因。",
        List.of("延期成功", "户名不符", "账号不符", "金额不符", "时间不符", "查无此户", "账户已被冻结", "退回"),
        ""),
    /** A released stop is to be lifted (100103). */
    STOP_LIFT("解除紧急止付通知书", "上列账户的紧急止付已决定解除，请你单位立即解除并告知时间。", List.of("已解除"), ""),
    /** A freeze (100201). */
    FREEZE(
        "协助冻结财产通知书",
        "根据《中华人民共和国刑事诉讼法》第一百四十四条、《公安机关办理刑事案件程序规定》第二百三十九条，请协助冻结上列财产。冻结期限届满前未办理续行冻结手续的，视为自动解除冻结（程序规定第二百四十条）。",
        List.of("冻结成功", "已被冻结，轮候", "冻结未成"),
        "冻结金额"),
    /** A freeze goes on (100205). */
    FREEZE_RENEWAL(
        "协助冻结财产通知书（续行冻结）",
        "根据《公安机关办理刑事案件程序规定》第二百四十条，请在原冻结期限届满前对上列财产续行冻结。",
        List.of("续冻成功", "续冻未成"),
        "冻结金额"),
    /** A freeze ends (100203). */
    FREEZE_LIFT("协助解除冻结财产通知书", "根据《公安机关办理刑事案件程序规定》第二百四十一条，请协助解除对上列财产的冻结。", List.of("已解除"), "解除金额"),
    /** A part of a freeze ends (100203 on paper: the message names no sum). */
    FREEZE_LIFT_PART(
        "协助解除冻结财产通知书（部分解除）",
        "根据《公安机关办理刑事案件程序规定》第二百四十一条、第二百四十七条，请协助解除对上列财产中下列解除金额的冻结，其余财产继续冻结，冻结期限不变。",
        List.of("多冻部分已解除"),
        "解除金额"),
    /** A victim hold; our own measure, no form of the law. */
    HOLD(
        "保护性止付协助函",
        "上列账户属疑似被害人本人。为防止继续受骗，请你单位协助只收不付。户主要求了解原因或者解除的，请告知本单位电话。",
        List.of("已采取", "未采取"),
        ""),
    /** One payment in hardship is let through. */
    HOLD_PAYMENT("保护性止付期间放行协助函", "上列账户在保护性止付期间，请你单位放行下列生活急需支付一笔。", List.of("已放行", "未放行"), ""),
    /** A victim hold ends. */
    HOLD_LIFT("解除保护性止付协助函", "上列账户的保护性止付已决定解除，请你单位立即解除。", List.of("已解除"), "");

    private final String title;
    private final String asks;
    private final List<String> answers;
    private final String sum;

    Kind(String title, String asks, List<String> answers, String sum) {
      this.title = title;
      this.asks = asks;
      this.answers = answers;
      this.sum = sum;
    }

    /** Its title. */
    public String title() {
      return title;
    }

    /** What it asks, in a sentence. */
    String asks() {
      return asks;
    }

    /** What the institution can tick. */
    List<String> answers() {
      return answers;
    }

    /** Which sum the institution names; empty for none. */
    String sum() {
      return sum;
    }
  }
}
