package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.VictimHoldDetail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a life, wherever it came from.
 *
 * @param event name of an event of its table
 * @param role whose act it is
 * @param actor officer or bank; empty for the clock and the engine
 * @param secondActor second person; null when none
 * @param at event time of the act or the answer
 * @param reason a code or a sentence; may be empty
 * @param documents documents by id
 * @param amountFen amount, fen; null when it is about none
 * @param detail the object as it makes or changes it; null when it changes none of its data
 * @param answer the answer behind it; null when none is
 * @param verified true when a person's signature verifies in the engine key's environment
 * @param authorisation act behind it; empty for clocks and messages
 * @param cause id of act, answer, event or tick: a copy of it changes nothing
 */
public record Happening(
    String event,
    Role role,
    String actor,
    String secondActor,
    Instant at,
    String reason,
    List<String> documents,
    Long amountFen,
    Object detail,
    ChannelAnswer answer,
    boolean verified,
    String authorisation,
    String cause) {

  public Happening {
    documents = List.copyOf(documents);
  }

  /**
   * A person's act; null when its role is none of ours.
   *
   * @param verified whether its signature verifies, in the environment of the engine's key
   */
  public static Happening of(RecoveryAct act, boolean verified) {
    Role role = roleOf(act.getRole());
    return role == null
        ? null
        : new Happening(
            act.getEvent(),
            role,
            act.getOfficerId(),
            act.getSecondOfficerId(),
            act.getAt(),
            act.getReason(),
            act.getDocuments(),
            act.getAmountFen(),
            detailOf(act),
            null,
            verified,
            act.getActId(),
            act.getActId());
  }

  /** The detail as it was signed; null when there is none or it is none of its kind. */
  private static Object detailOf(RecoveryAct act) {
    if (act.getDetail() == null) {
      return null;
    }
    ByteBuffer bytes = act.getDetail().duplicate();
    try {
      return switch (act.getKind()) {
        case CASE -> CaseDetail.getDecoder().decode(bytes);
        case FREEZE -> FreezeDetail.getDecoder().decode(bytes);
        case REFUND -> RefundDetail.getDecoder().decode(bytes);
        case VICTIM_HOLD -> VictimHoldDetail.getDecoder().decode(bytes);
        case APPEAL -> AppealDetail.getDecoder().decode(bytes);
        case PAPER -> PaperDetail.getDecoder().decode(bytes);
        case STOP_ORDER, RISK_HOLD -> null;
      };
    } catch (IOException | RuntimeException e) {
      // What cannot be read says nothing about the object: the act then lacks what it needs.
      return null;
    }
  }

  /** A person's role; the clock, the bank and the engine sign no acts. */
  private static Role roleOf(String name) {
    for (Role role : Role.values()) {
      if (role.person() && role.name().equals(name)) {
        return role;
      }
    }
    return null;
  }

  /**
   * True when a document of that kind is named with its number.
   *
   * @param kind what stands before the number, colon included
   */
  boolean names(String kind) {
    return documents.stream()
        .anyMatch(
            document -> document.startsWith(kind) && !document.substring(kind.length()).isBlank());
  }

  /** An answer on a channel. */
  public static Happening of(ChannelAnswer answer) {
    return new Happening(
        answer.getEvent(),
        Role.BANK,
        answer.getBank(),
        null,
        answer.getAt(),
        answer.getRemark(),
        List.of(),
        answer.getAmountFen(),
        null,
        answer,
        false,
        "",
        answer.getAnswerId());
  }

  /** A clock that has rung at {@code due}. */
  public static Happening clock(String event, Instant due) {
    return message(event, Role.CLOCK, due, "tick:" + due.toEpochMilli() + ":" + event, null);
  }

  /** Something that the engine itself or a victim brings about. */
  public static Happening message(
      String event, Role role, Instant at, String cause, Object detail) {
    return new Happening(
        event, role, "", null, at, "", List.of(), null, detail, null, false, "", cause);
  }

  /** The same with a reason and an amount. */
  public Happening with(String newReason, Long newAmountFen) {
    return new Happening(
        event,
        role,
        actor,
        secondActor,
        at,
        newReason,
        documents,
        newAmountFen,
        detail,
        answer,
        verified,
        authorisation,
        cause);
  }
}
