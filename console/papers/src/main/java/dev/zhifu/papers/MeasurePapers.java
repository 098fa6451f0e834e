package dev.zhifu.papers;

import static dev.zhifu.papers.PaperPage.MINUTE;
import static dev.zhifu.papers.PaperPage.escape;
import static dev.zhifu.papers.PaperPage.line;
import static dev.zhifu.papers.PaperPage.paragraph;
import static dev.zhifu.papers.PaperPage.row;

import dev.zhifu.papers.RefundFile.Officer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Papers about one measure: to the institution with the receipt that it fills in, and to the holder
 * of the account. Titles are those of the procedure's notices where it names them; the others are
 * our own.
 */
public final class MeasurePapers {
  private static final String ACT_TITLE = "民警操作书面记录";
  private static final String BLANK = "　　　　　　";

  private MeasurePapers() {}

  /** The paper to the institution, its receipt below. */
  public static String of(MeasureFile file) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.target().bank())).append("：</p>");
    body.append("<table>");
    line(body, "申请编号", file.number());
    row(body, "户名", file.target().name(), "账号", file.target().number());
    file.facts().forEach((head, text) -> line(body, escape(head), text));
    body.append("</table>");
    paragraph(body, file.kind().asks());
    paragraph(
        body,
        "送达民警："
            + file.officers().stream().map(MeasurePapers::named).collect(Collectors.joining("、"))
            + "，请核对人民警察证。"
            + (file.dutyPhone().isEmpty() ? "" : "你单位值班电话：" + file.dutyPhone() + "。"));
    PaperPage.sign(body, file.unit(), file.officers(), file.at());
    receipt(body, file);
    return PaperPage.page(
        file.kind().title(), "案件编号：" + file.caseNumber(), body.toString(), false, file.at());
  }

  private static String named(Officer officer) {
    return officer.name() + "（警号" + officer.policeId() + "）";
  }

  private static void receipt(StringBuilder body, MeasureFile file) {
    body.append("<p class=\"plain\">── 回　执 ──</p><table>");
    line(
        body,
        "办理结果",
        file.kind().answers().stream()
            .map(answer -> "□ " + answer)
            .collect(Collectors.joining("　")));
    row(body, "办理时间", "　　年　月　日　时　分　秒", "期限至", "　　年　月　日　时　分");
    if (!file.kind().sum().isEmpty()) {
      row(body, file.kind().sum() + "（元）", "", "答复编号", "");
    }
    row(body, "经办人、电话", "", "收件时间", "　　年　月　日　时　分");
    line(body, "未办理的原因", BLANK);
    body.append("</table>");
    body.append("<div class=\"sign\">").append(escape(file.target().bank())).append("（印章）</div>");
  }

  /** The record of an act that the system has not confirmed. */
  public static String of(ActFile file) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.to())).append("：</p>");
    body.append("<table>");
    line(body, "操作编号", file.number());
    row(body, "操作", file.act(), "提出时间", MINUTE.format(file.askedAt()));
    if (file.account() != null) {
      row(body, "户名", file.account().name(), "账号", file.account().number());
      line(body, "开户银行", file.account().bank());
    }
    file.facts().forEach((head, text) -> line(body, escape(head), text));
    body.append("</table>");
    paragraph(
        body,
        "上列操作已由下列民警提出，系统未在时限内确认。请先电话告知，再以本记录办理；系统恢复后按操作编号与系统记录核对、补录，同一操作不重复办理。"
            + (file.phone().isEmpty() ? "" : "值班电话：" + file.phone() + "。"));
    PaperPage.sign(body, file.unit(), file.officers(), file.at());
    body.append("<p class=\"plain\">── 回　执 ──</p><table>");
    row(body, "接收人", "", "接收时间", "　　年　月　日　时　分");
    line(body, "办理结果", BLANK);
    row(body, "系统核对人", "", "核对时间", "　　年　月　日　时　分");
    line(body, "核对结果", "□ 系统已确认　□ 已补录　□ 不再办理");
    body.append("</table>");
    return PaperPage.page(
        ACT_TITLE, "案件编号：" + file.caseNumber(), body.toString(), false, file.at());
  }

  /** The notice to the holder of a restricted account. */
  public static String of(NoticeFile file) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.target().name())).append("：</p>");
    paragraph(
        body,
        file.inForce()
            ? "根据《中华人民共和国反电信网络诈骗法》，对你（单位）下列账户采取了限制措施，现将原因、救济渠道和需要的材料告知如下："
            : "对你（单位）下列账户采取的限制措施已经结束，现告知如下：");
    body.append("<table>");
    row(body, "账号", file.target().number(), "开户银行", file.target().bank());
    row(body, "措施", file.measure(), "原因", file.reason());
    row(
        body,
        "开始时间",
        MINUTE.format(file.from()),
        file.inForce() ? "期限至" : "结束时间",
        file.until() == null ? "—" : MINUTE.format(file.until()));
    line(body, "救济渠道", file.relief());
    line(body, "可以提交的材料", materials(file.documents()));
    body.append("</table>");
    body.append("<div class=\"sign\">").append(escape(file.unit())).append("（印章）<br/>");
    body.append(PaperPage.DAY.format(file.at())).append("</div>");
    body.append("<table>");
    row(body, "被告知人签名", BLANK + BLANK, "收到时间", "　　年　月　日　时　分");
    row(body, "告知人签名", BLANK + BLANK, "告知方式", "□ 当面　□ 邮寄　□ 银行转交");
    body.append("</table>");
    return PaperPage.page(
        file.inForce() ? "限制措施告知书" : "限制措施结束告知书",
        "编号：" + file.number(),
        body.toString(),
        false,
        file.at());
  }

  private static String materials(List<String> documents) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < documents.size(); i++) {
      text.append(i + 1).append("．").append(documents.get(i)).append("　");
    }
    return text.toString();
  }
}
