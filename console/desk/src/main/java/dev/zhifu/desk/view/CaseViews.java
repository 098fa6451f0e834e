package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.Offer;
import dev.zhifu.desk.acts.PaperWork;
import dev.zhifu.desk.view.CaseView.Correction;
import dev.zhifu.desk.view.CaseView.HoldView;
import dev.zhifu.desk.view.CaseView.Known;
import dev.zhifu.desk.view.CaseView.Moment;
import dev.zhifu.desk.view.CaseView.OrderView;
import dev.zhifu.desk.view.CaseView.Reason;
import dev.zhifu.desk.view.FlowGraph.Flow;
import dev.zhifu.desk.view.Lifts.Lift;
import dev.zhifu.desk.view.RuleTexts.RuleText;
import dev.zhifu.desk.view.Sendings.Sending;
import dev.zhifu.desk.view.Traced.Trace;
import dev.zhifu.desk.view.Traced.Urgent;
import dev.zhifu.desk.words.Words;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/** Puts case pages together. */
public final class CaseViews {
  private final Cases cases;
  private final RuleTexts rules;
  private final FlowGraph flows;
  private final BankDirectory banks;
  private final ActDesk acts;
  private final Traced traces;
  private final Papers papers;
  private final Lifts lifts;
  private final AccountQueries queries;
  private final History history;
  private final Harms harms;
  private final Appeals appeals;
  private final Sendings sendings;

  /** From these. */
  public CaseViews(
      Cases cases,
      RuleTexts rules,
      FlowGraph flows,
      BankDirectory banks,
      ActDesk acts,
      Traced traces,
      Papers papers,
      Lifts lifts,
      AccountQueries queries,
      History history,
      Harms harms,
      Appeals appeals,
      Sendings sendings) {
    this.cases = cases;
    this.rules = rules;
    this.flows = flows;
    this.banks = banks;
    this.acts = acts;
    this.traces = traces;
    this.papers = papers;
    this.lifts = lifts;
    this.queries = queries;
    this.history = history;
    this.harms = harms;
    this.appeals = appeals;
    this.sendings = sendings;
  }

  /** The page of a case; empty when there is no such case. */
  public Optional<CaseView> of(String caseId, Words words, Extent extent) {
    return cases.find(caseId).map(about -> view(about, words, extent));
  }

  /** What the trace says of a case; empty while it says nothing. */
  public Optional<Trace> trace(String caseId) {
    return cases.find(caseId).flatMap(traces::of);
  }

  /** The orders of a case as its page shows them. */
  public Part<OrderView> orders(String caseId, Words words, Extent extent) {
    return cases.orders(caseId, extent).as(orders -> views(orders, words));
  }

  /** Orders of a case's report that belong to other cases: the same victim's money further down. */
  public Part<OrderView> elsewhere(FraudCase about, Words words, Extent extent) {
    if (about.getReportId() == null) {
      return new Part<>(List.of(), false);
    }
    return cases
        .ordersOfReport(about.getReportId(), extent)
        .where(order -> !order.getCaseIds().contains(about.getCaseId()))
        .as(orders -> views(orders, words));
  }

  /** The orders of a report. */
  public Part<OrderView> ordersOfReport(String reportId, Words words, Extent extent) {
    return cases.ordersOfReport(reportId, extent).as(orders -> views(orders, words));
  }

  /** The flow of a case. */
  public Flow flow(FraudCase about, Extent extent) {
    return flow(about, cases.hits(about), traces.of(about), extent);
  }

  private Flow flow(FraudCase about, List<RuleHit> hits, Optional<Trace> trace, Extent extent) {
    return flows
        .traced(about.getCaseId(), about.getReportId(), trace, extent)
        .orElseGet(() -> flows.from(transactions(hits), extent));
  }

  /** Tokens that a case is about: subject, accounts and holders of its flow and orders. */
  public Set<String> tokensOf(FraudCase about) {
    Set<String> tokens = new LinkedHashSet<>();
    tokens.add(about.getSubject());
    flow(about, Extent.WHOLE).nodes().stream()
        .map(FlowGraph.Node::id)
        .filter(id -> !id.startsWith("out:"))
        .forEach(tokens::add);
    for (StopPaymentRequest order : cases.orders(about.getCaseId())) {
      tokens.add(order.getTarget().getAccountToken());
      if (order.getTarget().getHolderToken() != null) {
        tokens.add(order.getTarget().getHolderToken());
      }
    }
    return tokens;
  }

  private CaseView view(FraudCase about, Words words, Extent extent) {
    List<RuleHit> hits = cases.hits(about);
    Optional<Trace> trace = traces.of(about);
    Flow flow = flow(about, hits, trace, extent);
    Part<OrderView> orders = orders(about.getCaseId(), words, extent);
    List<HoldView> holds = holds(flow, about);
    List<VictimWarning> warnings = cases.warnings(about.getCaseId());
    return new CaseView(
        about,
        sentence(about, hits, words),
        cases.money(about.getCaseId()),
        cases.assigned(about.getCaseId()).orElse(null),
        reasons(hits, words),
        timeline(about, hits, words, extent),
        flow,
        trace.orElse(null),
        orders,
        holds,
        warnings,
        cases.lives(about.getCaseId()),
        history.of(about, orders.list(), holds, warnings, words, extent),
        queries.ofCase(about.getCaseId()));
  }

  private static List<BankTransaction> transactions(List<RuleHit> hits) {
    Map<String, BankTransaction> all = new LinkedHashMap<>();
    for (RuleHit hit : hits) {
      BankTransaction one = hit.getTransaction();
      if (one != null) {
        all.putIfAbsent(one.getSource() + ":" + one.getTransactionId(), one);
      }
    }
    return List.copyOf(all.values());
  }

  private String sentence(FraudCase about, List<RuleHit> hits, Words words) {
    if (about.getSubjectKind() == SubjectKind.NUMBER && !hits.isEmpty()) {
      RuleHit newest = hits.get(hits.size() - 1);
      return words.t(
          "sentence.number",
          Words.brief(about.getSubject()),
          rules.of(newest.getRuleId(), newest.getRuleVersion()).name(words.isChinese()),
          words.time(newest.getOccurredAt()));
    }
    String money = words.yuan(cases.money(about.getCaseId()));
    Optional<VictimReport> report =
        about.getReportId() == null ? Optional.empty() : cases.report(about.getReportId());
    boolean ofAccount = about.getSubjectKind() == SubjectKind.ACCOUNT;
    Optional<RuleHit> strongest =
        strongest(hits, moved -> !ofAccount || isPayee(moved, about.getSubject()));
    if (report.isPresent() && (ofAccount || strongest.isEmpty())) {
      return reported(about, report.get(), money, words);
    }
    if (strongest.isPresent()) {
      // Whoever paid the account of the case, or whom the case is about, is the likely victim.
      return sentence(
          ofAccount ? "sentence.payer" : "sentence.holder",
          ofAccount ? whoPaid(strongest.get()) : Words.brief(about.getSubject()),
          strongest.get(),
          money,
          words);
    }
    return strongest(hits, moved -> true)
        .map(
            hit -> sentence("sentence.account", Words.brief(about.getSubject()), hit, money, words))
        .orElseGet(() -> words.t("sentence.bare", Words.brief(about.getSubject()), money));
  }

  private static boolean isPayee(BankTransaction moved, String account) {
    return moved.getPayee() != null && moved.getPayee().getAccountToken().equals(account);
  }

  private static Optional<RuleHit> strongest(List<RuleHit> hits, Predicate<BankTransaction> moved) {
    return hits.stream()
        .filter(hit -> hit.getTransaction() != null && hit.getTransaction().getPayer() != null)
        .filter(hit -> moved.test(hit.getTransaction()))
        .max(Comparator.comparingDouble(RuleHit::getWeight).thenComparing(RuleHit::getOccurredAt));
  }

  private static String whoPaid(RuleHit hit) {
    AccountRef payer = hit.getTransaction().getPayer();
    return Words.brief(
        payer.getHolderToken() == null ? payer.getAccountToken() : payer.getHolderToken());
  }

  /** Who has reported, and the transfer that led to the case's account, else the first. */
  private static String reported(FraudCase about, VictimReport report, String money, Words words) {
    Optional<ReportedTransfer> stated =
        report.getTransfers().stream()
            .filter(one -> one.getPayee().getAccountToken().equals(about.getSubject()))
            .findFirst()
            .or(() -> report.getTransfers().stream().findFirst());
    return stated
        .map(
            paid ->
                words.t(
                    "sentence.reported",
                    Words.brief(report.getHolderToken()),
                    words.time(paid.getOccurredAt()),
                    account(paid.getPayer()),
                    words.yuan(paid.getAmountFen()),
                    account(paid.getPayee()),
                    money))
        .orElseGet(() -> words.t("sentence.bare", Words.brief(report.getHolderToken()), money));
  }

  private static String account(AccountRef account) {
    return Words.account(account.getBank(), account.getAccountToken());
  }

  private String sentence(String key, String who, RuleHit hit, String money, Words words) {
    BankTransaction moved = hit.getTransaction();
    return words.t(
        key,
        who,
        rules.of(hit.getRuleId(), hit.getRuleVersion()).name(words.isChinese()),
        words.time(moved.getOccurredAt()),
        account(moved.getPayer()),
        words.yuan(moved.getAmountFen()),
        moved.getPayee() == null ? words.t("event.cash") : account(moved.getPayee()),
        words.t("phase." + moved.getPhase()),
        money);
  }

  private List<Reason> reasons(List<RuleHit> hits, Words words) {
    Map<String, Reason> strongest = new LinkedHashMap<>();
    for (RuleHit hit : hits) {
      RuleText text = rules.of(hit.getRuleId(), hit.getRuleVersion());
      strongest.merge(
          hit.getRuleId(),
          new Reason(
              hit.getRuleId(),
              hit.getRuleVersion(),
              text.name(words.isChinese()),
              text.plain(words.isChinese()),
              hit.getWeight(),
              hit.getIsFinal(),
              NetworkRule.of(hit.getRuleId()).isPresent()
                  ? transfers(hit, words)
                  : known(hit.getFeatures(), words)),
          (old, next) -> next.weight() > old.weight() ? next : old);
    }
    return strongest.values().stream()
        .sorted(Comparator.comparingDouble(Reason::weight).reversed())
        .toList();
  }

  /** A shape is its transfers, most of them between others than the account. */
  private static List<Known> transfers(RuleHit hit, Words words) {
    return hit.getEvidence().stream()
        .map(
            one ->
                new Known(
                    one.getEventId(),
                    words.t("shape." + one.getStep()),
                    words.time(one.getOccurredAt())))
        .toList();
  }

  private static List<Known> known(Features features, Words words) {
    List<Known> known = new ArrayList<>();
    if (features == null) {
      return known;
    }
    for (Schema.Field field : Features.getClassSchema().getFields()) {
      Object value = features.get(field.pos());
      if (value != null) {
        known.add(
            new Known(
                field.name(),
                words.orElse("feature." + field.name(), field.doc() == null ? "" : field.doc()),
                value(field.name(), value, words)));
      }
    }
    return known;
  }

  private static String value(String name, Object value, Words words) {
    if (value instanceof Boolean flag) {
      return words.t(flag ? "yes" : "no");
    }
    if (value instanceof Long fen && name.contains("Fen")) {
      return words.yuan(fen);
    }
    if (value instanceof Double share) {
      return String.format(java.util.Locale.ROOT, "%.2f", share);
    }
    return words.orElse("prefix." + value, value.toString());
  }

  private Part<Moment> timeline(FraudCase about, List<RuleHit> hits, Words words, Extent extent) {
    Map<String, Set<String>> steps = new HashMap<>();
    for (RuleHit hit : hits) {
      for (Evidence evidence : hit.getEvidence()) {
        steps
            .computeIfAbsent(evidence.getEventId(), unseen -> new LinkedHashSet<>())
            .add(hit.getRuleId() + " " + evidence.getStep());
      }
    }
    Set<String> holders = new LinkedHashSet<>();
    if (about.getSubjectKind() == SubjectKind.HOLDER) {
      holders.add(about.getSubject());
    }
    return cases
        .events(hits, holders, extent)
        .as(
            events ->
                events.stream()
                    .map(
                        event ->
                            new Moment(
                                event.getOccurredAt(),
                                EventWords.of(event, words),
                                List.copyOf(steps.getOrDefault(event.getEventId(), Set.of()))))
                    .toList());
  }

  private List<OrderView> views(List<StopPaymentRequest> orders, Words words) {
    Map<String, TraceAccount> traced =
        traces.accounts(
            orders.stream().map(order -> order.getTarget().getAccountToken()).distinct().toList());
    Map<String, Urgent> urgent =
        traces.urgent(
            orders.stream().map(order -> order.getTarget().getAccountToken()).distinct().toList());
    Map<String, Integer> newestOf = new HashMap<>();
    orders.forEach(
        order ->
            newestOf.merge(order.getTarget().getAccountToken(), order.getOrdinal(), Math::max));
    List<String> ids = orders.stream().map(StopPaymentRequest::getOrderId).toList();
    Map<String, StopPaymentReceipt> receipts = cases.receipts(ids);
    Map<String, Act> newest = new HashMap<>();
    acts.about(ids).forEach(act -> newest.putIfAbsent(act.objectId(), act));
    List<LifeTransition> written =
        papers.of(
            orders.stream().flatMap(order -> order.getCaseIds().stream()).distinct().toList());
    Map<String, Lift> lifted = lifts.of(orders, written);
    Map<String, Instant> silent = silent(orders, receipts, written);
    Map<String, List<String>> stated = harms.stated(ids);
    Map<String, String> appealed = appeals.open(ids);
    Map<String, List<Sending>> sent = sendings.of(ids);
    return mostUrgentFirst(orders, urgent).stream()
        .map(
            order ->
                new OrderView(
                    order,
                    receipts.get(order.getOrderId()),
                    acts.offers(order),
                    newest.get(order.getOrderId()),
                    banks.of(order.getTarget().getBank()),
                    share(order, receipts.get(order.getOrderId())),
                    Offer.inBulk(order),
                    traceWords(order, traced.get(order.getTarget().getAccountToken()), words)
                        + urgencyWords(
                            order, urgent.get(order.getTarget().getAccountToken()), words),
                    correction(
                        order,
                        receipts.get(order.getOrderId()),
                        newestOf.get(order.getTarget().getAccountToken())),
                    paper(order, written),
                    lifted.get(order.getOrderId()),
                    silent.get(order.getOrderId()),
                    Harms.of(
                        order,
                        receipts.get(order.getOrderId()),
                        stated.getOrDefault(order.getOrderId(), List.of())),
                    appealed.get(order.getOrderId()),
                    sent.getOrDefault(order.getOrderId(), List.of())))
        .toList();
  }

  /**
   * Requests behind the reported account by what a second of work keeps, after those that the
   * report itself names; what is signed keeps its place.
   */
  private static List<StopPaymentRequest> mostUrgentFirst(
      List<StopPaymentRequest> orders, Map<String, Urgent> urgent) {
    return orders.stream()
        .sorted(
            Comparator.comparing((StopPaymentRequest order) -> order.getState() != OrderState.DRAFT)
                .thenComparingDouble(
                    order ->
                        order.getState() == OrderState.DRAFT
                            ? -perSecond(urgent.get(order.getTarget().getAccountToken()))
                            : 0))
        .toList();
  }

  /** The reported account goes first (level 1 has no follow-on), whatever lies behind it. */
  private static double perSecond(Urgent one) {
    return one == null ? Double.MAX_VALUE : one.fenPerSecond();
  }

  private static String urgencyWords(StopPaymentRequest order, Urgent one, Words words) {
    return one == null || order.getState() != OrderState.DRAFT
        ? ""
        : " "
            + words.t(
                "orders.urgency",
                one.level(),
                words.yuan(one.thereFen()),
                words.yuan(Math.round(one.fenPerSecond())));
  }

  /** The newest paper about an order: the stop itself, after a release the word to lift it. */
  private static LifeTransition paper(StopPaymentRequest order, List<LifeTransition> written) {
    return written.stream()
        .filter(paper -> Papers.detail(paper).getAboutId().equals(order.getOrderId()))
        .max(Comparator.comparingLong(PaperWork::asked))
        .orElse(null);
  }

  /**
   * Since when banks owe an answer to orders that they read themselves, by order; what goes on
   * paper has clocks of its own.
   */
  private Map<String, Instant> silent(
      List<StopPaymentRequest> orders,
      Map<String, StopPaymentReceipt> receipts,
      List<LifeTransition> written) {
    List<String> waiting =
        orders.stream()
            .filter(
                order ->
                    order.getState() == OrderState.SENT || order.getState() == OrderState.TIMEOUT)
            .filter(order -> !receipts.containsKey(order.getOrderId()))
            .filter(order -> paper(order, written) == null)
            .map(StopPaymentRequest::getOrderId)
            .toList();
    return waiting.isEmpty() ? Map.of() : cases.sent(waiting);
  }

  private static double share(StopPaymentRequest order, StopPaymentReceipt receipt) {
    Long balance =
        receipt != null && receipt.getBalanceBeforeFen() != null
            ? receipt.getBalanceBeforeFen()
            : order.getTarget().getBalanceBeforeFen();
    if (balance == null || balance <= 0 || order.getTracedFen() <= 0) {
      return -1;
    }
    return Math.min(1.0, order.getTracedFen() / (double) balance);
  }

  /** Why the trace asks for this stop, in one sentence; empty while it states nothing of it. */
  private static String traceWords(StopPaymentRequest order, TraceAccount stated, Words words) {
    if (stated == null) {
      return "";
    }
    return Traced.newestArrival(stated)
        .map(
            in ->
                words.t(
                    stated.getLevel() == 1 ? "trace.firstAccount" : "trace.behind",
                    stated.getLevel(),
                    words.time(in.getEdge().getOccurredAt()),
                    Words.account(
                        in.getEdge().getPayer().getBank(),
                        in.getEdge().getPayer().getAccountToken()),
                    words.yuan(in.getEdge().getAmountFen()),
                    interval(
                        in.getShare().getLowFen(),
                        in.getLoss() ? in.getEdge().getAmountFen() : in.getShare().getHighFen(),
                        in.getLoss(),
                        words),
                    interval(
                        stated.getRemaining().getLowFen(),
                        stated.getRemaining().getHighFen(),
                        false,
                        words),
                    shareOf(stated.getRemaining().getLowFen(), stated.getBalanceFen())))
        .orElse("");
  }

  private static String interval(long lowFen, long highFen, boolean whole, Words words) {
    return whole || lowFen == highFen
        ? words.yuan(highFen)
        : words.yuan(lowFen) + "–" + words.yuan(highFen);
  }

  private static String shareOf(long fen, long balanceFen) {
    return balanceFen <= 0
        ? "—"
        : String.format(
            java.util.Locale.ROOT, "%.0f %%", 100 * Math.min(1.0, fen / (double) balanceFen));
  }

  private Correction correction(
      StopPaymentRequest order, StopPaymentReceipt receipt, int newestOrdinal) {
    if (order.getState() != OrderState.MISMATCH
        || order.getReportId() == null
        || order.getOrdinal() < newestOrdinal) {
      return Correction.NONE;
    }
    if (receipt == null || receipt.getResult() != ReceiptResult.MISMATCH_NAME) {
      return Correction.BY_BANK;
    }
    String account = order.getTarget().getAccountToken();
    return cases
            .report(order.getReportId())
            .filter(
                report ->
                    report.getTransfers().stream()
                        .anyMatch(paid -> paid.getPayee().getAccountToken().equals(account)))
            .isPresent()
        ? Correction.OPEN
        : Correction.BY_BANK;
  }

  private List<HoldView> holds(Flow flow, FraudCase about) {
    Set<String> accounts = new LinkedHashSet<>();
    flow.nodes().forEach(node -> accounts.add(node.id()));
    if (about.getSubjectKind() == SubjectKind.ACCOUNT) {
      accounts.add(about.getSubject());
    }
    var holds = cases.holds(accounts);
    Map<String, Cases.Outcome> outcomes =
        cases.outcomes(holds.stream().map(hold -> hold.getHoldId()).toList());
    return holds.stream()
        .map(
            hold -> {
              Cases.Outcome said = outcomes.get(hold.getHoldId());
              return said == null
                  ? new HoldView(hold, "", null)
                  : new HoldView(hold, said.result(), said.at());
            })
        .toList();
  }

  /** The first transfers of a report, as a flow knows them. */
  public Optional<VictimReport> report(String reportId) {
    return cases.report(reportId);
  }

  /** Risk holds on the accounts that a case concerns. */
  public List<HoldView> holds(FraudCase about) {
    return holds(flow(about, Extent.PAGE), about);
  }

  /** What freezes and victim holds do to their holders and to others, by object. */
  public Map<String, CaseView.Harm> harms(List<LifeTransition> lives) {
    return harms.of(lives);
  }

  /** The bank directory. */
  public BankDirectory banks() {
    return banks;
  }
}
