package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.ActState;
import dev.zhifu.desk.intake.StatementForm;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Sessions.Session;
import dev.zhifu.desk.view.AlarmWords;
import dev.zhifu.desk.view.CaseView;
import dev.zhifu.desk.view.Extent;
import dev.zhifu.desk.view.QueuePlace;
import dev.zhifu.desk.view.QueueQuery;
import dev.zhifu.desk.words.Words;
import dev.zhifu.papers.PaperPdf;
import dev.zhifu.papers.RefundFile;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RecoveryAlarm;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What handlers of pages share: who asks, in which language, and how a template is rendered. */
abstract class PageKit {
  static final String LANGUAGE = "lang";

  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

  private static final Pattern ALL = Pattern.compile("[?&]all=true(?:[&#]|$)");

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

  /** Attribute of a request: the live line's revision when it came. */
  static final String MADE = "made";

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
            asks ? desk.cases().alarms() : List.of(),
            asks ? desk.duty().ringing(desk.engine().tick()) : List.of(),
            asks ? desk.cases().rings(desk.engine().tick()) : List.of(),
            confirms ? desk.acts().asked().size() + desk.queries().toWithdraw().size() : 0,
            desk.environment(),
            model.get("view") instanceof CaseView view ? view.about().getCaseId() : "",
            ctx.attribute(MADE) instanceof Long made ? made : -1,
            new Names(desk.people(), desk.views().banks()),
            desk.byHand());
    Map<String, Object> all = new HashMap<>(model);
    all.put("shell", shell);
    StringOutput out = new StringOutput();
    TEMPLATES.render(template, all, out);
    ctx.html(out.toString());
  }

  /**
   * How much of its lists a page shows. What it was asked for with {@code all=true} its parts show
   * too: htmx tells the address of the page that they belong to.
   */
  static Extent extent(Context ctx) {
    String page = ctx.header("HX-Current-URL");
    return "true".equals(ctx.queryParam("all")) || page != null && ALL.matcher(page).find()
        ? Extent.WHOLE
        : Extent.PAGE;
  }

  /** What the queue can be narrowed to. */
  QueueQuery.Choices choices(Context ctx) {
    return new QueueQuery.Choices(
        desk.views().banks().all(),
        StatementForm.TYPOLOGIES,
        QueuePlace.all(desk.warnings().contacts(), words(ctx)));
  }

  /**
   * Says why an act was not taken, without touching the page otherwise. What a table leaves to
   * another role is refused and noted as what a route leaves to another role.
   */
  void fault(Context ctx, ActException e) {
    boolean others = e.key().equals(ActException.OTHERS);
    if (others) {
      Person person = person(ctx);
      desk.audit().note(person.id(), "REFUSED", Guard.route(ctx), "role " + person.role());
    }
    ctx.status(others ? 403 : 422).header("HX-Retarget", "#fault").header("HX-Reswap", "innerHTML");
    render(ctx, "fault.jte", Map.of("key", e.key()));
  }

  /** A page that says why there is nothing else on it, with the way to another. */
  void wayOut(Context ctx, int status, String title, List<String> sentences, Route to) {
    ctx.status(status);
    render(
        ctx,
        "wayOut.jte",
        Map.of(
            "title",
            title,
            "sentences",
            sentences,
            "to",
            to.path(),
            "label",
            words(ctx).t("menu." + to.name())));
  }

  /** Why the job refused acts, in the page's language, by act. */
  Map<String, String> refusals(Context ctx, List<Act> acts) {
    Words words = words(ctx);
    Map<String, String> refusals = new HashMap<>();
    acts.stream()
        .filter(act -> act.state() == ActState.TURNED_DOWN)
        .forEach(
            act ->
                refusals.put(
                    act.actId(),
                    desk.acts().lives().refused(act.actId()).stream()
                        .map(
                            why ->
                                why.fact() == null
                                    ? words.orElse(why.key(), why.sentence())
                                    : words.t("lifeHindrance.guard", why.words(words.isChinese())))
                        .collect(Collectors.joining(" "))));
    return refusals;
  }

  /** Alarms in the page's language. */
  List<AlarmWords.Line> said(Context ctx, List<RecoveryAlarm> alarms) {
    return desk.alarmWords().of(alarms, words(ctx));
  }

  /** Names for one paper of a case, for the reason that the form gave. */
  PaperNames names(Context ctx, String caseId) {
    return new PaperNames(
        desk.identities(),
        words(ctx),
        desk.environment(),
        person(ctx),
        caseId,
        field(ctx, "reason"));
  }

  /** The two officers that the form of a paper names; what is not typed is left for the hand. */
  static List<RefundFile.Officer> officers(Context ctx) {
    return IntStream.rangeClosed(1, 2)
        .mapToObj(
            i ->
                new RefundFile.Officer(
                    PaperNames.blank(field(ctx, "officer" + i)),
                    PaperNames.blank(field(ctx, "policeId" + i))))
        .toList();
  }

  /** Sends a paper as PDF. */
  static void pdf(Context ctx, String name, String xhtml) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PaperPdf.write(xhtml, PaperPdf.font(null), out);
    ctx.header("Content-Disposition", "inline; filename=\"" + name + ".pdf\"")
        .contentType("application/pdf")
        .result(out.toByteArray());
  }

  /** The page brings its own style: exactly that one is allowed, and the script that prints. */
  static void page(Context ctx, String xhtml) {
    Matcher style = STYLE.matcher(xhtml);
    if (!style.find()) {
      throw new IllegalStateException("a paper has no style of its own");
    }
    ctx.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'sha256-"
            + sha256(style.group(1))
            + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    ctx.html(xhtml.replace("</body>", "<script src=\"/public/print.js\" defer></script></body>"));
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
