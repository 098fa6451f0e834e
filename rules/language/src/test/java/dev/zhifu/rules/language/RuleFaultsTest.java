package dev.zhifu.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of fault is reported with its place, what is wrong and what would be right. */
class RuleFaultsTest {

  /** old text | new text | the whole line of the report. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
      version: 3 | versoin: 3 | T90/rule.yaml:2:1: 'versoin' is no key of the rule; did you mean 'version'?
      version: 3 | version: three | T90/rule.yaml:2:10: 'version' of the rule is 'three'; write a whole number from 1 to 1000000
      status: draft | status: alive | T90/rule.yaml:3:9: 'status' of the rule is 'alive', which is not known; did you mean 'live'?
      id: T90 | id: X1 | T90/rule.yaml:1:5: the id is 'X1'; write the family's letter and two to four digits, such as T02
      id: T90 | id: V90 | T90/rule.yaml:6:9: the family is T and the id is V90; make the id's letter the family
      key: holder | key: account | T90/rule.yaml:13:7: 'call.start' never reaches a rule keyed by account; leave it out, or key the rule by holder
      strength: stepUp | strength: stepup | T90/rule.yaml:9:11: 'strength' of the rule is 'stepup', which is not known; did you mean 'stepUp'?
      strength: stepUp | strength: stepUp~weight: 1.5 | T90/rule.yaml:10:9: the weight is 1.5; write a decimal above 0 and below 1, such as 0.5
      [{source: engineering default}] | [{source: art. 99 UNVERIFIED, grade: A}] | T90/rule.yaml:10:18: 'art. 99 UNVERIFIED' is unverified; name a source that was read, or write 'engineering default'
      [{source: engineering default}] | [{source: a page}] | T90/rule.yaml:10:9: the source 'a page' has no grade; add grade: A, B, C or D, or write 'source: engineering default'
      [{source: engineering default}] | [{source: a page, grade: UNVERIFIED}] | T90/rule.yaml:10:33: the grade is 'UNVERIFIED'; write A (law text read), B (official), C (public code) or D (secondary); what was not read is no basis
      grade: default} | grade: published} | T90/rule.yaml:12:10: parameter 'least' is published and has no 'source'; name the publication, or write grade: default
      default: 5000, | default: 5k, | T90/rule.yaml:12:20: the default of parameter 'least' is '5k', which is no yuan; write a whole number such as 5
      unit: yuan | unit: yaun | T90/rule.yaml:12:32: 'unit' of parameter 'least' is 'yaun', which is not known; did you mean 'yuan'?
      params.least | 100 | T90/rule.yaml:12:3: no condition uses parameter 'least'; use params.least, or remove it
      over: [call.start, | over: [cal.start, | T90/rule.yaml:13:8: 'cal.start' in 'over' of the rule is no event kind; did you mean 'call.start'?
      over: [call.start, call.end, | over: [call.start, call.end, sms.in, | T90/rule.yaml:13:7: 'over' names sms.in, which no step takes; leave it out: only rules with next, notNext or consecutive see events between their steps
      over: [call.start, | over: [sms.in, | T90/rule.yaml:16:9: the step takes 'call.start', which 'over' does not name; add call.start to 'over'
      step: hangup | step: call | T90/rule.yaml:18:11: the step name 'call' stands twice; give every step its own name
      then: notFollowedBy | then: notFolowedBy | T90/rule.yaml:19:11: 'then' of a step is 'notFolowedBy', which is not known; did you mean 'notFollowedBy'?
      on: call.start | on: call.start~    then: next | T90/rule.yaml:17:11: the first step has 'then'; leave it out: 'then' says how a step follows the one before
      on: call.start | on: call.start~    optional: true | T90/rule.yaml:15:5: step 'call' is optional and first; leave the step out: with it the rule means nothing else
      on: call.start | on: call.start~    withinPrevious: 1m | T90/rule.yaml:17:21: the first step has 'withinPrevious'; leave it out, or put it on the next step
      on: call.start | on: call.start~    times: 21 | T90/rule.yaml:17:12: 'times' of a step is '21'; write a whole number from 1 to 20
      on: call.start | on: call.start~    times: {min: 3} | T90/rule.yaml:17:12: 'times' has no 'max'; add a line 'max: 5'
      on: call.start | on: call.start~    times: {min: 3, max: 2} | T90/rule.yaml:17:26: 'max' of 'times' is 2, below 'min' 3; write max: 3 or more
      on: call.start | on: call.start~    greedy: true | T90/rule.yaml:15:5: 'greedy', 'consecutive' or 'combinations' on step 'call', which takes one event; add times: {min: 2, max: 5}, or leave it out
      on: call.start | on: call.start~    evidence: perhaps | T90/rule.yaml:17:15: 'evidence' of a step is 'perhaps'; write true or false
      on: call.start | on: call.start~    times: {min: 1, max: 2} | T90/rule.yaml:19:5: step 'hangup' is negated and stands right after the step of open number 'call'; write two rules, or a number of events that is fixed
      on: call.start | on: call.start~    times: {min: 1, max: 2}~    greedy: true~    combinations: true | T90/rule.yaml:15:5: step 'call' is greedy, and takes any later event; leave out 'greedy', or write followedBy without 'combinations'
      on: call.end | on: call.end~    withinPrevious: 1m | T90/rule.yaml:18:5: step 'hangup' has 'withinPrevious' and is optional, negated or has 'times'; write event.at - prev.at < minutes(30) under 'where' instead
      on: transfer.out | on: transfer.out~    withinPrevious: 1m~    times: 2 | T90/rule.yaml:21:5: step 'payment' has 'withinPrevious' and is optional, negated or has 'times'; write event.at - prev.at < minutes(30) under 'where' instead
      on: call.end | on: call.end~    times: 2 | T90/rule.yaml:18:5: step 'hangup' says that something does not come, and has 'optional' or 'times'; leave them out
      within: 2h | within: 80h | T90/rule.yaml:27:9: 'within' is 80h, over 72h; 72h is the longest window; what looks back further is a feature
      within: 2h | within: two hours | T90/rule.yaml:27:9: 'within' is 'two hours'; write a number and s, m, h or d, such as 30s, 10m, 2h, 3d
      within: 2h | withinn: 2h | T90/rule.yaml:1:1: the rule has no 'within'; add a line 'within: 2h'
      afterMatch: noSkip | afterMatch: noskip | T90/rule.yaml:28:13: 'afterMatch' is 'noskip'; did you mean 'noSkip'?
      afterMatch: noSkip | afterMatch: {skipToFirst: hangup} | T90/rule.yaml:28:27: 'afterMatch' names 'hangup', which is no required step that takes events; use one of: call, payment
      afterMatch: noSkip | afterMatch: {skipToLast: call} | T90/rule.yaml:28:26: 'afterMatch' skips to the first step, where the match itself began; name a later step, or write skipToNext
      actions: [A3] | actions: [A9] | T90/rule.yaml:29:11: 'A9' in 'actions' of the rule is no action; did you mean 'A1'?
      actions: [A3] | actions: [A3, A7] | T90/rule.yaml:29:10: A7 has no output yet and stands under 'actions'; move it to 'proposals'
      actions: [A3] | proposals: [A3] | T90/rule.yaml:29:12: A3 has an output and stands under 'proposals'; move it to 'actions'
      reason: VICTIM_AT_RISK | reason: VICTIM_AT_RISC | T90/rule.yaml:30:9: 'reason' of the rule is 'VICTIM_AT_RISC', which is not known; did you mean 'VICTIM_AT_RISK'?
      call: {signal: | cal: {signal: | T90/rule.yaml:32:3: 'signals' does not say what carries step 'call'; add 'call: {signal: …, source: …}', or drop the step
      """)
  void one_fault_is_named_with_its_place(String old, String replacement, String report) {
    RuleResult result = GoodRule.parseWith(old, replacement.replace("~", "\n"));

    assertThat(result.rule()).isNull();
    assertThat(result.problems()).extracting(RuleProblem::toString).contains(report);
  }

  /**
   * condition text after the first line | report; the second line of the condition is line 26,
   * column 7.
   */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
      event.amuntFen > 5 | T90/rule.yaml:26:7: step 'payment': 'event' has no 'amuntFen' (transfer.out); did you mean 'amountFen'?
      event.payer.bnak == 'B01' | T90/rule.yaml:26:7: step 'payment': 'event.payer' has no 'bnak' (transfer.out); did you mean 'bank'?
      event.smsClass == 'LOAN' | T90/rule.yaml:26:7: step 'payment': 'event' has no 'smsClass' for every kind it may be (transfer.out); only TelecomEvent has it: name one kind a step, or use one of: amountFen, at, atmId, channel, currency, deviceToken, kind, merchantId, payee, payeeBooking, payer, payerBooking, phase, remarkClasses, source, transactionId
      event.receivedAt > 5 | T90/rule.yaml:26:7: step 'payment': 'event.receivedAt' cannot be read by rules; use event.at for event time
      evnt.amountFen > 5 | T90/rule.yaml:26:7: step 'payment': 'evnt' is not known; did you mean 'event'?
      features.payeFirstSeen | T90/rule.yaml:26:7: step 'payment': 'features' has no 'payeFirstSeen'; did you mean 'payeeFirstSeen'?
      params.most > 5 | T90/rule.yaml:26:7: step 'payment': 'params' has no 'most'; use one of: least
      steps.hangup.at > 5 | T90/rule.yaml:26:7: step 'payment': 'hangup' is no earlier step that takes events; use one of: call
      event.channel == 'MOBIL_APP' | T90/rule.yaml:26:24: step 'payment': 'MOBIL_APP' is no Channel; did you mean 'MOBILE_APP'?
      event.channel in ['ATM', 'COUNTR'] | T90/rule.yaml:26:32: step 'payment': 'COUNTR' is no Channel; did you mean 'COUNTER'?
      event.amountFen > 'x' | T90/rule.yaml:26:23: step 'payment': '>' does not take (int, string); give both sides the same type; double(x) makes a whole number a decimal
      event.channel < 'ATM' | T90/rule.yaml:26:12: step 'payment': only numbers have an order; compare texts and truths with == or !=
      size(event.amountFen) > 1 | T90/rule.yaml:26:11: step 'payment': 'size' does not take (int); give both sides the same type; double(x) makes a whole number a decimal
      event.payer == null | T90/rule.yaml:26:22: step 'payment': null cannot be compared; write has(event.field) to ask whether a value is there
      matches(event.source, 'B') | T90/rule.yaml:26:14: step 'payment': the function 'matches' is not part of the language; use one of: chinaHour, chinaWeekday, days, double, has, hours, minutes, seconds, size, startsWith
      (event.amountFen > 5 ? true : false) | T90/rule.yaml:26:28: step 'payment': the operator '? :' is not part of the language; use one of: ! != % && * + - / < <= == > >= in ||
      """)
  void fault_in_a_condition_is_placed_in_the_file(String condition, String report) {
    RuleResult result =
        GoodRule.parseWith("event.channel == 'MOBILE_APP' && steps.call.incoming", condition);

    assertThat(result.problems()).extracting(RuleProblem::toString).contains(report);
  }

  @Test
  void condition_that_cannot_be_read_says_where() {
    RuleResult result =
        GoodRule.parseWith("event.channel == 'MOBILE_APP'", "event.channel = 'MOBILE_APP'");

    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(26);
              assertThat(problem.column()).isEqualTo(21);
              assertThat(problem.what())
                  .startsWith("step 'payment': the condition cannot be read: ");
            });
  }

  @Test
  void condition_must_be_true_or_false() {
    RuleResult result = GoodRule.parseWith("where: event.firstContact", "where: event.at + 5");

    assertThat(result.problems())
        .extracting(RuleProblem::what)
        .containsExactly("step 'call': the condition gives a value of type int");
  }

  @Test
  void all_faults_of_a_file_are_reported_at_once_in_order() {
    String text =
        GoodRule.TEXT
            .replace("family: T", "family: Q")
            .replace("event.channel", "event.chanel")
            .replace("within: 2h", "within: 100h")
            .replace("reason: VICTIM_AT_RISK", "reason: NONE");

    assertThat(RuleParser.parse("T90/rule.yaml", text).problems())
        .extracting(RuleProblem::line)
        .containsExactly(6, 26, 27, 30);
  }

  @Test
  void text_that_is_no_rule_is_refused() {
    assertThat(RuleParser.parse("f", "").problems())
        .singleElement()
        .hasToString("f:1:1: the file is empty; start with 'id: T02', for example");
    assertThat(RuleParser.parse("f", "- a").problems().get(0).what())
        .isEqualTo("the rule is not a table of 'key: value' lines");
    assertThat(RuleParser.parse("f", "id: [").problems().get(0).what())
        .startsWith("this is not YAML: ");
    assertThat(RuleParser.parse("f", "id: T02\nid: T03").problems())
        .extracting(RuleProblem::what)
        .contains("'id' stands twice in the rule");
    assertThat(RuleParser.parse("f", "#".repeat(70_000)).problems().get(0).what())
        .isEqualTo("the file has 70000 characters");
  }

  @Test
  void stop_proposal_must_declare_that_nothing_is_skipped() {
    assertThat(GoodRule.parseWith("afterMatch: noSkip\nactions: [A3]", "actions: [A5]").problems())
        .extracting(RuleProblem::what)
        .containsExactly("the rule proposes A5 and does not declare 'afterMatch'");
    assertThat(
            GoodRule.parseWith(
                    "afterMatch: noSkip\nactions: [A3]", "afterMatch: skipPastLast\nactions: [A5]")
                .problems())
        .extracting(RuleProblem::what)
        .containsExactly("the rule proposes A5 and skips matches");
  }

  @Test
  void sets_of_rules_report_faults_of_every_file_and_rules_given_twice() {
    RuleSet set =
        RuleSet.ofTexts(Map.of("a", GoodRule.TEXT, "b", GoodRule.TEXT, "c", "id: [", "d", ""));

    assertThat(set.ok()).isFalse();
    assertThat(set.problems())
        .extracting(RuleProblem::what)
        .anyMatch(what -> what.startsWith("T90 version 3 stands in"));
    assertThat(set.problems()).extracting(RuleProblem::file).contains("c", "d");
  }
}
