package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Offer;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.intake.Statement;
import dev.zhifu.desk.intake.StatementForm;
import dev.zhifu.desk.intake.VictimGroup;
import dev.zhifu.desk.people.Limits;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.view.CaseView;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.Extent;
import dev.zhifu.desk.view.FlowGraph.Flow;
import dev.zhifu.desk.view.FlowGraph.Line;
import dev.zhifu.desk.view.FlowGraph.Node;
import dev.zhifu.desk.view.Papers;
import dev.zhifu.desk.view.QueueFilter;
import dev.zhifu.desk.view.QueueQuery;
import dev.zhifu.desk.view.Rings;
import dev.zhifu.desk.view.Search;
import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.SameSite;
import io.javalin.http.UploadedFile;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Handlers of the desk's routes; each does one thing and renders one template. */
final class Pages extends PageKit {
  /** Asked for, on its way, or without an answer yet. */
  private static final Set<OrderState> WAITING =
      EnumSet.of(OrderState.DRAFT, OrderState.SIGNED, OrderState.SENT, OrderState.TIMEOUT);

  private static final Set<String> SCANS = Set.of("image/jpeg", "image/png", "application/pdf");

  /** Asked for beside an order; an appeal is upheld where the appeal is. */
  private static final Map<String, ActKind> ORDER_ACTS =
      Stream.of(ActKind.SIGN_ORDER, ActKind.REJECT_REQUEST, ActKind.RELEASE, ActKind.EXTEND)
          .collect(Collectors.toUnmodifiableMap(ActKind::name, kind -> kind));

  private final Guard guard;

  /** A whole office may stand behind one address; engineering defaults both. */
  private final Limits loginsOfAddress = new Limits(60, Duration.ofMinutes(1));

  private final Limits loginsOfName = new Limits(5, Duration.ofMinutes(1));

  private final LifePages lives;

  Pages(Desk desk, Guard guard, LifePages lives) {
    super(desk);
    this.lives = lives;
    this.guard = guard;
  }

  // --- session -----------------------------------------------------------------------------------

  void loginPage(Context ctx) {
    loginPage(ctx, "");
  }

  private void loginPage(Context ctx, String fault) {
    render(ctx, "login.jte", Map.of("fault", fault, "provider", desk.signOn() != null));
  }

  void login(Context ctx) {
    if (desk.signOn() != null) {
      // Whatever the password: people come from the identity provider alone (ADR-0133).
      ctx.status(401);
      loginPage(ctx, "login.provider.local");
      return;
    }
    String name = field(ctx, "person");
    if (!loginsOfAddress.allow(guard.client(ctx)) || !loginsOfName.allow(name)) {
      ctx.status(429);
      loginPage(ctx, "refused.often");
      return;
    }
    Optional<Person> person = desk.people().login(name, field(ctx, "password"));
    if (person.isEmpty()) {
      ctx.status(401);
      loginPage(ctx, "login.wrong");
      return;
    }
    guard.setCookie(ctx, desk.sessions().begin(person.get()));
    desk.audit().note(person.get().id(), "LOGIN", "", "");
    ctx.redirect("/");
  }

  void logout(Context ctx) {
    desk.sessions().end(guard.token(ctx));
    desk.audit().note(person(ctx).id(), "LOGOUT", "", "");
    guard.setCookie(ctx, "");
    ctx.redirect("/login");
  }

  void language(Context ctx) {
    String language = "en".equals(ctx.formParam("language")) ? "en" : "zh";
    ctx.cookie(
        new Cookie(
            LANGUAGE, language, "/", 31_536_000, desk.secure(), true, null, SameSite.STRICT));
    String back = field(ctx, "back");
    ctx.redirect(back.matches("/([A-Za-z0-9_-][A-Za-z0-9/_-]*)?") ? back : "/");
  }

  void home(Context ctx) {
    ctx.redirect(Shell.home(person(ctx).role()).path());
  }

  void health(Context ctx) {
    ctx.result("ok");
  }

  void live(SseClient client) {
    String caseId = client.ctx().queryParam("case");
    String made = client.ctx().queryParam("made");
    desk.live()
        .join(
            client,
            caseId == null ? "" : caseId,
            made != null && made.matches("[0-9]{1,18}") ? Long.parseLong(made) : -1);
  }

  // --- queue -------------------------------------------------------------------------------------

  void queue(Context ctx) {
    QueueQuery.Choices choices = choices(ctx);
    QueueQuery.Asked asked = QueueQuery.read(ctx::queryParam, choices);
    Map<String, Object> model = new HashMap<>(queueModel(ctx, asked.query()));
    model.put("choices", choices);
    model.put("unknown", asked.unknown());
    render(ctx, "queue.jte", model);
  }

  void queueLines(Context ctx) {
    QueueQuery.Asked asked = QueueQuery.read(ctx::queryParam, choices(ctx));
    Map<String, Object> model = new HashMap<>(queueModel(ctx, asked.query()));
    model.put("apart", true);
    render(ctx, "queueLines.jte", model);
  }

  private Map<String, Object> queueModel(Context ctx, QueueQuery asked) {
    return Map.of(
        "asked",
        asked,
        "counts",
        counts(ctx, asked),
        "page",
        desk.cases().queue(asked, person(ctx).id(), Cases.LINES));
  }

  /** How many cases each filter finds for this person, in the filters' order. */
  private Map<QueueFilter, Integer> counts(Context ctx, QueueQuery asked) {
    Map<QueueFilter, Integer> counts = new EnumMap<>(QueueFilter.class);
    for (QueueFilter one : QueueFilter.values()) {
      counts.put(one, desk.cases().count(asked.with(one), person(ctx).id()));
    }
    return counts;
  }

  void acknowledge(Context ctx) {
    // What the button counted and no more: what came meanwhile has been seen by nobody.
    List<String> shown = ctx.formParams("shown");
    String id = person(ctx).id();
    if (field(ctx, "duty").equals("true")) {
      desk.duty()
          .acknowledge(shown, id, desk.clock().get(), desk.engine().tick())
          .forEach(alarm -> desk.audit().note(id, "ACKNOWLEDGE", alarm, "duty desks"));
    } else if (field(ctx, "rings").equals("true")) {
      List<String> rung =
          desk.cases().rings(desk.engine().tick()).stream()
              .map(Rings.Ring::id)
              .filter(one -> shown.contains(Shell.mark(one)))
              .toList();
      desk.cases()
          .hear(rung, id, desk.clock().get(), desk.engine().tick())
          .forEach(ring -> desk.audit().note(id, "ACKNOWLEDGE", ring.id(), ring.kind()));
    } else {
      List<String> waiting =
          desk.cases().alarms().stream().filter(one -> shown.contains(Shell.mark(one))).toList();
      desk.cases()
          .acknowledge(waiting, id, desk.clock().get())
          .forEach(order -> desk.audit().note(id, "ACKNOWLEDGE", order, ""));
    }
    desk.live().changed();
    // The bell alone: a page loaded anew would lose what is being typed.
    render(ctx, "bell.jte", Map.of());
  }

  void assign(Context ctx) {
    String caseId = caseOf(ctx).getCaseId();
    String shown =
        ctx.formParam("had") == null ? desk.cases().assigned(caseId).orElse("") : field(ctx, "had");
    if (!desk.cases().assign(caseId, person(ctx).id(), desk.clock().get(), shown)) {
      fault(ctx, new ActException("case.takenMeanwhile"));
      return;
    }
    desk.audit().note(person(ctx).id(), "ASSIGN", caseId, "");
    desk.live().changed(caseId);
    if (ctx.header("HX-Request") == null) {
      ctx.redirect("/case/" + caseId);
    } else {
      ctx.header("HX-Redirect", "/case/" + caseId);
    }
  }

  void find(Context ctx) {
    String word = field(ctx, "word");
    Search.Found found = desk.search().by(word);
    String id = person(ctx).id();
    desk.audit().note(id, "FIND", found.token(), found.lines().size() + " found");
    desk.identities().searched(person(ctx), found.token(), word);
    if (found.lines().size() == 1) {
      ctx.redirect(found.lines().get(0).address());
      return;
    }
    // Whoever reads the list has seen whom these cases are about.
    for (Search.Line line : found.lines()) {
      desk.audit().note(id, "VIEW FOUND", line.id(), line.way());
    }
    render(ctx, "found.jte", Map.of("found", found.lines()));
  }

  // --- case --------------------------------------------------------------------------------------

  void fraudCase(Context ctx) {
    Optional<LifeTransition> hold = lives.hold(ctx.pathParam("id"));
    if (hold.isPresent()) {
      lives.hold(ctx, hold.get());
      return;
    }
    CaseView view = viewOf(ctx);
    Map<String, Object> model = new HashMap<>(lives.model(ctx, view.about().getCaseId()));
    model.put("view", view);
    model.put("elsewhere", desk.views().elsewhere(view.about(), words(ctx), extent(ctx)));
    model.put("whole", extent(ctx) == Extent.WHOLE);
    model.put("tokens", desk.views().tokensOf(view.about()));
    model.put("alarms", said(ctx, desk.cases().raised(view.about().getCaseId())));
    model.put("told", desk.intake().told(reports(view)));
    render(ctx, "case.jte", model);
  }

  /** Reports that a case and its orders name. */
  private static List<String> reports(CaseView view) {
    return Stream.concat(
            Stream.ofNullable(view.about().getReportId()),
            view.orders().list().stream().map(one -> one.order().getReportId()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  void casePart(Context ctx) {
    String part = ctx.pathParam("part");
    if (part.equals("orders")) {
      FraudCase about = caseOf(ctx);
      render(
          ctx,
          "orders.jte",
          Map.of(
              "caseId",
              ctx.pathParam("id"),
              "orders",
              desk.views().orders(about.getCaseId(), words(ctx), extent(ctx)),
              "whole",
              extent(ctx) == Extent.WHOLE,
              "elsewhere",
              desk.views().elsewhere(about, words(ctx), extent(ctx))));
    } else if (part.equals("measures")) {
      FraudCase about = caseOf(ctx);
      render(
          ctx,
          "measures.jte",
          Map.of(
              "holds",
              desk.views().holds(about),
              "warnings",
              desk.cases().warnings(about.getCaseId())));
    } else if (part.equals("history")) {
      render(
          ctx,
          "history.jte",
          Map.of(
              "history",
              viewOf(ctx).history(),
              "caseId",
              ctx.pathParam("id"),
              "whole",
              extent(ctx) == Extent.WHOLE));
    } else if (part.equals("why")) {
      render(ctx, "why.jte", Map.of("view", viewOf(ctx), "whole", extent(ctx) == Extent.WHOLE));
    } else if (part.equals("head")) {
      render(
          ctx,
          "caseHead.jte",
          Map.of("view", viewOf(ctx), "beside", true, "whole", extent(ctx) == Extent.WHOLE));
    } else if (part.equals("alarms")) {
      render(
          ctx,
          "alarmLines.jte",
          Map.of("alarms", said(ctx, desk.cases().raised(caseOf(ctx).getCaseId()))));
    } else if (part.equals("lives")) {
      String id = ctx.pathParam("id");
      render(
          ctx,
          "lifeActs.jte",
          lives.model(ctx, lives.hold(id).isPresent() ? id : caseOf(ctx).getCaseId()));
    } else if (part.equals("flow")) {
      render(
          ctx,
          "flowTable.jte",
          Map.of(
              "flow",
              desk.views().flow(caseOf(ctx), extent(ctx)),
              "caseId",
              ctx.pathParam("id"),
              "whole",
              extent(ctx) == Extent.WHOLE));
    } else {
      throw new NotFoundResponse();
    }
  }

  void flow(Context ctx) {
    Words words = words(ctx);
    FraudCase about = caseOf(ctx);
    Flow flow = desk.views().flow(about, extent(ctx));
    Map<String, String> states = new HashMap<>();
    for (StopPaymentRequest order :
        desk.cases().newestOrders(flow.nodes().stream().map(Node::id).toList())) {
      if (Offer.inForce(order)) {
        states.put(order.getTarget().getAccountToken(), "stopped");
      } else if (WAITING.contains(order.getState())) {
        states.put(order.getTarget().getAccountToken(), "asked");
      }
    }
    List<Map<String, Object>> elements = new ArrayList<>();
    for (Node node : flow.nodes()) {
      Map<String, Object> data = new HashMap<>();
      data.put("id", node.id());
      data.put("hop", node.hop());
      data.put(
          "label",
          node.bank().isEmpty()
              ? words.t("kind." + node.kind())
              : Words.account(node.bank(), node.id()));
      if (node.notToStop()) {
        data.put("label", data.get("label") + "\n" + words.t("flow.leave." + node.end()));
      }
      data.put("stop", states.getOrDefault(node.id(), node.notToStop() ? "never" : ""));
      data.put("kind", node.hop() == 0 ? "victim" : node.bank().isEmpty() ? "outside" : "account");
      elements.add(Map.of("data", data));
    }
    for (Line line : flow.lines()) {
      elements.add(
          Map.of(
              "data",
              Map.of(
                  "id",
                  line.from() + line.to() + line.at().toEpochMilli(),
                  "source",
                  line.from(),
                  "target",
                  line.to(),
                  "label",
                  label(line, words))));
    }
    ctx.json(elements);
  }

  /** The amount, and the victims' part of it where that is another. */
  private static String label(Line line, Words words) {
    String amount = words.yuan(line.amountFen());
    if (line.lowFen() < 0 || line.lowFen() == line.amountFen()) {
      return amount;
    }
    String low = words.yuan(line.lowFen());
    return amount
        + "\n"
        + (line.lowFen() == line.highFen()
            ? words.t("flow.partOne", low)
            : words.t("flow.part", low, words.yuan(line.highFen())));
  }

  // --- acts --------------------------------------------------------------------------------------

  void ask(Context ctx) {
    String orderId = field(ctx, "order");
    try {
      ActKind kind = ORDER_ACTS.get(field(ctx, "kind"));
      if (kind == null) {
        throw new ActException("act.unknown");
      }
      desk.acts().ask(person(ctx), kind, orderId, field(ctx, "case"), field(ctx, "reason"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    part(ctx);
  }

  void askMany(Context ctx) {
    try {
      desk.acts()
          .askMany(person(ctx), ctx.formParams("order"), field(ctx, "case"), field(ctx, "reason"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    part(ctx);
  }

  /** The orders again, of the case or of the report that the form came from. */
  private void part(Context ctx) {
    String report = field(ctx, "report");
    render(
        ctx,
        "orders.jte",
        report.isEmpty()
            ? Map.of(
                "caseId",
                field(ctx, "case"),
                "orders",
                desk.views().orders(field(ctx, "case"), words(ctx), extent(ctx)),
                "whole",
                extent(ctx) == Extent.WHOLE)
            : Map.of(
                "caseId",
                field(ctx, "case"),
                "reportId",
                report,
                "orders",
                desk.views().ordersOfReport(report, words(ctx), extent(ctx)),
                "whole",
                extent(ctx) == Extent.WHOLE));
  }

  void actState(Context ctx) {
    Act act = desk.acts().state(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    render(ctx, "actState.jte", Map.of("act", act));
  }

  /** An order that failed on the name is made anew with the right one. */
  void correct(Context ctx) {
    StopPaymentRequest order =
        desk.cases().order(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    try {
      desk.intake()
          .correct(
              person(ctx),
              desk.views().report(order.getReportId()).orElseThrow(NotFoundResponse::new),
              order,
              field(ctx, "number"),
              field(ctx, "name"));
      desk.live().changed();
    } catch (IntakeDesk.IntakeException e) {
      fault(ctx, new ActException(e.getMessage()));
      return;
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    part(ctx);
  }

  void asked(Context ctx) {
    render(ctx, "asked.jte", askedModel());
  }

  void askedLines(Context ctx) {
    render(ctx, "askedLines.jte", askedModel());
  }

  private Map<String, Object> askedModel() {
    return Map.of("groups", groups(), "withdrawals", desk.queries().toWithdraw());
  }

  private Map<String, List<AskedLine>> groups() {
    Map<String, List<AskedLine>> groups = new LinkedHashMap<>();
    for (Act act : desk.acts().asked()) {
      Instant until = act.askedAt().plus(ActDesk.SECOND_PERSON_WITHIN);
      groups
          .computeIfAbsent(act.groupId(), unseen -> new ArrayList<>())
          .add(
              new AskedLine(
                  act,
                  act.aboutLife() ? null : desk.cases().order(act.objectId()).orElse(null),
                  paper(act),
                  desk.acts().lives().refundOf(act.actId()).orElse(null),
                  desk.acts().lives().amountOf(act.actId()).orElse(null),
                  desk.acts().lives().documentsOf(act.actId()),
                  until,
                  Duration.between(desk.clock().get(), until).toSeconds()));
    }
    return groups;
  }

  private PaperDetail paper(Act act) {
    return act.life() != LifeKind.PAPER
        ? null
        : desk.papers().of(List.of(act.caseId())).stream()
            .filter(paper -> paper.getObjectId().equals(act.objectId()))
            .map(Papers::detail)
            .findFirst()
            .orElse(null);
  }

  void confirm(Context ctx) {
    try {
      desk.acts().confirm(person(ctx), ctx.pathParam("id"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    render(ctx, "askedLines.jte", askedModel());
  }

  void refuse(Context ctx) {
    try {
      desk.acts().refuse(person(ctx), ctx.pathParam("id"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    render(ctx, "askedLines.jte", askedModel());
  }

  void paper(Context ctx) {
    StopPaymentRequest order =
        desk.cases().order(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    desk.audit().note(person(ctx).id(), "PAPER", order.getOrderId(), "");
    List<Act> acts = desk.acts().about(List.of(order.getOrderId()));
    Map<String, Object> model = new HashMap<>();
    model.put("order", order);
    model.put("bank", desk.views().banks().of(order.getTarget().getBank()));
    model.put("act", acts.isEmpty() ? null : acts.get(0));
    model.put("facts", order.getReportId() == null ? "" : desk.intake().facts(order.getReportId()));
    render(ctx, "paper.jte", model);
  }

  // --- intake ------------------------------------------------------------------------------------

  void intake(Context ctx) {
    String reportId = desk.intake().open(person(ctx));
    form(ctx, reportId, desk.engine().tick(), Map.of(), Map.of());
  }

  private void form(
      Context ctx,
      String reportId,
      Instant begunAt,
      Map<String, String> faults,
      Map<String, String> values) {
    render(
        ctx,
        "intake.jte",
        Map.of(
            "reportId",
            reportId,
            "until",
            begunAt.plus(IntakeDesk.ENTRY_WITHIN),
            "faults",
            faults,
            "values",
            values,
            "attached",
            desk.intake().scans().kinds(reportId),
            "townships",
            desk.warnings().townships()));
  }

  void intakeCheck(Context ctx) {
    String field = field(ctx, "field");
    boolean ofVictim = field.equals("idNumber");
    String typed =
        field(ctx, ofVictim || field.matches("number[0-9]|payerNumber") ? field : "number0");
    IntakeDesk.Known known =
        ofVictim ? desk.intake().knownVictim(typed) : desk.intake().known(typed);
    if (!known.reports().isEmpty()) {
      desk.audit()
          .note(
              person(ctx).id(),
              "VIEW KNOWN",
              known.reports().get(0),
              known.reports().size() + " reports");
    }
    known
        .measures()
        .forEach(
            one ->
                desk.audit().note(person(ctx).id(), "VIEW KNOWN", one.id(), one.kind().toString()));
    render(
        ctx,
        "known.jte",
        Map.of(
            "known", known, "typed", ofVictim ? "" : typed, "payer", field.equals("payerNumber")));
  }

  void intakeSave(Context ctx) throws IOException {
    if (Guard.session(ctx, desk) == null) {
      ctx.status(401);
      render(ctx, "ended.jte", Map.of());
      return;
    }
    String reportId = field(ctx, "reportId");
    Optional<Instant> begun = desk.intake().begunAt(reportId);
    if (Guard.showsAgain(ctx)) {
      ctx.status(403);
      form(
          ctx,
          begun.isPresent() ? reportId : "",
          begun.orElse(desk.engine().tick()),
          Map.of("reportId", "fault.otherSession"),
          typed(ctx));
      return;
    }
    if (begun.isEmpty()) {
      // What was typed is not lost: it stands on a form that is begun now.
      ctx.status(422);
      form(
          ctx,
          desk.intake().open(person(ctx)),
          desk.engine().tick(),
          Map.of("reportId", "fault.notBegun"),
          typed(ctx));
      return;
    }
    Instant begunAt = begun.get();
    StatementForm form = new StatementForm(ctx::formParam);
    Statement statement = form.read(reportId, begunAt, desk.engine().tick());
    attach(ctx, reportId, "form", form);
    attach(ctx, reportId, "id", form);
    desk.intake()
        .unknownBank(ctx::formParam)
        .ifPresent(field -> form.faults().putIfAbsent(field, "fault.bank"));
    if (!field(ctx, "township").isEmpty()
        && desk.warnings().townships().stream()
            .noneMatch(one -> one.id().equals(field(ctx, "township")))) {
      form.faults().put("township", "fault.township");
    }
    if (!VictimGroup.listed(field(ctx, "group"))) {
      form.faults().put("group", "fault.group");
    }
    if (!form.faults().isEmpty()) {
      ctx.status(422);
      form(ctx, reportId, begunAt, form.faults(), typed(ctx));
      return;
    }
    desk.intake().describe(reportId, field(ctx, "group"), field(ctx, "township"));
    if (!statement.facts().isEmpty() && desk.intake().facts(reportId).isEmpty()) {
      desk.intake().state(reportId, statement.facts());
    }
    desk.intake().accept(person(ctx), statement);
    if (!statement.asked().isEmpty()) {
      desk.audit()
          .note(person(ctx).id(), "ACCOUNT QUERY", reportId, statement.asked().size() + " masked");
    }
    ctx.redirect("/report/" + reportId);
  }

  private static Map<String, String> typed(Context ctx) {
    Map<String, String> values = new HashMap<>();
    ctx.formParamMap().forEach((name, all) -> values.put(name, all.isEmpty() ? "" : all.get(0)));
    return values;
  }

  private void attach(Context ctx, String reportId, String kind, StatementForm form)
      throws IOException {
    UploadedFile file = ctx.uploadedFile("scan-" + kind);
    if (file == null || file.size() == 0) {
      if (!desk.intake().scans().kinds(reportId).contains(kind)) {
        form.faults().put("scan-" + kind, "fault.scan");
      }
      return;
    }
    if (file.size() > IntakeDesk.SCAN_BYTES_MAX || !SCANS.contains(file.contentType())) {
      form.faults().put("scan-" + kind, "fault.scanKind");
      return;
    }
    try (InputStream in = file.content()) {
      desk.intake().scans().keep(reportId, kind, file.contentType(), in.readAllBytes());
    }
  }

  void report(Context ctx) {
    Map<String, Object> model = reportModel(ctx);
    model.put("told", desk.intake().told(List.of(ctx.pathParam("id"))));
    model.put("facts", desk.intake().facts(ctx.pathParam("id")));
    model.put("takenHere", desk.intake().begunAt(ctx.pathParam("id")).isPresent());
    render(ctx, "report.jte", model);
  }

  void reportPart(Context ctx) {
    render(ctx, "reportPart.jte", reportModel(ctx));
  }

  private Map<String, Object> reportModel(Context ctx) {
    String reportId = ctx.pathParam("id");
    VictimReport report = desk.views().report(reportId).orElse(null);
    Instant begunAt =
        desk.intake()
            .begunAt(reportId)
            .or(() -> Optional.ofNullable(report).map(VictimReport::getReportedAt))
            .orElseThrow(NotFoundResponse::new);
    List<Act> acts = desk.acts().about(List.of(reportId));
    Map<String, Object> model = new HashMap<>();
    model.put("reportId", reportId);
    model.put("report", report);
    model.put("until", begunAt.plus(IntakeDesk.ENTRY_WITHIN));
    model.put("act", acts.isEmpty() ? null : acts.get(0));
    model.put("found", report != null && desk.intake().completed(report).isPresent());
    String caseId = desk.cases().caseOfReport(reportId).orElse("");
    model.put("caseId", caseId);
    model.put("trace", desk.views().trace(caseId).orElse(null));
    model.put("orders", desk.views().ordersOfReport(reportId, words(ctx), extent(ctx)));
    model.put("whole", extent(ctx) == Extent.WHOLE);
    model.put("queries", desk.queries().ofReport(reportId));
    return model;
  }

  void complete(Context ctx) {
    String reportId = ctx.pathParam("id");
    try {
      if (field(ctx, "again").equals("true")) {
        desk.intake().again(person(ctx), reportId);
      } else {
        desk.intake()
            .complete(
                person(ctx), desk.views().report(reportId).orElseThrow(NotFoundResponse::new));
      }
      desk.live().changed();
    } catch (IntakeDesk.IntakeException e) {
      fault(ctx, new ActException(e.getMessage()));
      return;
    }
    render(ctx, "reportPart.jte", reportModel(ctx));
  }

  void query(Context ctx) {
    AccountQueries.Query query =
        desk.queries().find(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    render(
        ctx,
        "query.jte",
        Map.of(
            "query",
            query,
            "bank",
            desk.views().banks().of(query.bank()),
            "authority",
            desk.lifeOffers().authority()));
  }

  void queryAnswer(Context ctx) {
    AccountQueries.Query query =
        desk.queries().find(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
    try {
      String reportId =
          desk.intake().answer(person(ctx), query, field(ctx, "number"), field(ctx, "name"));
      desk.audit().note(person(ctx).id(), "ACCOUNT QUERY ANSWER", query.id(), reportId);
      desk.live().changed();
      ctx.header("HX-Redirect", "/report/" + reportId);
    } catch (IntakeDesk.IntakeException e) {
      fault(ctx, new ActException(e.getMessage()));
    }
  }

  // --- other pages -------------------------------------------------------------------------------

  void banks(Context ctx) {
    render(ctx, "banks.jte", Map.of("banks", desk.bankPages().all()));
  }

  void ownBank(Context ctx) {
    String bank = person(ctx).bank();
    if (bank == null) {
      throw new NotFoundResponse();
    }
    render(ctx, "banks.jte", Map.of("banks", List.of(desk.bankPages().of(bank))));
  }

  void state(Context ctx) {
    render(ctx, "state.jte", Map.of("state", desk.engine().state()));
  }

  void people(Context ctx) {
    render(ctx, "people.jte", Map.of("people", desk.people().all()));
  }

  void personActive(Context ctx) {
    boolean active = field(ctx, "active").equals("true");
    String id = ctx.pathParam("id");
    if (!id.equals(person(ctx).id())) {
      desk.people().active(id, active);
      desk.audit().note(person(ctx).id(), active ? "LET IN" : "KEEP OUT", id, "");
    }
    ctx.redirect("/people");
  }

  // --- help --------------------------------------------------------------------------------------

  private CaseView viewOf(Context ctx) {
    return desk.views()
        .of(ctx.pathParam("id"), words(ctx), extent(ctx))
        .orElseThrow(NotFoundResponse::new);
  }
}
