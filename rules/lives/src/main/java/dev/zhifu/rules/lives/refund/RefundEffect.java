package dev.zhifu.rules.lives.refund;

import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.Words;

/** What a transition of a refund case makes happen besides the change of state. */
public enum RefundEffect implements LifeEffect {
  TELL_VICTIMS(false, "通知全部已知被害人", "tell every known victim"),
  START_NOTICE(true, "公告 30 日", "public notice of 30 days"),
  RECOMPUTE(false, "增列被害人，重算", "new victim joins, sums anew"),
  ALARM_NOTICE_OVER(false, "提醒：公告期满，可拟方案", "alarm: the notice is over, sums can be prepared"),
  COMPUTE_SUMS(false, "按比例规则计算，末分归最大余数", "sums by the rule, last fen by largest remainder"),
  MAKE_DECISION(false, "制作返还决定书", "make the decision (返还决定书)"),
  SEND_TO_BANK(false, "向冻结银行送达协助返还通知书", "serve the notice on the freezing bank"),
  RECALL_NOTICE(false, "向冻结银行撤回协助返还通知书", "call the notice back from the bank"),
  START_EXECUTION(
      true, "自银行收到通知书起三个工作日内办理", "3 working days to pay, from the bank's receipt of the notice"),
  END_EXECUTION(true, "执行计时结束", "execution clock ends"),
  ALARM_EXECUTION(false, "告警并报监管", "alarm, tell the regulator"),
  REDUCE_FREEZE(false, "冻结额减去返还额", "what is frozen is reduced"),
  KEEP_FROZEN(
      false,
      "余款在原冻结期内继续冻结，到期前续冻",
      "the rest stays frozen for the original term; renew before its end"),
  GIVE_REASONS(false, "告知理由与民事途径", "give reasons and the civil route");

  private final boolean clock;
  private final Words words;

  RefundEffect(boolean clock, String chinese, String english) {
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
