package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.intake.Scans.Scan;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;

/** What lies beside a report: brief facts, and scans whose every look is on record. */
final class ReportPages extends PageKit {
  private static final String NOTHING =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  ReportPages(Desk desk) {
    super(desk);
  }

  /** Takes brief facts of a report that has none yet. */
  void facts(Context ctx) {
    String reportId = ctx.pathParam("id");
    desk.intake().begunAt(reportId).orElseThrow(NotFoundResponse::new);
    try {
      desk.intake().state(reportId, field(ctx, "facts"));
    } catch (IntakeDesk.IntakeException e) {
      fault(ctx, new ActException(e.getMessage()));
      return;
    }
    desk.audit().note(person(ctx).id(), "BRIEF FACTS", reportId, "");
    ctx.header("HX-Redirect", "/report/" + reportId);
  }

  /** Shows one scan, which can neither run nor fetch anything. */
  void scan(Context ctx) {
    String reportId = ctx.pathParam("id");
    String scanId = ctx.pathParam("scan");
    Scan scan =
        desk.intake().scans().of(List.of(reportId)).stream()
            .filter(one -> one.id().equals(scanId))
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    try {
      Optional<byte[]> content = desk.intake().scans().open(person(ctx), reportId, scanId);
      if (content.isEmpty()) {
        say(ctx, 410, "scan.gone");
        return;
      }
      boolean pdf = scan.mediaType().equals("application/pdf");
      // Browsers show no PDF in a sandbox, and nothing sandboxed under the isolation of our pages.
      ctx.header("Content-Security-Policy", pdf ? NOTHING : NOTHING + "; sandbox");
      if (!pdf) {
        ctx.header("Cross-Origin-Opener-Policy", "unsafe-none");
      }
      ctx.header("Content-Disposition", "inline; filename=\"" + scan.kind() + "\"")
          .contentType(scan.mediaType())
          .result(content.get());
    } catch (ActException e) {
      say(ctx, 422, e.key());
    }
  }

  private static void say(Context ctx, int status, String key) {
    ctx.status(status).contentType("text/plain; charset=utf-8").result(words(ctx).t(key));
  }
}
