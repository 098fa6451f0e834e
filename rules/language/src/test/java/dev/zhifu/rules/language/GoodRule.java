package dev.zhifu.rules.language;

/** A small rule without faults, which tests change in one place. */
final class GoodRule {
  static final String TEXT =
      """
      id: T90
      version: 3
      status: draft
      name: {zh: 测试, en: Test}
      plain: {zh: 测试规则, en: A rule for tests}
      family: T
      key: holder
      subject: holder
      strength: stepUp
      basis: [{source: engineering default}]
      parameters:
        least: {default: 5000, unit: yuan, grade: default}
      over: [call.start, call.end, transfer.out]
      pattern:
        - step: call
          on: call.start
          where: event.firstContact
        - step: hangup
          then: notFollowedBy
          on: call.end
        - step: payment
          then: followedBy
          on: transfer.out
          where: >-
            event.amountFen >= params.least &&
            event.channel == 'MOBILE_APP' && steps.call.incoming
      within: 2h
      afterMatch: noSkip
      actions: [A3]
      reason: VICTIM_AT_RISK
      signals:
        call: {signal: telecom.events CALL_START, source: carrier}
        hangup: {signal: telecom.events CALL_END, source: carrier}
        payment: {signal: bank.transactions TRANSFER, source: bank}
      """;

  private GoodRule() {}

  /** The rule with one piece of text replaced. */
  static String with(String old, String replacement) {
    if (!TEXT.contains(old)) {
      throw new IllegalArgumentException(
          "The good rule has no '" + old + "'; change what the test replaces");
    }
    return TEXT.replace(old, replacement);
  }

  static RuleResult parseWith(String old, String replacement) {
    return RuleParser.parse("T90/rule.yaml", with(old, replacement));
  }
}
