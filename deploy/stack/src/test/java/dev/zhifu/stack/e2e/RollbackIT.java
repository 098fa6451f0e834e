package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TransactionPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A rule is published, made stricter and rolled back by the command line while the job runs. Each
 * payment is judged by the version that is in force at its event time, up to the last millisecond,
 * once; a job that reads the compacted topic from its beginning says the same.
 */
@Tag("slow")
class RollbackIT {
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String RULE = "M903";

  /** Only the least amount differs between versions. */
  private static final String TEXT =
      """
      id: M903
      version: %d
      status: live
      name:
        zh: 大额转入
        en: Large credit
      plain:
        zh: 账户收到大额转账。
        en: An account receives a large transfer.
      family: M
      key: account
      subject: account
      strength: stepUp
      basis:
        - {source: engineering default}
      parameters:
        least: {default: %d, unit: yuan, grade: default}
      over: [transfer.in]
      pattern:
        - step: credit
          on: transfer.in
          where: event.amountFen >= params.least
      afterMatch: noSkip
      reason: PASS_THROUGH
      signals:
        credit: {signal: bank.transactions TRANSFER, source: "payer's bank; anti-telecom-fraud law art. 18(1)"}
      """;

  private final Cast cast = new Cast();
  private final Map<String, String> expected = new TreeMap<>();
  private Rig rig;
  private Story story;
  private Zhifu zhifu;

  @BeforeEach
  void start() {
    rig = new Rig();
    zhifu = rig.zhifu();
    story = new Story(rig, START);
    rig.startJob();
    story.advance(SECOND);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void afterARollbackTheEarlierTextHitsAgainFromItsEffectiveTime() throws IOException {
    Instant first = change("publish", file(1, 1_000).toString());
    pay("small-1", 2_000, first, 1);
    pay("large-1", 60_000, first, 1);

    Instant second = change("publish", file(2, 50_000).toString());
    pay("small-before-2", 2_000, second.minusMillis(1), 1);
    pay("small-2", 2_000, second, 0);
    pay("large-2", 60_000, second.plusMillis(1), 2);

    Instant third = change("rollback", RULE, "--to", "1");
    pay("small-before-3", 2_000, third.minusMillis(1), 0);
    pay("large-before-3", 60_000, third.minusMillis(1), 2);
    pay("small-3", 2_000, third, 3);
    pay("large-3", 60_000, third.plusMillis(1), 3);
    story.advance(MINUTE.multipliedBy(2));

    assertThat(finalHits()).as("version by payment, each once").isEqualTo(expected);
    assertThat(rig.failures()).isEmpty();
    historyShowsIt(first, second, third);

    rig.killJob();
    story.forgetEchoes();
    rig.startJob();
    Person payee = cast.person("Payee after-restart", "B02");
    Movement after = movement("after-restart", 2_000, payee);
    story.send(after.completed(story.now()));
    expected.put(after.eventId(TransactionPhase.COMPLETED), "3");
    story.advance(MINUTE.multipliedBy(2));

    assertThat(finalHits())
        .as("read again from the compacted topic: nothing lost, nothing under another version")
        .isEqualTo(expected);
  }

  /** Asks for a change and lets the story reach its effective time; answers that time. */
  private Instant change(String command, String... words) {
    Instant from = story.now().plusSeconds(60);
    List<String> all = new ArrayList<>(List.of("rules", command));
    all.addAll(List.of(words));
    all.addAll(List.of("--from", from.toString(), "--reason", "story", "--wait", "60"));
    Zhifu.Done done = zhifu.run(all.toArray(String[]::new));
    assertThat(done.code()).as(done.said()).isZero();
    assertThat(done.result().path("state").asText()).isEqualTo("IN_FORCE");
    return from;
  }

  private Path file(int version, int leastYuan) throws IOException {
    Path folder = rig.stack().dir().folder("commands").resolve(RULE + "-" + version);
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("rule.yaml"), TEXT.formatted(version, leastYuan));
  }

  /**
   * A payment at {@code at}.
   *
   * @param version that hits it; 0 when none does
   */
  private void pay(String id, long yuan, Instant at, int version) {
    Movement payment = movement(id, yuan, cast.person("Payee " + id, "B02"));
    story.send(payment.completed(at));
    if (version > 0) {
      expected.put(payment.eventId(TransactionPhase.COMPLETED), String.valueOf(version));
    }
    if (at.isAfter(story.now())) {
      story.advance(Duration.between(story.now(), at));
    }
  }

  private Movement movement(String id, long yuan, Person payee) {
    return new Movement(id, cast.person("Payer " + id, "B01"), payee, yuan);
  }

  /**
   * Versions of the final hits by the payment that is their evidence; "1 2" where two versions hit
   * one payment. Ids of hits are unique among them: a restarted job may say one again, never
   * another.
   */
  private Map<String, String> finalHits() {
    return story.eventually(
        "final hit of each of " + expected.keySet(),
        () -> {
          Map<String, RuleHit> byId = new TreeMap<>();
          rig.tail("auditor", RuleHit.class, "risk.hits.final")
              .catchUp()
              .values()
              .filter(hit -> hit.getRuleId().equals(RULE))
              .forEach(hit -> byId.put(hit.getHitId(), hit));
          Map<String, String> versions = new TreeMap<>();
          byId.values()
              .forEach(
                  hit ->
                      versions.merge(
                          hit.getEvidence().get(0).getEventId(),
                          String.valueOf(hit.getRuleVersion()),
                          (one, other) -> one + " " + other));
          return versions.keySet().containsAll(expected.keySet())
              ? Optional.of(versions)
              : Optional.empty();
        });
  }

  private void historyShowsIt(Instant first, Instant second, Instant third) {
    Zhifu.Done history = zhifu.run("rules", "history", RULE);
    JsonNode rows = history.result().path("publications");
    assertThat(rows.findValuesAsText("version")).containsExactly("1", "2", "3");
    assertThat(rows.findValuesAsText("effectiveFrom"))
        .containsExactly(first.toString(), second.toString(), third.toString());
    assertThat(rows.findValuesAsText("state")).containsOnly("IN_FORCE");
    assertThat(rows.findValuesAsText("reason")).containsOnly("story");
    List<String> texts = rows.findValuesAsText("textSha256");
    assertThat(texts.get(1)).isNotEqualTo(texts.get(0));
    assertThat(rows.get(2).path("status").asText()).isEqualTo("LIVE");
  }
}
