package dev.zhifu.desk.acts;

import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimReport;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What topics have said about refunds, as rows of the store. */
final class RefundBook {
  /** Most freezes that the list of refunds shows. */
  static final int FREEZES_MAX = 200;

  private static final int ACCOUNTS_MAX = 500;
  private static final int STEPS_MAX = 100;

  private final Store store;

  RefundBook(Store store) {
    this.store = store;
  }

  /** Frozen now, fen; nothing once the freeze has ended. */
  static long frozenFen(LifeTransition freeze) {
    return FreezeTable.law().terminal(FreezeState.valueOf(freeze.getState()))
        ? 0
        : ((FreezeDetail) freeze.getDetail()).getFrozenFen();
  }

  /** Frozen in the whole case, fen. */
  static long frozenInCaseFen(CaseFile file) {
    return file.all(LifeKind.FREEZE).stream().mapToLong(RefundBook::frozenFen).sum();
  }

  /** The newest plan of a freeze; empty while the ledger has not answered. */
  Optional<RefundPlan> plan(String freezeId) {
    return store
        .records(
            RefundPlan.class, "select body from seen.refund_plan where freeze_id = ?", freezeId)
        .stream()
        .findFirst();
  }

  /** A life as it stands; empty when recovery has none of that id. */
  Optional<LifeTransition> life(String objectId) {
    return store
        .records(
            LifeTransition.class,
            "select body from seen.life_change where object_id = ? order by sequence desc limit 1",
            objectId)
        .stream()
        .findFirst();
  }

  /** Transitions of a life, the oldest first. */
  List<LifeTransition> steps(String objectId) {
    return store.records(
        LifeTransition.class,
        "select body from seen.life_change where object_id = ? order by sequence limit "
            + STEPS_MAX,
        objectId);
  }

  /**
   * Refund cases that are not in one of these states, of whatever age.
   *
   * @param over names of states
   */
  List<LifeTransition> openRefunds(Collection<String> over) {
    return store.records(
        LifeTransition.class,
        """
        select body from (
          select distinct on (object_id) body, state from seen.life_change
          where kind = 'REFUND' order by object_id, sequence desc) t
        where state <> all(?)\
        """,
        (Object) over.toArray(String[]::new));
  }

  /** These lives as they stand, in no order. */
  List<LifeTransition> lives(Collection<String> objectIds) {
    return store.records(
        LifeTransition.class,
        "select distinct on (object_id) body from seen.life_change where object_id = any(?) order"
            + " by object_id, sequence desc",
        (Object) objectIds.toArray(String[]::new));
  }

  /**
   * Freezes that a bank has confirmed, the newest first, one more than {@link #FREEZES_MAX} when
   * there are more.
   */
  List<LifeTransition> freezes() {
    return store.records(
        LifeTransition.class,
        """
        select body from (
          select distinct on (object_id) object_id, body, state, tick_at from seen.life_change
          where kind = 'FREEZE' order by object_id, sequence desc) t
        where state not in ('DRAFT', 'LEGAL_REVIEW', 'APPROVED', 'SENT', 'QUEUED', 'REJECTED')
        order by tick_at desc, object_id limit\s\
        """
            + (FREEZES_MAX + 1));
  }

  /** What banks were asked to pay in a refund case, the oldest first. */
  List<RefundNotice> notices(String refundId) {
    return store.records(
        RefundNotice.class,
        "select body from seen.refund_notice where refund_id = ? order by tick_at limit 20",
        refundId);
  }

  /** What recovery warns of about a life, the newest first; refused acts are shown by the act. */
  List<RecoveryAlarm> alarms(String objectId) {
    return store.records(
        RecoveryAlarm.class,
        "select body from seen.recovery_alarm where object_id = ? and alarm not in ('ACT_REFUSED',"
            + " 'ANSWER_OUT_OF_PLACE') order by tick_at desc limit 5",
        objectId);
  }

  /** A victim's file; empty when there is none. */
  Optional<VictimFile> file(String victim) {
    return store
        .records(VictimFile.class, "select body from seen.victim_file where victim = ?", victim)
        .stream()
        .findFirst();
  }

  /** What accounts state of these claims. */
  List<TraceCase> traced(Collection<String> claims) {
    return store.records(
        TraceCase.class,
        "select body from seen.trace_account where claim = any(?) order by claim, level, number"
            + " limit "
            + ACCOUNTS_MAX,
        (Object) claims.toArray(String[]::new));
  }

  /** The account that a victim paid from, by the accepted report; empty when none names it. */
  Optional<AccountRef> paidFrom(String claim) {
    return store
        .records(
            OfficerAct.class,
            "select body from seen.act where report_id = ? order by record_offset desc limit 20",
            claim)
        .stream()
        .map(OfficerAct::getReport)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .or(
            () ->
                store
                    .records(
                        VictimReport.class,
                        "select body from seen.report where report_id = ?",
                        claim)
                    .stream()
                    .findFirst())
        .flatMap(
            report -> report.getTransfers().stream().map(ReportedTransfer::getPayer).findFirst());
  }

  /** Whose an account is, as payments from it say; empty when none was seen. */
  Optional<String> holderOf(String accountToken) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select holder_token from seen.event where payer_account = ? and"
                            + " holder_token is not null order by occurred_at desc limit 1")
                    .bind(0, accountToken)
                    .mapTo(String.class)
                    .findOne());
  }
}
