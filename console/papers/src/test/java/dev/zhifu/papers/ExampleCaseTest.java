package dev.zhifu.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.papers.RefundFile.Victim;
import dev.zhifu.rules.money.refund.RefundClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The papers of the example case in docs/examples are what the code makes; {@code
 * -Ddocs.write=true} writes them, the PDFs too.
 */
class ExampleCaseTest {
  private static final Path FOLDER = Path.of("..", "..", "docs", "examples", "refund");

  private final RefundFile file = new ExampleCase().file();

  @Test
  void thePagesOfTheExampleAreWhatTheCodeMakes() throws Exception {
    Map<String, String> pages = RefundPapers.of(file);
    assertThat(pages.keySet())
        .contains("flow-table", "application-1", "report", "decision", "notice", "regulator");
    compare(FOLDER, pages);
    compare(
        FOLDER.resolveSibling("case"),
        Map.of(
            "hand-over",
            CasePapers.of(new ExampleCase().handOver(file)),
            "rejection",
            CasePapers.of(new ExampleCase().rejection(file))));
  }

  private static void compare(Path folder, Map<String, String> pages) throws Exception {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path html = folder.resolve(page.getKey() + ".html");
      if (Boolean.getBoolean("docs.write")) {
        Files.createDirectories(folder);
        Files.writeString(html, page.getValue());
        Files.write(folder.resolve(page.getKey() + ".pdf"), pdf(page.getValue()));
      }
      assertThat(page.getValue())
          .as(
              "%s; renew it with mvn -pl console/papers -am package -Dtest=ExampleCaseTest"
                  + " -Ddocs.write=true",
              html)
          .isEqualTo(Files.readString(html));
      assertThat(wellFormed(page.getValue())).isTrue();
    }
  }

  @Test
  void whatGoesAlongWithACaseNamesEachMeasureWithTheBanksTimesAndIsPdfToo() throws IOException {
    HandOverFile over = new ExampleCase().handOver(file);
    String text = text(CasePapers.of(over));
    assertThat(text)
        .contains("案件移送清单", over.to(), "第一百七十五条", "不因移送重新计算", "接收回执")
        .contains(file.frozen().name(), "第1次止付");
    for (Victim victim : file.victims()) {
      assertThat(text).contains(victim.name(), Yuan.figures(victim.lossFen()));
    }
    HandOverFile empty =
        new HandOverFile(
            "1",
            "甲",
            "乙",
            over.at(),
            over.at(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            over.officers(),
            true,
            over.at());
    assertThat(text(CasePapers.of(empty))).contains("二、生效中和办理中的措施：无", "未全部列出");
  }

  @ParameterizedTest
  @EnumSource(RejectionFile.Measure.class)
  void aRejectedAppealSaysReasonsKindsOfEvidenceAndWhatTheLawLeavesOpen(
      RejectionFile.Measure measure) throws Exception {
    RejectionFile told = new ExampleCase().rejection(file, measure);
    String page = CasePapers.of(told);
    assertThat(wellFormed(page)).isTrue();
    assertThat(page)
        .contains(told.reasons(), told.decidedBy(), measure.words(), "资金流向追踪 1 份")
        .contains("可以再次向本单位提出申诉");
    switch (measure) {
      case STOP_ORDER, VICTIM_HOLD -> assertThat(page).contains("第四十八条", "复议或者提起诉讼");
      case RISK_HOLD -> assertThat(page).contains("第三十二条第三款").doesNotContain("第四十八条");
      case FREEZE -> assertThat(page).contains("第一百一十七条", "第一百九十六条", "检察院").doesNotContain("第四十八条");
    }
  }

  @Test
  void theRegulatorHearsWhatTheBankOwesSinceWhenAndOfNoVictim() {
    String told = RefundPapers.of(file).get("regulator");
    assertThat(told)
        .contains("第十二条", "三个工作日", file.frozen().bank(), Yuan.figures(file.refundFen()));
    for (Victim victim : file.victims()) {
      assertThat(told).doesNotContain(victim.name(), victim.account().number(), victim.idNumber());
    }
    assertThat(RefundPapers.of(with(RefundClass.SINGLE, null))).doesNotContainKey("regulator");
  }

  private static String text(String page) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(page))) {
      return new PDFTextStripper().getText(document).replaceAll("\\s", "");
    }
  }

  @Test
  void theDecisionAsPdfHoldsItsLettersAndSums() throws IOException {
    String decision = RefundPapers.of(file).get("decision");
    try (PDDocument document = Loader.loadPDF(pdf(decision))) {
      String text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
      assertThat(text).contains("返还决定书", Yuan.figures(file.refundFen()), "刑事诉讼法");
      for (Victim victim : file.victims()) {
        assertThat(text).contains(victim.name(), Yuan.figures(victim.refundFen()));
      }
      int embedded = 0;
      for (COSName name : document.getPage(0).getResources().getFontNames()) {
        PDFont font = document.getPage(0).getResources().getFont(name);
        embedded += font.isEmbedded() ? 1 : 0;
        // What every reader has need not lie in the file.
        assertThat(font.isEmbedded() || Standard14Fonts.containsName(font.getName())).isTrue();
      }
      assertThat(embedded).isPositive();
    }
  }

  @Test
  void thePublicNoticeNamesNobodyAndItsDatesStandInTheDecision() {
    Map<String, String> pages = RefundPapers.of(file);
    String notice = pages.get("public-notice");
    assertThat(notice).contains("公告期三十日", "异议", "尚未报案");
    assertThat(notice).doesNotContain(file.frozen().number(), file.frozen().name());
    for (Victim victim : file.victims()) {
      assertThat(notice)
          .doesNotContain(victim.name(), victim.account().number(), victim.idNumber());
    }
    assertThat(pages.get("decision")).contains("公告三十日，无未审查的异议。");

    RefundFile before = with(RefundClass.PRORATA, null);
    assertThat(RefundPapers.of(before).get("public-notice")).contains("自本公告张贴之次日起计算");
    assertThat(RefundPapers.of(before).get("decision")).doesNotContain("公告三十日");
    assertThat(RefundPapers.of(with(RefundClass.SINGLE, null))).doesNotContainKey("public-notice");
    RefundFile objected =
        with(RefundClass.PRORATA, new RefundFile.Notice(file.decidedAt(), file.decidedAt(), 2));
    assertThat(RefundPapers.of(objected).get("decision")).contains("尚有异议2件未审查");
  }

  @Test
  void everyVictimIsToldSumReasonsAndRemedyAndNothingOfTheOthers() {
    Map<String, String> pages = RefundPapers.of(file);
    for (int i = 0; i < file.victims().size(); i++) {
      Victim victim = file.victims().get(i);
      String told = pages.get("result-" + (i + 1));
      assertThat(told)
          .contains(victim.name(), Yuan.figures(victim.refundFen()), victim.why())
          .contains("第一百一十七条", "检察院");
      for (Victim other : file.victims()) {
        if (!other.name().equals(victim.name())) {
          assertThat(told).doesNotContain(other.name());
        }
      }
    }
  }

  /** The example with every victim refunded that way. */
  private RefundFile with(RefundClass way, RefundFile.Notice notice) {
    return new RefundFile(
        file.caseNumber(),
        "某案",
        file.unit(),
        file.officers(),
        file.frozen(),
        file.frozenFen(),
        file.frozenAt(),
        file.freezeNumber(),
        file.victims().stream()
            .map(
                one ->
                    new Victim(
                        one.name(),
                        one.sex(),
                        one.idNumber(),
                        one.address(),
                        one.phone(),
                        one.account(),
                        one.lossFen(),
                        one.tracedFen(),
                        one.compensationFen(),
                        way,
                        one.why(),
                        one.refundFen(),
                        one.referral()))
            .toList(),
        file.flows(),
        file.ratioMode(),
        file.residueFen(),
        file.decidedAt(),
        notice,
        null);
  }

  @Test
  void refundsStayWithinWhatIsFrozenAndLost() {
    assertThat(file.refundFen() + file.residueFen()).isEqualTo(file.frozenFen());
    for (Victim victim : file.victims()) {
      assertThat(victim.refundFen() + victim.compensationFen())
          .isLessThanOrEqualTo(victim.lossFen());
    }
  }

  @Test
  void aFontThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> PaperPdf.font(Path.of("no.ttf"))).hasMessageContaining("no.ttf");
  }

  @Test
  void sumsAreWrittenInCapitals() {
    assertThat(Yuan.capitals(1_234_560)).isEqualTo("壹万贰仟叁佰肆拾伍元陆角整");
    assertThat(Yuan.capitals(10_000_500)).isEqualTo("壹拾万零伍元整");
    assertThat(Yuan.capitals(10_003)).isEqualTo("壹佰元零叁分");
    assertThat(Yuan.capitals(1_000_000_000_100L)).isEqualTo("壹佰亿零壹元整");
    assertThat(Yuan.capitals(101_000_000)).isEqualTo("壹佰零壹万元整");
    assertThat(Yuan.capitals(5)).isEqualTo("伍分");
    assertThat(Yuan.capitals(0)).isEqualTo("零元整");
  }

  /** Whether a page is XML as it stands; what is not is thrown with its place. */
  static boolean wellFormed(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
        != null;
  }

  static byte[] pdf(String page) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PaperPdf.write(page, PaperPdf.font(null), out);
    return out.toByteArray();
  }
}
