package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Decision;
import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeEffect;
import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.LifeFact;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of life: the only place where it changes state, always through its table. Every
 * transition leaves under (object, sequence).
 *
 * @param <S> states
 * @param <E> events
 * @param <F> facts
 * @param <X> effects
 */
abstract class Desk<
    S extends Enum<S>,
    E extends Enum<E> & LifeEvent,
    F extends Enum<F> & LifeFact,
    X extends Enum<X> & LifeEffect> {

  /** Causes that a life remembers, to know a copy again; older ones its states turn away. */
  static final int TAKEN_MAX = 64;

  private final LifeKind kind;
  private final LifeTable<S, E, F, X> table;
  private final Class<S> states;
  private final Class<E> events;
  private final Class<F> facts;

  Desk(
      LifeKind kind,
      LifeTable<S, E, F, X> table,
      Class<S> states,
      Class<E> events,
      Class<F> facts) {
    this.kind = kind;
    this.table = table;
    this.states = states;
    this.events = events;
    this.facts = facts;
  }

  LifeKind kind() {
    return kind;
  }

  /** The data of a new object; null when the happening brings none and there is no object. */
  abstract Object opened(Turn turn, Happening happening);

  /** Takes over what the happening says about the object, before the facts are looked at. */
  abstract void absorb(Turn turn, LifeTransition draft, E event, Happening happening);

  /** What is known of the facts; what is not found here does not hold. */
  abstract void find(
      Turn turn, LifeTransition draft, E event, Happening happening, Findings<F> findings);

  /** Does one effect on the draft, or makes something leave. */
  abstract void work(X effect, Turn turn, LifeTransition draft, Happening happening);

  /** What follows on other lives once the transition stands. */
  void follow(Turn turn, LifeTransition done, E event, Happening happening) {
    // Most lives move alone.
  }

  S state(LifeTransition life) {
    return Enum.valueOf(states, life.getState());
  }

  /**
   * Takes what happened to one object.
   *
   * @return true when a row allowed it
   */
  boolean take(Turn turn, String objectId, Happening happening) {
    LifeTransition before = turn.file().get(objectId);
    if (before != null && before.getTaken().contains(happening.cause())) {
      return false;
    }
    E event = named(happening.event());
    LifeTransition draft = draft(turn, before, objectId, happening);
    if (event == null || draft == null) {
      unknown(turn, objectId, happening);
      return false;
    }
    absorb(turn, draft, event, happening);
    Findings<F> findings = Findings.none(facts);
    find(turn, draft, event, happening, findings);
    S from = before == null ? null : state(before);
    Decision<S, E, F, X> decision = table.decide(from, event, happening.role(), findings);
    if (!decision.allowed()) {
      refuse(turn, objectId, from, happening, decision.sentences());
      return false;
    }
    draft.setSequence(before == null ? 1 : before.getSequence() + 1);
    draft.setFromState(from == null ? null : from.name());
    draft.setState(decision.row().to().name());
    sign(turn, draft, happening);
    decision.row().effects().forEach(effect -> work(effect, turn, draft, happening));
    if (table.over(state(draft))) {
      draft.setClocks(new ArrayList<>());
    }
    turn.file().put(draft);
    turn.output().transition(LifeTransition.newBuilder(draft).build());
    follow(turn, draft, event, happening);
    return true;
  }

  /** The event of that name; null for none. */
  E named(String name) {
    for (E event : events.getEnumConstants()) {
      if (event.name().equals(name)) {
        return event;
      }
    }
    return null;
  }

  private LifeTransition draft(
      Turn turn, LifeTransition before, String objectId, Happening happening) {
    if (before != null) {
      return LifeTransition.newBuilder(before).build();
    }
    Object detail = opened(turn, happening);
    if (detail == null) {
      return null;
    }
    LifeTransition fresh = new LifeTransition();
    fresh.setObjectId(objectId);
    fresh.setKind(kind);
    fresh.setCaseId(turn.file().caseId());
    fresh.setClocks(new ArrayList<>());
    fresh.setTaken(new ArrayList<>());
    fresh.setDetail(detail);
    return fresh;
  }

  private static void sign(Turn turn, LifeTransition draft, Happening happening) {
    draft.setEvent(happening.event());
    draft.setRole(happening.role().name());
    draft.setActor(happening.actor());
    draft.setSecondActor(happening.secondActor());
    draft.setReason(happening.reason());
    draft.setDocuments(new ArrayList<>(happening.documents()));
    draft.setAuthorisation(happening.authorisation());
    draft.setCause(happening.cause());
    draft.setTickAt(turn.now());
    List<String> taken = new ArrayList<>(draft.getTaken());
    taken.add(happening.cause());
    draft.setTaken(taken.subList(Math.max(0, taken.size() - TAKEN_MAX), taken.size()));
  }

  private void unknown(Turn turn, String objectId, Happening happening) {
    turn.alarm(
        "ACT_REFUSED",
        kind,
        objectId,
        kind
            + " "
            + objectId
            + " is not known, or knows no "
            + happening.event()
            + "; look the object up again (docs/lives.md)",
        happening.cause());
  }

  private void refuse(Turn turn, String objectId, S from, Happening happening, String why) {
    if (happening.role() == Role.CLOCK || happening.role() == Role.ENGINE) {
      // A clock that finds its life gone on, or a following step that does not apply, is no news.
      return;
    }
    turn.alarm(
        happening.role() == Role.BANK ? "ANSWER_OUT_OF_PLACE" : "ACT_REFUSED",
        kind,
        objectId,
        kind
            + " "
            + objectId
            + (from == null ? "" : " in " + from)
            + " is not changed by "
            + happening.event()
            + " "
            + happening.cause()
            + ": "
            + why,
        happening.cause());
  }
}
