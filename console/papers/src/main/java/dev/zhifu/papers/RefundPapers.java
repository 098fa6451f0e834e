package dev.zhifu.papers;

import static dev.zhifu.papers.PaperPage.MINUTE;
import static dev.zhifu.papers.PaperPage.cell;
import static dev.zhifu.papers.PaperPage.escape;
import static dev.zhifu.papers.PaperPage.paragraph;
import static dev.zhifu.papers.PaperPage.row;
import static dev.zhifu.papers.PaperPage.wide;
import static dev.zhifu.papers.PaperPage.yuan;

import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Flow;
import dev.zhifu.papers.RefundFile.Victim;
import dev.zhifu.rules.money.refund.RatioMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The papers of one refund as XHTML pages that need nothing else and print on A4. Their titles and
 * fields follow the forms of the 返还若干规定 (domain.md §5.1). What no page that we read confirms stands
 * in none of them as law: who approves is left to the unit.
 */
public final class RefundPapers {
  /** Digits of an account number that a paper in public shows. */
  private static final int TAIL = 4;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日").withZone(ZoneId.of("Asia/Shanghai"));

  private final RefundFile file;

  private RefundPapers(RefundFile file) {
    this.file = file;
  }

  /**
   * All papers of a refund by file name without ending: flow-table, one application for each
   * victim, report, decision, notice, the word to each victim, for a ratio the public notice, and
   * where the bank is late the word to its regulator.
   */
  public static Map<String, String> of(RefundFile file) {
    RefundPapers papers = new RefundPapers(file);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("flow-table", papers.flowTable());
    int number = 1;
    for (Victim victim : file.victims()) {
      pages.put("application-" + number++, papers.application(victim));
    }
    pages.put("report", papers.report());
    pages.put("decision", papers.decision());
    pages.put("notice", papers.notice());
    for (int i = 0; i < file.victims().size(); i++) {
      pages.put("result-" + (i + 1), papers.result(file.victims().get(i)));
    }
    if (papers.byRatio()) {
      pages.put("public-notice", papers.publicNotice());
    }
    if (file.overdue() != null) {
      pages.put("regulator", papers.regulator());
    }
    return pages;
  }

  private String flowTable() {
    StringBuilder body = new StringBuilder();
    body.append("<table><thead><tr>");
    for (String head :
        new String[] {
          "序号", "被害人", "层级", "交易时间", "转出户名", "转出账号", "转出银行", "转入户名", "转入账号", "转入银行", "交易金额（元）",
          "其中涉案（元）", "流水号", "去向"
        }) {
      body.append("<th>").append(head).append("</th>");
    }
    body.append("</tr></thead><tbody>");
    int number = 1;
    for (Flow flow : file.flows()) {
      body.append("<tr>");
      cell(body, "", Integer.toString(number++));
      cell(body, "when", flow.victim());
      cell(body, "", flow.level() + "级");
      cell(body, "when", MINUTE.format(flow.at()));
      account(body, flow.from());
      account(body, flow.to());
      cell(body, "money", Yuan.figures(flow.fen()));
      cell(
          body,
          "money",
          flow.tracedLowFen() == flow.tracedHighFen()
              ? Yuan.figures(flow.tracedLowFen())
              : Yuan.figures(flow.tracedLowFen()) + "～" + Yuan.figures(flow.tracedHighFen()));
      cell(body, "", flow.serial());
      cell(body, "", flow.end());
      body.append("</tr>");
    }
    body.append("</tbody></table>");
    body.append(
        "<p class=\"small\">涉案金额为区间的，下限与上限分别为先进先出法与按余额比例法所得较小、较大者；同一时间且银行未给出先后顺序的，区间包含各种可能的顺序。</p>");
    return page("资金流向表", "案件编号：" + file.caseNumber(), body.toString(), true);
  }

  private static void account(StringBuilder body, Account account) {
    cell(body, "", account == null ? "—" : account.name());
    cell(body, "", account == null ? "—" : account.number());
    cell(body, "", account == null ? "—" : account.bank());
  }

  private String application(Victim victim) {
    StringBuilder body = new StringBuilder("<table>");
    row(body, "申请人姓名", victim.name(), "性别", victim.sex());
    row(body, "证件号码", victim.idNumber(), "联系电话", victim.phone());
    row(body, "住址", victim.address(), "案件编号", file.caseNumber());
    row(body, "收款户名", victim.account().name(), "收款账号", victim.account().number());
    row(body, "收款银行", victim.account().bank(), "损失金额", yuan(victim.lossFen()));
    row(body, "涉案账户", file.frozen().number(), "已获赔偿", yuan(victim.compensationFen()));
    row(body, "申请返还金额", yuan(victim.refundFen()), "救助与辅导", orDash(victim.referral()));
    wide(body, "申请人声明", "以上情况属实，如有虚假，愿承担法律责任。　　申请人（签名）：　　　　　　年　月　日");
    wide(body, "受理单位意见", "");
    wide(body, "冻结单位意见", "");
    body.append("</table>");
    return page("电信网络新型违法犯罪冻结资金返还申请表", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  private String report() {
    StringBuilder body = new StringBuilder();
    paragraph(
        body,
        file.unit()
            + "办理的"
            + file.caseName()
            + "，于"
            + MINUTE.format(file.frozenAt())
            + "依《"
            + file.freezeNumber()
            + "》冻结"
            + words(file.frozen())
            + "资金"
            + yuan(file.frozenFen())
            + "。经查，资金流向见所附《资金流向表》，被害人"
            + file.victims().size()
            + "名，拟返还金额如下：");
    amounts(body);
    paragraph(body, basis());
    paragraph(
        body,
        "返还后该账户剩余"
            + yuan(file.residueFen())
            + (file.residueFen() > 0 ? "，在原冻结期限内继续冻结；发现新的被害人的，另行办理。" : "。"));
    paragraph(body, "妥否，请批示。");
    sign(body);
    return page("呈请返还资金报告书", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  private String decision() {
    StringBuilder body = new StringBuilder();
    paragraph(
        body,
        "依据《中华人民共和国刑事诉讼法》第二百四十五条，决定将冻结于"
            + words(file.frozen())
            + "的资金"
            + yuan(file.refundFen())
            + "（人民币"
            + Yuan.capitals(file.refundFen())
            + "）返还下列被害人：");
    amounts(body);
    if (byRatio() && file.notice() != null) {
      paragraph(
          body,
          "按比例返还部分已自"
              + DAY.format(file.notice().publishedAt())
              + "至"
              + DAY.format(file.notice().endsAt())
              + "公告三十日，"
              + (file.notice().openObjections() == 0
                  ? "无未审查的异议。"
                  : "尚有异议" + file.notice().openObjections() + "件未审查，审查前不得执行。"));
    }
    sign(body);
    return page("电信网络新型违法犯罪冻结资金返还决定书", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  private String notice() {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(file.frozen().bank())).append("：</p>");
    paragraph(
        body,
        "根据本单位《返还决定书》，请协助将你行"
            + words(file.frozen())
            + "内冻结资金中的"
            + yuan(file.refundFen())
            + "划转至下列被害人账户：");
    body.append(
        "<table><thead><tr><th>收款户名</th><th>收款账号</th><th>收款银行</th><th>金额（元）</th></tr></thead><tbody>");
    for (Victim victim : file.victims()) {
      if (victim.refundFen() > 0) {
        body.append("<tr>");
        account(body, victim.account());
        cell(body, "money", Yuan.figures(victim.refundFen()));
        body.append("</tr>");
      }
    }
    body.append("</tbody></table>");
    paragraph(
        body,
        "送达民警："
            + file.officers().stream()
                .map(officer -> officer.name() + "（" + officer.policeId() + "）")
                .collect(Collectors.joining("、"))
            + "，请核对人民警察证与本通知书；能够现场办理的应当现场办理，不能现场办理的应当在三个工作日内办理完毕，并出具回执。");
    sign(body);
    return page("电信网络新型违法犯罪冻结资金协助返还通知书", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  /** What every victim is told: sum, reasons, next remedy; nothing of the other victims. */
  private String result(Victim victim) {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">").append(escape(victim.name())).append("：</p>");
    paragraph(
        body,
        "你在本单位办理的案件中损失"
            + yuan(victim.lossFen())
            + "，其中"
            + yuan(victim.tracedFen())
            + "经查转入"
            + file.frozen().bank()
            + "一涉案账户并被冻结。本单位决定返还你"
            + yuan(victim.refundFen())
            + "（人民币"
            + Yuan.capitals(victim.refundFen())
            + "）。");
    paragraph(
        body,
        "返还方式及理由："
            + victim.refundClass().words()
            + "，"
            + victim.why()
            + "。已获赔偿"
            + yuan(victim.compensationFen())
            + (victim.compensationFen() > 0 ? "，已予扣除。" : "。"));
    paragraph(
        body,
        file.residueFen() > 0
            ? "该账户剩余资金在原冻结期限内继续冻结；又查明属于你的损失的，另行办理返还。"
            : "该账户冻结的资金已全部决定返还；在其他账户又查明属于你的损失的，另行办理返还。");
    if (!victim.referral().isEmpty()) {
      paragraph(body, "救助与辅导：" + victim.referral() + "。");
    }
    paragraph(
        body,
        "对上述金额、方式有异议的，可以向本单位提出并附证据，由本单位审查答复；认为冻结应当解除而不解除的，可以依《中华人民共和国刑事诉讼法》第一百一十七条"
            + "向本单位申诉或者控告，对处理不服的，可以向同级人民检察院申诉。");
    sign(body);
    return page("冻结资金返还结果告知书", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  /**
   * What is put up for thirty days: it hangs in public, so no name and no full number of anybody.
   */
  private String publicNotice() {
    StringBuilder body = new StringBuilder();
    paragraph(
        body,
        "本单位办理的案件中，冻结于"
            + file.frozen().bank()
            + "账户（尾号"
            + tail(file.frozen().number())
            + "）的资金"
            + yuan(file.frozenFen())
            + "，有多名被害人的款项转入而不能依时间戳逐笔核实。现依《电信网络新型违法犯罪案件冻结资金返还若干规定》第八条，拟按比例返还如下：");
    body.append(
        "<table><thead><tr><th>序号</th><th>转入本账户（元）</th><th>已获赔偿（元）</th><th>拟返还（元）</th></tr></thead><tbody>");
    int number = 1;
    for (Victim victim : file.victims()) {
      if (victim.refundClass().needsNotice()) {
        body.append("<tr>");
        cell(body, "", Integer.toString(number++));
        cell(body, "money", Yuan.figures(victim.tracedFen()));
        cell(body, "money", Yuan.figures(victim.compensationFen()));
        cell(body, "money", Yuan.figures(victim.refundFen()));
        body.append("</tr>");
      }
    }
    body.append("</tbody></table>");
    paragraph(
        body,
        file.notice() == null
            ? "公告期三十日，自本公告张贴之次日起计算。"
            : "公告期三十日，自"
                + DAY.format(file.notice().publishedAt())
                + "张贴，至"
                + DAY.format(file.notice().endsAt())
                + "届满。");
    paragraph(body, "被害人和其他利害关系人对返还有异议的，可以在公告期内向本单位提出并附证据，由本单位审查；款项转入上述账户而尚未报案的，请在公告期内向本单位报案。");
    sign(body);
    return page("冻结资金返还公告", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  /** To whoever supervises the bank: it names no victim, only what the bank owes since when. */
  private String regulator() {
    StringBuilder body = new StringBuilder();
    body.append("<p class=\"plain\">＿＿＿＿＿＿（银行业监督管理机构）：</p>");
    paragraph(
        body,
        "本单位向下列银行送达《电信网络新型违法犯罪冻结资金协助返还通知书》，请其协助返还冻结资金。依《电信网络新型违法犯罪案件冻结资金返还若干规定》第十二条，"
            + "银行应当当场办理，当场不能办理的在三个工作日内办理。期限已满，本单位尚未收到办理回执，现将情况告知，请予督促。");
    body.append("<table>");
    row(body, "协助银行", file.frozen().bank(), "冻结账号", file.frozen().number());
    row(body, "冻结文书编号", file.freezeNumber(), "应返还金额", yuan(file.refundFen()));
    row(
        body,
        "银行收件时间",
        MINUTE.format(file.overdue().servedAt()),
        "办理期限至",
        MINUTE.format(file.overdue().dueAt()));
    row(body, "目前状态", file.overdue().state(), "统计时间", MINUTE.format(file.decidedAt()));
    body.append("</table>");
    sign(body);
    return page("协助返还逾期情况告知书", "案件编号：" + file.caseNumber(), body.toString(), false);
  }

  private boolean byRatio() {
    return file.victims().stream().anyMatch(victim -> victim.refundClass().needsNotice());
  }

  private static String tail(String number) {
    return number.length() <= TAIL ? number : number.substring(number.length() - TAIL);
  }

  private void amounts(StringBuilder body) {
    body.append("<table><thead><tr>");
    for (String head : new String[] {"被害人", "损失（元）", "转入本账户（元）", "已获赔偿（元）", "返还方式", "返还金额（元）"}) {
      body.append("<th>").append(head).append("</th>");
    }
    body.append("</tr></thead><tbody>");
    for (Victim victim : file.victims()) {
      body.append("<tr>");
      cell(body, "", victim.name());
      cell(body, "money", Yuan.figures(victim.lossFen()));
      cell(body, "money", Yuan.figures(victim.tracedFen()));
      cell(body, "money", Yuan.figures(victim.compensationFen()));
      cell(body, "", victim.refundClass().words() + "：" + victim.why());
      cell(body, "money", Yuan.figures(victim.refundFen()));
      body.append("</tr>");
    }
    body.append("<tr><td>合计</td><td></td><td></td><td></td><td></td>");
    cell(body, "money", Yuan.figures(file.refundFen()));
    body.append("</tr></tbody></table>");
  }

  private String basis() {
    String text = "以上依《电信网络新型违法犯罪案件冻结资金返还若干规定》第八条：能够逐笔核实流向的直接返还；多笔转入且不能依时间戳核实的按比例返还";
    if (!byRatio()) {
      return text + "。";
    }
    return text
        + "，经公告三十日，异议均已审查。比例按"
        + (file.ratioMode() == RatioMode.NORMALISED
            ? "各被害人扣除已获赔偿后的损失占全部此类损失之和计算"
            : "各被害人的损失占本案冻结总额计算")
        + "，余数按最大余数法分配至分。";
  }

  private void sign(StringBuilder body) {
    PaperPage.sign(body, file.unit(), file.officers(), file.decidedAt());
  }

  private String page(String title, String number, String body, boolean wide) {
    return PaperPage.page(title, number, body, wide, file.decidedAt());
  }

  private static String words(Account account) {
    return account.bank() + "账户（户名" + account.name() + "，账号" + account.number() + "）";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "—" : text;
  }
}
