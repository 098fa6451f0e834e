package dev.zhifu.bench;

import dev.zhifu.jobs.backtest.CityScore;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.workload.City;
import dev.zhifu.workload.TruthAccount;
import dev.zhifu.workload.TruthStory;
import dev.zhifu.workload.TruthTransaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a city's measures should have been. A hold is right on a fraud's own payment or on a mule
 * account; an order is right on a mule account that its own case's money reached. Whoever is
 * troubled for nothing is named by the innocent story that they took part in.
 */
final class CaughtTruth {
  /** Nobody's story: daily life. */
  static final String ORDINARY = "ORDINARY";

  /** Somebody who holds a mule account, and pays on from it: as dense as fraud is. */
  static final String MULE = "MULE";

  private final List<TruthStory> stories;
  private final Set<String> mules = new HashSet<>();
  private final Set<String> victims = new HashSet<>();
  private final Set<String> muleHolders = new HashSet<>();
  private final Map<String, String> innocentAccounts = new HashMap<>();
  private final Map<String, String> innocentHolders = new HashMap<>();
  private final Map<String, TruthTransaction> transactions = new HashMap<>();
  private final Set<String> frauds = new HashSet<>();
  private final Map<String, Set<String>> reachedByReport = new HashMap<>();

  private CaughtTruth(List<TruthStory> stories) {
    this.stories = stories;
  }

  /** The truth at the end of a run. */
  static CaughtTruth of(City city) {
    CaughtTruth truth = new CaughtTruth(city.stories());
    city.accounts(
        account -> {
          if (account.level() > 0) {
            truth.mules.add(account.token());
            truth.muleHolders.add(account.holderToken());
          }
        });
    truth.stories.forEach(truth::index);
    city.transactions().forEach(one -> truth.transactions.put(one.transactionId(), one));
    return truth;
  }

  private void index(TruthStory story) {
    if (!story.fraud()) {
      for (TruthAccount account : story.accounts()) {
        innocentAccounts.putIfAbsent(account.token(), story.kind());
        innocentHolders.putIfAbsent(account.holderToken(), story.kind());
      }
      return;
    }
    frauds.add(story.storyId());
    if (story.victimHolderToken() != null) {
      victims.add(story.victimHolderToken());
      victims.add(story.payerHolderToken());
    }
    if (story.reportId() != null) {
      Set<String> reached = new HashSet<>();
      story.accounts().stream()
          .filter(account -> account.level() > 0)
          .forEach(account -> reached.add(account.token()));
      reachedByReport.put(story.reportId(), reached);
    }
  }

  /**
   * Tells {@code score} what everything was. All transactions of a fraud's story are its case, bait
   * and what comes back as bait among them; an innocent story is a benign look-alike; accounts are
   * illicit that mules hold.
   */
  void tell(City city, CityScore score) {
    for (TruthTransaction one : city.transactions()) {
      score.label(
          one.source(),
          one.transactionId(),
          frauds.contains(one.storyId()),
          one.kind(),
          one.storyId(),
          one.amountFen(),
          one.at());
    }
    Map<String, Set<String>> kinds = new HashMap<>();
    for (TruthStory story : stories) {
      for (TruthAccount account : story.accounts()) {
        if (story.fraud() == mules.contains(account.token())) {
          kinds.computeIfAbsent(account.token(), any -> new HashSet<>()).add(story.kind());
        }
      }
    }
    city.accounts(any -> score.account());
    mules.forEach(mule -> score.label(mule, true, kinds.getOrDefault(mule, Set.of())));
    innocentAccounts
        .keySet()
        .forEach(
            account -> {
              if (!mules.contains(account)) {
                score.label(account, false, kinds.getOrDefault(account, Set.of()));
              }
            });
  }

  List<TruthStory> stories() {
    return stories;
  }

  /** Null when the hold is right, else whom it troubles. */
  String wrong(RiskHold hold) {
    return mules.contains(hold.getAccount().getAccountToken())
        ? null
        : innocentAccounts.getOrDefault(hold.getAccount().getAccountToken(), ORDINARY);
  }

  /** Null when the answer HOLD is right, else whom it troubles. */
  String wrong(TransferDecision held) {
    TruthTransaction one = transactions.get(held.getTransactionId());
    if (one == null) {
      return ORDINARY;
    }
    return frauds.contains(one.storyId()) ? null : one.kind();
  }

  /** Null when the order is right, else whom it troubles. */
  String wrong(StopPaymentRequest order) {
    String account = order.getTarget().getAccountToken();
    return reachedByReport.getOrDefault(order.getReportId(), Set.of()).contains(account)
        ? null
        : innocentAccounts.getOrDefault(account, ORDINARY);
  }

  /** True when the order rests on a fraud's report, so that it is as dense as fraud is. */
  boolean ofFraud(StopPaymentRequest order) {
    return reachedByReport.containsKey(order.getReportId());
  }

  /** Null when a warning goes to a victim, {@link #MULE} to a mule, else whom it troubles. */
  String needless(String holderToken) {
    if (victims.contains(holderToken)) {
      return null;
    }
    return muleHolders.contains(holderToken)
        ? MULE
        : innocentHolders.getOrDefault(holderToken, ORDINARY);
  }
}
