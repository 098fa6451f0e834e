package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.appeal.AppealState;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.rules.lives.paper.PaperState;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RiskHoldDetail;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which state of which life is somebody's duty: a clock that has rung leaves no trace in a life, so
 * that its state alone says what is still owed. Ends of terms are told by their clocks and are none
 * of these; neither is what goes on for months without a step that is owed now.
 */
public final class Duties {
  /** A bank's word that ends the wait for a lift. */
  private static final Set<String> LIFTED =
      Set.of(FreezeEvent.BANK_LIFTED.name(), FreezeEvent.REST_LIFTED.name());

  private Duties() {}

  /**
   * What a state is.
   *
   * @param state a name of the kind's table
   * @return empty when nobody owes a step, and for a name that the table does not have
   */
  public static Optional<Duty> of(LifeKind kind, String state) {
    return switch (kind) {
      case CASE -> named(CaseState.class, state).map(Duties::of);
      case STOP_ORDER -> named(OrderState.class, state).map(Duties::of);
      case FREEZE -> named(FreezeState.class, state).map(Duties::of);
      case REFUND -> named(RefundState.class, state).map(Duties::of);
      case RISK_HOLD -> named(RiskHoldState.class, state).map(Duties::of);
      case VICTIM_HOLD -> named(VictimHoldState.class, state).map(Duties::of);
      case APPEAL -> named(AppealState.class, state).map(Duties::of);
      case PAPER -> named(PaperState.class, state).map(Duties::of);
    };
  }

  private static <E extends Enum<E>> Optional<E> named(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  private static Duty of(CaseState state) {
    return switch (state) {
      case REPORTED, ACCEPTED, EMERGENCY, TRANSFERRED -> Duty.PERSON;
      // Likely victims stand on the page of warnings, and whoever was sent in its own list.
      case ALERT, DISSUADING, AVERTED, FALSE_ALARM -> null;
      case FILED, INVESTIGATING, SOLVED, NOT_FILED, CLOSED, WITHDRAWN -> null;
    };
  }

  private static Duty of(OrderState state) {
    return switch (state) {
      case DRAFT -> Duty.PERSON;
      case SENT, TIMEOUT -> Duty.INSTITUTION;
      case RELEASED -> Duty.RELEASE_AT_BANK;
      // In force: its term ends it, or recovery says that its release is due.
      case SIGNED, ACTIVE, ACTIVE_ZERO, EXTENDED, CONVERTING -> null;
      // What a bank did not stop rings, and goes on as another order.
      case REJECTED_FORMAT, NOT_FOUND, MISMATCH -> null;
      case EXPIRED, CONVERTED, REJECTED, WITHDRAWN -> null;
    };
  }

  private static Duty of(FreezeState state) {
    return switch (state) {
      case DRAFT, LEGAL_REVIEW, APPROVED, VERIFY_DUE -> Duty.PERSON;
      case SENT, RENEW_REVIEW -> Duty.INSTITUTION;
      case RELEASE_DUE -> Duty.RELEASE_TO_SIGN;
      case RELEASED -> Duty.RELEASE_AT_BANK;
      case QUEUED, ACTIVE, RENEWED, PARTIAL, EXPIRED, REJECTED -> null;
    };
  }

  private static Duty of(RefundState state) {
    return switch (state) {
      case OPENED, TRACED, SINGLE, TIMESTAMP, PRORATA, NOTICE, OBJECTION -> Duty.PERSON;
      case PREPARED, APPROVED, SUPPLEMENT, FAILED_ACCOUNT, REOPENED, EXECUTED -> Duty.PERSON;
      case ISSUED, BANK_CHECK, EXECUTING -> Duty.INSTITUTION;
      case RESIDUE_HELD, REJECTED, CLOSED -> null;
    };
  }

  private static Duty of(RiskHoldState state) {
    return switch (state) {
      case LIFTING -> Duty.RELEASE_AT_BANK;
      case REQUESTED, APPLIED, DECLINED, RELEASED, EXPIRED -> null;
    };
  }

  private static Duty of(VictimHoldState state) {
    return switch (state) {
      case PROPOSED -> Duty.PERSON;
      case APPROVED, HARDSHIP_RELEASE -> Duty.INSTITUTION;
      // Its lift goes on a paper, which is a duty of its own.
      case ACTIVE, DECLINED, REFUSED, LIFTED, EXPIRED -> null;
    };
  }

  private static Duty of(AppealState state) {
    return switch (state) {
      case SUBMITTED, ACCEPTED, CHECKING -> Duty.PERSON;
      case UPHELD, REJECTED -> null;
    };
  }

  private static Duty of(PaperState state) {
    return switch (state) {
      case TO_PRINT, PRINTED -> Duty.PERSON;
      case SERVED -> Duty.INSTITUTION;
      case ANSWERED, VOID -> null;
    };
  }

  /** What a life owes after this transition: by its state, and by what is left of it. */
  public static Set<Duty> of(LifeTransition life) {
    Set<Duty> duties = EnumSet.noneOf(Duty.class);
    of(life.getKind(), life.getState()).filter(duty -> !done(life)).ifPresent(duties::add);
    if (life.getDetail() instanceof FreezeDetail freeze) {
      rest(life, freeze).ifPresent(duties::add);
    }
    return duties;
  }

  private static boolean done(LifeTransition life) {
    return switch (life.getKind()) {
      case FREEZE -> LIFTED.contains(life.getEvent()) && life.getState().equals("RELEASED");
      case CASE ->
          life.getDetail() instanceof CaseDetail held
              && held.getReceivedAt() != null
              && life.getState().equals(CaseState.TRANSFERRED.name());
      case REFUND ->
          life.getState().equals(RefundState.NOTICE.name())
              && life.getClocks().stream()
                  .anyMatch(clock -> clock.getEvent().equals(RefundEvent.NOTICE_ENDED.name()));
      default -> false;
    };
  }

  /** A freeze that is to be released as a whole takes its rest along. */
  private static Optional<Duty> rest(LifeTransition life, FreezeDetail freeze) {
    boolean whole =
        named(FreezeState.class, life.getState())
            .filter(state -> state != FreezeState.RELEASE_DUE)
            .filter(state -> !FreezeTable.law().terminal(state))
            .isEmpty();
    if (whole || freeze.getRestFen() == 0) {
      return Optional.empty();
    }
    return Optional.of(freeze.getRestAskedFen() == 0 ? Duty.REST_TO_SIGN : Duty.REST_AT_BANK);
  }

  /**
   * When a release that is due is overdue: at its law's term, or at once where it is due at once.
   *
   * @return null when no clock of the life says so
   */
  public static Instant overdueAt(LifeTransition life) {
    return life.getClocks().stream()
        .filter(clock -> clock.getEvent().equals(FreezeEvent.RELEASE_OVERDUE.name()))
        .map(clock -> clock.getDueAt())
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** When the restriction ends by itself, whoever has not answered; null when it does not. */
  public static Instant endsAt(LifeTransition life) {
    if (life.getDetail() instanceof FreezeDetail freeze) {
      return freeze.getExpiresAt();
    }
    return life.getDetail() instanceof RiskHoldDetail hold ? hold.getEndsAt() : null;
  }
}
