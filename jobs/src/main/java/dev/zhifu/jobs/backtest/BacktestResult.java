package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EventIds;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything a run says; its components are the keys of the JSON.
 *
 * @param rules the rules that ran, with version
 * @param events events read
 * @param transactions transactions among them
 * @param accounts distinct accounts
 * @param from event time of the first event; null without events
 * @param to event time of the last
 * @param turnedAway records that broke their contract
 * @param firstTurnedAway the first of those, in words
 * @param contradictions records with the id of an earlier one and other content
 * @param hits final hits
 * @param hitsSha256 SHA-256 over the sorted hit ids, a line feed after each
 * @param casesOpened cases that scoring opened
 * @param casesAtHoldScore those whose score reached the score of a HOLD
 * @param missingFeatures features that no event of the data has
 * @param missingByRule what each rule asks for and the data cannot give
 * @param troubles rules that were refused or failed; empty when all ran
 * @param figures the figures
 * @param subscribers figures by subscriber of the rules that judge numbers; empty when the data
 *     label none
 * @param comparison with the live set alone; null when no draft was named
 * @param agreement with the final hits that the job itself stored; null unless its rules ran over
 *     its stored history
 */
record BacktestResult(
    List<String> rules,
    long events,
    long transactions,
    long accounts,
    String from,
    String to,
    long turnedAway,
    List<String> firstTurnedAway,
    long contradictions,
    long hits,
    String hitsSha256,
    long casesOpened,
    long casesAtHoldScore,
    Set<String> missingFeatures,
    Map<String, Set<String>> missingByRule,
    Set<String> troubles,
    BacktestScore.Report figures,
    Map<String, Level> subscribers,
    Comparison comparison,
    Agreement agreement) {

  static BacktestResult of(
      RulesUnderTest rules,
      Census census,
      Labels labels,
      Gathered gathered,
      double holdScore,
      Comparison comparison,
      Agreement agreement) {
    List<Alert> alerts = List.copyOf(gathered.alerts().values());
    return new BacktestResult(
        rules.names(),
        census.events(),
        census.truth().transactions(),
        census.truth().accounts(),
        census.from() == null ? null : census.from().toString(),
        census.to() == null ? null : census.to().toString(),
        census.turnedAway(),
        census.firstTurnedAway(),
        gathered.contradictions(),
        alerts.size(),
        sha256(gathered.alerts().keySet()),
        gathered.cases().count(0),
        gathered.cases().count(holdScore),
        census.missingFeatures(),
        rules.missing(census),
        gathered.troubles(),
        BacktestScore.of(alerts, gathered.cases(), rules.rules().keySet(), census.truth()),
        NumberScore.of(alerts, labels.subscribers()),
        comparison,
        agreement);
  }

  static String sha256(Collection<String> hitIds) {
    StringBuilder text = new StringBuilder();
    new TreeSet<>(hitIds).forEach(id -> text.append(id).append('\n'));
    return EventIds.sha256(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
