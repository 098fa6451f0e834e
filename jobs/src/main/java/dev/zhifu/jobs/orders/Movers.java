package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.Row;
import dev.zhifu.rules.lives.Trigger;
import dev.zhifu.rules.lives.order.OrderEffect;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.Set;

/** Who makes a transition of an order: what the audit names. */
final class Movers {

  private Movers() {}

  /**
   * One transition's maker.
   *
   * @param actor officer id or bank code; null for the engine and the clock
   * @param role of docs/lives.md
   * @param secondActor second officer; null when none
   * @param authorisation act or standing authorisation; null when none
   */
  record Mover(String actor, Role role, String secondActor, String authorisation) {
    void tell(StopPaymentRequest request) {
      request.setActor(actor);
      request.setRole(role.name());
      request.setSecondActor(secondActor);
      request.setAuthorisation(authorisation);
    }
  }

  /**
   * The maker of a transition by {@code row}. An order that is signed, sent or found in the record
   * is its signer's; one under a standing authorisation is the engine's, and names it.
   *
   * @param acting officer's act that is carried out; null when none is
   */
  static Mover of(
      OrderLife life, Row<OrderState, OrderEvent, OrderFact, OrderEffect> row, OfficerAct acting) {
    if (acting != null
        && (row.event().trigger() == Trigger.PERSON || row.event() == OrderEvent.SENT_TO_BANK)) {
      return new Mover(
          acting.getOfficerId(),
          roleOf(acting.getRole(), row.roles()),
          acting.getSecondOfficerId(),
          acting.getActId());
    }
    return switch (row.event()) {
      case AUTHORISATION_COVERED, SENT_TO_BANK, FOUND_IN_RECORD -> signer(life);
      default -> onlyOne(life, row.roles());
    };
  }

  /** Whoever may sign orders and has no role of the tables (shift leader) acts as duty officer. */
  private static Role roleOf(String name, Set<Role> allowed) {
    return allowed.stream()
        .filter(role -> role.person() && role.name().equals(name))
        .findFirst()
        .orElse(Role.DUTY_OFFICER);
  }

  private static Mover signer(OrderLife life) {
    SignedOrder signed = life.extension() == null ? life.signed() : life.extension().signed();
    Object authorisation = signed == null ? null : signed.order().getAuthorisation();
    if (authorisation instanceof OfficerAuthorisation given) {
      return new Mover(given.getOfficerId(), Role.DUTY_OFFICER, null, given.getActId());
    }
    return authorisation instanceof StandingReference given
        ? new Mover(null, Role.ENGINE, null, given.getAuthorisationId())
        : new Mover(null, Role.ENGINE, null, null);
  }

  private static Mover onlyOne(OrderLife life, Set<Role> roles) {
    Role role = roles.size() == 1 ? roles.iterator().next() : Role.ENGINE;
    String actor = role == Role.BANK ? life.request().getTarget().getBank() : null;
    return new Mover(actor, role, null, null);
  }
}
