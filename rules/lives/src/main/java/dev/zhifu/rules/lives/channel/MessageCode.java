package dev.zhifu.rules.lives.channel;

import java.util.Arrays;
import java.util.Optional;

/** Messages between police, platform and banks, as seen in banks' public connector code. */
public enum MessageCode {
  STOP("100101", true, "100102", "止付"),
  LIFT_STOP("100103", true, "100104", "止付解除"),
  EXTEND_STOP("100105", true, "100106", "止付延期"),
  FREEZE("100201", true, "100202", "冻结"),
  LIFT_FREEZE("100203", true, "100204", "冻结解除"),
  EXTEND_FREEZE("100205", true, "100206", "冻结延期"),
  TRANSACTIONS("100301", true, "100302", "账户交易明细查询"),
  HOLDER("100303", true, "100304", "账户持卡主体查询"),
  LIVE_MOVES("100305", true, "100306", "账户动态查询"),
  END_LIVE_MOVES("100307", true, "100308", "动态查询解除"),
  ALL_ACCOUNTS("100309", true, "100310", "客户全账户查询"),
  CASE_REPORT("100401", false, "100402", "案件举报"),
  ODD_OPENING("100403", false, "", "可疑名单上报-异常开卡"),
  INVOLVED_ACCOUNT("100404", false, "", "可疑名单上报-涉案账户"),
  ODD_EVENT("100405", false, "", "可疑名单上报-异常事件"),
  LIST_CHECK("100501", false, "", "名单单要素核验"),
  LIST_CHECK_TWO("100503", false, "", "名单双要素核验");

  private final String code;
  private final boolean down;
  private final String feedback;
  private final String chinese;

  MessageCode(String code, boolean down, String feedback, String chinese) {
    this.code = code;
    this.down = down;
    this.feedback = feedback;
    this.chinese = chinese;
  }

  /** The six digits. */
  public String code() {
    return code;
  }

  /** True from police to bank, false from bank to platform. */
  public boolean down() {
    return down;
  }

  /** The message that answers it; empty when none does. */
  public String feedback() {
    return feedback;
  }

  /** Its name. */
  public String chinese() {
    return chinese;
  }

  /** The message of six digits; empty when there is none. */
  public static Optional<MessageCode> of(String code) {
    return Arrays.stream(values()).filter(message -> message.code.equals(code)).findFirst();
  }
}
