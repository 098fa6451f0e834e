package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.RefundSheet;
import dev.zhifu.desk.acts.RefundSheet.Hop;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.papers.RefundFile;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundClass;
import dev.zhifu.rules.money.refund.RefundSteps;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.TraceParty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The papers of one refund, filled from its sheet. Names and numbers are opened token by token for
 * the case, each on record; what the vault does not know is left for the hand. Sex, address and
 * telephone stand in no topic and in no vault.
 */
final class RefundPaper {
  /** Openings that a flow table may cost beside the victims'; above it accounts stay as tokens. */
  private static final int FLOW_OPENED_MAX = 16;

  private static final Set<RefundState> TRACED =
      EnumSet.complementOf(EnumSet.of(RefundState.OPENED, RefundState.REOPENED));
  private static final Set<RefundState> PREPARED =
      EnumSet.of(
          RefundState.PREPARED,
          RefundState.APPROVED,
          RefundState.ISSUED,
          RefundState.BANK_CHECK,
          RefundState.SUPPLEMENT,
          RefundState.EXECUTING,
          RefundState.FAILED_ACCOUNT,
          RefundState.EXECUTED,
          RefundState.RESIDUE_HELD,
          RefundState.CLOSED);

  /** A refund in a ratio on its way to the plan: the notice is put up before it. */
  private static final Set<RefundState> RATIO =
      EnumSet.of(RefundState.PRORATA, RefundState.NOTICE, RefundState.OBJECTION);

  private static final Set<RefundState> APPROVED = EnumSet.copyOf(PREPARED);

  static {
    APPROVED.remove(RefundState.PREPARED);
  }

  /** Papers that name no victim. */
  private static final Set<String> NAMELESS = Set.of("public-notice", "regulator");

  /** The bank has the notice and has not paid. */
  private static final Set<RefundState> OWED =
      EnumSet.of(RefundState.ISSUED, RefundState.BANK_CHECK, RefundState.EXECUTING);

  private final PaperNames names;
  private final Words words;

  RefundPaper(PaperNames names, Words words) {
    this.names = names;
    this.words = words;
  }

  /**
   * What an officer types at the head of papers.
   *
   * @param caseNumber number of the filed case
   * @param caseName its name
   * @param unit unit that decides
   * @param freezeNumber number of the freeze's notice
   * @param officers who serve
   */
  record Heading(
      String caseNumber,
      String caseName,
      String unit,
      String freezeNumber,
      List<RefundFile.Officer> officers) {}

  /** Papers that can be made of a refund as it stands, by their names in the papers' library. */
  static List<String> offered(RefundSheet sheet) {
    if (sheet.refund() == null || sheet.plan() == null) {
      return List.of();
    }
    RefundState state = RefundState.valueOf(sheet.state());
    List<String> papers = new ArrayList<>();
    for (int i = 1; i <= sheet.victims().size(); i++) {
      papers.add("application-" + i);
    }
    if (TRACED.contains(state)) {
      papers.add("flow-table");
    }
    if (PREPARED.contains(state)) {
      papers.add("report");
    }
    boolean ratio =
        sheet.victims().stream()
            .anyMatch(victim -> RefundClass.valueOf(victim.of().getWay().name()).needsNotice());
    if (ratio && (PREPARED.contains(state) || RATIO.contains(state))) {
      papers.add("public-notice");
    }
    if (APPROVED.contains(state)) {
      papers.add("decision");
      papers.add("notice");
      if (overdue(sheet) != null) {
        papers.add("regulator");
      }
      for (int i = 1; i <= sheet.victims().size(); i++) {
        papers.add("result-" + i);
      }
    }
    return papers;
  }

  /** The file that papers are made from; {@code which} says whose names it needs. */
  RefundFile file(RefundSheet sheet, Heading heading, String which, Instant at) {
    boolean flow = which.equals("flow-table");
    // Only papers that name where the money goes open those accounts: openings are counted.
    boolean payees = which.equals("notice") || which.startsWith("application-");
    List<RefundFile.Victim> victims = new ArrayList<>();
    long refund = 0;
    for (int i = 0; i < sheet.victims().size(); i++) {
      boolean ofOne = which.startsWith("application-") || which.startsWith("result-");
      boolean needed = ofOne ? which.endsWith("-" + (i + 1)) : !NAMELESS.contains(which);
      RefundFile.Victim victim = victim(sheet, sheet.victims().get(i), needed, payees);
      refund += victim.refundFen();
      victims.add(victim);
    }
    AccountRef frozen = sheet.frozen().getTarget();
    return new RefundFile(
        names.marked(heading.caseNumber()),
        PaperNames.blank(heading.caseName()),
        heading.unit(),
        heading.officers(),
        names.account(frozen.getAccountToken(), frozen.getBank(), true),
        sheet.frozenFen(),
        sheet.frozen().getStartAt() == null
            ? sheet.freeze().getTickAt()
            : sheet.frozen().getStartAt(),
        PaperNames.blank(heading.freezeNumber()),
        victims,
        flow ? flows(sheet) : List.of(),
        mode(sheet),
        Math.max(0, sheet.frozenFen() - refund),
        at,
        published(sheet),
        overdue(sheet));
  }

  /**
   * Since when the bank is late by the job's own clock; null while it is not. Papers that the bank
   * asked for begin its term anew.
   */
  private static RefundFile.Overdue overdue(RefundSheet sheet) {
    Instant served = null;
    Instant late = null;
    for (LifeTransition step : sheet.history()) {
      switch (step.getEvent()) {
        case "SERVED", "SUPPLEMENTED" -> {
          served = step.getTickAt();
          late = null;
        }
        case "EXECUTION_LATE" -> late = late == null ? step.getTickAt() : late;
        default -> {
          // No other step begins or ends the bank's term.
        }
      }
    }
    return served == null || late == null || !OWED.contains(RefundState.valueOf(sheet.state()))
        ? null
        : new RefundFile.Overdue(served, late, Words.of("zh").t("life.REFUND." + sheet.state()));
  }

  /** The notice runs to the end of its thirtieth day after the one that it was published on. */
  private static RefundFile.Notice published(RefundSheet sheet) {
    if (sheet.detail() == null || sheet.detail().getNoticeEndsAt() == null) {
      return null;
    }
    Instant end = sheet.detail().getNoticeEndsAt();
    Instant lastMoment = end.minusMillis(1);
    return new RefundFile.Notice(
        lastMoment.minus(Duration.ofDays(LegalTerms.NOTICE_DAYS)),
        lastMoment,
        sheet.detail().getOpenObjections());
  }

  /** The reading under which the decided sums come out; the default before they are decided. */
  private static RatioMode mode(RefundSheet sheet) {
    for (Map.Entry<RatioMode, RefundSteps> one : sheet.steps().entrySet()) {
      if (one.getValue().lines().stream()
          .allMatch(
              line ->
                  share(sheet, line.victim())
                      .filter(share -> share.getRefundFen() == line.refundFen())
                      .isPresent())) {
        return one.getKey();
      }
    }
    return RatioMode.NORMALISED;
  }

  private static Optional<RefundShare> share(RefundSheet sheet, String victim) {
    return sheet.detail() == null
        ? Optional.empty()
        : sheet.detail().getShares().stream()
            .filter(share -> share.getVictim().equals(victim))
            .findFirst();
  }

  private RefundFile.Victim victim(
      RefundSheet sheet, RefundSheet.Victim victim, boolean needed, boolean account) {
    String token = victim.of().getVictim();
    Optional<ClearIdentity> clear = needed ? names.open(token) : Optional.empty();
    Optional<RefundShare> share = share(sheet, token);
    long refund =
        share
            .map(RefundShare::getRefundFen)
            .orElseGet(
                () ->
                    sheet.steps().values().stream()
                        .findFirst()
                        .flatMap(
                            steps ->
                                steps.lines().stream()
                                    .filter(line -> line.victim().equals(token))
                                    .findFirst())
                        .map(RefundSteps.Line::refundFen)
                        .orElse(0L));
    String to =
        share
            .map(RefundShare::getAccountToken)
            .orElse(victim.account() == null ? "" : victim.account().getAccountToken());
    RefundFile.Account receiving = names.account(to, "", needed && account && !to.isEmpty());
    return new RefundFile.Victim(
        clear.map(ClearIdentity::name).filter(name -> !name.isEmpty()).orElse(Words.brief(token)),
        "",
        clear.map(ClearIdentity::value).orElse(PaperNames.BY_HAND),
        "",
        "",
        new RefundFile.Account(
            clear.map(ClearIdentity::name).orElse(receiving.name()),
            receiving.number(),
            victim.account() != null && victim.account().getAccountToken().equals(to)
                ? victim.account().getBank()
                : receiving.bank()),
        victim.of().getLossFen(),
        victim.of().getTracedFen(),
        share.map(RefundShare::getCompensationFen).orElse(victim.of().getCompensationFen()),
        RefundClass.valueOf(victim.of().getWay().name()),
        victim.of().getWhy(),
        refund,
        share
            .map(
                one ->
                    String.join(
                        "、",
                        one.getReferrals().stream()
                            .map(referral -> words.t("referral." + referral))
                            .toList()))
            .orElse(""));
  }

  private List<RefundFile.Flow> flows(RefundSheet sheet) {
    int before = names.opened();
    List<RefundFile.Flow> flows = new ArrayList<>();
    for (Hop hop : sheet.hops()) {
      flows.add(
          new RefundFile.Flow(
              names.known(hop.victim()).map(ClearIdentity::name).orElse(Words.brief(hop.victim())),
              hop.level(),
              hop.edge().getOccurredAt(),
              party(sheet, hop.edge().getPayer(), before),
              party(sheet, hop.edge().getPayee(), before),
              hop.edge().getAmountFen(),
              hop.lowFen(),
              hop.highFen(),
              hop.edge().getBankTransactionId(),
              words.t("end." + hop.end())));
    }
    return flows;
  }

  private RefundFile.Account party(RefundSheet sheet, TraceParty party, int before) {
    if (party.getAccountToken().isEmpty()) {
      return null;
    }
    boolean mayOpen =
        names.asked(party.getAccountToken()) || names.opened() - before < FLOW_OPENED_MAX;
    return names.account(party.getAccountToken(), party.getBank(), mayOpen);
  }
}
