package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** First events of matches wait until something can follow them (ADR-0110). */
class WaitingTest {
  private static final long WINDOW = 1_000;
  private static final Step FIRST = Rules.step("a", Contiguity.BEGIN, Rules.isKind(0));
  private static final Step SECOND =
      Rules.step(
          "b",
          Contiguity.FOLLOWED_BY,
          Conditions.of(
              Rules.isKind(1),
              (view, partial) -> Events.value(view) == Events.value(partial.events("a").get(0))));
  private static final Step THIRD = Rules.step("c", Contiguity.FOLLOWED_BY, Rules.isKind(2));

  private final List<RuleHit> finals = new ArrayList<>();
  private final List<RuleHit> provisional = new ArrayList<>();
  private HeapMatchStateStore store = new HeapMatchStateStore();
  private Matcher matcher;
  private KeyMatcher key;
  private long watermark;

  @Test
  void aFirstEventIsKeptOnceForAllRulesAndFedToNone() throws IOException {
    run(1);
    send("a1", 100, 0, 7);
    decide(200);
    long ofOne = store.bytes();
    store = new HeapMatchStateStore();
    run(100);
    send("a1", 300, 0, 7);
    decide(400);

    assertThat(store.bytes()).isLessThan(ofOne + 100 * Integer.BYTES);
    assertThat(IntStream.range(0, 100).mapToObj(this::base)).containsOnlyNulls();
    assertThat(key.isUnderWay()).isTrue();
    decide(300 + WINDOW);
    assertThat(store.isEmpty()).as("its time ran out").isTrue();
  }

  @Test
  void whatCannotFollowLeavesItWaiting() throws IOException {
    run(1);
    send("a1", 100, 0, 7);
    decide(200);
    send("b1", 300, 1, 8);
    send("c1", 301, 2, 0);
    decide(400);
    assertThat(base(0)).isNull();
    send("b2", 500, 1, 7);
    decide(600);
    assertThat(base(0)).as("another number follows nothing, the same one does").isNotNull();
  }

  @Test
  void aMatchIsCompletedWhateverIsReadBackBetween() throws IOException {
    run(3);
    send("a1", 100, 0, 7);
    decide(200);
    reopen();
    send("b1", 300, 1, 7);
    reopen();
    send("c1", 400, 2, 0);
    assertThat(provisional).as("announced at once").hasSize(3);
    reopen();
    decide(500);
    assertThat(finals).hasSize(3);
    assertThat(finals.get(0).getEvidence())
        .extracting(one -> one.getEventId())
        .containsExactly("a1", "b1", "c1");
    decide(500 + 2 * WINDOW);
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void aFirstEventThatComesLateFindsItsSecond() throws IOException {
    run(1);
    send("b1", 300, 1, 7);
    send("c1", 400, 2, 0);
    assertThat(provisional).isEmpty();
    send("a1", 200, 0, 7);
    assertThat(provisional).hasSize(1);
    decide(500);
    assertThat(finals).hasSize(1);
  }

  @Test
  void whatWasTakenFromWaitingIsNotTakenAgain() throws IOException {
    run(2);
    send("a1", 100, 0, 7);
    decide(200);
    send("b1", 300, 1, 7);
    send("c1", 310, 2, 0);
    decide(400);
    send("b2", 500, 1, 7);
    send("c2", 510, 2, 0);
    decide(600);
    assertThat(finals).hasSize(2);
  }

  @Test
  void whatMustNotFollowEndsItWithoutAnNfa() throws IOException {
    Rule rule =
        Rules.rule(
            "N",
            1,
            WINDOW,
            AfterMatch.NO_SKIP,
            FIRST,
            Rules.step("not", Contiguity.NOT_FOLLOWED_BY, SECOND.condition()),
            THIRD);
    matcher =
        new Matcher(
            RuleSet.of(List.of(rule)), MatchSettings.DEFAULT, new Heard(provisional, finals));
    key = matcher.openNew(KeyKind.HOLDER, "k", store);
    send("a1", 100, 0, 7);
    send("a2", 101, 0, 8);
    decide(200);
    send("b1", 300, 1, 7);
    send("c1", 350, 2, 0);
    assertThat(provisional).as("the other one goes on").hasSize(1);
    decide(400);
    assertThat(finals)
        .extracting(hit -> hit.getEvidence().get(0).getEventId())
        .containsExactly("a2");

    send("a3", 500, 0, 7);
    send("b2", 510, 1, 7);
    decide(600);
    assertThat(key.isUnderWay()).as("nothing is left to wait for").isFalse();
    assertThat(matcher.counts().rebuilds()).as("once for the hit").isEqualTo(1);
  }

  @Test
  void manyFirstEventsAreCappedAsPartialMatches() throws IOException {
    matcher =
        new Matcher(RuleSet.of(rules(1)), new MatchSettings(5, 0), new Heard(provisional, finals));
    key = matcher.openNew(KeyKind.HOLDER, "k", store);
    for (int i = 0; i < 5; i++) {
      send("a" + i, 100 + i, 0, 7);
      decide(100 + i);
    }
    assertThat(matcher.counts().overflowed()).isZero();
    send("a5", 200, 0, 7);
    decide(200);
    assertThat(matcher.counts().overflowed()).isEqualTo(1);
    send("b", 300, 1, 7);
    send("c", 400, 2, 0);
    decide(500);
    assertThat(finals).as("what overflowed sees nothing for one window").isEmpty();
    decide(500 + 2 * WINDOW);
    assertThat(store.isEmpty()).isTrue();
  }

  private void run(int rules) throws IOException {
    matcher =
        new Matcher(
            RuleSet.of(rules(rules)), MatchSettings.DEFAULT, new Heard(provisional, finals));
    key = matcher.openNew(KeyKind.HOLDER, "k", store);
    watermark = 0;
  }

  private static List<Rule> rules(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Rules.rule("R" + i, 1, WINDOW, AfterMatch.NO_SKIP, FIRST, SECOND, THIRD))
        .toList();
  }

  private byte[] base(int rule) {
    return store.base(RuleNumbers.of("R" + rule, 1));
  }

  private void reopen() throws IOException {
    key = matcher.open(KeyKind.HOLDER, "k", store);
  }

  private void send(String id, long atMs, int kind, int value) throws IOException {
    EnrichedEvent event = Events.telecom("k", id, atMs, kind, value);
    key.onEvent(matcher.arrival(KeyKind.HOLDER, Events.subject(event)), watermark);
  }

  private void decide(long watermarkMs) throws IOException {
    watermark = watermarkMs;
    key.onTime(watermarkMs);
  }

  private record Heard(List<RuleHit> provisional, List<RuleHit> finals) implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      (hit.getIsFinal() ? finals : provisional).add(hit);
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError(event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      // Counted.
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
