package dev.zhifu.rules.lives.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Lives;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a shift owes, held against the tables of docs/lives.md. */
class DutiesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T18:00:00Z");

  private static final Map<LifeKind, LifeTable<?, ?, ?, ?>> TABLES = Lives.kinds();

  /** Persons alone lead out of these, and none of it is owed now. */
  private static final Set<String> NOT_OWED =
      Set.of("CASE.FILED", "CASE.INVESTIGATING", "CASE.SOLVED", "REFUND.RESIDUE_HELD");

  /** What is overdue in these is a part of the freeze, a duty by its sum. */
  private static final Set<String> BY_SUM =
      Set.of("FREEZE.ACTIVE", "FREEZE.RENEWED", "FREEZE.PARTIAL");

  /**
   * Reminders of warnings stand with the warnings; an answer to an extension ends with its stop.
   */
  private static final Set<String> ELSEWHERE =
      Set.of("CASE.AVERTED", "STOP_ORDER.ACTIVE", "STOP_ORDER.ACTIVE_ZERO");

  @Test
  void everyKindHasItsTable() {
    assertThat(TABLES.keySet()).containsExactlyInAnyOrder(LifeKind.values());
  }

  @Test
  void whatAPersonAloneLeadsOnIsADuty() {
    Set<String> found = new TreeSet<>();
    TABLES.forEach((kind, table) -> onlyByPersons(kind, table, found));
    assertThat(found).hasSizeGreaterThan(20);
    assertThat(found)
        .allSatisfy(
            state ->
                assertThat(duty(state).isPresent())
                    .as(state)
                    .isNotEqualTo(NOT_OWED.contains(state)));
  }

  private static <S extends Enum<S>> void onlyByPersons(
      LifeKind kind, LifeTable<S, ?, ?, ?> table, Set<String> found) {
    for (S state : table.states()) {
      List<? extends Row<S, ?, ?, ?>> out =
          table.rows().stream()
              .filter(row -> row.from().contains(state) && row.to() != state)
              .toList();
      boolean persons =
          out.stream().allMatch(row -> trigger(row) == Trigger.PERSON) && !out.isEmpty();
      if (persons) {
        found.add(kind + "." + state);
      }
    }
  }

  /** A clock that has rung and moved nothing: only the state still says that something is owed. */
  @Test
  void whatAClockHasRungForWithoutMovingItIsADuty() {
    Set<String> found = new TreeSet<>();
    TABLES.forEach((kind, table) -> rung(kind, table, found));
    assertThat(found)
        .contains("FREEZE.SENT", "FREEZE.RELEASED", "APPEAL.CHECKING", "CASE.REPORTED");
    found.removeAll(BY_SUM);
    found.removeAll(ELSEWHERE);
    assertThat(found).allSatisfy(state -> assertThat(duty(state)).as(state).isPresent());
  }

  private static <S extends Enum<S>> void rung(
      LifeKind kind, LifeTable<S, ?, ?, ?> table, Set<String> found) {
    table.rows().stream()
        .filter(row -> trigger(row) == Trigger.TIMER)
        .filter(row -> !name(row).equals(FreezeEvent.END_NEAR.name()))
        .forEach(
            row ->
                row.from().stream()
                    .filter(state -> state == row.to())
                    .forEach(state -> found.add(kind + "." + state)));
  }

  private static Trigger trigger(Row<?, ?, ?, ?> row) {
    return ((LifeEvent) row.event()).trigger();
  }

  private static String name(Row<?, ?, ?, ?> row) {
    return row.event().name();
  }

  private static Optional<Duty> duty(String state) {
    int dot = state.indexOf('.');
    return Duties.of(LifeKind.valueOf(state.substring(0, dot)), state.substring(dot + 1));
  }

  @Test
  void aReleaseIsADutyUntilTheBankHasLifted() {
    assertThat(of(freeze("RELEASE_DUE", "CASE_DROPPED", 0, 0)))
        .containsExactly(Duty.RELEASE_TO_SIGN);
    assertThat(of(freeze("RELEASED", "RELEASE_SIGNED", 0, 0)))
        .containsExactly(Duty.RELEASE_AT_BANK);
    assertThat(of(freeze("RELEASED", "ANSWER_LATE", 0, 0))).containsExactly(Duty.RELEASE_AT_BANK);
    assertThat(of(freeze("RELEASED", "REFUND_EXECUTED", 0, 0)))
        .containsExactly(Duty.RELEASE_AT_BANK);
    assertThat(of(freeze("RELEASED", "BANK_LIFTED", 0, 0))).isEmpty();
    assertThat(of(freeze("RELEASED", "REST_LIFTED", 0, 0))).isEmpty();
    assertThat(of(freeze("EXPIRED", "TERM_ENDED", 0, 0))).isEmpty();
  }

  @Test
  void aPartThatIsDueIsADutyBesideTheFreezesOwn() {
    assertThat(of(freeze("ACTIVE", "BANK_FROZE", 0, 0))).isEmpty();
    assertThat(of(freeze("ACTIVE", "BANK_FROZE", 500, 0))).containsExactly(Duty.REST_TO_SIGN);
    assertThat(of(freeze("VERIFY_DUE", "MONTH_OVER", 500, 0)))
        .containsExactlyInAnyOrder(Duty.REST_TO_SIGN, Duty.PERSON);
    assertThat(of(freeze("PARTIAL", "REST_RELEASE_SIGNED", 500, 500)))
        .containsExactly(Duty.REST_AT_BANK);
    assertThat(of(freeze("RELEASE_DUE", "CASE_DROPPED", 500, 500)))
        .as("as a whole")
        .containsExactly(Duty.RELEASE_TO_SIGN);
    assertThat(of(freeze("EXPIRED", "TERM_ENDED", 500, 0))).isEmpty();
  }

  @Test
  void aCaseHandedOverIsADutyUntilTheOtherBodyConfirms() {
    CaseDetail held =
        CaseDetail.newBuilder().setSubjectKind(SubjectKind.HOLDER).setSubject("s").build();
    assertThat(of(life(LifeKind.CASE, "TRANSFERRED", "TRANSFERRED", held)))
        .containsExactly(Duty.PERSON);
    held.setReceivedAt(NOW);
    assertThat(of(life(LifeKind.CASE, "TRANSFERRED", "HANDED_OVER", held))).isEmpty();
  }

  @Test
  void aRefundsNoticeIsADutyOnceItsDaysAreOver() {
    RefundDetail held = RefundDetail.newBuilder().setFreezeId("F").setShares(List.of()).build();
    LifeTransition notice = life(LifeKind.REFUND, "NOTICE", "PUBLISHED", held);
    notice.setClocks(List.of(new LifeClock("NOTICE_ENDED", NOW)));
    assertThat(of(notice)).isEmpty();
    notice.setClocks(List.of());
    assertThat(of(notice)).containsExactly(Duty.PERSON);
  }

  @Test
  void aNameThatNoTableHasIsNoDuty() {
    StopDetail held = StopDetail.newBuilder().setAccountToken("t").setBank("B02").build();
    for (LifeKind kind : LifeKind.values()) {
      assertThat(of(life(kind, "NO_STATE", "NO_EVENT", held))).isEmpty();
    }
  }

  private static Set<Duty> of(LifeTransition life) {
    return Duties.of(life);
  }

  private static LifeTransition freeze(String state, String event, long rest, long asked) {
    return life(
        LifeKind.FREEZE,
        state,
        event,
        FreezeDetail.newBuilder()
            .setApplicationId("a")
            .setTarget(
                AccountRef.newBuilder()
                    .setAccountToken("t")
                    .setBank("B02")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .setAuthority("A")
            .setChannel(OrderChannel.PLATFORM)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(1_000)
            .setTracedFen(1_000)
            .setTermMonths(6)
            .setRestFen(rest)
            .setRestAskedFen(asked)
            .build());
  }

  private static LifeTransition life(LifeKind kind, String state, String event, Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId("o")
        .setKind(kind)
        .setCaseId("c")
        .setSequence(1)
        .setState(state)
        .setEvent(event)
        .setRole("ENGINE")
        .setCause("m")
        .setTickAt(NOW)
        .setDetail(detail)
        .build();
  }
}
