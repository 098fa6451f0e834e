package dev.zhifu.desk.web;

import static dev.zhifu.desk.people.Role.ADMIN;
import static dev.zhifu.desk.people.Role.AUDITOR;
import static dev.zhifu.desk.people.Role.BANK;
import static dev.zhifu.desk.people.Role.CITY_HEAD;
import static dev.zhifu.desk.people.Role.FIELD;
import static dev.zhifu.desk.people.Role.LEGAL;
import static dev.zhifu.desk.people.Role.OFFICER;
import static dev.zhifu.desk.people.Role.RULE_APPROVER;
import static dev.zhifu.desk.people.Role.RULE_AUTHOR;
import static dev.zhifu.desk.people.Role.SHIFT_LEADER;
import static dev.zhifu.desk.people.Role.SUPERVISOR;

import dev.zhifu.desk.people.Role;
import io.javalin.http.HandlerType;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every address of the desk and who may use it: the one table that the server registers from, tests
 * walk and docs/desk-access.md is made of. What is not here does not exist.
 */
public enum Route {
  LOGIN_PAGE(HandlerType.GET, "/login", "the login form"),
  LOGIN(HandlerType.POST, "/login", "logs in"),
  SIGN_ON(HandlerType.GET, "/login/provider", "leads to the identity provider, where one is set"),
  SIGNED_ON(HandlerType.GET, "/login/provider/back", "comes back from it"),
  LANGUAGE(HandlerType.POST, "/language", "Chinese or English"),
  HEALTH(HandlerType.GET, "/healthz", "that the process answers, and nothing else"),
  LOGOUT(HandlerType.POST, "/logout", "ends the session", everybody()),
  HOME(HandlerType.GET, "/", "leads to the role's first page", everybody()),
  LIVE(HandlerType.GET, "/live", "says that something changed, never what", everybody()),

  QUEUE(HandlerType.GET, "/queue", "cases by money still reachable and urgency", readers()),
  QUEUE_LINES(HandlerType.GET, "/queue/lines", "the queue's lines alone", readers()),
  CASE(HandlerType.GET, "/case/{id}", "one case with evidence, money, orders, history", readers()),
  CASE_PART(HandlerType.GET, "/case/{id}/part/{part}", "one part of it", readers()),
  FLOW(HandlerType.GET, "/case/{id}/flow.json", "its fund-flow graph", readers()),
  ASSIGN(HandlerType.POST, "/case/{id}/assign", "takes the case, or takes it over", askers()),
  ACKNOWLEDGE(HandlerType.POST, "/alarms/acknowledge", "silences what is new", askers()),
  FIND(HandlerType.POST, "/find", "looks for an account, case or order", readers()),

  ASK(HandlerType.POST, "/act", "asks for an act, or does one that needs one person", askers()),
  ASK_MANY(HandlerType.POST, "/acts", "asks for up to 20 signatures of one trace", askers()),
  CORRECT(
      HandlerType.POST,
      "/order/{id}/correct",
      "asks anew for an order that failed on the name",
      askers()),
  ACT_STATE(HandlerType.GET, "/act/{id}", "what became of an act", readers()),
  ACT_PAPER(
      HandlerType.GET,
      "/act/{id}/paper",
      "an act as a paper, for when no job confirms it",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  CONFIRM(HandlerType.POST, "/act/{id}/confirm", "confirms it as the second person", seconds()),
  REFUSE(HandlerType.POST, "/act/{id}/refuse", "refuses it as the second person", seconds()),
  ASKED(HandlerType.GET, "/asked", "acts that wait for a second person", seconds()),
  ASKED_LINES(HandlerType.GET, "/asked/lines", "their lines alone", seconds()),
  PAPER(
      HandlerType.GET,
      "/paper/{id}",
      "an order as a paper form",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  PAPERS(HandlerType.GET, "/papers", "papers to print, serve and have answered", readers()),
  CASE_PAPER(
      HandlerType.POST,
      "/case/{id}/paper",
      "a paper to an institution as a page or PDF, names opened on record",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  CASE_NOTICE(
      HandlerType.POST,
      "/case/{id}/notice",
      "the notice of a restriction to its holder, likewise",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),

  INTAKE(HandlerType.GET, "/intake", "the form of a report", askers()),
  INTAKE_CHECK(HandlerType.POST, "/intake/check", "bank, duplicates, stops while typing", askers()),
  INTAKE_SAVE(HandlerType.POST, "/intake", "takes the report", askers()),
  REPORT(HandlerType.GET, "/report/{id}", "a report, its clock and its orders", readers()),
  REPORT_PART(HandlerType.GET, "/report/{id}/part", "its moving part alone", readers()),

  REPORT_FACTS(
      HandlerType.POST, "/report/{id}/facts", "types in brief facts that it lacks", askers()),
  SCAN(
      HandlerType.GET,
      "/report/{id}/scan/{scan}",
      "a scan of its form or of an identity document, on record",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  REPORT_COMPLETE(
      HandlerType.POST, "/report/{id}/complete", "takes over a booking seen later", askers()),

  QUERY(
      HandlerType.GET,
      "/query/{id}",
      "what a bank is asked about a masked account, to print, and its answer",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  QUERY_ANSWER(
      HandlerType.POST, "/query/{id}", "types in the full number and starts its trace", askers()),
  QUERY_WITHDRAW(
      HandlerType.POST, "/query/{id}/withdraw", "asks for taking it back, with a reason", askers()),
  QUERY_WITHDRAW_CONFIRM(
      HandlerType.POST,
      "/query/{id}/withdraw/confirm",
      "takes it back, as the second person",
      seconds()),
  QUERY_WITHDRAW_REFUSE(
      HandlerType.POST,
      "/query/{id}/withdraw/refuse",
      "leaves it standing, as the second person",
      seconds()),

  ALARMS(HandlerType.GET, "/alarms", "what a person must look at, as the jobs say", watchers()),
  BELL(HandlerType.GET, "/alarms/bell", "what is new and not acknowledged", askers()),
  ALARM_LINES(HandlerType.GET, "/alarms/lines", "its lines alone", watchers()),

  BANK_REPORTS(
      HandlerType.GET, "/bank-reports", "cases and own stops that banks report", readers()),
  REPORT_ACCEPT(
      HandlerType.POST, "/report/{id}/accept", "accepts a report that a bank lodged", askers()),

  LIFE_ASK(
      HandlerType.POST,
      "/life",
      "asks for an act about a case, freeze, victim hold, appeal or paper; the table asks the role"
          + " again",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  LEGAL_REVIEW(
      HandlerType.POST, "/freeze/{id}/review", "signs the legal review", EnumSet.of(LEGAL)),
  APPEALS(HandlerType.GET, "/appeals", "appeals and how they stand", readers()),
  APPEAL(
      HandlerType.GET,
      "/appeal",
      "the form of an appeal; a bank's own restrictions alone",
      EnumSet.of(OFFICER, SHIFT_LEADER, BANK)),
  APPEAL_LODGE(
      HandlerType.POST, "/appeal", "lodges an appeal", EnumSet.of(OFFICER, SHIFT_LEADER, BANK)),
  APPEAL_TAKE(
      HandlerType.POST, "/appeal/{id}/take", "takes up an appeal that a bank lodged", askers()),

  REFUNDS(HandlerType.GET, "/refunds", "frozen accounts and their refunds", readers()),
  REFUND(HandlerType.GET, "/refund/{id}", "one frozen account's refund, step by step", readers()),
  REFUND_PART(HandlerType.GET, "/refund/{id}/part", "its moving part alone", readers()),
  REFUND_STEPS(
      HandlerType.POST,
      "/refund/{id}/steps",
      "its sums under the compensation being typed",
      askers()),
  REFUND_ASK(
      HandlerType.POST,
      "/refund/{id}/act",
      "asks for an act about it, or notes the bank's paper; the table asks the role again",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),
  REFUND_PAPER(
      HandlerType.POST,
      "/refund/{id}/paper",
      "one of its papers as PDF, names opened on record",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, LEGAL)),

  WARNINGS(HandlerType.GET, "/warnings", "warnings as tasks", readers()),
  WARNING_LINES(HandlerType.GET, "/warnings/lines", "their lines alone", readers()),
  WARNING_SEND(HandlerType.POST, "/warning/{id}/send", "sends somebody to the victim", askers()),
  WARNING_STEP(
      HandlerType.POST,
      "/warning/{id}/step",
      "notes what came of it; the field its own alone",
      EnumSet.of(OFFICER, SHIFT_LEADER, FIELD)),
  WARNING_CASE(HandlerType.POST, "/warning/{id}/case", "tells recovery of it", askers()),
  GO(HandlerType.GET, "/go", "own tasks of the one who goes", EnumSet.of(FIELD)),
  GO_TASK(HandlerType.GET, "/go/{id}", "one of them: what is needed, no more", EnumSet.of(FIELD)),

  SHIFT(
      HandlerType.GET,
      "/shift",
      "what the next shift must know",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR)),
  SHIFT_GIVE(HandlerType.POST, "/shift", "hands the shift over, signed", askers()),
  SHIFT_TAKE(HandlerType.POST, "/shift/{id}/take", "takes it over, signed", askers()),
  STANDING(
      HandlerType.GET,
      "/standing",
      "standing authorisations and what each has done",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL, AUDITOR)),
  STANDING_WRITE(HandlerType.POST, "/standing", "writes one down", EnumSet.of(SUPERVISOR)),
  STANDING_OPINION(
      HandlerType.POST,
      "/standing/{id}/opinion",
      "puts the legal office's opinion on record",
      EnumSet.of(LEGAL)),
  STANDING_SIGN(HandlerType.POST, "/standing/{id}/sign", "signs one", EnumSet.of(SUPERVISOR)),
  STANDING_LIMIT(HandlerType.POST, "/standing/{id}/limit", "narrows one", EnumSet.of(SUPERVISOR)),
  STANDING_REVOKE(HandlerType.POST, "/standing/{id}/revoke", "revokes one", EnumSet.of(SUPERVISOR)),

  WALL(
      HandlerType.GET,
      "/wall",
      "the command view",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, AUDITOR)),
  WALL_NUMBERS(
      HandlerType.GET,
      "/wall/numbers",
      "its figures alone",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, AUDITOR)),
  WALL_CHARTS(
      HandlerType.GET,
      "/wall/charts.json",
      "what its charts draw",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, AUDITOR)),
  WEEKLY(
      HandlerType.GET,
      "/weekly",
      "the week by typology, place, age and group",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL, AUDITOR)),

  EXPORT(
      HandlerType.POST,
      "/export/{what}",
      "a table as XLSX or PDF, tokens alone, on record",
      readers()),
  IDENTITY(
      HandlerType.POST,
      "/identity",
      "one clear identity of a case, with a reason, on record",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL)),

  RULES(HandlerType.GET, "/rules", "rules in plain words with live figures", rules()),
  RULE(HandlerType.GET, "/rule/{id}", "one rule: words, figures, life, trials", rules()),
  RULE_PART(HandlerType.GET, "/rule/{id}/part", "its moving part alone", rules()),
  RULE_DRAFT(
      HandlerType.POST, "/rule/{id}/draft", "saves a draft as files", EnumSet.of(RULE_AUTHOR)),
  RULE_TRIAL(
      HandlerType.POST,
      "/rule/{id}/trial",
      "runs a draft's scenarios, or tries it on the last 24 hours",
      EnumSet.of(RULE_AUTHOR, RULE_APPROVER)),
  RULE_ASK(
      HandlerType.POST,
      "/rule/{id}/act",
      "asks for shadow or live as author, withdraws as approver",
      EnumSet.of(RULE_AUTHOR, RULE_APPROVER)),
  RULE_CONFIRM(
      HandlerType.POST,
      "/rule-act/{id}/confirm",
      "approves what an author asked for",
      EnumSet.of(RULE_APPROVER)),
  RULE_REFUSE(HandlerType.POST, "/rule-act/{id}/refuse", "refuses it", EnumSet.of(RULE_APPROVER)),
  BANKS(
      HandlerType.GET,
      "/banks",
      "answer times and mismatches of all banks",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, CITY_HEAD, AUDITOR)),
  OWN_BANK(HandlerType.GET, "/bank", "the same of the person's own bank", EnumSet.of(BANK)),
  STATE(
      HandlerType.GET,
      "/state",
      "how engine and projection stand",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, AUDITOR, ADMIN)),
  AUDIT(HandlerType.GET, "/audit", "who did and looked at what", EnumSet.of(AUDITOR)),
  AUDIT_LINES(
      HandlerType.POST, "/audit/lines", "its lines by person, object, time", EnumSet.of(AUDITOR)),
  AUDIT_EXPORT(HandlerType.POST, "/audit/export", "the same as a file", EnumSet.of(AUDITOR)),
  AUDIT_ANSWER(
      HandlerType.POST,
      "/audit/{id}/answer",
      "notes that an unusual look-up was asked about, or explained",
      EnumSet.of(AUDITOR)),
  PEOPLE(HandlerType.GET, "/people", "who may log in", EnumSet.of(ADMIN)),
  PERSON_ACTIVE(
      HandlerType.POST,
      "/people/{id}/active",
      "lets a person in or keeps him out",
      EnumSet.of(ADMIN));

  private final HandlerType method;
  private final String path;
  private final String what;
  private final Set<Role> roles;

  Route(HandlerType method, String path, String what) {
    this(method, path, what, Set.of());
  }

  Route(HandlerType method, String path, String what, Set<Role> roles) {
    this.method = method;
    this.path = path;
    this.what = what;
    this.roles = roles;
  }

  /** GET or POST. */
  public HandlerType method() {
    return method;
  }

  /** Its path, as the server registers it. */
  public String path() {
    return path;
  }

  /** What it is for. */
  public String what() {
    return what;
  }

  /** Who may; empty for what needs no login. */
  public Set<Role> roles() {
    return roles;
  }

  /** True when nobody need be logged in. */
  public boolean isOpen() {
    return roles.isEmpty();
  }

  /** True when it changes something. */
  public boolean changes() {
    return method == HandlerType.POST;
  }

  /** What an answer shows of persons, and how that comes on record. */
  public enum Shown {
    /** No token, case or report. */
    NOTHING,
    /** Noted as VIEW with every answer. */
    VIEW,
    /** Part of a page that refreshes itself: noted unless the page was, lately. */
    REFRESH,
    /** Its handler notes what was done, about whom. */
    ITSELF
  }

  /** What its answers show of persons. */
  public Shown shown() {
    return switch (this) {
      case QUEUE,
          CASE,
          ASKED,
          PAPERS,
          REPORT,
          QUERY,
          ALARMS,
          BANK_REPORTS,
          APPEALS,
          APPEAL,
          REFUNDS,
          REFUND,
          WARNINGS,
          GO,
          GO_TASK,
          SHIFT,
          AUDIT ->
          Shown.VIEW;
      case QUEUE_LINES,
          CASE_PART,
          FLOW,
          ASKED_LINES,
          ACT_STATE,
          REPORT_PART,
          ALARM_LINES,
          REFUND_PART,
          REFUND_STEPS,
          WARNING_LINES ->
          Shown.REFRESH;
      case LOGIN_PAGE,
          LOGIN,
          SIGN_ON,
          SIGNED_ON,
          LANGUAGE,
          HEALTH,
          LOGOUT,
          HOME,
          LIVE,
          INTAKE,
          BELL,
          STANDING,
          STANDING_WRITE,
          STANDING_OPINION,
          STANDING_SIGN,
          STANDING_LIMIT,
          STANDING_REVOKE,
          WALL,
          WALL_NUMBERS,
          WALL_CHARTS,
          WEEKLY,
          RULES,
          RULE,
          RULE_PART,
          RULE_DRAFT,
          RULE_TRIAL,
          RULE_ASK,
          RULE_CONFIRM,
          RULE_REFUSE,
          BANKS,
          OWN_BANK,
          STATE,
          PEOPLE,
          PERSON_ACTIVE ->
          Shown.NOTHING;
      default -> Shown.ITSELF;
    };
  }

  /** Name of the view on record: a page and the parts that refresh it share one. */
  public String view() {
    return switch (this) {
      case QUEUE_LINES -> QUEUE.name();
      case CASE_PART, FLOW -> CASE.name();
      case ASKED_LINES -> ASKED.name();
      case ACT_STATE -> "ACT";
      case REPORT_PART -> REPORT.name();
      case ALARM_LINES -> ALARMS.name();
      case REFUND_PART, REFUND_STEPS -> REFUND.name();
      case WARNING_LINES -> WARNINGS.name();
      case GO_TASK -> "WARNING";
      default -> name();
    };
  }

  private static Set<Role> everybody() {
    return EnumSet.allOf(Role.class);
  }

  private static Set<Role> readers() {
    return EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL, AUDITOR);
  }

  private static Set<Role> watchers() {
    Set<Role> watchers = readers();
    watchers.add(ADMIN);
    return watchers;
  }

  private static Set<Role> rules() {
    return EnumSet.of(
        OFFICER, SHIFT_LEADER, SUPERVISOR, CITY_HEAD, LEGAL, AUDITOR, RULE_AUTHOR, RULE_APPROVER);
  }

  private static Set<Role> askers() {
    return EnumSet.of(OFFICER, SHIFT_LEADER);
  }

  private static Set<Role> seconds() {
    return EnumSet.of(SHIFT_LEADER, SUPERVISOR);
  }
}
