package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import picocli.CommandLine.Option;

/** What an approver decides alone, and why. */
class ApproveOptions extends Publishing {
  @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "why")
  private String reason;

  final String reason() {
    return reason;
  }

  /** Withdraws the version of the rule that is in force. */
  final int withdraw(RuleDesk desk, String ruleId) {
    KeyOptions.Signatory by = approver();
    RulePublication newest = PublishCommands.inForce(desk.archive(), ruleId);
    RuleText rule = new RuleText(newest.getRuleId(), newest.getVersion(), newest.getDocument());
    People people = new People(newest.getAuthor(), by.person(), reason);
    RulePublication draft =
        RuleDesk.unsigned(rule, PublicationStatus.WITHDRAWN, from(desk), people);
    return write(desk, Signatures.sign(draft, by.signer()));
  }
}
