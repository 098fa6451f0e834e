package dev.zhifu.rules.lives.paper;

import dev.zhifu.rules.lives.Clause;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.Words;

/** What must be known before a row of {@link PaperTable} applies. */
public enum PaperFact implements LifeFact {
  ACT_VERIFIED(
      "操作签名有效，且与引擎密钥同一环境",
      "the act's signature verifies, in the engine key's environment",
      Clause.FRAUD_20,
      "sign again with a key of this environment"),
  TWO_OFFICERS(
      "由两名民警送达",
      "two different officers serve it",
      Clause.OWN,
      "name the second officer who served it"),
  RECEIPT_KEPT(
      "送达回执已存档",
      "the receipt of service is kept: a document receipt:…",
      Clause.OWN,
      "keep the receipt and name it"),
  ANSWER_FITS(
      "答复为该机构可能的答复，生效的载明起始时间",
      "the answer is one that the institution can give; what took effect names its start time",
      Clause.OWN,
      "choose an answer of the table of docs/lives.md, with the start time"),
  ANSWER_KEPT(
      "书面答复已存档",
      "the answer is kept: a document answer:…",
      Clause.OWN,
      "keep the institution's answer and name it"),
  REASON_GIVEN("已写明理由", "the reason is given", Clause.OWN, "write the reason");

  private final Words words;
  private final Clause clause;
  private final String wayOut;

  PaperFact(String chinese, String english, Clause clause, String wayOut) {
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
