package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.view.CaseView.OrderView;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.Extent;
import dev.zhifu.desk.view.Traced.Held;
import dev.zhifu.desk.view.Traced.Trace;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.papers.HandOverFile;
import dev.zhifu.papers.HandOverFile.Measure;
import dev.zhifu.papers.RefundFile.Account;
import dev.zhifu.papers.RefundFile.Officer;
import dev.zhifu.papers.RejectionFile;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Papers about a case as a whole, filled from what the topics say. Names are opened token by token,
 * on record, and as far as the vault opens in a minute; further ones are left for the hand.
 */
final class CasePaper {
  /** Openings of one paper; the vault opens 30 a minute for a person. */
  private static final int OPENED_MAX = 24;

  /** Lines of each list. */
  private static final int LINES_MAX = 60;

  private static final Words PRINTED = Words.of("zh");

  private final Desk desk;
  private final PaperNames names;
  private final List<Officer> officers;

  CasePaper(Desk desk, PaperNames names, List<Officer> officers) {
    this.desk = desk;
    this.names = names;
    this.officers = officers;
  }

  // ---- a case that is handed over

  /**
   * What goes along with a case.
   *
   * @param life the case's own life, which names the receiving body
   * @param lives all that recovery keeps of the case
   */
  HandOverFile handOver(
      FraudCase about, LifeTransition life, List<LifeTransition> lives, String caseNumber) {
    CaseDetail detail = (CaseDetail) life.getDetail();
    List<HandOverFile.Victim> victims = victims(detail);
    List<Measure> measures = new ArrayList<>();
    stops(measures, about.getCaseId());
    others(measures, lives);
    List<HandOverFile.Rest> money = new ArrayList<>();
    boolean more =
        money(money, about.getCaseId())
            || measures.size() > LINES_MAX
            || detail.getFurtherReports().size() >= LINES_MAX
            || lives.size() >= Cases.LIVES_MAX;
    return new HandOverFile(
        names.marked(caseNumber),
        desk.lifeOffers().authority(),
        detail.getReceivingBody(),
        desk.cases().handedOverAt(about.getCaseId()).orElse(life.getTickAt()),
        detail.getReceivedAt(),
        victims,
        measures.stream().limit(LINES_MAX).toList(),
        money,
        refunds(lives),
        officers,
        more,
        desk.engine().tick());
  }

  private List<HandOverFile.Victim> victims(CaseDetail detail) {
    Set<String> reports = new LinkedHashSet<>();
    if (detail.getReportId() != null) {
      reports.add(detail.getReportId());
    }
    reports.addAll(detail.getFurtherReports());
    List<HandOverFile.Victim> victims = new ArrayList<>();
    for (String reportId : reports.stream().limit(LINES_MAX).toList()) {
      victims.add(
          desk.cases()
              .report(reportId)
              .map(this::victim)
              // Not read here yet, or forgotten: its number goes along all the same.
              .orElseGet(() -> new HandOverFile.Victim(PaperNames.BY_HAND, reportId, null, -1)));
    }
    return victims;
  }

  private HandOverFile.Victim victim(VictimReport told) {
    return new HandOverFile.Victim(
        name(told.getHolderToken()),
        told.getReportId(),
        told.getReportedAt(),
        told.getTransfers().stream().mapToLong(ReportedTransfer::getAmountFen).sum());
  }

  /** Stops in force, each with the bank's own times. */
  private void stops(List<Measure> measures, String caseId) {
    for (OrderView view : desk.views().orders(caseId, PRINTED, Extent.WHOLE).list()) {
      StopPaymentRequest order = view.order();
      if (OrderTable.UNANSWERED.contains(order.getState())
          || OrderTable.IN_FORCE.contains(order.getState())) {
        StopPaymentReceipt receipt =
            OrderTable.IN_FORCE.contains(order.getState()) ? view.receipt() : null;
        Instant from = receipt == null ? null : receipt.getStartTime();
        measures.add(
            new Measure(
                PRINTED.t("life." + LifeKind.STOP_ORDER),
                order.getApplicationId(),
                account(order.getTarget()),
                PRINTED.t("order." + order.getState()),
                -1,
                from,
                from == null
                    ? null
                    : receipt.getExpireTime() == null
                        ? from.plus(LegalTerms.STOP)
                        : receipt.getExpireTime(),
                PRINTED.t("handover.ordinal", order.getOrdinal())));
      }
    }
  }

  /** Freezes and victim holds that have not ended, and appeals that are not decided. */
  private void others(List<Measure> measures, List<LifeTransition> lives) {
    for (LifeTransition life : lives) {
      if (life.getDetail() instanceof FreezeDetail freeze
          && !FreezeTable.law().terminal(FreezeState.valueOf(life.getState()))) {
        measures.add(
            new Measure(
                PRINTED.t("life." + LifeKind.FREEZE),
                freeze.getApplicationId(),
                account(freeze.getTarget()),
                PRINTED.t("life.FREEZE." + life.getState()),
                freeze.getFrozenFen() > 0 ? freeze.getFrozenFen() : freeze.getAmountFen(),
                freeze.getStartAt(),
                freeze.getExpiresAt(),
                PRINTED.t("handover.renewal")));
      } else if (life.getDetail() instanceof VictimHoldDetail hold
          && !VictimHoldTable.law().terminal(VictimHoldState.valueOf(life.getState()))) {
        measures.add(
            new Measure(
                PRINTED.t("life." + LifeKind.VICTIM_HOLD),
                life.getObjectId(),
                account(hold.getTarget()),
                PRINTED.t("life.VICTIM_HOLD." + life.getState()),
                -1,
                hold.getStartAt(),
                hold.getExpiresAt(),
                ""));
      } else if (life.getDetail() instanceof AppealDetail appeal && appeal.getDecidedAt() == null) {
        measures.add(
            new Measure(
                PRINTED.t("life." + LifeKind.APPEAL),
                life.getObjectId(),
                account(appeal.getAccountToken(), appeal.getBank()),
                PRINTED.t("life.APPEAL." + life.getState()),
                -1,
                null,
                null,
                PRINTED.t("handover.appeal")));
      }
    }
  }

  private boolean money(List<HandOverFile.Rest> money, String caseId) {
    Optional<Trace> trace = desk.views().trace(caseId);
    if (trace.isEmpty()) {
      return false;
    }
    List<Held> there = trace.get().held().stream().filter(one -> one.highFen() > 0).toList();
    there.stream()
        .limit(LINES_MAX)
        .forEach(
            one ->
                money.add(
                    new HandOverFile.Rest(
                        account(one.account().getAccountToken(), one.account().getBank()),
                        one.level(),
                        one.lowFen(),
                        one.highFen())));
    return trace.get().more() || there.size() > LINES_MAX;
  }

  private static List<HandOverFile.Refund> refunds(List<LifeTransition> lives) {
    List<HandOverFile.Refund> open = new ArrayList<>();
    for (LifeTransition life : lives) {
      if (life.getDetail() instanceof RefundDetail refund
          && !RefundTable.law().terminal(RefundState.valueOf(life.getState()))) {
        open.add(
            new HandOverFile.Refund(
                life.getObjectId(),
                PRINTED.t("life.REFUND." + life.getState()),
                refund.getShares().stream().mapToLong(RefundShare::getRefundFen).sum()));
      }
    }
    return open;
  }

  // ---- an appeal that was not upheld

  /**
   * What its holder is told.
   *
   * @param appeal its newest transition, REJECTED
   */
  RejectionFile rejection(LifeTransition appeal, Appeals.Decision decision) {
    AppealDetail detail = (AppealDetail) appeal.getDetail();
    return new RejectionFile(
        names.marked(appeal.getObjectId()),
        desk.lifeOffers().authority(),
        name(detail.getHolder()),
        account(detail.getAccountToken(), detail.getBank()),
        RejectionFile.Measure.valueOf(detail.getRestriction().name()),
        detail.getRestrictionId(),
        detail.getStatement(),
        detail.getSubmittedAt(),
        kinds(detail.getEvidence()),
        decidedBy(appeal),
        decision.at(),
        decision.reason(),
        decision.remedy(),
        officers,
        desk.engine().tick());
  }

  private String decidedBy(LifeTransition appeal) {
    Names persons = new Names(desk.people(), desk.views().banks());
    String first = persons.of(appeal.getActor());
    return appeal.getSecondActor() == null
        ? first
        : first + "、" + persons.of(appeal.getSecondActor());
  }

  /**
   * Kinds of evidence with how many of each: a trace, a rule's hit, an act, a request. What each
   * says belongs to the investigation and goes to nobody outside.
   */
  static List<String> kinds(List<String> evidence) {
    TreeMap<String, Integer> counted = new TreeMap<>();
    for (String one : evidence) {
      counted.merge(kind(one), 1, Integer::sum);
    }
    return counted.entrySet().stream()
        .map(one -> PRINTED.t("evidence." + one.getKey(), one.getValue()))
        .toList();
  }

  private static String kind(String evidence) {
    if (evidence.startsWith("TRACE ")) {
      return "trace";
    }
    if (evidence.startsWith(RiskHoldEvent.ASKED + " ")) {
      return "ask";
    }
    return evidence.matches("[VMTG]\\d+ .*") ? "hit" : "act";
  }

  // ---- names

  private boolean mayOpen(String token) {
    return names.asked(token) || names.opened() < OPENED_MAX;
  }

  private String name(String token) {
    return mayOpen(token)
        ? names
            .open(token)
            .map(ClearIdentity::name)
            .filter(name -> !name.isEmpty())
            .orElse(PaperNames.BY_HAND)
        : PaperNames.BY_HAND;
  }

  private Account account(AccountRef target) {
    return account(target.getAccountToken(), target.getBank());
  }

  private Account account(String token, String bank) {
    return names.account(token, desk.views().banks().of(bank).name(), mayOpen(token));
  }
}
