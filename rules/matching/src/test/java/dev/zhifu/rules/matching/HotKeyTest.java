package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key with hundreds of events behind the watermark, many of them out of order (ADR 0072). */
class HotKeyTest {
  private static final int EVENTS = 500;
  private static final long SPACING_MS = 15;
  private static final long LATENESS_MS = 1_800;
  private static final long WINDOW = 2_000;
  private static final int NEVER = Integer.MAX_VALUE;

  private record Sent(String id, long atMs, int kind, int value) {}

  @ParameterizedTest
  @EnumSource(AfterMatch.Kind.class)
  void saysTheSameWithMarksAndWithout(AfterMatch.Kind kind) throws IOException {
    AfterMatch afterMatch = new AfterMatch(kind, stepOf(kind));
    for (long seed = 1; seed <= 3; seed++) {
      Rule rule = rule(afterMatch, seed);
      List<Sent> events = shuffled(seed, seed == 3 ? 100 : 40);
      List<String> said = new ArrayList<>();
      List<String> saidWithout = new ArrayList<>();
      Matcher matcher = play(rule, events, ForkMarks.EVERY, 200, said);
      Matcher without = play(rule, events, NEVER, 200, saidWithout);
      assertThat(said).as("seed %d", seed).isEqualTo(saidWithout).isNotEmpty();
      assertThat(matcher.counts().lateReruns()).isEqualTo(without.counts().lateReruns());
      assertThat(matcher.counts().lateReruns()).isGreaterThan(EVENTS / 4);
    }
  }

  @Test
  void saysTheSameWhereAKeyOverflows() throws IOException {
    Rule rule = rule(AfterMatch.NO_SKIP, 1);
    List<Sent> events = shuffled(7, 40);
    List<String> said = new ArrayList<>();
    List<String> saidWithout = new ArrayList<>();
    Matcher matcher = play(rule, events, ForkMarks.EVERY, 12, said);
    play(rule, events, NEVER, 12, saidWithout);
    assertThat(matcher.counts().overflowed()).isPositive();
    assertThat(said).isEqualTo(saidWithout);
  }

  @Test
  void aLateEventIsFollowedByLittle() throws IOException {
    Rule rule = rule(AfterMatch.NO_SKIP, 1);
    List<Sent> events = shuffled(1, 5);
    Matcher matcher = play(rule, events, ForkMarks.EVERY, 200, new ArrayList<>());
    Matcher without = play(rule, events, NEVER, 200, new ArrayList<>());
    assertThat(matcher.counts().fed()).isLessThan(8L * EVENTS);
    assertThat(without.counts().fed()).isGreaterThan(10 * matcher.counts().fed());
  }

  private static String stepOf(AfterMatch.Kind kind) {
    return switch (kind) {
      case SKIP_TO_FIRST, SKIP_TO_LAST -> "b";
      default -> null;
    };
  }

  /** Two steps of the same number, with a third that must not come between for odd seeds. */
  private static Rule rule(AfterMatch afterMatch, long seed) {
    Step first = Rules.step("a", Contiguity.BEGIN, Rules.isKind(0));
    Step not = Rules.step("n", Contiguity.NOT_FOLLOWED_BY, Rules.isKind(2));
    Step second =
        Rules.step(
            "b",
            seed % 2 == 0 ? Contiguity.FOLLOWED_BY_ANY : Contiguity.FOLLOWED_BY,
            Conditions.of(
                Rules.isKind(1),
                (view, partial) -> Events.value(view) == Events.value(partial.events("a").get(0))));
    return seed % 2 == 0
        ? Rules.rule("R", 1, WINDOW, afterMatch, first, second)
        : Rules.rule("R", 1, WINDOW, afterMatch, first, not, second);
  }

  /** Each event may be overtaken by those that happen up to {@code places} later. */
  private static List<Sent> shuffled(long seed, int places) {
    Random random = new Random(seed);
    List<Sent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int kind = random.nextInt(20) == 0 ? 2 : random.nextInt(2);
      events.add(new Sent("e" + i, 10_000 + i * SPACING_MS, kind, random.nextInt(6)));
    }
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      order.add((i + (long) random.nextInt(places)) * EVENTS + i);
    }
    Collections.sort(order);
    return order.stream().map(at -> events.get((int) (at % EVENTS))).toList();
  }

  private static Matcher play(
      Rule rule, List<Sent> events, int markEvery, int maxPartials, List<String> said)
      throws IOException {
    Matcher matcher =
        new Matcher(
            RuleSet.of(List.of(rule)),
            new MatchSettings(maxPartials, 0),
            new Said(said),
            markEvery);
    KeyMatcher key = matcher.openNew(KeyKind.HOLDER, "k", new HeapMatchStateStore());
    long newest = 0;
    long watermark = 0;
    int count = 0;
    for (Sent sent : events) {
      Arrival arrival =
          matcher.arrival(
              KeyKind.HOLDER,
              Events.subject(Events.telecom("k", sent.id, sent.atMs, sent.kind, sent.value)));
      if (arrival != null) {
        key.onEvent(arrival, watermark);
      }
      newest = Math.max(newest, sent.atMs);
      if (++count % 20 == 0) {
        watermark = newest - LATENESS_MS;
        key.onTime(watermark);
      }
    }
    key.onTime(newest + 2 * WINDOW);
    return matcher;
  }

  private record Said(List<String> said) implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      said.add(hit.getHitId() + " " + hit.getRevision() + " " + hit.getHolds() + hit.getIsFinal());
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError(event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      said.add("overflow");
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
