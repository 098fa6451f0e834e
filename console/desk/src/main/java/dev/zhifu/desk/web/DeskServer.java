package dev.zhifu.desk.web;

import dev.zhifu.desk.door.Door;
import dev.zhifu.desk.door.Proxies;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.sse.SseHandler;
import io.javalin.http.staticfiles.Location;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desk's web server. */
public final class DeskServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeskServer.class);
  private static final long REQUEST_BYTES_MAX = 12_000_000;
  private static final long STREAM_MILLIS = Duration.ofMinutes(20).toMillis();

  private final Javalin server;
  private final Desk desk;

  private DeskServer(Javalin server, Desk desk) {
    this.server = server;
    this.desk = desk;
  }

  /**
   * Starts it.
   *
   * @param door where it listens
   */
  public static DeskServer start(Desk desk, Door door) {
    Javalin server =
        Javalin.create(
            config -> {
              door.open(config);
              configure(config, desk, door.proxies());
            });
    try {
      return new DeskServer(server.start(), desk);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "settings desk.host and desk.port are '"
              + door.host()
              + "' and '"
              + door.port()
              + "'; the port must be free and the interface this machine's: give another port, or 0"
              + " to take a free one ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void configure(JavalinConfig config, Desk desk, Proxies proxies) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = REQUEST_BYTES_MAX;
    config.http.strictContentTypes = false;
    config.staticFiles.add(
        files -> {
          files.hostedPath = "/public";
          files.directory = "/public";
          files.location = Location.CLASSPATH;
        });
    config.staticFiles.enableWebjars();
    Guard guard = new Guard(desk, proxies);
    Map<Route, Handler> handlers = handlers(desk, guard);
    for (Route route : Route.values()) {
      Handler handler = handlers.get(route);
      if (handler == null) {
        throw new IllegalStateException("route " + route + " has no handler");
      }
      config.routes.addHttpHandler(route.method(), route.path(), guard.before(route, handler));
    }
    config.routes.error(404, new NotThere(desk, guard)::tell);
    config.routes.exception(
        Exception.class,
        (e, ctx) -> {
          // Neither address nor parameters: they may say whom a page is about.
          LOG.error("{} {} failed", ctx.method().name(), ctx.endpoint().path, e);
          ctx.status(500)
              .contentType("text/plain; charset=utf-8")
              .result(Pages.words(ctx).t("error"));
        });
  }

  private static Map<Route, Handler> handlers(Desk desk, Guard guard) {
    LifePages lives = new LifePages(desk);
    Pages pages = new Pages(desk, guard, lives);
    Map<Route, Handler> all = new EnumMap<>(Route.class);
    all.put(Route.LOGIN_PAGE, pages::loginPage);
    all.put(Route.LOGIN, pages::login);
    SignOnPages signOn = new SignOnPages(desk, guard);
    all.put(Route.SIGN_ON, signOn::go);
    all.put(Route.SIGNED_ON, signOn::back);
    all.put(Route.LANGUAGE, pages::language);
    all.put(Route.HEALTH, pages::health);
    all.put(Route.LOGOUT, pages::logout);
    all.put(Route.HOME, pages::home);
    all.put(Route.LIVE, new SseHandler(STREAM_MILLIS, pages::live));
    all.put(Route.QUEUE, pages::queue);
    all.put(Route.QUEUE_LINES, pages::queueLines);
    all.put(Route.CASE, pages::fraudCase);
    all.put(Route.CASE_PART, pages::casePart);
    all.put(Route.FLOW, pages::flow);
    all.put(Route.ASSIGN, pages::assign);
    all.put(Route.ACKNOWLEDGE, pages::acknowledge);
    all.put(Route.FIND, pages::find);
    all.put(Route.ASK, pages::ask);
    all.put(Route.ASK_MANY, pages::askMany);
    all.put(Route.CORRECT, pages::correct);
    all.put(Route.ACT_STATE, pages::actState);
    all.put(Route.ACT_PAPER, new ActPaper(desk)::paper);
    all.put(Route.CONFIRM, pages::confirm);
    all.put(Route.REFUSE, pages::refuse);
    all.put(Route.ASKED, pages::asked);
    all.put(Route.ASKED_LINES, pages::askedLines);
    all.put(Route.PAPER, pages::paper);
    PaperPages papers = new PaperPages(desk);
    all.put(Route.PAPERS, papers::all);
    all.put(Route.CASE_PAPER, papers::paper);
    all.put(Route.CASE_NOTICE, papers::notice);
    all.put(Route.INTAKE, pages::intake);
    all.put(Route.INTAKE_CHECK, pages::intakeCheck);
    all.put(Route.INTAKE_SAVE, pages::intakeSave);
    all.put(Route.REPORT, pages::report);
    all.put(Route.REPORT_PART, pages::reportPart);
    ReportPages reports = new ReportPages(desk);
    all.put(Route.REPORT_FACTS, reports::facts);
    all.put(Route.SCAN, reports::scan);
    all.put(Route.REPORT_COMPLETE, pages::complete);
    all.put(Route.QUERY, pages::query);
    all.put(Route.QUERY_ANSWER, pages::queryAnswer);
    QueryPages queries = new QueryPages(desk);
    all.put(Route.QUERY_WITHDRAW, queries::ask);
    all.put(Route.QUERY_WITHDRAW_CONFIRM, queries::confirm);
    all.put(Route.QUERY_WITHDRAW_REFUSE, queries::refuse);
    AlarmPages alarms = new AlarmPages(desk);
    all.put(Route.ALARMS, alarms::all);
    all.put(Route.BELL, alarms::bell);
    all.put(Route.ALARM_LINES, alarms::lines);
    BankReportPages bankReports = new BankReportPages(desk);
    all.put(Route.BANK_REPORTS, bankReports::all);
    all.put(Route.REPORT_ACCEPT, bankReports::accept);
    all.put(Route.LIFE_ASK, lives::ask);
    all.put(Route.LEGAL_REVIEW, lives::review);
    all.put(Route.APPEALS, lives::appeals);
    all.put(Route.APPEAL, lives::form);
    all.put(Route.APPEAL_LODGE, lives::lodge);
    all.put(Route.APPEAL_TAKE, lives::take);
    RefundPages refunds = new RefundPages(desk);
    all.put(Route.REFUNDS, refunds::all);
    all.put(Route.REFUND, refunds::one);
    all.put(Route.REFUND_PART, refunds::part);
    all.put(Route.REFUND_STEPS, refunds::steps);
    all.put(Route.REFUND_ASK, refunds::ask);
    all.put(Route.REFUND_PAPER, refunds::paper);
    WarningPages warnings = new WarningPages(desk);
    all.put(Route.WARNINGS, warnings::all);
    all.put(Route.WARNING_LINES, warnings::lines);
    all.put(Route.WARNING_SEND, warnings::send);
    all.put(Route.WARNING_STEP, warnings::step);
    all.put(Route.WARNING_CASE, warnings::record);
    all.put(Route.GO, warnings::go);
    all.put(Route.GO_TASK, warnings::goTask);
    ShiftPages shift = new ShiftPages(desk);
    all.put(Route.SHIFT, shift::shift);
    all.put(Route.SHIFT_GIVE, shift::give);
    all.put(Route.SHIFT_TAKE, shift::take);
    all.put(Route.STANDING, shift::standing);
    all.put(Route.STANDING_WRITE, shift::write);
    all.put(Route.STANDING_OPINION, shift::opinion);
    all.put(Route.STANDING_SIGN, shift::sign);
    all.put(Route.STANDING_LIMIT, shift::limit);
    all.put(Route.STANDING_REVOKE, shift::revoke);
    WallPages wall = new WallPages(desk);
    all.put(Route.WALL, wall::wall);
    all.put(Route.WALL_NUMBERS, wall::numbers);
    all.put(Route.WALL_CHARTS, wall::charts);
    all.put(Route.WEEKLY, wall::weekly);
    ExportPages export = new ExportPages(desk);
    all.put(Route.EXPORT, export::export);
    all.put(Route.IDENTITY, export::identity);
    RulePages rules = new RulePages(desk);
    all.put(Route.RULES, rules::all);
    all.put(Route.RULE, rules::one);
    all.put(Route.RULE_PART, rules::part);
    all.put(Route.RULE_DRAFT, rules::draft);
    all.put(Route.RULE_TRIAL, rules::trial);
    all.put(Route.RULE_ASK, rules::ask);
    all.put(Route.RULE_CONFIRM, rules::confirm);
    all.put(Route.RULE_REFUSE, rules::refuse);
    all.put(Route.BANKS, pages::banks);
    all.put(Route.OWN_BANK, pages::ownBank);
    all.put(Route.STATE, pages::state);
    AuditPages audit = new AuditPages(desk);
    all.put(Route.AUDIT, audit::audit);
    all.put(Route.AUDIT_LINES, audit::lines);
    all.put(Route.AUDIT_EXPORT, audit::export);
    all.put(Route.AUDIT_ANSWER, audit::answer);
    all.put(Route.PEOPLE, pages::people);
    all.put(Route.PERSON_ACTIVE, pages::personActive);
    return all;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    desk.live().close();
    server.stop();
  }
}
