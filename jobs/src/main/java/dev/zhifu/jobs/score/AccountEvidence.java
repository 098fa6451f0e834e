package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.TraceGround;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All that stands against one target account, and what follows from it. Pure: same lists, same
 * answer.
 *
 * @param account token of the account
 * @param hits live M and G hits, by event time
 * @param links holders' cases on linking transactions, by event time; those without shares are
 *     already gone
 * @param reports accepted reports that name the account, by acceptance
 * @param limited ids of hits that a limit on their rule keeps from leading to actions
 */
record AccountEvidence(
    String account,
    List<RuleHit> hits,
    List<HolderScore> links,
    List<ReportedAccount> reports,
    Set<String> limited) {

  /** Evidence of which no limit keeps anything back. */
  AccountEvidence(
      String account, List<RuleHit> hits, List<HolderScore> links, List<ReportedAccount> reports) {
    this(account, hits, links, reports, Set.of());
  }

  /** True when the hit proposes the action and no limit keeps it back. */
  boolean actsOn(RuleHit hit, ActionCode action) {
    return Shares.proposes(hit, action) && !limited.contains(hit.getHitId());
  }

  /**
   * The case score: own rules, each holder's rules, and each victim's statement are independent
   * proofs.
   */
  CaseScore score(ScoreSettings settings) {
    Map<String, ScoreShare> proofs = new LinkedHashMap<>();
    for (RuleHit hit : hits) {
      proofs.put(hit.getRuleId(), Shares.of(hit));
    }
    for (HolderScore link : links) {
      for (ScoreShare share : link.shares()) {
        proofs.put(share.getRuleId() + "@" + link.holder(), share);
      }
    }
    for (ReportedAccount report : reports) {
      proofs.put(CaseScore.STATEMENT + "@" + report.victimHolder(), statement(report, settings));
    }
    return CaseScore.of(proofs);
  }

  private static ScoreShare statement(ReportedAccount report, ScoreSettings settings) {
    return ScoreShare.newBuilder()
        .setHitId(report.reportId())
        .setRuleId(CaseScore.STATEMENT)
        .setRuleVersion(1)
        .setFamily(RuleFamily.V)
        .setWeight(settings.statementWeight())
        .build();
  }

  /** True when nothing stands against the account any more. */
  boolean isEmpty() {
    return hits.isEmpty() && links.isEmpty() && reports.isEmpty();
  }

  /** What the rules behind it propose, whether or not it may be taken. */
  Set<ActionCode> shown() {
    Set<ActionCode> shown = EnumSet.noneOf(ActionCode.class);
    for (RuleHit hit : hits) {
      shown.addAll(hit.getActions());
    }
    for (HolderScore link : links) {
      link.actions().forEach(name -> shown.add(ActionCode.valueOf(name)));
    }
    shown.remove(ActionCode.NONE);
    return shown;
  }

  /** True when some rule behind it proposes {@code action} and no limit keeps it back. */
  boolean proposes(ActionCode action) {
    return hits.stream().anyMatch(hit -> actsOn(hit, action))
        || links.stream().anyMatch(link -> link.actions().contains(action.name()));
  }

  /**
   * True when an own hit proposes a bank measure: the only ground for holding other people's
   * payments to it.
   */
  boolean ownHitProposes(ActionCode action) {
    return hits.stream().anyMatch(hit -> actsOn(hit, action));
  }

  /**
   * Distinct persons whose own payments to the account would be held: their rules on them reach the
   * score of a hold together. One alone, however many rules fire, never holds other people's
   * payments: a fraudster can send one yuan of a victim's money to an honest shop. Nor do persons
   * with one sign each: whom a town pays, some of these pay too (ADR-0113).
   */
  long victims(ScoreSettings settings) {
    Map<String, Map<String, ScoreShare>> byHolder = new LinkedHashMap<>();
    for (HolderScore link : links) {
      Map<String, ScoreShare> byRule =
          byHolder.computeIfAbsent(link.holder(), any -> new LinkedHashMap<>());
      link.shares().forEach(share -> byRule.put(share.getRuleId(), share));
    }
    return byHolder.values().stream()
        .filter(byRule -> CaseScore.of(byRule).value() >= settings.holdScore())
        .count();
  }

  /**
   * True for kinds of account that serve the public: others' payments to them are held on their own
   * conduct alone.
   */
  boolean isProtected() {
    AccountRef target = target();
    return target != null
        && switch (target.getKind()) {
          case MERCHANT, COMPANY, PAYROLL, MEDICAL, GOVERNMENT, UTILITY, POOLED -> true;
          case PERSONAL, UNKNOWN -> false;
        };
  }

  /** True when a stop may be asked for. */
  boolean stops(CaseScore score, ScoreSettings settings) {
    return score.sufficesForStop(settings.stopScore())
        && (!reports.isEmpty() || proposes(ActionCode.A5));
  }

  /** What scoring asks of stop-orders. */
  StopProposal proposal(CaseScore score, ScoreSettings settings, String caseId, String cause) {
    Payment payment = payment();
    Balance balance = balance();
    return new StopProposal(
        account,
        target(),
        stops(score, settings),
        origin(),
        caseIds(caseId),
        reportId(),
        reports.isEmpty() ? null : newestReport().actId(),
        payment.bankTransactionId(),
        payment.amountFen(),
        payment.atMs(),
        tracedFen(),
        balance.fen(),
        balance.atMs(),
        score.value(),
        score.families(),
        hitIds(score),
        ruleIds(score),
        hits.stream().allMatch(Shares::settled) && links.stream().allMatch(HolderScore::settled),
        hits.stream().anyMatch(hit -> !hit.getIdleSources().isEmpty())
            || links.stream().anyMatch(HolderScore::idle),
        reason(),
        newestMs(),
        cause,
        grounds(),
        ruleVersions(score),
        ownStop(),
        basis());
  }

  /** The stop that the account's bank has made itself; of several the one that began last. */
  private OwnStop ownStop() {
    return reports.stream()
        .map(report -> report.transfer().getOwnStop())
        .filter(Objects::nonNull)
        .max(Comparator.comparing(OwnStop::getStartTime))
        .orElse(null);
  }

  /** What the newest report that names the account itself says of it; a trace says nothing. */
  private StopBasis basis() {
    return reports.isEmpty() || newestReport().isHop()
        ? null
        : newestReport().transfer().getBasis();
  }

  private OrderOrigin origin() {
    if (reports.isEmpty()) {
      return OrderOrigin.HITS;
    }
    return newestReport().isHop() ? OrderOrigin.HOP : OrderOrigin.REPORT;
  }

  /** The newest that names the account itself; where none does, the newest of a trace. */
  private ReportedAccount newestReport() {
    ReportedAccount newest = null;
    for (ReportedAccount report : reports) {
      if (newest == null || newest.isHop() || !report.isHop()) {
        newest = report;
      }
    }
    return newest;
  }

  private record Payment(String bankTransactionId, long amountFen, long atMs) {}

  /**
   * The payment an order quotes: the reported one, else the newest linking one, else the newest
   * credit of a hit.
   */
  private Payment payment() {
    if (!reports.isEmpty()) {
      var transfer = newestReport().transfer();
      return new Payment(
          transfer.getPayeeBankTransactionId(),
          transfer.getAmountFen(),
          transfer.getOccurredAt().toEpochMilli());
    }
    for (int i = links.size() - 1; i >= 0; i--) {
      return payment(links.get(i).transaction());
    }
    for (int i = hits.size() - 1; i >= 0; i--) {
      BankTransaction transaction = hits.get(i).getTransaction();
      if (transaction != null && credits(transaction)) {
        return payment(transaction);
      }
    }
    return new Payment(null, 0, 0);
  }

  private static Payment payment(BankTransaction transaction) {
    Booking booking = transaction.getPayeeBooking();
    return booking == null
        ? new Payment(null, transaction.getAmountFen(), transaction.getOccurredAt().toEpochMilli())
        : new Payment(
            booking.getBankTransactionId(),
            transaction.getAmountFen(),
            booking.getBookedAt().toEpochMilli());
  }

  private boolean credits(BankTransaction transaction) {
    return transaction.getPayee() != null
        && transaction.getPayee().getAccountToken().equals(account);
  }

  /** The account as the newest evidence names it; evidence with a ciphertext is preferred. */
  AccountRef target() {
    AccountRef found = null;
    for (RuleHit hit : hits) {
      found = prefer(found, side(hit.getTransaction()));
    }
    for (HolderScore link : links) {
      found = prefer(found, link.target());
    }
    for (ReportedAccount report : reports) {
      found = prefer(found, report.transfer().getPayee());
    }
    return found;
  }

  private static AccountRef prefer(AccountRef old, AccountRef newer) {
    if (newer == null || (old != null && old.getCipher() != null && newer.getCipher() == null)) {
      return old;
    }
    return newer;
  }

  /** The account's own side of a transaction, or null. */
  AccountRef side(BankTransaction transaction) {
    if (transaction == null) {
      return null;
    }
    if (credits(transaction)) {
      return transaction.getPayee();
    }
    AccountRef payer = transaction.getPayer();
    return payer != null && payer.getAccountToken().equals(account) ? payer : null;
  }

  private record Balance(Long fen, long atMs) {}

  private Balance balance() {
    Balance newest = new Balance(null, 0);
    for (RuleHit hit : hits) {
      newest = newer(newest, after(hit.getTransaction()));
    }
    for (HolderScore link : links) {
      newest = newer(newest, after(link.transaction()));
    }
    for (ReportedAccount report : reports) {
      newest = newer(newest, new Balance(report.lastBalanceFen(), report.balanceAtMs()));
    }
    return newest;
  }

  private static Balance newer(Balance one, Balance other) {
    return other.fen() != null && (one.fen() == null || other.atMs() >= one.atMs()) ? other : one;
  }

  private Balance after(BankTransaction transaction) {
    AccountRef side = side(transaction);
    if (side == null || side.getBalanceBeforeFen() == null) {
      return new Balance(null, 0);
    }
    long moved = credits(transaction) ? transaction.getAmountFen() : -transaction.getAmountFen();
    long booked =
        transaction.getPhase() == dev.zhifu.wire.TransactionPhase.COMPLETED
            ? Math.addExact(side.getBalanceBeforeFen(), moved)
            : side.getBalanceBeforeFen();
    return new Balance(booked, transaction.getOccurredAt().toEpochMilli());
  }

  /**
   * Victims' money that accepted reports put on this account: named transfers, linked ones of the
   * same victims, and what their traces brought from other accounts where the report does not name
   * this one.
   */
  long tracedFen() {
    Map<String, Long> byTransaction = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    for (ReportedAccount report : reports) {
      if (!report.isHop()) {
        named.add(report.reportId());
      }
    }
    for (ReportedAccount report : reports) {
      if (report.isHop()) {
        if (!named.contains(report.reportId())) {
          byTransaction.put("trace:" + report.reportId(), report.tracedFen());
        }
        continue;
      }
      var transfer = report.transfer();
      String id =
          transfer.getTransactionId() == null
              ? report.reportId()
                  + ":"
                  + transfer.getOccurredAt().toEpochMilli()
                  + ":"
                  + transfer.getAmountFen()
              : transfer.getTransactionId();
      byTransaction.put(id, transfer.getAmountFen());
    }
    for (HolderScore link : links) {
      if (link.reportId() != null) {
        byTransaction.put(link.transaction().getTransactionId(), link.transaction().getAmountFen());
      }
    }
    long sum = 0;
    for (long fen : byTransaction.values()) {
      sum = Math.addExact(sum, fen);
    }
    return sum;
  }

  private String reportId() {
    if (!reports.isEmpty()) {
      return newestReport().reportId();
    }
    for (int i = links.size() - 1; i >= 0; i--) {
      if (links.get(i).reportId() != null) {
        return links.get(i).reportId();
      }
    }
    return null;
  }

  private List<String> caseIds(String own) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(own);
    links.forEach(link -> ids.add(link.caseId()));
    reports.stream().map(ReportedAccount::caseId).filter(Objects::nonNull).forEach(ids::add);
    return List.copyOf(ids);
  }

  /** Of a report that names the account itself the trace's ground says no more. */
  private List<TraceGround> grounds() {
    List<TraceGround> grounds = new ArrayList<>();
    for (ReportedAccount report : reports) {
      if (report.ground() != null) {
        grounds.add(report.ground());
      }
    }
    return grounds;
  }

  private static List<String> hitIds(CaseScore score) {
    List<String> ids = new ArrayList<>();
    for (ScoreShare share : score.shares()) {
      if (!CaseScore.STATEMENT.equals(share.getRuleId())) {
        ids.add(share.getHitId());
      }
    }
    return ids;
  }

  private static List<String> ruleIds(CaseScore score) {
    Set<String> ids = new LinkedHashSet<>();
    score.shares().forEach(share -> ids.add(share.getRuleId()));
    return List.copyOf(ids);
  }

  /** Of hits alone: the victim's statement has no version. */
  private static List<String> ruleVersions(CaseScore score) {
    Set<String> versions = new LinkedHashSet<>();
    for (ScoreShare share : score.shares()) {
      if (!CaseScore.STATEMENT.equals(share.getRuleId())) {
        versions.add(share.getRuleId() + ":" + share.getRuleVersion());
      }
    }
    return List.copyOf(versions);
  }

  /** Reason code that may leave: no case data, the gravest first. */
  ReasonCode reason() {
    if (!reports.isEmpty()) {
      return newestReport().isHop() ? ReasonCode.HOP_OF_REPORT : ReasonCode.VICTIM_REPORT;
    }
    if (!links.isEmpty()) {
      return ReasonCode.VICTIM_AT_RISK;
    }
    Set<String> rules = new HashSet<>();
    hits.forEach(hit -> rules.add(hit.getRuleId()));
    if (rules.contains("M03")) {
      return ReasonCode.FAN_OUT;
    }
    if (rules.contains("M06")) {
      return ReasonCode.NEW_ACCOUNT_BURST;
    }
    return rules.contains("M12") ? ReasonCode.LISTED_ACCOUNT : ReasonCode.PASS_THROUGH;
  }

  /** Event time of the newest evidence. */
  long newestMs() {
    long newest = 0;
    for (RuleHit hit : hits) {
      newest = Math.max(newest, Shares.at(hit));
    }
    for (HolderScore link : links) {
      newest = Math.max(newest, link.occurredAtMs());
    }
    for (ReportedAccount report : reports) {
      newest = Math.max(newest, report.newestMs());
    }
    return newest;
  }
}
