package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.gateway.BankReports;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.wire.VictimReport;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;

/** Cases and own stops that banks have reported through the gateway. */
final class BankReportPages extends PageKit {
  BankReportPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    List<BankReports.Line> lines = desk.bankReports().all();
    List<String> ids = lines.stream().map(BankReports.Line::reportId).toList();
    render(
        ctx,
        "bankReports.jte",
        Map.of(
            "lines",
            lines,
            "left",
            desk.bankReports().left(ids),
            "refused",
            desk.bankReports().refused(),
            "told",
            desk.intake().told(ids),
            "within",
            desk.bankReports().within(),
            "now",
            desk.engine().tick()));
  }

  void accept(Context ctx) {
    String id = ctx.pathParam("id");
    if (desk.bankReports().find(id).filter(one -> !one.accepted()).isEmpty()) {
      throw new NotFoundResponse();
    }
    VictimReport report = desk.views().report(id).orElseThrow(NotFoundResponse::new);
    try {
      desk.intake().acceptLodged(person(ctx), report);
    } catch (IntakeDesk.IntakeException e) {
      fault(ctx, new ActException(e.getMessage()));
      return;
    }
    desk.live().changed();
    ctx.header("HX-Redirect", "/report/" + id);
  }
}
