package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.channel.TransportAnswers;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.StopDetail;

/** Messages that the platform did not take: no life moves by it, a person hears of it. */
final class Undelivered {

  private Undelivered() {}

  static boolean is(Happening happening) {
    return happening.answer() != null && happening.event().equals(TransportAnswers.NOT_DELIVERED);
  }

  /**
   * Tells a person.
   *
   * @param known the life; null when there is none
   * @return false: nothing has changed
   */
  static boolean told(Turn turn, LifeTransition known, Happening happening) {
    LifeKind kind = happening.answer().getKind();
    String id = happening.answer().getObjectId();
    if (known == null || !bankOf(known).equals(happening.answer().getBank())) {
      turn.alarm(
          "ANSWER_OUT_OF_PLACE",
          kind,
          id,
          kind
              + " "
              + id
              + " is "
              + (known == null ? "not known" : known.getState())
              + ", and the platform says that a message to "
              + happening.answer().getBank()
              + " about it was not delivered; ask the platform which message it means",
          happening.cause());
      return false;
    }
    turn.alarm(
        "NOT_DELIVERED",
        known,
        kind
            + " "
            + id
            + " stays "
            + known.getState()
            + ": the platform did not take the message to "
            + happening.answer().getBank()
            + " ("
            + happening.reason()
            + "); it goes out again under the same id while its clock runs, send it on paper if"
            + " that fails",
        happening.cause());
    return false;
  }

  private static String bankOf(LifeTransition life) {
    if (life.getKind() == LifeKind.FREEZE) {
      return FreezeDesk.of(life).getTarget().getBank();
    }
    return life.getDetail() instanceof StopDetail stop ? stop.getBank() : "";
  }
}
