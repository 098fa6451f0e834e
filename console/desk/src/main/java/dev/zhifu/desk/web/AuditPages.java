package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.export.Sheet;
import dev.zhifu.desk.export.SheetWriter;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.AuditLines;
import dev.zhifu.desk.people.AuditLines.Filter;
import dev.zhifu.desk.people.AuditLines.Place;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.words.Words;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The auditor's page: unusual look-ups, the chain, and lines looked for. */
final class AuditPages extends PageKit {
  private static final int UNUSUAL_MAX = 100;

  /** What is sought stands in the audit itself: an id or token, never a name. */
  private static final String ID = "[A-Za-z0-9:_.-]{0,80}";

  /** A card, document or telephone; its token is sought instead. */
  private static final String NUMBER = "[0-9]{11,}[Xx]?";

  AuditPages(Desk desk) {
    super(desk);
  }

  void audit(Context ctx) {
    Map<String, Object> model = lines(ctx, Filter.ALL, null);
    model.put("people", desk.people().all().stream().map(People.Listed::person).toList());
    model.put("chain", desk.audit().chain().look());
    unusual(model);
    render(ctx, "audit.jte", model);
  }

  private void unusual(Map<String, Object> model) {
    List<AuditLines.Unusual> unusual = desk.audit().lines().unusual(UNUSUAL_MAX);
    model.put("unusual", unusual.subList(0, Math.min(UNUSUAL_MAX, unusual.size())));
    model.put("more", unusual.size() > UNUSUAL_MAX);
  }

  private Map<String, Object> lines(Context ctx, Filter filter, Place after) {
    Map<String, Object> model = new HashMap<>();
    model.put("filter", filter);
    model.put("from", field(ctx, "from"));
    model.put("until", field(ctx, "until"));
    model.put("page", desk.audit().lines().page(filter, after));
    return model;
  }

  /** Lines of a filter, and the next page of them. */
  void lines(Context ctx) {
    try {
      Filter filter = filter(ctx);
      Place after =
          field(ctx, "afterId").isEmpty()
              ? null
              : new Place(Instant.ofEpochMilli(number(ctx, "afterAt")), number(ctx, "afterId"));
      note(ctx, "VIEW AUDIT", filter, "");
      render(ctx, "auditLines.jte", lines(ctx, filter, after));
    } catch (ActException e) {
      fault(ctx, e);
    }
  }

  /** The same as a file; what it leaves out it says. */
  void export(Context ctx) throws IOException {
    Filter filter;
    try {
      filter = filter(ctx);
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    Words words = words(ctx);
    List<Audit.Line> found = desk.audit().lines().all(filter);
    boolean cut = found.size() > AuditLines.FILE_MAX;
    List<Audit.Line> lines = found.subList(0, Math.min(found.size(), AuditLines.FILE_MAX));
    note(ctx, "EXPORT audit XLSX", filter, lines.size() + " rows");
    Sheet sheet =
        new Sheet(
            words.t("menu.AUDIT"),
            words.t("export.made", words.full(desk.clock().get()), desk.environment())
                + (cut ? " · " + words.t("audit.cut", AuditLines.FILE_MAX) : ""),
            List.of(
                words.t("audit.at"),
                words.t("audit.who"),
                words.t("audit.what"),
                words.t("audit.object"),
                words.t("audit.detail"),
                words.t("shift.proof")),
            lines.stream()
                .map(
                    line ->
                        List.<Object>of(
                            words.full(line.at()),
                            line.personId(),
                            line.what(),
                            line.objectId(),
                            line.detail(),
                            line.sha256()))
                .toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SheetWriter.xlsx(sheet, out);
    ctx.header("Content-Disposition", "attachment; filename=\"audit.xlsx\"")
        .contentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .result(out.toByteArray());
  }

  /** Asked about, or explained. */
  void answer(Context ctx) {
    try {
      long id = Long.parseLong(ctx.pathParam("id"));
      AuditLines lines = desk.audit().lines();
      String fault =
          field(ctx, "step").equals("EXPLAINED")
              ? lines.explain(person(ctx), id, field(ctx, "note"))
              : lines.ask(person(ctx), id, field(ctx, "note"));
      if (!fault.isEmpty()) {
        throw new ActException(fault);
      }
      Map<String, Object> model = new HashMap<>();
      unusual(model);
      render(ctx, "auditUnusual.jte", model);
    } catch (NumberFormatException e) {
      throw new NotFoundResponse();
    } catch (ActException e) {
      fault(ctx, e);
    }
  }

  /** Whoever looks into the audit is on record with what he looked for. */
  private void note(Context ctx, String what, Filter filter, String more) {
    desk.audit()
        .note(
            person(ctx).id(),
            what,
            filter.object(),
            String.join(
                    " ",
                    filter.person(),
                    filter.from() == null ? "" : "from " + filter.from(),
                    filter.until() == null ? "" : "until " + filter.until(),
                    more)
                .strip());
  }

  private static Filter filter(Context ctx) {
    String person = field(ctx, "person");
    String object = field(ctx, "object");
    if (!person.matches(ID) || !object.matches(ID) || object.matches(NUMBER)) {
      throw new ActException("audit.filter");
    }
    return new Filter(person, object, time(ctx, "from"), time(ctx, "until"));
  }

  private static Instant time(Context ctx, String name) {
    String typed = field(ctx, name);
    try {
      return typed.isEmpty() ? null : LocalDateTime.parse(typed).atZone(Words.PLACE).toInstant();
    } catch (DateTimeParseException e) {
      throw new ActException("audit.filter");
    }
  }

  private static long number(Context ctx, String name) {
    try {
      return Long.parseLong(field(ctx, name));
    } catch (NumberFormatException e) {
      throw new ActException("audit.filter");
    }
  }
}
