package dev.zhifu.jobs.trace;

import dev.zhifu.rules.money.History;
import dev.zhifu.rules.money.Inflow;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.refund.Classifier;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.NodeState;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks a frozen account's ledger whose money lay on it when the freeze began, and answers. The
 * answer depends on ledger, messages and the freeze's own beginning alone; what is booked later,
 * refunds among it, changes nothing.
 */
public final class Examiner {
  private final TraceNode trace;

  /**
   * @param settings of the trace
   */
  Examiner(TraceSettings settings) {
    // Of the node only what came is asked: neither lists nor an epoch have a part in it.
    this.trace = new TraceNode(settings, Listed.NOTHING, 0);
  }

  /**
   * Asks an account.
   *
   * @param account token of the frozen account
   * @param frozenAt when the freeze began, bank's clock
   */
  public static AccountRecord ask(
      String account, String freezeId, String caseId, Instant frozenAt) {
    return record(AccountRecord.EXAMINE, account, freezeId, caseId, frozenAt);
  }

  /** The freeze has ended: the account's ledger need be kept for it no longer. */
  public static AccountRecord letGo(
      String account, String freezeId, String caseId, Instant frozenAt) {
    return record(AccountRecord.LET_GO, account, freezeId, caseId, frozenAt);
  }

  private static AccountRecord record(
      long what, String account, String freezeId, String caseId, Instant frozenAt) {
    AccountExamined asked =
        AccountExamined.newBuilder()
            .setFreezeId(freezeId)
            .setCaseId(caseId)
            .setAccountToken(account)
            .setFrozenAt(frozenAt)
            .setCredits(0)
            .setBalanceFen(0)
            .build();
    try {
      ByteBuffer bytes = asked.toByteBuffer();
      byte[] body = new byte[bytes.remaining()];
      bytes.get(body);
      return new AccountRecord(account, what, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is asked. */
  static AccountExamined asked(AccountRecord record) {
    try {
      return AccountExamined.fromByteBuffer(ByteBuffer.wrap(record.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers what was asked. */
  AccountExamined examine(AccountExamined asked, NodeState state, List<LedgerDay> days) {
    long frozenAt = asked.getFrozenAt().toEpochMilli();
    History all = History.of(days, trace.credits(state));
    History history = all.until(frozenAt);
    Set<String> known = new HashSet<>();
    history.movements().forEach(movement -> known.add(movement.id()));
    List<Inflow> inflows =
        trace.inflows(state, all).stream()
            .filter(inflow -> known.contains(inflow.movementId()))
            .toList();
    List<RefundFinding> findings = new ArrayList<>();
    Classifier.classify(history, inflows)
        .forEach(
            (claim, found) ->
                findings.add(
                    new RefundFinding(
                        claim,
                        RefundWay.valueOf(found.refundClass().name()),
                        found.tracedInFen(),
                        found.thereFen(),
                        found.why())));
    return AccountExamined.newBuilder(asked)
        .setCredits((int) history.movements().stream().filter(Movement::credit).count())
        .setBalanceFen(history.balance())
        .setOverflowed(history.overflowed())
        .setFindings(findings)
        .build();
  }
}
