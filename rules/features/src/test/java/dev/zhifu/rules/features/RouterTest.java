package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.features.Router.Route;
import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.language.StepCondition;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final long START = Events.T0.toEpochMilli();

  private final RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
  private final Listings listings = new Listings();
  private final Router router = new Router(timeline, listings);

  @Test
  void aTransferGoesToTheHolderWhoPaysAndTheAccountThatReceives() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);
    timeline.start(rule("M1", KeyKind.ACCOUNT, EventKind.TRANSFER_IN, big()), START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 1_000)))
        .containsExactly(
            new Route(KeyKind.HOLDER, "h-a", Side.DEBIT),
            new Route(KeyKind.ACCOUNT, "b/1", Side.CREDIT));
  }

  @Test
  void anEventThatNoRuleCanUseEndsHere() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 10))).isEmpty();
    assertThat(router.route(Events.telecom(TelecomKind.CALL_START, "c1", 0, "a", "p"))).isEmpty();
  }

  @Test
  void oneKeyNeededByTwoRulesIsNamedOnce() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);
    timeline.start(rule("V2", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 1_000))).hasSize(1);
  }

  @Test
  void aTransferBetweenOwnAccountsReachesTheHolderOnceForEachSide() {
    timeline.start(
        rule(
            "V1", KeyKind.HOLDER, EnumSet.of(EventKind.TRANSFER_OUT, EventKind.TRANSFER_IN), big()),
        START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "a/2", 1_000)))
        .containsExactly(
            new Route(KeyKind.HOLDER, "h-a", Side.DEBIT),
            new Route(KeyKind.HOLDER, "h-a", Side.CREDIT));
  }

  @Test
  void whereNoHolderIsKnownTheAccountStandsForHim() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);
    EnrichedEvent event = Events.transfer("t1", 0, "a/1", "b/1", 1_000);
    ((BankTransaction) event.getEvent()).getPayer().setHolderToken(null);

    assertThat(router.route(event)).containsExactly(new Route(KeyKind.HOLDER, "a/1", Side.DEBIT));
  }

  @Test
  void aRuleThatNeedsEveryEventItSeesGetsThemAll() {
    Rule all = rule("V1", KeyKind.HOLDER, EnumSet.of(EventKind.TRANSFER_OUT), big(), true);
    timeline.start(all, START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 10))).hasSize(1);
  }

  @Test
  void anEventUsesTheRulesInForceAtItsOwnTime() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START + 1_000);
    timeline.end("V1", START + 2_000);

    assertThat(router.route(Events.transfer("t1", 999, "a/1", "b/1", 1_000))).isEmpty();
    assertThat(router.route(Events.transfer("t2", 1_000, "a/1", "b/1", 1_000))).hasSize(1);
    assertThat(router.route(Events.transfer("t3", 2_000, "a/1", "b/1", 1_000))).isEmpty();
    assertThat(router.route(Events.transfer("t4", 1_999, "a/1", "b/1", 1_000))).hasSize(1);
  }

  @Test
  void aPublicationForTheSameTimeReplacesTheEarlier() {
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);
    timeline.end("V1", START);

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 1_000))).isEmpty();
  }

  @Test
  void pooledAccountsAreLeftOutWithTheirHolderAndCounted() {
    timeline.start(rule("M1", KeyKind.ACCOUNT, EventKind.TRANSFER_IN, big()), START);
    timeline.start(rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big()), START);
    listings.put(entry(ListKind.POOLED, "b/1", 0));

    assertThat(router.route(Events.transfer("t1", 0, "a/1", "b/1", 1_000)))
        .containsExactly(new Route(KeyKind.HOLDER, "h-a", Side.DEBIT));
    assertThat(router.leftOut()).isEqualTo(1);
    assertThat(router.route(Events.transfer("t2", -1, "a/1", "b/1", 1_000))).isEmpty();
  }

  @Test
  void listedPartiesAreMarkedFromTheDayTheEntryIsInForce() {
    listings.put(entry(ListKind.LISTED_ACCOUNT, "b/1", 1_000));
    EnrichedEvent before = Events.transfer("t1", 999, "a/1", "b/1", 1);
    EnrichedEvent after = Events.transfer("t2", 1_000, "a/1", "b/1", 1);

    router.route(before);
    router.route(after);

    assertThat(before.getFeatures().getPayeeListed()).isFalse();
    assertThat(after.getFeatures().getPayeeListed()).isTrue();
    assertThat(after.getFeatures().getPayerListed()).isFalse();
  }

  @Test
  void bothNumbersOfACallAreKeys() {
    timeline.start(rule("T6", KeyKind.NUMBER, EventKind.CALL_START, view -> true), START);

    assertThat(router.route(Events.telecom(TelecomKind.CALL_START, "c1", 0, "a", "p")))
        .containsExactly(
            new Route(KeyKind.NUMBER, "n-a", Side.SUBJECT),
            new Route(KeyKind.NUMBER, "p", Side.PEER));
  }

  @Test
  void changesPastTheLimitAreForgottenAndCounted() {
    List<String> passed = new ArrayList<>();
    RuleTimeline bounded = new RuleTimeline(passed::add);
    Rule rule = rule("V1", KeyKind.HOLDER, EventKind.TRANSFER_OUT, big());
    for (int i = 0; i <= RuleTimeline.MOST_CHANGES; i++) {
      bounded.start(rule, START + i);
    }

    assertThat(passed).containsExactly(RuleTimeline.LIMIT_CHANGES);
  }

  private static Predicate<EventView> big() {
    return view -> ((BankTransaction) view.event().getEvent()).getAmountFen() >= 1_000;
  }

  private static ListEntry entry(ListKind list, String account, long atMs) {
    return ListEntry.newBuilder()
        .setEntryId(list + ":ACCOUNT:" + account)
        .setList(list)
        .setSubject(ListSubject.ACCOUNT)
        .setToken(account)
        .setEffectiveFrom(Events.T0.plusMillis(atMs))
        .setReason("invented")
        .setSource("test")
        .build();
  }

  private static Rule rule(String id, KeyKind key, EventKind kind, Predicate<EventView> condition) {
    return rule(id, key, EnumSet.of(kind), condition);
  }

  private static Rule rule(
      String id, KeyKind key, Set<EventKind> over, Predicate<EventView> condition) {
    return rule(id, key, over, condition, false);
  }

  private static Rule rule(
      String id,
      KeyKind key,
      Set<EventKind> over,
      Predicate<EventView> condition,
      boolean keepsAll) {
    Step step =
        new Step(
            "only",
            Contiguity.BEGIN,
            1,
            1,
            false,
            false,
            false,
            false,
            0,
            true,
            condition(condition));
    return new Rule(
        id,
        1,
        "",
        "",
        "",
        "",
        RuleFamily.V,
        key,
        SubjectKind.HOLDER,
        over,
        List.of(step),
        60_000,
        AfterMatch.NO_SKIP,
        0.5,
        List.of(ActionCode.A1),
        true,
        keepsAll,
        false,
        Set.of(),
        1,
        "OTHER",
        List.of(),
        "",
        "");
  }

  private static StepCondition condition(Predicate<EventView> predicate) {
    return new StepCondition() {
      @Override
      public boolean stateFree(EventView view) {
        return predicate.test(view);
      }

      @Override
      public boolean needsPartial() {
        return false;
      }

      @Override
      public boolean rest(EventView view, PartialMatch partial) {
        return true;
      }
    };
  }
}
