package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static dev.zhifu.jobs.orders.Fixture.ground;
import static dev.zhifu.wire.GoodFaithSign.SELLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.UnsignedReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every guard holds an order back; its twin, the same story without that guard, shows the order
 * leave.
 */
class SigningGuardTest {

  @Test
  void anOrderThatEveryGuardAllowsLeavesAtOnce() {
    OrderRun run = OrderRun.ready().propose(proposal());

    assertThat(run.states()).containsExactly(OrderState.DRAFT, OrderState.SIGNED, OrderState.SENT);
    assertThat(run.orders).hasSize(1);
    assertThat(run.requests).allSatisfy(request -> assertThat(request.getUnsigned()).isEmpty());
  }

  @Test
  void everyGuardHasAStory() {
    assertThat(stories()).extracting(Story::guard).containsExactlyInAnyOrder(SigningGuard.values());
  }

  @TestFactory
  List<DynamicTest> eachGuardHoldsTheOrderBackAndSaysWhy() {
    return stories().stream()
        .map(story -> DynamicTest.dynamicTest(story.guard().name(), () -> heldBack(story)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> withoutItsGuardTheOrderLeaves() {
    return stories().stream()
        .map(story -> DynamicTest.dynamicTest(story.guard() + " off", () -> leaves(story)))
        .toList();
  }

  private static void heldBack(Story story) {
    OrderRun run = story.play(SigningGuard.all());

    assertThat(run.orders).as("orders that left").hasSize(story.ordersBefore());
    assertThat(run.last().getUnsigned()).containsExactly(story.guard().reason());
  }

  private static void leaves(Story story) {
    EnumSet<SigningGuard> guards = EnumSet.allOf(SigningGuard.class);
    guards.remove(story.guard());

    OrderRun run = story.play(guards);

    assertThat(run.orders).as("orders that left").hasSize(story.ordersBefore() + 1);
    assertThat(run.state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void allReasonsAreCollectedNotOnlyTheFirst() {
    OrderRun run =
        OrderRun.unauthorised()
            .propose(
                proposal()
                    .with(
                        p -> {
                          p.reportId = null;
                          p.cipher = null;
                          p.settled = false;
                          p.balanceFen = null;
                          p.kind = AccountKind.MERCHANT;
                        }));

    assertThat(run.last().getUnsigned())
        .containsExactlyInAnyOrder(
            UnsignedReason.NO_ACCEPTED_REPORT,
            UnsignedReason.NO_AUTHORISATION,
            UnsignedReason.NO_CIPHERTEXT,
            UnsignedReason.UNSETTLED_HIT,
            UnsignedReason.BALANCE_UNKNOWN,
            UnsignedReason.PROTECTED_ACCOUNT);
  }

  @Test
  void anotherAuthorisationMayCoverWhatTheFirstDoesNot() {
    OrderRun run = OrderRun.unauthorised();
    run.authorise(authorisation(a -> a.setMaxAmountFen(100)));
    run.authorise(
        authorisation(
            a -> {
              a.setAuthorisationId("auth-2");
              a.setMaxAmountFen(9_000_000);
            }));

    run.propose(proposal());

    assertThat(run.orders).hasSize(1);
  }

  @Test
  void whatWasSignedBeforeMoneyWasLimitedPerHourAndBankCoversNothing() {
    OrderRun run =
        OrderRun.unauthorised()
            .authorise(
                authorisation(
                    a -> {
                      a.setMaxFenPerHour(0);
                      a.setMaxFenPerBankDay(0);
                    }))
            .propose(proposal());

    assertThat(run.orders).isEmpty();
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.AUTHORISATION_LIMIT);
  }

  @Test
  void moneyOfAnHourComesFreeAndThatOfABankAndDayDoesNot() {
    assertThat(secondAfterTwoHours(authorisation(a -> a.setMaxFenPerHour(7_999_999))).orders)
        .hasSize(2);
    assertThat(
            secondAfterTwoHours(authorisation(a -> a.setMaxFenPerBankDay(7_999_999)))
                .last()
                .getUnsigned())
        .containsExactly(UnsignedReason.AUTHORISATION_LIMIT);
  }

  private static OrderRun secondAfterTwoHours(StandingAuthorisation given) {
    OrderRun run =
        OrderRun.unauthorised()
            .authorise(given)
            .propose(proposal().with(p -> p.account = token(1)));
    assertThat(run.orders).hasSize(1);
    long now = T0 + 2 * Fixture.HOUR;
    return run.tick(now)
        .authorise(Fixture.renewed(given, now))
        .propose(
            proposal()
                .with(
                    p -> {
                      p.account = token(2);
                      p.basisAtMs = now;
                      p.balanceAtMs = now;
                    }));
  }

  @Test
  void whatATraceNamesIsSignedOnlyUnderAnAuthorisationThatSaysTrace() {
    OrderRun refused = OrderRun.ready().propose(traced());
    assertThat(refused.orders).as("REPORT covers the reported account alone").isEmpty();
    assertThat(refused.last().getUnsigned()).containsExactly(UnsignedReason.RULE_NOT_AUTHORISED);

    OrderRun signed =
        OrderRun.unauthorised().authorise(authorisation(a -> a.setRules(List.of("TRACE"))));
    assertThat(signed.propose(traced()).orders).hasSize(1);
  }

  private static Fixture.Proposal traced() {
    return proposal()
        .with(
            p -> {
              p.origin = OrderOrigin.HOP;
              p.ruleIds = List.of("REPORT");
            });
  }

  @Test
  void whereSignsOfGoodFaithStandAgainstATraceAPersonLooks() {
    var covers = authorisation(a -> a.setRules(List.of("TRACE")));
    for (GoodFaithSign sign : List.of(SELLS, GoodFaithSign.WAGES)) {
      OrderRun held =
          OrderRun.unauthorised()
              .authorise(covers)
              .propose(traced().with(p -> p.grounds = List.of(ground(), ground(sign))));
      assertThat(held.orders).as("%s", sign).isEmpty();
      assertThat(held.last().getUnsigned()).containsExactly(UnsignedReason.GOOD_FAITH);
      assertThat(held.last().getGrounds()).as("the desk can say it").hasSize(2);
    }
    OrderRun shown =
        OrderRun.unauthorised()
            .authorise(covers)
            .propose(traced().with(p -> p.grounds = List.of(ground(GoodFaithSign.OTHERS_PAY))));
    assertThat(shown.orders).as("few of a mule's victims have reported").hasSize(1);
    OrderRun unknown =
        OrderRun.unauthorised()
            .authorise(covers)
            .propose(traced().with(p -> p.grounds = List.of()));
    assertThat(unknown.orders).as("what nobody looked at does not hold").isEmpty();
    OrderRun named =
        OrderRun.ready().propose(proposal().with(p -> p.grounds = List.of(ground(SELLS))));
    assertThat(named.orders).as("the victim names the account").hasSize(1);
  }

  @Test
  void aForgedAuthorisationIsKeptOut() {
    OrderRun run = OrderRun.unauthorised();
    var forged = authorisation();
    forged.setMaxAmountFen(Long.MAX_VALUE);

    run.authorise(forged).propose(proposal());

    assertThat(run.orders).isEmpty();
    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.AUTHORISATION_REFUSED);
  }

  @Test
  void aKnownAuthorisationWithAChangedLimitIsVerifiedAnew() {
    OrderRun run = OrderRun.ready();
    var forged = renewed(authorisation(), T0 + SECOND);
    forged.setMinScore(0);

    run.authorise(forged);

    assertThat(run.alarmKinds()).containsExactly(OrderAlarm.Kind.AUTHORISATION_REFUSED);
  }

  @Test
  void oneYuanOfAVictimsMoneyDoesNotStopAnInnocentShop() {
    OrderRun run =
        OrderRun.ready()
            .propose(
                proposal()
                    .with(
                        p -> {
                          p.kind = AccountKind.MERCHANT;
                          p.amountFen = 100;
                          p.tracedFen = 100;
                          p.balanceFen = 8_000_000L;
                        }));

    assertThat(run.orders).isEmpty();
    assertThat(run.last().getUnsigned())
        .containsExactlyInAnyOrder(
            UnsignedReason.OUT_OF_PROPORTION, UnsignedReason.PROTECTED_ACCOUNT);
  }

  @TestFactory
  List<DynamicTest> accountsThatManyLiveOnAreNeverStoppedAutomatically() {
    return EnumSet.complementOf(EnumSet.of(AccountKind.PERSONAL, AccountKind.UNKNOWN)).stream()
        .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> neverStopped(kind)))
        .toList();
  }

  private static void neverStopped(AccountKind kind) {
    assertThat(OrderRun.ready().propose(proposal().with(p -> p.kind = kind)).orders).isEmpty();
  }

  @Test
  void proportionIsHalfTheBalanceAndIncludesTheHalf() {
    assertThat(OrderRun.ready().propose(proposal().with(p -> p.balanceFen = 8_000_000L)).orders)
        .hasSize(1);
    assertThat(OrderRun.ready().propose(proposal().with(p -> p.balanceFen = 8_000_001L)).orders)
        .isEmpty();
  }

  @Test
  void evidenceIsFreshForTenMinutes() {
    assertThat(
            OrderRun.ready().propose(proposal().with(p -> p.basisAtMs = T0 - 10 * MINUTE)).orders)
        .hasSize(1);
    assertThat(
            OrderRun.ready()
                .propose(proposal().with(p -> p.basisAtMs = T0 - 10 * MINUTE - 1))
                .orders)
        .isEmpty();
  }

  @Test
  void renewalIsGoodForThirtySeconds() {
    OrderRun inTime = OrderRun.ready();
    inTime.tick(T0 + 30 * SECOND).propose(proposal());
    OrderRun late = OrderRun.ready();
    late.tick(T0 + 31 * SECOND).propose(proposal());

    assertThat(inTime.orders).hasSize(1);
    assertThat(late.orders).isEmpty();
    assertThat(late.last().getUnsigned()).containsExactly(UnsignedReason.NO_AUTHORISATION);
  }

  @Test
  void aRenewalLetsAWaitingDraftGoAndARevocationDoesNot() {
    OrderRun run = OrderRun.ready();
    run.tick(T0 + 31 * SECOND).propose(proposal());

    run.authorise(renewed(authorisation(), T0 + 32 * SECOND)).tick(T0 + 33 * SECOND);

    assertThat(run.orders).hasSize(1);

    OrderRun revoked = OrderRun.ready();
    revoked.tick(T0 + 31 * SECOND).propose(proposal());
    revoked.authorise(
        authorisation(
            a -> {
              a.setRevoked(true);
              a.setRenewedAt(Instant.ofEpochMilli(T0 + 32 * SECOND));
            }));
    revoked.authorise(renewed(authorisation(), T0 + 33 * SECOND)).tick(T0 + 34 * SECOND);
    assertThat(revoked.orders).isEmpty();
    assertThat(revoked.alarmKinds()).containsExactly(OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF);
  }

  @Test
  void theHourlyLimitOpensAgainAndCountsByTicks() {
    OrderRun run = OrderRun.unauthorised();
    var given = authorisation(a -> a.setMaxOrdersPerHour(1));
    run.authorise(given);
    run.propose(proposal());

    run.propose(proposal().with(p -> p.account = token(2)));
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.AUTHORISATION_LIMIT);

    long later = T0 + HOUR + 11 * MINUTE;
    run.tick(later).authorise(renewed(given, later));
    run.propose(
        proposal()
            .with(
                p -> {
                  p.account = token(3);
                  p.basisAtMs = later;
                }));
    assertThat(run.orders.stream().map(order -> order.accountToken()).distinct())
        .containsExactly(MULE, token(3));
  }

  @Test
  void twoWrongStopsInADayTurnSigningOffUntilANewAuthorisationIsGiven() {
    OrderRun run = OrderRun.ready();
    wrongStops(run);
    assertThat(run.alarmKinds()).contains(OrderAlarm.Kind.AUTOMATIC_SIGNING_OFF);

    run.propose(proposal().with(p -> p.account = token(3)));
    assertThat(run.last().getUnsigned()).containsExactly(UnsignedReason.TWO_WRONG_STOPS);

    run.authorise(
        authorisation(
            a -> {
              a.setAuthorisationId("auth-2");
              a.setValidFrom(Instant.ofEpochMilli(T0 + 5 * SECOND));
              a.setRenewedAt(Instant.ofEpochMilli(T0 + 5 * SECOND));
            }));
    run.tick(T0 + 6 * SECOND)
        .propose(
            proposal()
                .with(
                    p -> {
                      p.account = token(4);
                      p.basisAtMs = T0 + 6 * SECOND;
                    }));
    assertThat(run.orders).hasSize(3);
  }

  @Test
  void wrongStopsMoreThanADayApartDoNotAddUp() {
    OrderControls controls =
        new OrderControls(OrderSettings.defaults(Environment.DEMO), ControlState.none());

    assertThat(controls.foundWrong("a", T0)).isFalse();
    assertThat(controls.foundWrong("b", T0 + DAY)).isFalse();
    assertThat(controls.foundWrong("c", T0 + DAY - 1)).isTrue();
  }

  static String token(int n) {
    return "%032x".formatted(n);
  }

  private static void wrongStops(OrderRun run) {
    for (int i = 1; i <= 2; i++) {
      String account = token(i);
      run.propose(proposal().with(p -> p.account = account));
      run.answer(ReceiptResult.STOPPED, T0 + SECOND);
      run.act(
          act(
              dev.zhifu.wire.ActKind.UPHOLD_APPEAL,
              "act-appeal-" + i,
              run.last().getOrderId(),
              T0 + 2 * SECOND,
              "WRONG_ACCOUNT",
              account));
    }
  }

  /**
   * A story in which one guard alone stands between a proposal and an order.
   *
   * @param ordersBefore orders that the story itself needs to have left
   */
  private record Story(
      SigningGuard guard, int ordersBefore, Function<Collection<SigningGuard>, OrderRun> told) {
    OrderRun play(Collection<SigningGuard> guards) {
      return told.apply(guards);
    }
  }

  private static Story evidence(SigningGuard guard, java.util.function.Consumer<Proposal> change) {
    return new Story(guard, 0, guards -> OrderRun.ready(guards).propose(proposal().with(change)));
  }

  private static Story given(
      SigningGuard guard,
      java.util.function.Consumer<dev.zhifu.wire.StandingAuthorisation> change) {
    return new Story(
        guard,
        0,
        guards -> {
          OrderRun run = OrderRun.unauthorised(guards);
          return run.authorise(authorisation(change)).propose(proposal());
        });
  }

  private static Story second(
      SigningGuard guard,
      java.util.function.Consumer<dev.zhifu.wire.StandingAuthorisation> change) {
    return new Story(
        guard,
        1,
        guards -> {
          OrderRun run = OrderRun.unauthorised(guards).authorise(authorisation(change));
          run.propose(proposal().with(p -> p.account = token(1)));
          return run.propose(proposal().with(p -> p.account = token(2)));
        });
  }

  private static Story listing(SigningGuard guard, ListKind list) {
    return new Story(
        guard,
        0,
        guards ->
            OrderRun.ready(guards)
                .control(OrderControl.list(listed(list, MULE), "", 0))
                .propose(proposal()));
  }

  private static List<Story> stories() {
    return Arrays.asList(
        evidence(SigningGuard.REPORT_ACCEPTED, p -> p.reportId = null),
        evidence(SigningGuard.NAMED_BY_REPORT_OR_TRACE, p -> p.origin = OrderOrigin.HITS),
        given(SigningGuard.AUTHORISATION_NOT_REVOKED, a -> a.setRevoked(true)),
        given(SigningGuard.AUTHORISATION_VALID, a -> a.setValidTo(Instant.ofEpochMilli(T0))),
        given(
            SigningGuard.AUTHORISATION_RENEWED,
            a -> a.setRenewedAt(Instant.ofEpochMilli(T0 - 31 * SECOND))),
        new Story(
            SigningGuard.NOT_KILLED,
            0,
            guards ->
                OrderRun.ready(guards)
                    .control(OrderControl.killSwitch(killSwitch(T0 - SECOND), "", 0))
                    .propose(proposal())),
        new Story(
            SigningGuard.FEW_WRONG_STOPS,
            2,
            guards -> {
              OrderRun run = OrderRun.ready(guards);
              wrongStops(run);
              return run.propose(proposal().with(p -> p.account = token(3)));
            }),
        evidence(
            SigningGuard.RULE_COVERED,
            p -> {
              p.origin = OrderOrigin.HOP;
              p.ruleIds = List.of("M06");
            }),
        given(SigningGuard.KIND_COVERED, a -> a.setAccountKinds(List.of(AccountKind.UNKNOWN))),
        evidence(SigningGuard.SCORE_HIGH_ENOUGH, p -> p.score = 0.89),
        given(SigningGuard.AMOUNT_COVERED, a -> a.setMaxAmountFen(3_999_999)),
        second(SigningGuard.ORDERS_PER_HOUR, a -> a.setMaxOrdersPerHour(1)),
        second(SigningGuard.ORDERS_PER_BANK_AND_DAY, a -> a.setMaxOrdersPerBankDay(1)),
        second(SigningGuard.ORDERS_PER_DAY, a -> a.setMaxOrdersPerDay(1)),
        second(SigningGuard.MONEY_PER_HOUR, a -> a.setMaxFenPerHour(7_999_999)),
        second(SigningGuard.MONEY_PER_BANK_AND_DAY, a -> a.setMaxFenPerBankDay(7_999_999)),
        second(SigningGuard.MONEY_PER_DAY, a -> a.setMaxFenPerDay(7_999_999)),
        evidence(SigningGuard.EVIDENCE_FRESH, p -> p.basisAtMs = T0 - 11 * MINUTE),
        evidence(SigningGuard.BALANCE_KNOWN, p -> p.balanceAtMs = T0 - DAY - 1),
        evidence(SigningGuard.IN_PROPORTION, p -> p.balanceFen = 9_000_000L),
        new Story(
            SigningGuard.NO_GOOD_FAITH_SIGNS,
            0,
            guards ->
                byTrace(guards).propose(traced().with(p -> p.grounds = List.of(ground(SELLS))))),
        new Story(
            SigningGuard.NOT_ON_TRADER_LIST,
            0,
            guards ->
                byTrace(guards)
                    .control(OrderControl.list(listed(ListKind.CRYPTO_OTC, MULE), "", 0))
                    .propose(traced())),
        evidence(SigningGuard.KIND_NOT_PROTECTED, p -> p.kind = AccountKind.PAYROLL),
        listing(SigningGuard.NOT_ON_PROTECTED_LIST, ListKind.PROTECTED),
        evidence(SigningGuard.NOT_POOLED, p -> p.kind = AccountKind.POOLED),
        listing(SigningGuard.NOT_ON_POOLED_LIST, ListKind.POOLED),
        evidence(SigningGuard.HITS_SETTLED, p -> p.settled = false),
        evidence(SigningGuard.SOURCES_ALIVE, p -> p.idle = true),
        evidence(SigningGuard.CIPHERTEXT_PRESENT, p -> p.cipher = ""),
        evidence(SigningGuard.TRANSFER_KNOWN, p -> p.bankTransactionId = ""),
        new Story(SigningGuard.RECORD_READ_BACK, 0, SigningGuardTest::notReadBack),
        new Story(SigningGuard.KEY_OF_THIS_ENVIRONMENT, 0, SigningGuardTest::demoKeyInProduction),
        new Story(SigningGuard.STOPS_LEFT, 0, SigningGuardTest::secondStopRevealedByTheRecord),
        new Story(
            SigningGuard.NO_OTHER_ORDER_LIVE, 0, SigningGuardTest::otherOrderRevealedByTheRecord));
  }

  private static OrderRun byTrace(Collection<SigningGuard> guards) {
    return OrderRun.unauthorised(guards)
        .authorise(authorisation(a -> a.setRules(List.of("TRACE"))));
  }

  private static OrderRun notReadBack(Collection<SigningGuard> guards) {
    OrderRun run = new OrderRun(OrderSettings.defaults(Environment.DEMO), KEYS, guards);
    return run.tick(T0).authorise(authorisation()).propose(proposal());
  }

  private static OrderRun demoKeyInProduction(Collection<SigningGuard> guards) {
    OrderRun run = new OrderRun(OrderSettings.defaults(Environment.PRODUCTION), KEYS, guards);
    return run.readBack().tick(T0).authorise(authorisation()).propose(proposal());
  }

  /**
   * The draft is ordinal 1; the record holds ordinals 2 and 3 whose stops have ended: an old
   * savepoint.
   */
  private static OrderRun secondStopRevealedByTheRecord(Collection<SigningGuard> guards) {
    return RecordStories.draftWithEndedStops(guards);
  }

  private static OrderRun otherOrderRevealedByTheRecord(Collection<SigningGuard> guards) {
    return RecordStories.draftBesideALiveOrder(guards);
  }
}
