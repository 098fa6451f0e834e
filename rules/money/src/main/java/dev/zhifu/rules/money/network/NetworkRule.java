package dev.zhifu.rules.money.network;

import java.util.Optional;

/**
 * The shapes of family G as rules: what a rule file says of the others. They are found by trails
 * and not by a pattern over one key's events, and none proposes an action. Weights are our own
 * defaults (ADR-0135).
 */
public enum NetworkRule {
  /** Money comes back to where it began. */
  CYCLE(
      "G01",
      0.25,
      "资金回流",
      "Money in a circle",
      "七天内，资金经过两个以上从未有过往来的账户，又回到最初的账户。",
      "Within seven days money went through two accounts or more, each paid by the one before for the"
          + " first time, and came back to the account it had left.",
      1),
  /** One account pays several, and these pay one. */
  SCATTER_GATHER(
      "G02",
      0.25,
      "分散后归集",
      "Scattered and gathered again",
      "七天内，一个账户首次付给三个以上账户，这些账户又都首次付给本账户。",
      "Within seven days one account paid three others or more for the first time, and each of these"
          + " paid this account for the first time.",
      1),
  /** Several pay one account, and this pays several. */
  GATHER_SCATTER(
      "G03",
      0.1,
      "归集后分散",
      "Gathered and scattered",
      "十二小时内四个以上账户首次付给本账户，随后本账户又在十二小时内首次付给四个以上账户。",
      "Four accounts or more paid this one for the first time within twelve hours, and after that it"
          + " paid four others or more for the first time within twelve hours.",
      2),
  /** Account after account hands on most of what came, soon. */
  LAYERED_CHAIN(
      "G04",
      0.1,
      "层层转移",
      "Handed on from layer to layer",
      "资金一级一级首次转给下一个账户，每级停留不超过一天，转出八成以上，到本账户已有四级。",
      "Money came to this account over four transfers or more, each a first payment; every account on"
          + " the way handed on four fifths or more of it within a day.",
      1);

  private final String id;
  private final double weight;
  private final String nameZh;
  private final String nameEn;
  private final String plainZh;
  private final String plainEn;
  private final int version;

  NetworkRule(
      String id,
      double weight,
      String nameZh,
      String nameEn,
      String plainZh,
      String plainEn,
      int version) {
    this.id = id;
    this.weight = weight;
    this.nameZh = nameZh;
    this.nameEn = nameEn;
    this.plainZh = plainZh;
    this.plainEn = plainEn;
    this.version = version;
  }

  /** The shape of a rule id; empty when the rule is none of family G. */
  public static Optional<NetworkRule> of(String ruleId) {
    for (NetworkRule rule : values()) {
      if (rule.id.equals(ruleId)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Id of the rule, G01 to G04. */
  public String id() {
    return id;
  }

  /** Version: rises when the same payments would show another shape. */
  public int version() {
    return version;
  }

  /** Weight in a case score, 0 to 1. */
  public double weight() {
    return weight;
  }

  /** Name, Chinese. */
  public String nameZh() {
    return nameZh;
  }

  /** Name, English. */
  public String nameEn() {
    return nameEn;
  }

  /** What it says, Chinese, under the default settings. */
  public String plainZh() {
    return plainZh;
  }

  /** What it says, English, under the default settings. */
  public String plainEn() {
    return plainEn;
  }
}
