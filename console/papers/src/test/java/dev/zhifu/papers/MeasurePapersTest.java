package dev.zhifu.papers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.papers.MeasureFile.Kind;
import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurePapersTest {
  private static final Instant AT = Instant.parse("2026-03-02T18:10:00Z");
  private static final Account ACCOUNT = new Account("赵 & <强>", "6217020000000012345", "高原银行");

  private static MeasureFile file(Kind kind) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("冻结金额", "186,000.00元");
    facts.put("期限", "6个月");
    return new MeasureFile(
        kind,
        "A-36",
        "鄂公（刑）立字〔2026〕7号",
        "市反诈中心",
        ACCOUNT,
        "0477-000001",
        facts,
        List.of(new Officer("李", "015001"), new Officer("陈", "015004")),
        AT);
  }

  private static NoticeFile notice(boolean inForce) {
    return new NoticeFile(
        "N-1",
        "市反诈中心",
        ACCOUNT,
        "冻结",
        "报案涉案资金流入",
        AT,
        AT.plusSeconds(172_800),
        "向决定机关或开户银行申诉",
        List.of("身份证件", "资金来源说明"),
        inForce,
        AT);
  }

  private static String text(String page) throws Exception {
    try (PDDocument document = Loader.loadPDF(ExampleCaseTest.pdf(page))) {
      return new PDFTextStripper().getText(document).replaceAll("\\s", "");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachPaperNamesTheAccountWhoServesAndWhatTheInstitutionMayTick(Kind kind) throws Exception {
    String page = MeasurePapers.of(file(kind));
    assertThat(ExampleCaseTest.wellFormed(page)).isTrue();
    assertThat(page)
        .contains(kind.title(), "6217020000000012345", "赵 &amp; &lt;强&gt;", "警号015004")
        .contains("A-36", "高原银行", "0477-000001", "回　执");
    kind.answers().forEach(answer -> assertThat(page).contains("□ " + answer));
  }

  @Test
  void aFreezeStatesNameNumberAmountAndTermAsPdfToo() throws Exception {
    assertThat(text(MeasurePapers.of(file(Kind.FREEZE))))
        .contains("协助冻结财产通知书", "赵&<强>", "6217020000000012345", "186,000.00元", "6个月", "第二百三十九条");
  }

  @Test
  void anActThatNothingConfirmedSaysWhatWasAskedByWhomAndHowItIsComparedLater() throws Exception {
    String page =
        MeasurePapers.of(
            new ActFile(
                "desk-7",
                "鄂公（刑）立字〔2026〕7号",
                "市反诈中心",
                "申诉 受理",
                ACCOUNT,
                "高原银行",
                "0477-000001",
                Map.of("理由", "货已发出 <单>"),
                List.of(new Officer("李", "015001"), new Officer("陈", "015004")),
                AT,
                AT));
    assertThat(ExampleCaseTest.wellFormed(page)).isTrue();
    assertThat(text(page))
        .contains("民警操作书面记录", "desk-7", "申诉受理", "赵&<强>", "货已发出<单>", "值班电话：0477-000001")
        .contains("2026-03-0302:10:00", "系统未在时限内确认", "系统已确认", "李、陈");
  }

  @Test
  void theHolderIsToldReasonReliefAndWhatToBringInTheTimeOfThePlace() throws Exception {
    String inForce = MeasurePapers.of(notice(true));
    assertThat(ExampleCaseTest.wellFormed(inForce)).isTrue();
    assertThat(text(inForce))
        .contains("限制措施告知书", "报案涉案资金流入", "向决定机关或开户银行申诉", "1．身份证件", "2．资金来源说明")
        .contains("2026-03-0302:10:00", "2026-03-0502:10:00");
    assertThat(MeasurePapers.of(notice(false))).contains("限制措施结束告知书", "结束时间");
  }
}
