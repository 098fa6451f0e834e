package dev.zhifu.rules.lives;

/**
 * Where a rule stands. What was not read in a text of the law, or is our own default, says so: it
 * is never shown as law.
 */
public enum Clause {
  N86("银发〔2016〕86号 第二条（一）2", Basis.QUOTED),
  FRAUD_18("反电信网络诈骗法 第18条第3款", Basis.READ),
  FRAUD_20("反电信网络诈骗法 第20条", Basis.READ),
  FRAUD_32("反电信网络诈骗法 第32条第3款", Basis.READ),
  FRAUD_34("反电信网络诈骗法 第34条", Basis.READ),
  CPL_105("刑事诉讼法 第105条", Basis.READ),
  CPL_145("刑事诉讼法 第145条", Basis.READ),
  CPL_245("刑事诉讼法 第245条", Basis.READ),
  PROCEDURE_171("公安机关办理刑事案件程序规定 第171条", Basis.QUOTED),
  PROCEDURE_174("公安机关办理刑事案件程序规定 第174条", Basis.READ),
  PROCEDURE_175("公安机关办理刑事案件程序规定 第175条", Basis.READ),
  PROCEDURE_178("公安机关办理刑事案件程序规定 第178条", Basis.READ),
  PROCEDURE_187("公安机关办理刑事案件程序规定 第187条", Basis.QUOTED),
  PROCEDURE_234("公安机关办理刑事案件程序规定 第234条", Basis.READ),
  PROCEDURE_237("公安机关办理刑事案件程序规定 第237条", Basis.READ),
  PROCEDURE_239("公安机关办理刑事案件程序规定 第239条", Basis.READ),
  PROCEDURE_240("公安机关办理刑事案件程序规定 第240条", Basis.READ),
  PROCEDURE_241("公安机关办理刑事案件程序规定 第241条", Basis.READ),
  PROCEDURE_242("公安机关办理刑事案件程序规定 第242条", Basis.READ),
  PROCEDURE_243("公安机关办理刑事案件程序规定 第243条", Basis.READ),
  PROCEDURE_247("公安机关办理刑事案件程序规定 第247条", Basis.READ),
  N22_2("公通字〔2024〕22号 第二条", Basis.QUOTED),
  N22_4("公通字〔2024〕22号 第四条", Basis.QUOTED),
  N22("公通字〔2024〕22号（据摘要，条号未核）", Basis.QUOTED),
  GOOD_FAITH("诈骗刑事案件解释（2011）第10条", Basis.READ),
  RESERVE("非银行支付机构监督管理条例 第29条", Basis.READ),
  REFUND_5("电信网络新型违法犯罪案件冻结资金返还若干规定 第五条", Basis.QUOTED),
  REFUND_8("电信网络新型违法犯罪案件冻结资金返还若干规定 第八条", Basis.QUOTED),
  REFUND_12("电信网络新型违法犯罪案件冻结资金返还若干规定 第十二条", Basis.QUOTED),
  REFUND_SERVICE("冻结资金返还若干规定（据转述，条号未核）：两名以上民警持证送达", Basis.QUOTED),
  FRAUD_CASES_9("诈骗刑事案件解释（2011）第9条", Basis.READ),
  PLATFORM_2016("公安部平台 2016 年通报：受案民警 30 分钟内录入", Basis.QUOTED),
  AML_34("反洗钱法（2024）第34条", Basis.READ),
  AML_39("反洗钱法（2024）第39条", Basis.READ),
  OWN("本系统自设规则，非法律规定", Basis.OWN);

  /** How far a clause can be relied on. */
  public enum Basis {
    /** The text of the law or regulation was read. */
    READ("text read"),
    /** Quoted by other pages; the text itself was not read. */
    QUOTED("as quoted by others, text not read"),
    /** Our own default. */
    OWN("our own rule, not law");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private final String text;
  private final Basis basis;

  Clause(String text, Basis basis) {
    this.text = text;
    this.basis = basis;
  }

  /** The clause as a lawyer cites it. */
  public String text() {
    return text;
  }

  /** How far it can be relied on. */
  public Basis basis() {
    return basis;
  }

  /** The clause, and how far it can be relied on unless its text was read. */
  public String cited() {
    return basis == Basis.READ ? text : text + " (" + basis.words() + ")";
  }
}
