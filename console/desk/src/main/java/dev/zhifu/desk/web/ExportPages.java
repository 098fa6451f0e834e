package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.export.Sheet;
import dev.zhifu.desk.export.Sheet.Yuan;
import dev.zhifu.desk.export.SheetWriter;
import dev.zhifu.desk.view.CaseView.OrderView;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.Extent;
import dev.zhifu.desk.view.FlowGraph;
import dev.zhifu.desk.view.Part;
import dev.zhifu.desk.view.QueueLine;
import dev.zhifu.desk.view.QueueQuery;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.VaultPurpose;
import dev.zhifu.papers.PaperPdf;
import dev.zhifu.wire.FraudCase;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files to take away, and clear identities on request; both on record. */
final class ExportPages extends PageKit {
  /** Lines of the queue in one file; it says when there are more. An engineering default. */
  private static final int QUEUE_MAX = 2_000;

  ExportPages(Desk desk) {
    super(desk);
  }

  /** Writes a table as XLSX or PDF: the queue, the week, orders or flow of a case. Tokens alone. */
  void export(Context ctx) throws IOException {
    String what = ctx.pathParam("what");
    String caseId = field(ctx, "case");
    if (what.equals("queue") && unknown(ctx)) {
      return;
    }
    Sheet sheet = sheet(ctx, what, caseId);
    boolean pdf = field(ctx, "form").equals("pdf");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (pdf) {
      SheetWriter.pdf(sheet, words(ctx), PaperPdf.font(null), out);
    } else {
      SheetWriter.xlsx(sheet, out);
    }
    desk.audit()
        .note(
            person(ctx).id(),
            "EXPORT " + what + (pdf ? " PDF" : " XLSX"),
            caseId,
            sheet.rows().size() + " rows" + (what.equals("queue") ? ", " + narrowed(ctx) : ""));
    ctx.header(
            "Content-Disposition", "attachment; filename=\"" + what + (pdf ? ".pdf\"" : ".xlsx\""))
        .contentType(
            pdf
                ? "application/pdf"
                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .result(out.toByteArray());
  }

  private Sheet sheet(Context ctx, String what, String caseId) {
    Words words = words(ctx);
    return switch (what) {
      case "queue" -> queue(ctx, words);
      case "weekly" -> WallPages.weekly(desk, words);
      case "orders" -> orders(words, about(caseId));
      case "flow" -> flow(words, about(caseId));
      default -> throw new NotFoundResponse();
    };
  }

  private FraudCase about(String caseId) {
    return desk.cases().find(caseId).orElseThrow(NotFoundResponse::new);
  }

  private String made(Words words) {
    return words.t("export.made", words.full(desk.engine().tick()), desk.environment());
  }

  /** What the page of the queue was narrowed to when its file was asked for. */
  private QueueQuery asked(Context ctx) {
    return QueueQuery.read(ctx::formParam, choices(ctx)).query().from("");
  }

  private String narrowed(Context ctx) {
    return asked(ctx).address().replace("&", ", ").replace('=', ' ');
  }

  /**
   * True when the form names what the queue cannot be narrowed to: no file would be what it asks.
   */
  private boolean unknown(Context ctx) {
    List<QueueQuery.Unknown> unknown = QueueQuery.read(ctx::formParam, choices(ctx)).unknown();
    if (unknown.isEmpty()) {
      return false;
    }
    Words words = words(ctx);
    List<String> sentences = new ArrayList<>();
    sentences.add(words.t("queue.fileUnknown"));
    unknown.forEach(one -> sentences.add(words.t("queue.unknown." + one.part(), one.value())));
    wayOut(ctx, 422, words.t("menu.QUEUE"), sentences, Route.QUEUE);
    return true;
  }

  private Sheet queue(Context ctx, Words words) {
    List<List<Object>> rows = new ArrayList<>();
    QueueQuery asked = asked(ctx);
    Cases.QueuePage page = desk.cases().queue(asked, person(ctx).id(), QUEUE_MAX);
    List<QueueLine> lines = page.lines();
    String found =
        Stream.of(
                words.t("filter." + asked.filter().word()),
                asked.tier().isEmpty() ? "" : words.t("tier." + asked.tier()),
                asked.bank().isEmpty() ? "" : desk.views().banks().of(asked.bank()).name(),
                asked.typology().isEmpty() ? "" : words.t("typology." + asked.typology()),
                asked.place().name(),
                words.t(
                    "queue.shown",
                    lines.size(),
                    page.next().isEmpty() ? lines.size() : QUEUE_MAX + "+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" · "));
    for (QueueLine line : lines) {
      rows.add(
          List.of(
              line.caseId(),
              words.t("case." + line.state()),
              line.score(),
              new Yuan(line.moneyFen()),
              line.toSign(),
              line.inForce(),
              line.failed(),
              words.full(line.newestAt()),
              String.join(" ", line.rules())));
    }
    return new Sheet(
        words.t("menu.QUEUE"),
        found + " · " + made(words),
        List.of(
            words.t("case.word"),
            words.t("case.state"),
            words.t("case.score"),
            words.t("queue.money"),
            words.t("filter.sign"),
            words.t("filter.force"),
            words.t("filter.failed"),
            words.t("queue.newest"),
            words.t("queue.why")),
        rows);
  }

  private Sheet orders(Words words, FraudCase about) {
    List<List<Object>> rows = new ArrayList<>();
    Part<OrderView> orders = desk.views().orders(about.getCaseId(), words, Extent.WHOLE);
    for (OrderView one : orders.list()) {
      rows.add(
          List.of(
              one.order().getApplicationId(),
              one.bank().name(),
              Words.account(
                  one.order().getTarget().getBank(), one.order().getTarget().getAccountToken()),
              words.t("order." + one.order().getState()),
              new Yuan(one.order().getTransferAmountFen()),
              new Yuan(one.order().getTracedFen()),
              one.receipt() == null ? "" : words.t("receipt." + one.receipt().getResult()),
              one.receipt() == null ? "" : words.full(one.receipt().getExpireTime())));
    }
    return new Sheet(
        words.t("orders.title"),
        words.t("case.word")
            + " "
            + about.getCaseId()
            + (orders.more() ? " · " + words.t("export.cut", rows.size()) : "")
            + " · "
            + made(words),
        List.of(
            words.t("paper.number"),
            words.t("paper.bank"),
            words.t("paper.account"),
            words.t("case.state"),
            words.t("orders.transfer"),
            words.t("orders.traced"),
            words.t("orders.answer"),
            words.t("orders.until")),
        rows);
  }

  private Sheet flow(Words words, FraudCase about) {
    FlowGraph.Flow flow = desk.views().flow(about, Extent.WHOLE);
    List<List<Object>> rows = new ArrayList<>();
    for (FlowGraph.Line line : flow.lines()) {
      rows.add(
          List.of(
              line.hop(),
              words.full(line.at()),
              line.from(),
              line.to(),
              new Yuan(line.amountFen()),
              line.end() == null ? words.t("kind." + line.kind()) : words.t("end." + line.end()),
              line.lowFen() < 0 ? "" : new Yuan(line.lowFen()),
              line.highFen() < 0 ? "" : new Yuan(line.highFen())));
    }
    return new Sheet(
        words.t("flow.title"),
        words.t("case.word")
            + " "
            + about.getCaseId()
            + " · "
            + words.t("flow.source." + flow.source())
            + (flow.more() ? " · " + words.t("export.cut", rows.size()) + " · " : " ")
            + made(words),
        List.of(
            words.t("flow.hop"),
            words.t("flow.at"),
            words.t("flow.from"),
            words.t("flow.to"),
            words.t("flow.amount"),
            words.t("flow.kind"),
            words.t("flow.low"),
            words.t("flow.high")),
        rows);
  }

  /** Opens one token for a case and a reason. */
  void identity(Context ctx) {
    FraudCase about = about(field(ctx, "case"));
    String token = field(ctx, "token");
    try {
      if (!desk.views().tokensOf(about).contains(token)) {
        throw new ActException("identity.notOfCase");
      }
      Optional<ClearIdentity> found =
          desk.identities()
              .open(person(ctx), token, about.getCaseId(), VaultPurpose.DESK, field(ctx, "reason"));
      Map<String, Object> model = new HashMap<>();
      model.put("found", found.orElse(null));
      model.put("available", desk.identities().available());
      render(ctx, "identity.jte", model);
    } catch (ActException e) {
      fault(ctx, e);
    }
  }
}
