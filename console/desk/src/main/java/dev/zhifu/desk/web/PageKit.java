package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Sessions.Session;
import dev.zhifu.desk.view.CaseView;
import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.FraudCase;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What handlers of pages share: who asks, in which language, and how a template is rendered. */
abstract class PageKit {
  static final String LANGUAGE = "lang";

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, PageKit.class.getClassLoader(), "dev.zhifu.desk.pages");

  final Desk desk;

  PageKit(Desk desk) {
    this.desk = desk;
  }

  FraudCase caseOf(Context ctx) {
    return desk.cases().find(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
  }

  static Words words(Context ctx) {
    return Words.of(ctx.cookie(LANGUAGE));
  }

  static String field(Context ctx, String name) {
    String value = ctx.formParam(name);
    return value == null ? "" : value.strip();
  }

  Person person(Context ctx) {
    return Guard.session(ctx, desk).person();
  }

  void render(Context ctx, String template, Map<String, Object> model) {
    Session session = Guard.session(ctx, desk);
    boolean asks = session != null && session.person().role().asks();
    boolean confirms = session != null && session.person().role().confirms();
    Shell shell =
        new Shell(
            words(ctx),
            session == null ? null : session.person(),
            session == null ? "" : session.csrf(),
            ctx.path(),
            session == null ? Instant.EPOCH : desk.engine().tick(),
            asks ? desk.cases().alarms() : 0,
            confirms ? desk.acts().asked().size() : 0,
            desk.environment(),
            model.get("view") instanceof CaseView view ? view.about().getCaseId() : "");
    Map<String, Object> all = new HashMap<>(model);
    all.put("shell", shell);
    StringOutput out = new StringOutput();
    TEMPLATES.render(template, all, out);
    ctx.html(out.toString());
  }

  /** Says why an act was not taken, without touching the page otherwise. */
  void fault(Context ctx, ActException e) {
    ctx.status(422).header("HX-Retarget", "#fault").header("HX-Reswap", "innerHTML");
    render(ctx, "fault.jte", Map.of("key", e.key()));
  }
}
