package dev.zhifu.papers;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import java.time.Instant;
import java.util.List;

/**
 * What a holder is told whose appeal was not upheld. The evidence is named by its kinds alone: what
 * it says belongs to the investigation.
 *
 * @param number id of the appeal
 * @param unit unit that decided
 * @param holder who appealed
 * @param target the account, its bank by name
 * @param measure what the appeal was against
 * @param measureNumber its number
 * @param statement what the holder said
 * @param submittedAt when
 * @param evidence kinds of evidence that were looked at, each with how many
 * @param decidedBy who decided the appeal
 * @param decidedAt when
 * @param reasons why it was not upheld
 * @param next what the deciding officer wrote about what is left to do; may be empty
 * @param officers who tell the holder
 * @param at when the paper was made
 */
public record RejectionFile(
    String number,
    String unit,
    String holder,
    Account target,
    Measure measure,
    String measureNumber,
    String statement,
    Instant submittedAt,
    List<String> evidence,
    String decidedBy,
    Instant decidedAt,
    String reasons,
    String next,
    List<Officer> officers,
    Instant at) {

  /**
   * What a holder can appeal against, and what the law leaves open after a rejection. Only clauses
   * whose text was read are named; terms and courts are not, since no text that was read states
   * them.
   */
  public enum Measure {
    /** A stop: decided by police under the anti-fraud law. */
    STOP_ORDER("紧急止付", Open.REVIEW),
    /** A victim hold, likewise. */
    VICTIM_HOLD("保护性止付", Open.REVIEW),
    /** A risk hold: the bank's own. */
    RISK_HOLD("银行风险管控措施", Open.BANK),
    /** A freeze: a step of criminal procedure. */
    FREEZE("冻结", Open.PROSECUTOR);

    private final String words;
    private final String open;

    Measure(String words, String open) {
      this.words = words;
      this.open = open;
    }

    /** What it is called. */
    public String words() {
      return words;
    }

    /** What the law leaves open, in a sentence. */
    String open() {
      return open;
    }

    private static final class Open {
      static final String REVIEW = "对依照《中华人民共和国反电信网络诈骗法》作出的上述措施决定不服的，可以依照该法第四十八条申请复议或者提起诉讼。";
      static final String BANK =
          "上述措施由开户银行依照《中华人民共和国反电信网络诈骗法》第十八条第三款采取，期满自动结束；可以依照该法第三十二条第三款向开户银行提出申诉。";
      static final String PROSECUTOR =
          "认为应当解除冻结而不解除，或者超出范围冻结的，有权依照《中华人民共和国刑事诉讼法》第一百一十七条、《公安机关办理刑事案件程序规定》第一百九十六条"
              + "向本单位申诉或者控告，对处理不服的，可以向同级人民检察院申诉。";

      private Open() {}
    }
  }
}
