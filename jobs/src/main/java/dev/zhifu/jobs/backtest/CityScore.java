package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures of a back-test over a stream whose truth its maker knows, such as our own city: the
 * same arithmetic as over files with labels. A transaction counts once, whatever phases of it were
 * seen; evidence that is no transaction (calls, logins) leads to no case; cases of telephone
 * numbers are left out, since they judge no account. Not for several threads.
 */
public final class CityScore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CaseBook cases;
  private final Map<String, Parties> seen = new HashMap<>();
  private final Map<String, Truth.Labelled> labelled = new HashMap<>();
  private final Map<String, Labels.Account> accountLabels = new HashMap<>();
  private long accounts;

  /** Who moved money to whom; each may be null. */
  private record Parties(String payer, String payee) {}

  /**
   * Begins.
   *
   * @param settings of the scoring step that the cases come from: the tiers of actions
   */
  public CityScore(ScoreSettings settings) {
    cases = new CaseBook(settings);
  }

  /** A transaction of the stream, in any phase. */
  public void seen(BankTransaction transaction) {
    seen.put(
        key(transaction.getSource(), transaction.getTransactionId()),
        new Parties(token(transaction.getPayer()), token(transaction.getPayee())));
  }

  /** A case as scoring changed it, in the order in which it did. */
  public void changed(FraudCase change) {
    if (change.getSubjectKind() != SubjectKind.NUMBER) {
      cases.changed(change);
    }
  }

  /**
   * What a transaction of the stream was; one that was never seen counts for nothing.
   *
   * @param source reporting bank
   * @param transactionId unique within it
   * @param illicit false for a benign look-alike
   * @param typology what it was part of
   * @param caseId unique over typologies
   * @param amountFen amount
   * @param atMs event time
   */
  public void label(
      String source,
      String transactionId,
      boolean illicit,
      String typology,
      String caseId,
      long amountFen,
      long atMs) {
    String key = key(source, transactionId);
    Parties parties = seen.get(key);
    if (parties != null) {
      labelled.put(
          key,
          new Truth.Labelled(
              key,
              new Labels.Transaction(illicit, typology, caseId),
              parties.payer(),
              parties.payee(),
              amountFen,
              atMs));
    }
  }

  /** An account that there is, whether it moved money or not. */
  public void account() {
    accounts++;
  }

  /**
   * What an account was; without it an account is legitimate.
   *
   * @param token the account
   * @param illicit false for one of a benign look-alike
   * @param typologies what it took part in
   */
  public void label(String token, boolean illicit, Set<String> typologies) {
    accountLabels.put(token, new Labels.Account(illicit, Set.copyOf(typologies)));
  }

  /**
   * The figures.
   *
   * @param hits final hits
   * @return {@code all}, {@code byTypology} and {@code byRule} as {@code backtest --json} writes
   *     them, with {@code transactions} and {@code accounts} there are
   */
  public ObjectNode figures(Collection<RuleHit> hits) {
    List<Alert> alerts = new ArrayList<>();
    Set<String> rules = new HashSet<>();
    for (RuleHit hit : hits) {
      alerts.add(ofTransactions(Alert.of(hit)));
      rules.add(hit.getRuleId());
    }
    Truth truth = new Truth(seen.size(), accounts, labelled, accountLabels);
    BacktestScore.Report report = BacktestScore.of(alerts, cases, rules, truth);
    ObjectNode figures = JSON.createObjectNode();
    figures.put("transactions", truth.transactions());
    figures.put("accounts", truth.accounts());
    figures.set("all", JSON.valueToTree(report.all()));
    figures.set("byTypology", JSON.valueToTree(report.byTypology()));
    figures.set("byRule", JSON.valueToTree(report.byRule()));
    return figures;
  }

  /** The same alert with its transactions, each once, in place of its events. */
  private Alert ofTransactions(Alert alert) {
    List<String> transactions =
        alert.eventIds().stream()
            .map(CityScore::withoutPhase)
            .filter(seen::containsKey)
            .distinct()
            .toList();
    return new Alert(
        alert.hitId(),
        alert.rule(),
        alert.account(),
        alert.number(),
        transactions,
        alert.atMs(),
        alert.transaction() == null ? null : withoutPhase(alert.transaction()),
        alert.amountFen());
  }

  /** Event ids of transactions are source, transaction id and phase. */
  private static String withoutPhase(String eventId) {
    for (TransactionPhase phase : TransactionPhase.values()) {
      if (eventId.endsWith(":" + phase)) {
        return eventId.substring(0, eventId.length() - phase.name().length() - 1);
      }
    }
    return eventId;
  }

  private static String key(String source, String transactionId) {
    return source + ":" + transactionId;
  }

  private static String token(AccountRef account) {
    return account == null ? null : account.getAccountToken();
  }
}
