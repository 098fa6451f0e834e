package dev.zhifu.jobs.orders;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.UnsignedReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The guards of a signature. All must hold before the engine signs by itself; those of {@link
 * #legal()} bind an officer too. Each fails closed: what is unknown does not hold. They are a list,
 * so that a test can leave one out and see the order leave; no setting leaves one out.
 */
enum SigningGuard {
  REPORT_ACCEPTED(true, UnsignedReason.NO_ACCEPTED_REPORT, SigningGuard::reportAccepted),
  NAMED_BY_REPORT_OR_TRACE(
      false, UnsignedReason.NO_ACCEPTED_REPORT, SigningGuard::namedByReportOrTrace),

  AUTHORISATION_NOT_REVOKED(
      false, UnsignedReason.NO_AUTHORISATION, it -> !it.authorisation().getRevoked()),
  AUTHORISATION_VALID(false, UnsignedReason.NO_AUTHORISATION, SigningGuard::authorisationValid),
  AUTHORISATION_RENEWED(false, UnsignedReason.NO_AUTHORISATION, SigningGuard::authorisationRenewed),
  NOT_KILLED(
      false, UnsignedReason.NO_AUTHORISATION, it -> !it.controls().killed(it.authorisation())),
  FEW_WRONG_STOPS(
      false, UnsignedReason.TWO_WRONG_STOPS, it -> !it.controls().wrongOff(it.authorisation())),
  RULE_COVERED(false, UnsignedReason.RULE_NOT_AUTHORISED, SigningGuard::ruleCovered),
  KIND_COVERED(false, UnsignedReason.PROTECTED_ACCOUNT, SigningGuard::kindCovered),
  SCORE_HIGH_ENOUGH(
      false,
      UnsignedReason.SCORE_TOO_LOW,
      it -> it.proposal().score() >= it.authorisation().getMinScore()),
  AMOUNT_COVERED(
      false,
      UnsignedReason.AMOUNT_TOO_HIGH,
      it -> it.fen() <= it.authorisation().getMaxAmountFen()),
  ORDERS_PER_HOUR(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.usage().inHour() < it.authorisation().getMaxOrdersPerHour()),
  ORDERS_PER_BANK_AND_DAY(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.usage().toBankInDay() < it.authorisation().getMaxOrdersPerBankDay()),
  ORDERS_PER_DAY(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.usage().inDay() < it.authorisation().getMaxOrdersPerDay()),
  MONEY_PER_HOUR(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.fen() <= it.authorisation().getMaxFenPerHour() - it.usage().fenInHour()),
  MONEY_PER_BANK_AND_DAY(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.fen() <= it.authorisation().getMaxFenPerBankDay() - it.usage().fenToBankInDay()),
  MONEY_PER_DAY(
      false,
      UnsignedReason.AUTHORISATION_LIMIT,
      it -> it.fen() <= it.authorisation().getMaxFenPerDay() - it.usage().fenInDay()),

  EVIDENCE_FRESH(true, UnsignedReason.STALE_EVIDENCE, SigningGuard::evidenceFresh),
  BALANCE_KNOWN(false, UnsignedReason.BALANCE_UNKNOWN, SigningGuard::balanceKnown),
  IN_PROPORTION(false, UnsignedReason.OUT_OF_PROPORTION, SigningGuard::inProportion),
  NO_GOOD_FAITH_SIGNS(false, UnsignedReason.GOOD_FAITH, SigningGuard::noGoodFaithSigns),
  NOT_ON_TRADER_LIST(false, UnsignedReason.GOOD_FAITH, SigningGuard::notOnTraderList),
  KIND_NOT_PROTECTED(false, UnsignedReason.PROTECTED_ACCOUNT, SigningGuard::kindNotProtected),
  NOT_ON_PROTECTED_LIST(
      false, UnsignedReason.PROTECTED_ACCOUNT, it -> !it.listed(ListKind.PROTECTED)),
  NOT_POOLED(
      true,
      UnsignedReason.POOLED_ACCOUNT,
      it -> it.proposal().target().getKind() != AccountKind.POOLED),
  NOT_ON_POOLED_LIST(true, UnsignedReason.POOLED_ACCOUNT, it -> !it.listed(ListKind.POOLED)),
  HITS_SETTLED(false, UnsignedReason.UNSETTLED_HIT, it -> it.proposal().settled()),
  SOURCES_ALIVE(false, UnsignedReason.IDLE_SOURCE, it -> !it.proposal().idle()),
  CIPHERTEXT_PRESENT(true, UnsignedReason.NO_CIPHERTEXT, SigningGuard::ciphertextPresent),
  TRANSFER_KNOWN(true, UnsignedReason.NO_TRANSFER, SigningGuard::transferKnown),
  RECORD_READ_BACK(true, UnsignedReason.READING_BACK, it -> !it.controls().readingBack()),
  KEY_OF_THIS_ENVIRONMENT(true, UnsignedReason.WRONG_ENVIRONMENT, SigningFacts::keyFits),
  STOPS_LEFT(true, UnsignedReason.STOP_LIMIT, SigningGuard::stopsLeft),
  NO_OTHER_ORDER_LIVE(
      true, UnsignedReason.STOP_LIMIT, it -> !it.book().otherOrderLive(it.orderId(), it.nowMs()));

  /**
   * Accounts that live on many people's money; a fraudster can send one yuan of a victim's money to
   * any of them.
   */
  private static final Set<AccountKind> PROTECTED =
      Set.copyOf(
          EnumSet.of(
              AccountKind.MERCHANT,
              AccountKind.COMPANY,
              AccountKind.PAYROLL,
              AccountKind.MEDICAL,
              AccountKind.GOVERNMENT,
              AccountKind.UTILITY));

  /**
   * Signs that a person must look at. OTHERS_PAY is shown and does not bind: a mule collects from
   * many victims of whom few have reported.
   */
  private static final Set<GoodFaithSign> BINDING =
      Set.copyOf(EnumSet.of(GoodFaithSign.SELLS, GoodFaithSign.WAGES));

  /** Name by which an authorisation covers what rests on a victim's accepted statement. */
  static final String REPORT = "REPORT";

  /** Name by which it covers what rests on the trace of such a statement. */
  static final String TRACE = "TRACE";

  private final boolean legal;
  private final UnsignedReason reason;
  private final Predicate<SigningFacts> holds;

  SigningGuard(boolean legal, UnsignedReason reason, Predicate<SigningFacts> holds) {
    this.legal = legal;
    this.reason = reason;
    this.holds = holds;
  }

  /** All guards. */
  static List<SigningGuard> all() {
    return List.copyOf(Arrays.asList(values()));
  }

  /** True when the guard binds an officer's signature too. */
  boolean legal() {
    return legal;
  }

  /** True when the guard asks about a standing authorisation. */
  boolean needsAuthorisation() {
    return compareTo(AUTHORISATION_NOT_REVOKED) >= 0 && compareTo(MONEY_PER_DAY) <= 0;
  }

  /** What a request shows when the guard fails. */
  UnsignedReason reason() {
    return reason;
  }

  boolean holds(SigningFacts facts) {
    return holds.test(facts);
  }

  private static boolean reportAccepted(SigningFacts facts) {
    return facts.proposal().reportId() != null && facts.proposal().actId() != null;
  }

  private static boolean namedByReportOrTrace(SigningFacts facts) {
    OrderOrigin origin = facts.proposal().origin();
    return origin == OrderOrigin.REPORT || origin == OrderOrigin.HOP;
  }

  /** Both now and what the order rests on must lie within: the bank looks at the latter. */
  private static boolean authorisationValid(SigningFacts facts) {
    StandingAuthorisation given = facts.authorisation();
    long oldest = Math.min(facts.nowMs(), facts.basisAtMs());
    long newest = Math.max(facts.nowMs(), facts.basisAtMs());
    return given.getValidFrom().toEpochMilli() <= oldest
        && newest < given.getValidTo().toEpochMilli();
  }

  private static boolean authorisationRenewed(SigningFacts facts) {
    long age = facts.nowMs() - facts.authorisation().getRenewedAt().toEpochMilli();
    return age <= facts.settings().renewalMaxAgeMs() && age >= -facts.settings().clockSkewMs();
  }

  private static boolean ruleCovered(SigningFacts facts) {
    List<String> rules = facts.authorisation().getRules();
    OrderOrigin origin = facts.proposal().origin();
    boolean byReport = origin == OrderOrigin.REPORT && rules.contains(REPORT);
    boolean byTrace = origin == OrderOrigin.HOP && rules.contains(TRACE);
    return byReport
        || byTrace
        || facts.proposal().ruleIds().stream()
            .anyMatch(rule -> !REPORT.equals(rule) && rules.contains(rule));
  }

  private static boolean kindCovered(SigningFacts facts) {
    return facts.authorisation().getAccountKinds().contains(facts.proposal().target().getKind());
  }

  private static boolean kindNotProtected(SigningFacts facts) {
    return !PROTECTED.contains(facts.proposal().target().getKind());
  }

  private static boolean evidenceFresh(SigningFacts facts) {
    long age = facts.nowMs() - facts.basisAtMs();
    return facts.nowMs() > 0
        && age <= facts.settings().evidenceMaxAgeMs()
        && age >= -facts.settings().clockSkewMs();
  }

  private static boolean balanceKnown(SigningFacts facts) {
    return facts.proposal().lastBalanceFen() != null
        && facts.nowMs() - facts.proposal().balanceAtMs() <= facts.settings().balanceMaxAgeMs();
  }

  /** An unknown balance is {@link #BALANCE_KNOWN}'s to refuse. */
  private static boolean inProportion(SigningFacts facts) {
    Long balance = facts.proposal().lastBalanceFen();
    return facts.proposal().tracedFen() > 0
        && (balance == null
            || facts.proposal().tracedFen() >= facts.settings().tracedShareMin() * balance);
  }

  /**
   * Money acquired in good faith is not recovered (诈骗刑事案件解释 2011 art. 10): where the account's own
   * ledger shows signs of it a person looks, and no authorisation covers it. A report that names
   * the account itself is a victim's own word.
   */
  private static boolean noGoodFaithSigns(SigningFacts facts) {
    List<TraceGround> grounds = facts.proposal().grounds();
    return !byTrace(facts)
        || grounds != null
            && !grounds.isEmpty()
            && grounds.stream()
                .allMatch(ground -> Collections.disjoint(ground.getGoodFaithSigns(), BINDING));
  }

  /** Where a list ends the trace nothing is to be asked for; the list may have come later. */
  private static boolean notOnTraderList(SigningFacts facts) {
    return !byTrace(facts) || !facts.listed(ListKind.CRYPTO_OTC) && !facts.listed(ListKind.HUB);
  }

  private static boolean byTrace(SigningFacts facts) {
    return facts.proposal().origin() == OrderOrigin.HOP;
  }

  private static boolean ciphertextPresent(SigningFacts facts) {
    return facts.proposal().target().getCipher() != null
        && facts.proposal().target().getCipher().hasRemaining();
  }

  private static boolean transferKnown(SigningFacts facts) {
    String id = facts.proposal().bankTransactionId();
    return id != null && !id.isBlank() && facts.proposal().transferAmountFen() > 0;
  }

  private static boolean stopsLeft(SigningFacts facts) {
    OrderBook book = facts.book();
    return book.stopsPossible(facts.settings().stopLimitScope(), facts.proposal().caseIds())
        < OrderSettings.STOPS_MAX;
  }
}
