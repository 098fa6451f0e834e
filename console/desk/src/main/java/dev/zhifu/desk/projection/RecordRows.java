package dev.zhifu.desk.projection;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.desk.Ahead;
import dev.zhifu.rules.lives.desk.Duties;
import dev.zhifu.rules.lives.desk.Duty;
import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.ShadowStatistics;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record as rows. Each statement says for itself which record of a key counts (the highest
 * sequence, the newest, the first offset), so that records may come twice and partitions in any
 * order.
 */
final class RecordRows {
  private final Decoder decoder;
  private final Batch batch;
  private final Touched touched;

  RecordRows(Decoder decoder, Batch batch, Touched touched) {
    this.decoder = decoder;
    this.batch = batch;
    this.touched = touched;
  }

  /**
   * Takes one record.
   *
   * @throws UnreadableException when it cannot be read
   */
  void take(TopicRecord record) throws UnreadableException {
    switch (record.topic()) {
      case "victim.reports" -> report(read(record, VictimReport.class));
      case "clock.ticks" -> clock("tick", read(record, ClockTick.class));
      case "clock.echo" -> clock("echo", read(record, ClockTick.class));
      case "officer.acts" -> act(record.offset(), read(record, OfficerAct.class));
      case "stop.authorisations" -> authorisation(read(record, StandingAuthorisation.class));
      case "rules.publications" -> publication(record, read(record, RulePublication.class));
      case "rules.status" -> ruleStatus(record, read(record, RuleStatus.class));
      case "rules.shadow" -> shadow(read(record, ShadowStatistics.class));
      case "action.controls" -> control(read(record, ActionControl.class));
      case "risk.hits", "risk.hits.final" -> hit(read(record, RuleHit.class));
      case "risk.cases" -> fraudCase(read(record, FraudCase.class));
      case "stop.requests" -> request(read(record, StopPaymentRequest.class));
      case "victim.warnings" -> warning(read(record, VictimWarning.class));
      case "restriction.notices" -> notice(read(record, RestrictionNotice.class));
      case "dead.letters" -> deadLetter(read(record, DeadLetter.class));
      case "recovery.lives" -> life(read(record, LifeTransition.class));
      case "recovery.requests" -> channelRequest(read(record, ChannelRequest.class));
      case "recovery.alarms" -> recoveryAlarm(read(record, RecoveryAlarm.class));
      case "audit.entries" -> auditEntry(read(record, AuditEntry.class));
      case "refund.plans" -> refundPlan(record.offset(), read(record, RefundPlan.class));
      case "refund.notices" -> refundNotice(read(record, RefundNotice.class));
      case "refund.victims" -> victimFile(record.offset(), read(record, VictimFile.class));
      case "trace.hops" -> traceHop(read(record, TraceHop.class));
      case "trace.cases" -> traceAccount(read(record, TraceCase.class));
      case "trace.followons" -> followOn(read(record, FollowOn.class));
      case Topics.ENRICHED -> event(read(record, EnrichedEvent.class));
      default -> ofBank(record);
    }
  }

  private <T extends SpecificRecord> T read(TopicRecord record, Class<T> type)
      throws UnreadableException {
    return decoder.deserialize(record.topic(), record.value(), type);
  }

  private void ofBank(TopicRecord record) throws UnreadableException {
    String[] name = record.topic().split("\\.");
    if (name.length != 3 || !name[0].equals("bank")) {
      throw new IllegalArgumentException("topic " + record.topic() + " is none of the console's");
    }
    switch (name[2]) {
      case "holds" -> hold(read(record, RiskHold.class));
      case "orders" -> envelope(name[1], record.offset(), read(record, OrderEnvelope.class));
      case "inbound" -> inbound(name[1], record.offset(), read(record, BankInbound.class));
      default ->
          throw new IllegalArgumentException(
              "topic " + record.topic() + " is none of the console's");
    }
  }

  private void report(VictimReport report) {
    batch.add(
        """
        insert into seen.report (report_id, reported_at, holder_token, typology, body)
        values (?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        report.getReportId(),
        report.getReportedAt(),
        report.getHolderToken(),
        report.getTypology(),
        Bodies.write(report));
    parties(report);
    touched.object(report.getReportId());
  }

  /** Whom a report is about. */
  private void parties(VictimReport report) {
    String id = report.getReportId();
    party(report.getHolderToken(), "REPORT", "VICTIM", id);
    for (ReportedTransfer paid : report.getTransfers()) {
      parties(paid.getPayer(), "REPORT", "PAYER", id);
      parties(paid.getPayee(), "REPORT", "PAYEE", id);
    }
  }

  /** An account and its holder. */
  private void parties(AccountRef account, String kind, String part, String about) {
    if (account != null) {
      party(account.getAccountToken(), kind, part, about);
      party(account.getHolderToken(), kind, part, about);
    }
  }

  /**
   * What a look-up finds. No two lanes write the same kind, so that neither waits for the other.
   */
  private void party(String token, String kind, String part, String about) {
    if (token == null || token.isEmpty() || about == null || about.isEmpty()) {
      return;
    }
    batch.add(
        """
        insert into seen.party (token, kind, part, about) values (?, ?, ?, ?) on conflict do nothing\
        """,
        token,
        kind,
        part,
        about);
  }

  private void clock(String name, ClockTick tick) {
    batch.add(
        """
        insert into seen.clock (name, at, sequence) values (?, ?, ?)
        on conflict (name) do update set at = excluded.at, sequence = excluded.sequence
        where (excluded.at, excluded.sequence) > (clock.at, clock.sequence)\
        """,
        name,
        tick.getAt(),
        tick.getSequence());
    touched.clock();
  }

  private void act(long offset, OfficerAct act) {
    byte[] body = Bodies.write(act);
    batch.add(
        """
        insert into seen.act (act_id, record_offset, kind, officer_id, second_officer_id, object_id,
          account_token, report_id, at, sha256, reason, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (act_id) do nothing\
        """,
        act.getActId(),
        offset,
        act.getKind().toString(),
        act.getOfficerId(),
        act.getSecondOfficerId(),
        act.getObjectId(),
        act.getAccountToken(),
        act.getReport() == null ? null : act.getReport().getReportId(),
        act.getAt(),
        Sha256.hex(ByteBuffer.wrap(body)),
        act.getReason(),
        body);
    if (act.getReport() != null) {
      parties(act.getReport());
    }
    touched.object(act.getObjectId());
  }

  private void authorisation(StandingAuthorisation standing) {
    batch.add(
        """
        insert into seen.authorisation (authorisation_id, revision, renewed_at, body) values (?, ?, ?, ?)
        on conflict (authorisation_id) do update
        set revision = excluded.revision, renewed_at = excluded.renewed_at, body = excluded.body
        where (excluded.revision, excluded.renewed_at) > (authorisation.revision, authorisation.renewed_at)\
        """,
        standing.getAuthorisationId(),
        standing.getRevision(),
        standing.getRenewedAt(),
        Bodies.write(standing));
  }

  private void publication(TopicRecord record, RulePublication publication) {
    batch.add(
        """
        insert into seen.publication (record_key, rule_id, rule_version, status, effective_from, body)
        values (?, ?, ?, ?, ?, ?)
        on conflict (record_key) do nothing\
        """,
        key(record),
        publication.getRuleId(),
        publication.getVersion(),
        publication.getStatus().toString(),
        publication.getEffectiveFrom(),
        Bodies.write(publication));
    touched.object(publication.getRuleId());
  }

  private void ruleStatus(TopicRecord record, RuleStatus status) {
    batch.add(
        """
        insert into seen.rule_status (record_key, rule_id, rule_version, status, body)
        values (?, ?, ?, ?, ?)
        on conflict (record_key) do update
        set status = excluded.status, body = excluded.body\
        """,
        key(record),
        status.getRuleId(),
        status.getVersion(),
        status.getStatus().toString(),
        Bodies.write(status));
    touched.object(status.getRuleId());
  }

  private void shadow(ShadowStatistics shadow) {
    batch.add(
        """
        insert into seen.shadow (rule_id, rule_version, body) values (?, ?, ?)
        on conflict (rule_id, rule_version) do update set body = excluded.body\
        """,
        shadow.getRuleId(),
        shadow.getVersion(),
        Bodies.write(shadow));
  }

  private void control(ActionControl control) {
    batch.add(
        """
        insert into seen.control (control_id, at, body) values (?, ?, ?)
        on conflict (control_id) do update set at = excluded.at, body = excluded.body
        where excluded.at >= control.at\
        """,
        control.getControlId(),
        control.getAt(),
        Bodies.write(control));
  }

  private void hit(RuleHit hit) {
    BankTransaction transaction = hit.getTransaction();
    AccountRef payer = transaction == null ? null : transaction.getPayer();
    batch.add(
        """
        insert into seen.hit (hit_id, revision, holds, is_final, rule_id, rule_version, key_token,
          occurred_at, transaction_id, amount_fen, payer_region, payer_age, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (hit_id) do update set revision = excluded.revision, holds = excluded.holds,
          is_final = excluded.is_final, occurred_at = excluded.occurred_at,
          transaction_id = excluded.transaction_id, amount_fen = excluded.amount_fen,
          payer_region = excluded.payer_region, payer_age = excluded.payer_age, body = excluded.body
        where (excluded.revision, excluded.is_final) > (hit.revision, hit.is_final)\
        """,
        hit.getHitId(),
        hit.getRevision(),
        hit.getHolds(),
        hit.getIsFinal(),
        hit.getRuleId(),
        hit.getRuleVersion(),
        hit.getKey(),
        hit.getOccurredAt(),
        transaction == null ? null : transactionId(transaction),
        transaction == null ? 0L : transaction.getAmountFen(),
        payer == null ? null : payer.getRegion(),
        payer == null ? null : payer.getHolderAgeYears(),
        Bodies.write(hit));
    if (transaction != null) {
      parties(payer, "HIT", "PAYER", hit.getHitId());
      parties(transaction.getPayee(), "HIT", "PAYEE", hit.getHitId());
    }
    touched.hit(hit.getHitId());
  }

  /** What recovery says of a case's state counts before what detection says. */
  private void caseState(FraudCase change) {
    batch.add(
        """
        insert into seen.case_state (case_id, sequence, state) values (?, ?, ?)
        on conflict (case_id) do update set sequence = excluded.sequence, state = excluded.state
        where excluded.sequence > case_state.sequence\
        """,
        change.getCaseId(),
        change.getSequence(),
        change.getState().toString());
    batch.add(
        """
        update seen.fraud_case set state = s.state from seen.case_state s
        where fraud_case.case_id = s.case_id and s.case_id = ?\
        """,
        change.getCaseId());
    touched.fraudCase(change.getCaseId());
  }

  private void fraudCase(FraudCase change) {
    if (change.getChange() == CaseChangeKind.STATE) {
      caseState(change);
      return;
    }
    byte[] body = Bodies.write(change);
    batch.add(
        """
        insert into seen.case_change (case_id, sequence, body) values (?, ?, ?)
        on conflict do nothing\
        """,
        change.getCaseId(),
        change.getSequence(),
        body);
    batch.add(
        """
        insert into seen.fraud_case (case_id, sequence, subject_kind, subject, state, score, opened_at,
          occurred_at, report_id, hit_ids, body)
        values (?, ?, ?, ?, coalesce((select state from seen.case_state where case_id = ?), ?), ?, ?, ?, ?,
          ?, ?)
        on conflict (case_id) do update set sequence = excluded.sequence, state = excluded.state,
          score = excluded.score, occurred_at = excluded.occurred_at, report_id = excluded.report_id,
          hit_ids = excluded.hit_ids, body = excluded.body
        where excluded.sequence > fraud_case.sequence\
        """,
        change.getCaseId(),
        change.getSequence(),
        change.getSubjectKind().toString(),
        change.getSubject(),
        change.getCaseId(),
        change.getState().toString(),
        change.getScore(),
        change.getOpenedAt(),
        change.getOccurredAt(),
        change.getReportId(),
        change.getShares().stream().map(ScoreShare::getHitId).toArray(String[]::new),
        body);
    touched.fraudCase(change.getCaseId());
  }

  private void request(StopPaymentRequest request) {
    byte[] body = Bodies.write(request);
    batch.add(
        """
        insert into seen.order_change (order_id, sequence, cause, state, tick_at, body)
        values (?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        request.getOrderId(),
        request.getSequence(),
        request.getCause(),
        request.getState().toString(),
        request.getTickAt(),
        body);
    batch.add(
        """
        insert into seen.stop_order (order_id, application_id, sequence, state, bank, account_token,
          report_id, traced_fen, amount_fen, basis_at, tick_at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (order_id) do update set sequence = excluded.sequence, state = excluded.state,
          report_id = excluded.report_id, traced_fen = excluded.traced_fen,
          amount_fen = excluded.amount_fen, basis_at = excluded.basis_at, tick_at = excluded.tick_at,
          body = excluded.body
        where excluded.sequence > stop_order.sequence\
        """,
        request.getOrderId(),
        request.getApplicationId(),
        request.getSequence(),
        request.getState().toString(),
        request.getTarget().getBank(),
        request.getTarget().getAccountToken(),
        request.getReportId(),
        request.getTracedFen(),
        request.getTransferAmountFen(),
        request.getBasisAt(),
        request.getTickAt(),
        body);
    for (String caseId : request.getCaseIds()) {
      batch.add(
          """
          insert into seen.order_case (order_id, case_id) values (?, ?) on conflict do nothing\
          """,
          request.getOrderId(),
          caseId);
    }
    touched.order(request.getOrderId());
  }

  private void envelope(String bank, long offset, OrderEnvelope envelope) {
    String orderId;
    String authorisation;
    try {
      StopPaymentOrder order = Envelopes.open(envelope);
      orderId = order.getOrderId();
      authorisation =
          order.getAuthorisation() instanceof StandingReference standing
              ? standing.getAuthorisationId()
              : null;
    } catch (CryptoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    batch.add(
        """
        insert into seen.envelope (order_id, bank, record_offset, payload_sha256, authorisation_id, body)
        values (?, ?, ?, ?, ?, ?)
        on conflict (order_id) do update set bank = excluded.bank, record_offset = excluded.record_offset,
          payload_sha256 = excluded.payload_sha256, authorisation_id = excluded.authorisation_id,
          body = excluded.body
        where (excluded.bank, excluded.record_offset) < (envelope.bank, envelope.record_offset)\
        """,
        orderId,
        bank,
        offset,
        Envelopes.payloadSha256(envelope),
        authorisation,
        Bodies.write(envelope));
    touched.order(orderId);
  }

  private void inbound(String bank, long offset, BankInbound inbound) {
    if (inbound.getBody() instanceof RiskHoldOutcome outcome) {
      batch.add(
          """
          insert into seen.hold_outcome (bank, record_offset, hold_id, result, held_fen, at)
          values (?, ?, ?, ?, ?, ?)
          on conflict do nothing\
          """,
          bank,
          offset,
          outcome.getHoldId(),
          outcome.getResult().toString(),
          outcome.getHeldFen(),
          outcome.getAt());
      touched.object(outcome.getHoldId());
      return;
    }
    receipt(bank, "", offset, (StopPaymentReceipt) inbound.getBody());
  }

  /**
   * @param source the paper whose answer was typed in; empty for the bank's own topic
   * @param number offset on that topic, or number of the paper's transition
   */
  private void receipt(String bank, String source, long number, StopPaymentReceipt receipt) {
    batch.add(
        """
        insert into seen.receipt (bank, source, record_offset, order_id, result, balance_fen, start_at,
          expire_at, at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        bank,
        source,
        number,
        receipt.getOrderId(),
        receipt.getResult().toString(),
        receipt.getBalanceBeforeFen(),
        receipt.getStartTime(),
        receipt.getExpireTime(),
        receipt.getAt(),
        Bodies.write(receipt));
    touched.order(receipt.getOrderId());
  }

  private void hold(RiskHold hold) {
    batch.add(
        """
        insert into seen.risk_hold (hold_id, sequence, action, bank, account_token, amount_fen,
          occurred_at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (hold_id) do update set sequence = excluded.sequence, action = excluded.action,
          occurred_at = excluded.occurred_at, body = excluded.body
        where excluded.sequence > risk_hold.sequence\
        """,
        hold.getHoldId(),
        hold.getSequence(),
        hold.getAction().toString(),
        hold.getBank(),
        hold.getAccount().getAccountToken(),
        hold.getAmountFen(),
        hold.getOccurredAt(),
        Bodies.write(hold));
    touched.object(hold.getHoldId());
  }

  private void warning(VictimWarning warning) {
    batch.add(
        """
        insert into seen.warning (warning_id, sequence, case_id, holder_token, tier, holds,
          occurred_at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (warning_id) do update set sequence = excluded.sequence, tier = excluded.tier,
          holds = excluded.holds, occurred_at = excluded.occurred_at, body = excluded.body
        where excluded.sequence > warning.sequence\
        """,
        warning.getWarningId(),
        warning.getSequence(),
        warning.getCaseId(),
        warning.getHolderToken(),
        warning.getTier().toString(),
        warning.getHolds(),
        warning.getOccurredAt(),
        Bodies.write(warning));
    touched.fraudCase(warning.getCaseId());
  }

  private void notice(RestrictionNotice notice) {
    batch.add(
        """
        insert into seen.notice (notice_id, in_force, restriction_id, account_token, from_at, body)
        values (?, ?, ?, ?, ?, ?)
        on conflict (notice_id, in_force) do update set from_at = excluded.from_at, body = excluded.body
        where excluded.from_at >= notice.from_at\
        """,
        notice.getNoticeId(),
        notice.getInForce(),
        notice.getRestrictionId(),
        notice.getAccountToken(),
        notice.getFrom(),
        Bodies.write(notice));
    touched.object(notice.getRestrictionId());
  }

  private void deadLetter(DeadLetter letter) {
    batch.add(
        """
        insert into seen.dead_letter (dead_letter_id, topic, reason, recorded_at) values (?, ?, ?, ?)
        on conflict do nothing\
        """,
        letter.getDeadLetterId(),
        letter.getTopic(),
        letter.getReason().toString(),
        letter.getRecordedAt());
  }

  private void life(LifeTransition step) {
    batch.add(
        """
        insert into seen.life_change (object_id, sequence, kind, case_id, state, tick_at, cause, duties,
          release_by, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        step.getObjectId(),
        step.getSequence(),
        step.getKind().toString(),
        step.getCaseId(),
        step.getState(),
        step.getTickAt(),
        step.getCause(),
        Duties.of(step).stream().map(Duty::name).toArray(String[]::new),
        Duties.overdueAt(step),
        Bodies.write(step));
    clocks(step);
    duties(step);
    paperLift(step);
    refundPaid(step);
    upheld(step);
    for (String number : DocumentNumbers.of(step)) {
      batch.add(
          "insert into seen.document_number (number, object_id) values (?, ?) on conflict do"
              + " nothing",
          number,
          step.getObjectId());
    }
    touched.object(step.getObjectId());
    touched.fraudCase(step.getCaseId());
    TypedAnswers.of(step)
        .ifPresent(
            typed -> receipt(typed.getBank(), step.getObjectId(), step.getSequence(), typed));
  }

  /** A bank's word on paper that it lifted. */
  private void paperLift(LifeTransition step) {
    if (step.getDetail() instanceof PaperDetail paper
        && step.getState().equals("ANSWERED")
        && paper.getAnswer().equals("BANK_LIFTED")) {
      batch.add(
          "insert into seen.paper_lift (paper_id, about_id, bank, lifted_at) values (?, ?, ?, ?) on"
              + " conflict do nothing",
          step.getObjectId(),
          paper.getAboutId(),
          paper.getBank(),
          paper.getStartTime() == null ? step.getTickAt() : paper.getStartTime());
    }
  }

  /** What a refund has paid so far, by its newest transition. */
  private void refundPaid(LifeTransition step) {
    if (step.getDetail() instanceof RefundDetail refund) {
      batch.add(
          """
          insert into seen.refund_paid (refund_id, sequence, paid_fen) values (?, ?, ?)
          on conflict (refund_id) do update set sequence = excluded.sequence, paid_fen = excluded.paid_fen
          where excluded.sequence > refund_paid.sequence\
          """,
          step.getObjectId(),
          step.getSequence(),
          refund.getPaidFen());
    }
  }

  private void upheld(LifeTransition step) {
    if (step.getDetail() instanceof AppealDetail appeal
        && step.getEvent().equals(AppealEvent.UPHELD.name())) {
      batch.add(
          "insert into seen.upheld (appeal_id, restriction, restriction_id, bank, at) values (?, ?,"
              + " ?, ?, ?) on conflict do nothing",
          step.getObjectId(),
          appeal.getRestriction().name(),
          appeal.getRestrictionId(),
          appeal.getBank(),
          step.getTickAt());
    }
  }

  /** The clocks of a life's newest transition; its row in life_change stands already. */
  private void clocks(LifeTransition step) {
    batch.add(
        "delete from seen.life_due where object_id = ? and sequence < ?",
        step.getObjectId(),
        step.getSequence());
    for (LifeClock clock : step.getClocks()) {
      if (Ahead.warns(clock)) {
        continue;
      }
      batch.add(
          """
          insert into seen.life_due (object_id, event, due_at, kind, case_id, sequence)
          select ?, ?, ?, ?, ?, ? where not exists
            (select 1 from seen.life_change where object_id = ? and sequence > ?)
          on conflict do nothing\
          """,
          step.getObjectId(),
          clock.getEvent(),
          clock.getDueAt(),
          step.getKind().toString(),
          step.getCaseId(),
          step.getSequence(),
          step.getObjectId(),
          step.getSequence());
    }
  }

  /**
   * What a life's newest transition leaves to be done. A stop's own word tells what is owed of it.
   */
  private void duties(LifeTransition step) {
    if (step.getKind() == LifeKind.STOP_ORDER) {
      return;
    }
    batch.add(
        "delete from seen.life_duty where object_id = ? and sequence < ?",
        step.getObjectId(),
        step.getSequence());
    for (Duty duty : Duties.of(step)) {
      batch.add(
          """
          insert into seen.life_duty (object_id, duty, kind, state, case_id, sequence, tick_at, ends_at)
          select ?, ?, ?, ?, ?, ?, ?, ? where not exists
            (select 1 from seen.life_change where object_id = ? and sequence > ?)
          on conflict do nothing\
          """,
          step.getObjectId(),
          duty.name(),
          step.getKind().toString(),
          step.getState(),
          step.getCaseId(),
          step.getSequence(),
          step.getTickAt(),
          Duties.endsAt(step),
          step.getObjectId(),
          step.getSequence());
    }
  }

  private void channelRequest(ChannelRequest asked) {
    batch.add(
        """
        insert into seen.channel_request (request_id, code, object_id, case_id, bank, authorisation,
          tick_at, application_id, channel, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        asked.getRequestId(),
        asked.getCode(),
        asked.getObjectId(),
        asked.getCaseId(),
        asked.getBank(),
        asked.getAuthorisation(),
        asked.getTickAt(),
        asked.getApplicationId(),
        asked.getChannel().name(),
        Bodies.write(asked));
    touched.object(asked.getObjectId());
  }

  private void recoveryAlarm(RecoveryAlarm alarm) {
    batch.add(
        """
        insert into seen.recovery_alarm (alarm_id, alarm, object_id, case_id, cause, tick_at, body)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        alarm.getAlarmId(),
        alarm.getAlarm(),
        alarm.getObjectId(),
        alarm.getCaseId(),
        alarm.getCause(),
        alarm.getTickAt(),
        Bodies.write(alarm));
    touched.object(alarm.getObjectId());
  }

  private void auditEntry(AuditEntry entry) {
    batch.add(
        """
        insert into seen.audit_entry (chain, sequence, object_id, transition, hash)
        values (?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        entry.getChain(),
        entry.getSequence(),
        entry.getObjectId(),
        entry.getTransition(),
        entry.getHash());
    touched.fraudCase(entry.getChain());
  }

  /** Topics of one partition: the highest offset of a key is the newest. */
  private void refundPlan(long offset, RefundPlan plan) {
    batch.add(
        """
        insert into seen.refund_plan (freeze_id, record_offset, case_id, body) values (?, ?, ?, ?)
        on conflict (freeze_id) do update set record_offset = excluded.record_offset,
          case_id = excluded.case_id, body = excluded.body
        where excluded.record_offset > refund_plan.record_offset\
        """,
        plan.getFreezeId(),
        offset,
        plan.getCaseId(),
        Bodies.write(plan));
    touched.object(plan.getFreezeId());
    touched.fraudCase(plan.getCaseId());
  }

  private void refundNotice(RefundNotice notice) {
    batch.add(
        """
        insert into seen.refund_notice (notice_id, refund_id, tick_at, body) values (?, ?, ?, ?)
        on conflict do nothing\
        """,
        notice.getNoticeId(),
        notice.getRefundId(),
        notice.getTickAt(),
        Bodies.write(notice));
    touched.object(notice.getRefundId());
  }

  private void victimFile(long offset, VictimFile file) {
    batch.add(
        """
        insert into seen.victim_file (victim, record_offset, referral_due, body) values (?, ?, ?, ?)
        on conflict (victim) do update set record_offset = excluded.record_offset,
          referral_due = excluded.referral_due, body = excluded.body
        where excluded.record_offset > victim_file.record_offset\
        """,
        file.getVictim(),
        offset,
        file.getReferralDue(),
        Bodies.write(file));
    file.getParts().forEach(part -> touched.object(part.getFreezeId()));
  }

  private void traceHop(TraceHop hop) {
    batch.add(
        """
        insert into seen.trace_hop (claim, transfer_id, loss, revision, case_id, level, occurred_at, body)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (claim, transfer_id, loss) do update set revision = excluded.revision,
          case_id = excluded.case_id, level = excluded.level, occurred_at = excluded.occurred_at,
          body = excluded.body
        where excluded.revision > trace_hop.revision\
        """,
        hop.getClaim(),
        hop.getEdge().getTransferId(),
        hop.getLoss(),
        hop.getRevision(),
        hop.getCaseId(),
        hop.getLevel(),
        hop.getEdge().getOccurredAt(),
        Bodies.write(hop));
    traced(hop.getEdge().getPayer().getAccountToken(), hop.getCaseId(), hop.getClaim());
    traced(hop.getEdge().getPayee().getAccountToken(), hop.getCaseId(), hop.getClaim());
    touched.fraudCase(hop.getCaseId());
  }

  private void traceAccount(TraceCase stated) {
    batch.add(
        """
        insert into seen.trace_account (claim, account_token, revision, number, case_id, level, there_fen, body)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (claim, account_token) do update set revision = excluded.revision,
          number = excluded.number, case_id = excluded.case_id, level = excluded.level,
          there_fen = excluded.there_fen, body = excluded.body
        where excluded.revision > trace_account.revision\
        """,
        stated.getClaim(),
        stated.getAccount().getAccount().getAccountToken(),
        stated.getAccount().getRevision(),
        stated.getNumber(),
        stated.getCaseId(),
        stated.getAccount().getLevel(),
        stated.getAccount().getRemaining().getLowFen(),
        Bodies.write(stated));
    traced(
        stated.getAccount().getAccount().getAccountToken(), stated.getCaseId(), stated.getClaim());
    touched.fraudCase(stated.getCaseId());
    touched.report(stated.getClaim());
  }

  private void traced(String account, String caseId, String claim) {
    party(account, "CASE", "HOP", caseId);
    party(account, "CLAIM", "HOP", claim);
  }

  private void followOn(FollowOn asked) {
    batch.add(
        """
        insert into seen.follow_on (claim, account_token, revision, holds, there_fen, urgency, level, at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (claim, account_token) do update set revision = excluded.revision,
          holds = excluded.holds, there_fen = excluded.there_fen, urgency = excluded.urgency,
          level = excluded.level, at = excluded.at
        where excluded.revision > follow_on.revision\
        """,
        asked.getClaim(),
        asked.getTarget().getAccountToken(),
        asked.getRevision(),
        asked.getHolds(),
        asked.getThereFen(),
        asked.getUrgency(),
        asked.getLevel(),
        asked.getAt());
    touched.fraudCase(asked.getCaseId());
    touched.report(asked.getClaim());
  }

  private void event(EnrichedEvent enriched) {
    String transactionId = null;
    String holder = null;
    String payer = null;
    String payee = null;
    Long amount = null;
    if (enriched.getEvent() instanceof BankTransaction moved) {
      transactionId = transactionId(moved);
      payer = moved.getPayer() == null ? null : moved.getPayer().getAccountToken();
      holder = moved.getPayer() == null ? null : moved.getPayer().getHolderToken();
      payee = moved.getPayee() == null ? null : moved.getPayee().getAccountToken();
      amount = moved.getAmountFen();
    } else if (enriched.getEvent() instanceof BankAccessEvent access) {
      payer = access.getAccount().getAccountToken();
      holder = access.getAccount().getHolderToken();
    } else {
      TelecomEvent signal = (TelecomEvent) enriched.getEvent();
      holder = signal.getHolderToken();
      party(signal.getNumberToken(), "HOLDER", "OWNER", holder);
      party(signal.getPeerToken(), "HOLDER", "PEER", holder);
    }
    batch.add(
        """
        insert into seen.event (event_id, transaction_id, occurred_at, holder_token, payer_account,
          payee_account, amount_fen, body)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing\
        """,
        enriched.getEventId(),
        transactionId,
        enriched.getOccurredAt(),
        holder,
        payer,
        payee,
        amount,
        Bodies.write(enriched));
    if (payer != null && amount != null) {
      touched.account(payer);
    }
  }

  private static String transactionId(BankTransaction transaction) {
    return transaction.getSource() + ":" + transaction.getTransactionId();
  }

  private static String key(TopicRecord record) {
    return record.key() == null
        ? record.position()
        : new String(record.key(), StandardCharsets.UTF_8);
  }
}
