package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of the desk as its pages send them; a test puts in what it is about. */
public final class Forms {
  private static final Pattern REPORT = Pattern.compile("name=\"reportId\" value=\"([^\"]+)\"");

  private Forms() {}

  /** A standing authorisation whose every limit is allowed. */
  public static Map<String, String> standing() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("rules", "REPORT V03");
    form.put("minScore", "0.9");
    form.put("maxAmount", "200,000");
    form.put("perHour", "5");
    form.put("perBankDay", "5");
    form.put("perDay", "20");
    form.put("perHourMoney", "1000000");
    form.put("perBankDayMoney", "1000000");
    form.put("perDayMoney", "1000000");
    form.put("validTo", "2026-03-20");
    return form;
  }

  /** The report that an intake page has begun. */
  public static String reportId(String page) {
    Matcher found = REPORT.matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group(1);
  }

  /** Scans of a report's form and of the victim's document lie there. */
  public static void scanned(DeskRig rig, String reportId) {
    for (String kind : List.of("form", "id")) {
      rig.store()
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "insert into own.attachment (attachment_id, report_id, kind, media_type,"
                          + " sha256, content) values (?, ?, ?, 'image/png', '00', '')",
                      kind + "-" + reportId,
                      reportId,
                      kind));
    }
  }

  /** A victim's report; its transfers are still to be put in. */
  public static Map<String, String> report(
      String id, String victim, String document, String payer) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("reportId", id);
    form.put("victimName", victim);
    form.put("idNumber", document);
    form.put("channel", "110");
    form.put("payerNumber", payer);
    return form;
  }

  /** A report of one transfer whose payee is known in full. */
  public static Map<String, String> report(String id) {
    Map<String, String> form = report(id, "张桂兰", "150602196203081234", "6217010000000000815");
    form.put("number0", "6217020000000004711");
    form.put("name0", "赵某");
    form.put("amount0", "186000");
    form.put("time0", "01:59:30");
    return form;
  }
}
