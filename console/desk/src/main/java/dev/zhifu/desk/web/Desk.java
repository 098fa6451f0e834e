package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.RefundWork;
import dev.zhifu.desk.gateway.BankReports;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Sessions;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.rules.RuleBook;
import dev.zhifu.desk.rules.RuleTrials;
import dev.zhifu.desk.rules.RuleWork;
import dev.zhifu.desk.shift.ShiftBook;
import dev.zhifu.desk.signon.SignOn;
import dev.zhifu.desk.standing.StandingDesk;
import dev.zhifu.desk.view.AlarmWords;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.desk.view.ByHand;
import dev.zhifu.desk.view.CaseViews;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.DutyBell;
import dev.zhifu.desk.view.EngineState;
import dev.zhifu.desk.view.Papers;
import dev.zhifu.desk.view.RuleTexts;
import dev.zhifu.desk.view.Search;
import dev.zhifu.desk.view.Wall;
import dev.zhifu.desk.warnings.WarningDesk;

/**
 * Everything that the pages stand on.
 *
 * @param environment DEMO, DRILL or PRODUCTION
 * @param secure true when browsers reach it by https: cookies are for https alone then
 * @param signOn where people come from; null while they are local, in DEMO alone
 */
public record Desk(
    String environment,
    boolean secure,
    WallClock clock,
    People people,
    SignOn signOn,
    Sessions sessions,
    Audit audit,
    Cases cases,
    CaseViews views,
    Search search,
    Papers papers,
    ByHand byHand,
    AlarmWords alarmWords,
    RuleTexts rules,
    BankPages bankPages,
    EngineState engine,
    ActDesk acts,
    IntakeDesk intake,
    AccountQueries queries,
    BankReports bankReports,
    LifeOffers lifeOffers,
    RefundWork refunds,
    Appeals appeals,
    WarningDesk warnings,
    Identities identities,
    ShiftBook shift,
    StandingDesk standing,
    Wall wall,
    DutyBell duty,
    RuleBook ruleBook,
    RuleWork ruleWork,
    RuleTrials ruleTrials,
    LiveHub live) {}
