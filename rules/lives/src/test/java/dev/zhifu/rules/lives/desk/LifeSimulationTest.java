package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: only what a table allows, no money from nowhere, no freeze of
 * a case that is not filed. 2,000 stories by default, {@value #LONG} of them long; {@code
 * -Dmoney.cases=N} plays another number, {@code -Dmoney.seed=N -Dmoney.steps=M} one seed again.
 */
class LifeSimulationTest {

  private static final int STORIES = Integer.getInteger("money.cases", 2_000);
  private static final int LONG = 400;
  private static final int STEPS = 250;
  private static final int SHORT_STEPS = 30;

  private static final Map<LifeKind, LifeTable<?, ?, ?, ?>> TABLES =
      Map.of(
          LifeKind.CASE, CaseTable.law(),
          LifeKind.FREEZE, FreezeTable.law(),
          LifeKind.REFUND, RefundTable.law(),
          LifeKind.VICTIM_HOLD, VictimHoldTable.law(),
          LifeKind.APPEAL, AppealTable.law(),
          LifeKind.PAPER, PaperTable.law());

  /** What would end most histories before they tell anything; played now and then. */
  private static final Set<String> ENDINGS =
      Set.of(
          "NOT_FILED",
          "WITHDRAWN",
          "CLOSED",
          "TRANSFERRED",
          "REFUSED",
          "BANK_REFUSED",
          "FOUND_UNRELATED",
          "CASE_DROPPED",
          "APPEAL_UPHELD",
          "RELEASE_SIGNED",
          "REFUND_EXECUTED",
          "VERIFIED_PART");

  @Test
  void noHistoryBreaksATableOrMakesMoney() {
    long only = Long.getLong("money.seed", 0);
    int frozen = 0;
    int refunded = 0;
    for (long seed = only > 0 ? only : 1; seed <= (only > 0 ? only : STORIES); seed++) {
      boolean isLong = only > 0 || seed <= LONG;
      Run run = checked(seed, Integer.getInteger("money.steps", isLong ? STEPS : SHORT_STEPS));
      frozen += run.transitions.stream().anyMatch(t -> t.getState().equals("ACTIVE")) ? 1 : 0;
      refunded += run.transitions.stream().anyMatch(t -> t.getState().equals("EXECUTED")) ? 1 : 0;
    }
    if (only == 0) {
      assertThat(frozen).as("histories with a freeze in force").isGreaterThan(LONG / 4);
      assertThat(refunded).as("histories with a refund paid").isPositive();
    }
  }

  /** Plays one long story; a broken bound fails. */
  static Run checked(long seed) {
    return checked(seed, STEPS);
  }

  private static Run checked(long seed, int steps) {
    Run run = play(seed, steps);
    check(
        run, "seed " + seed + ", play again with -Dmoney.seed=" + seed + " -Dmoney.steps=" + steps);
    return run;
  }

  /** Mostly the next lawful step, at times anything at all; with time passing in between. */
  private static Run play(long seed, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    Run run = byLaw().emergency();
    for (int step = 0; step < steps; step++) {
      LifeKind kind = pick(random, LifeKind.CASE, LifeKind.FREEZE, LifeKind.REFUND);
      String id = kind == LifeKind.CASE ? CASE : kind == LifeKind.FREEZE ? FREEZE : REFUND;
      LifeTable<?, ?, ?, ?> table = TABLES.get(kind);
      String state = run.state(id);
      var rows =
          table.rows().stream()
              .filter(
                  row ->
                      random.nextInt(10) == 0
                          || (state == null
                              ? row.from().isEmpty()
                              : row.from().stream().anyMatch(s -> s.name().equals(state))))
              .toList();
      if (rows.isEmpty()) {
        continue;
      }
      var row = rows.get(random.nextInt(rows.size()));
      if (ENDINGS.contains(row.event().name()) && random.nextInt(25) > 0) {
        continue;
      }
      Role role = pick(random, row.roles().stream().sorted().toArray(Role[]::new));
      run.verified = random.nextInt(20) > 0;
      happen(run, random, kind, id, row.event().name(), role);
      if (random.nextInt(6) == 0) {
        boolean leap = random.nextInt(15) == 0;
        run.pass(Duration.ofHours(random.nextInt(leap ? 24 * 60 : 24 * 2)));
      }
    }
    return run.pass(Duration.ofDays(800));
  }

  private static void happen(
      Run run, SplittableRandom random, LifeKind kind, String id, String event, Role role) {
    long fen = pick(random, 1_000_000L, 1_000_000L, 1_000_000L, 4_000_000L, 4_000_001L, 1L);
    if (role == Role.BANK) {
      run.answer(kind, id, event, fen, random.nextInt(8) == 0 ? null : run.now());
    } else if (role.person()) {
      Object detail =
          kind == LifeKind.FREEZE ? freeze() : kind == LifeKind.REFUND ? refund(fen) : null;
      run.actWith(
          kind,
          id,
          event,
          role,
          detail,
          "reason",
          fen,
          "officer-2",
          "form:1",
          "id:1",
          "notice:1",
          "publication:1");
    } else {
      run.take(
          kind,
          id,
          Happening.message(event, role, run.now(), "m:" + random.nextLong(), null).with("", fen));
    }
  }

  @SafeVarargs
  private static <T> T pick(SplittableRandom random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static void check(Run run, String seed) {
    Map<String, Long> numbers = new HashMap<>();
    CaseState owner = null;
    for (LifeTransition t : run.transitions) {
      assertThat(t.getSequence())
          .as(seed + ": " + t.getObjectId())
          .isEqualTo(numbers.merge(t.getObjectId(), 1L, Long::sum));
      assertThat(allowed(TABLES.get(t.getKind()), t)).as(seed + ": " + t).isTrue();
      if (t.getKind() == LifeKind.CASE) {
        owner = CaseState.valueOf(t.getState());
        assertThat(((CaseDetail) t.getDetail()).getFreezeAccounts()).isNotNegative();
      }
      if (t.getKind() == LifeKind.FREEZE) {
        if (t.getState().equals("SENT") && t.getEvent().equals("SENT")) {
          assertThat(CaseTable.FILED_STATES).as(seed).contains(owner);
        }
        money(t, seed);
      }
    }
    assertThat(run.requests).as(seed).allMatch(request -> request.getAmountFen() >= 0);
    assertThat(run.file.nextClock().filter(at -> !at.isAfter(run.now()))).as(seed).isEmpty();
  }

  private static boolean allowed(LifeTable<?, ?, ?, ?> table, LifeTransition t) {
    return table.rows().stream()
        .anyMatch(
            row ->
                row.event().name().equals(t.getEvent())
                    && row.to().name().equals(t.getState())
                    && row.roles().stream().anyMatch(role -> role.name().equals(t.getRole()))
                    && (t.getFromState() == null
                        ? row.from().isEmpty()
                        : Arrays.stream(row.from().toArray())
                            .anyMatch(from -> from.toString().equals(t.getFromState()))));
  }

  private static void money(LifeTransition t, String seed) {
    FreezeDetail detail = (FreezeDetail) t.getDetail();
    assertThat(detail.getFrozenFen()).as(seed).isNotNegative();
    assertThat(detail.getRefundedFen()).as(seed).isNotNegative();
    assertThat(detail.getRestAskedFen()).as(seed).isBetween(0L, detail.getRestFen());
    if (FreezeTable.HOLDING.contains(FreezeState.valueOf(t.getState()))
        && detail.getStartAt() != null) {
      assertThat(detail.getExpiresAt()).as(seed).isAfter(detail.getStartAt());
      assertThat(detail.getFrozenFen() + detail.getRestFen() + detail.getRefundedFen())
          .as(seed + ": more than was ever asked or frozen")
          .isLessThanOrEqualTo(4_000_001L);
    }
  }
}
