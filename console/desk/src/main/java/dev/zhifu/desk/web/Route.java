package dev.zhifu.desk.web;

import static dev.zhifu.desk.people.Role.ADMIN;
import static dev.zhifu.desk.people.Role.AUDITOR;
import static dev.zhifu.desk.people.Role.BANK;
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
  ACT_STATE(HandlerType.GET, "/act/{id}", "what became of an act", readers()),
  CONFIRM(HandlerType.POST, "/act/{id}/confirm", "confirms it as the second person", seconds()),
  REFUSE(HandlerType.POST, "/act/{id}/refuse", "refuses it as the second person", seconds()),
  ASKED(HandlerType.GET, "/asked", "acts that wait for a second person", seconds()),
  ASKED_LINES(HandlerType.GET, "/asked/lines", "their lines alone", seconds()),
  PAPER(
      HandlerType.GET,
      "/paper/{id}",
      "an order as a paper form",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, LEGAL)),

  INTAKE(HandlerType.GET, "/intake", "the form of a report", askers()),
  INTAKE_CHECK(HandlerType.POST, "/intake/check", "bank, duplicates, stops while typing", askers()),
  INTAKE_SAVE(HandlerType.POST, "/intake", "takes the report", askers()),
  REPORT(HandlerType.GET, "/report/{id}", "a report, its clock and its orders", readers()),
  REPORT_PART(HandlerType.GET, "/report/{id}/part", "its moving part alone", readers()),

  RULES(
      HandlerType.GET,
      "/rules",
      "rules in plain words with live figures",
      EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, LEGAL, AUDITOR, RULE_AUTHOR, RULE_APPROVER)),
  BANKS(
      HandlerType.GET,
      "/banks",
      "answer times and mismatches of all banks",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, AUDITOR)),
  OWN_BANK(HandlerType.GET, "/bank", "the same of the person's own bank", EnumSet.of(BANK)),
  STATE(
      HandlerType.GET,
      "/state",
      "how engine and projection stand",
      EnumSet.of(SHIFT_LEADER, SUPERVISOR, AUDITOR, ADMIN)),
  AUDIT(HandlerType.GET, "/audit", "who did and looked at what", EnumSet.of(AUDITOR)),
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

  private static Set<Role> everybody() {
    return EnumSet.allOf(Role.class);
  }

  private static Set<Role> readers() {
    return EnumSet.of(OFFICER, SHIFT_LEADER, SUPERVISOR, LEGAL, AUDITOR);
  }

  private static Set<Role> askers() {
    return EnumSet.of(OFFICER, SHIFT_LEADER);
  }

  private static Set<Role> seconds() {
    return EnumSet.of(SHIFT_LEADER, SUPERVISOR);
  }
}
