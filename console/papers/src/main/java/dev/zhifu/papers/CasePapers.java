package dev.zhifu.papers;

import static dev.zhifu.papers.PaperPage.DAY;
import static dev.zhifu.papers.PaperPage.MINUTE;
import static dev.zhifu.papers.PaperPage.cell;
import static dev.zhifu.papers.PaperPage.escape;
import static dev.zhifu.papers.PaperPage.line;
import static dev.zhifu.papers.PaperPage.paragraph;
import static dev.zhifu.papers.PaperPage.row;

import dev.zhifu.papers.HandOverFile.Measure;
import dev.zhifu.papers.HandOverFile.Refund;
import dev.zhifu.papers.HandOverFile.Rest;
import dev.zhifu.papers.HandOverFile.Victim;
import dev.zhifu.papers.RefundFile.Account;
import java.time.Instant;
import java.util.List;

/**
 * Papers about a case as a whole: what goes along when it is handed to another body, and what a
 * holder is told whose appeal was not upheld. Their titles are our own; no form of the law is
 * claimed.
 */
public final class CasePapers {
  private static final String BLANK = "　　　　　　";
  private static final String NOTHING = "无";

  private CasePapers() {}

  /** The list that goes along with a case. */
  public static String of(HandOverFile file) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.to())).append("：</p>");
    paragraph(
        body,
        "根据《公安机关办理刑事案件程序规定》第一百七十五条，本案移送你单位管辖（"
            + DAY.format(file.decidedAt())
            + "决定）。移送前采取的紧急措施继续有效，各项期限自开户银行所载起始时间连续计算，不因移送重新计算。"
            + "自你单位确认收到时起，后续止付、冻结、解除和返还由你单位决定；在此之前由本单位负责各项期限。"
            + "移送后本单位不再新设措施；对已有措施的申诉和解除，本单位仍予办理，并即告知你单位。");
    victims(body, file.victims());
    measures(body, file.measures());
    money(body, file.money());
    refunds(body, file.refunds());
    if (file.more()) {
      paragraph(body, "本案账户较多，本清单未全部列出，其余见本案电子卷宗。");
    }
    PaperPage.sign(body, file.unit(), file.officers(), file.at());
    body.append("<p class=\"plain\">── 接 收 回 执 ──</p><table>");
    row(
        body,
        "接收单位（印章）",
        file.receivedAt() == null ? "" : file.to(),
        "确认收到时间",
        file.receivedAt() == null ? "　　年　月　日　时　分" : MINUTE.format(file.receivedAt()));
    row(body, "接收人、电话", "", "接收人签名", BLANK);
    body.append("</table>");
    return PaperPage.page("案件移送清单", "案件编号：" + file.caseNumber(), body.toString(), true, file.at());
  }

  private static void victims(StringBuilder body, List<Victim> victims) {
    head(body, "一、报案人", victims.isEmpty(), "报案人", "报案编号", "报案时间", "所称损失（元）");
    for (Victim one : victims) {
      body.append("<tr>");
      cell(body, "", one.name());
      cell(body, "", one.report());
      cell(body, "when", when(one.reportedAt()));
      cell(body, "money", sum(one.lossFen()));
      body.append("</tr>");
    }
    end(body, victims.isEmpty());
  }

  private static void measures(StringBuilder body, List<Measure> measures) {
    head(
        body,
        "二、生效中和办理中的措施",
        measures.isEmpty(),
        "措施",
        "编号",
        "户名、账号、开户银行",
        "状态",
        "金额（元）",
        "银行所载起始时间",
        "期限至",
        "说明");
    for (Measure one : measures) {
      body.append("<tr>");
      cell(body, "", one.kind());
      cell(body, "", one.number());
      cell(body, "", words(one.account()));
      cell(body, "", one.state());
      cell(body, "money", sum(one.fen()));
      cell(body, "when", when(one.from()));
      cell(body, "when", when(one.until()));
      cell(body, "", one.note());
      body.append("</tr>");
    }
    end(body, measures.isEmpty());
  }

  private static void money(StringBuilder body, List<Rest> money) {
    head(body, "三、按流水追踪尚在账户的涉案资金", money.isEmpty(), "户名、账号、开户银行", "层级", "至少（元）", "至多（元）");
    for (Rest one : money) {
      body.append("<tr>");
      cell(body, "", words(one.account()));
      cell(body, "", Integer.toString(one.level()));
      cell(body, "money", Yuan.figures(one.lowFen()));
      cell(body, "money", Yuan.figures(one.highFen()));
      body.append("</tr>");
    }
    end(body, money.isEmpty());
  }

  private static void refunds(StringBuilder body, List<Refund> refunds) {
    head(body, "四、未办结的资金返还", refunds.isEmpty(), "编号", "状态", "金额（元）");
    for (Refund one : refunds) {
      body.append("<tr>");
      cell(body, "", one.number());
      cell(body, "", one.state());
      cell(body, "money", one.fen() == 0 ? "—" : Yuan.figures(one.fen()));
      body.append("</tr>");
    }
    end(body, refunds.isEmpty());
  }

  private static void head(StringBuilder body, String title, boolean empty, String... heads) {
    body.append("<p class=\"plain\">")
        .append(title)
        .append(empty ? "：" + NOTHING : "")
        .append("</p>");
    if (empty) {
      return;
    }
    body.append("<table><thead><tr>");
    for (String one : heads) {
      body.append("<th>").append(one).append("</th>");
    }
    body.append("</tr></thead><tbody>");
  }

  private static void end(StringBuilder body, boolean empty) {
    if (!empty) {
      body.append("</tbody></table>");
    }
  }

  private static String words(Account account) {
    return account.name() + "　" + account.number() + "　" + account.bank();
  }

  private static String sum(long fen) {
    return fen < 0 ? "—" : Yuan.figures(fen);
  }

  private static String when(Instant at) {
    return at == null ? "—" : MINUTE.format(at);
  }

  /** What a holder is told whose appeal was not upheld. */
  public static String of(RejectionFile file) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.holder())).append("：</p>");
    paragraph(
        body,
        "你（单位）于"
            + DAY.format(file.submittedAt())
            + "就下列账户的"
            + file.measure().words()
            + "提出的申诉，经核查，不予支持，现告知如下：");
    body.append("<table>");
    row(body, "账号", file.target().number(), "开户银行", file.target().bank());
    row(body, "措施", file.measure().words(), "措施编号", file.measureNumber());
    line(body, "申诉内容", file.statement());
    line(body, "核查的证据类别", file.evidence().isEmpty() ? NOTHING : String.join("、", file.evidence()));
    line(body, "不予支持的理由", file.reasons());
    row(body, "决定人", file.decidedBy(), "决定时间", MINUTE.format(file.decidedAt()));
    body.append("</table>");
    paragraph(body, file.measure().open());
    paragraph(
        body,
        "有新的事实、证据或者材料的，可以再次向本单位提出申诉，并附材料。" + (file.next().isEmpty() ? "" : "另请注意：" + file.next()));
    PaperPage.sign(body, file.unit(), file.officers(), file.decidedAt());
    body.append("<table>");
    row(body, "被告知人签名", BLANK + BLANK, "收到时间", "　　年　月　日　时　分");
    row(body, "告知人签名", BLANK + BLANK, "告知方式", "□ 当面　□ 邮寄　□ 银行转交");
    body.append("</table>");
    return PaperPage.page("申诉处理结果告知书", "申诉编号：" + file.number(), body.toString(), false, file.at());
  }
}
