package dev.zhifu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.jobs.backtest.CityScore;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.HashIdentity;
import dev.zhifu.workload.OfficerActDraft;
import dev.zhifu.workload.TruthStory;
import dev.zhifu.workload.TruthTransaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the generator knows of its city is what the figures are counted against. */
class CaughtTruthTest {
  private final City city =
      new City(
          CitySettings.ofSet("A").withResidents(4_000).withDays(1).withSeed(3), new HashIdentity());
  private final CityScore score = new CityScore(ScoreSettings.defaults());
  private final Set<String> seen = new HashSet<>();

  @Test
  void casesAndLookAlikesAreTheCitysStoriesAndIllicitAccountsItsMules() {
    Listener listener = new Listener();
    city.history(new Quiet());
    while (!city.finished()) {
      city.step(listener);
    }
    CaughtTruth.of(city).tell(city, score);

    JsonNode figures = score.figures(List.of());
    Set<String> frauds =
        city.stories().stream()
            .filter(TruthStory::fraud)
            .map(TruthStory::storyId)
            .collect(Collectors.toSet());
    List<TruthTransaction> told =
        city.transactions().stream()
            .filter(one -> seen.contains(one.source() + ":" + one.transactionId()))
            .toList();
    long fraudulent = told.stream().filter(one -> frauds.contains(one.storyId())).count();
    assertThat(fraudulent).isPositive();
    assertThat(figures.at("/all/transactions/illicit").asLong()).isEqualTo(fraudulent);
    assertThat(figures.at("/all/decoys/transactions").asLong()).isEqualTo(told.size() - fraudulent);
    assertThat(figures.at("/all/cases/illicit").asLong())
        .isEqualTo(
            told.stream()
                .map(TruthTransaction::storyId)
                .filter(frauds::contains)
                .distinct()
                .count());
    long[] accounts = new long[2];
    city.accounts(
        account -> {
          accounts[0]++;
          accounts[1] += account.level() > 0 ? 1 : 0;
        });
    assertThat(figures.path("accounts").asLong()).isEqualTo(accounts[0]);
    assertThat(figures.at("/all/accounts/illicit").asLong()).isEqualTo(accounts[1]).isPositive();
    assertThat(figures.path("transactions").asLong()).isEqualTo(seen.size());
    assertThat(figures.at("/all/cases/recall").asDouble()).as("nobody looked").isZero();
  }

  /** Hears nothing. */
  private static class Quiet implements EventSink {
    @Override
    public void transaction(BankTransaction event) {
      // The days before are no part of what is measured.
    }

    @Override
    public void access(BankAccessEvent event) {
      // No transaction.
    }

    @Override
    public void telecom(TelecomEvent event) {
      // No transaction.
    }

    @Override
    public void tick(ClockTick tick) {
      // No transaction.
    }

    @Override
    public void officerAct(OfficerActDraft draft) {
      // No transaction.
    }
  }

  /** Hears transactions. */
  private final class Listener extends Quiet {
    @Override
    public void transaction(BankTransaction event) {
      seen.add(event.getSource() + ":" + event.getTransactionId());
      score.seen(event);
    }
  }
}
