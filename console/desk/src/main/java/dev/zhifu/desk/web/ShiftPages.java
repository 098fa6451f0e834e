package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Person;
import io.javalin.http.Context;
import java.util.Map;

/** Handing the shift over, and standing authorisations. */
final class ShiftPages extends PageKit {

  ShiftPages(Desk desk) {
    super(desk);
  }

  void shift(Context ctx) {
    Person person = person(ctx);
    render(
        ctx,
        "shift.jte",
        Map.of(
            "open",
            desk.shift().open(),
            "past",
            desk.shift().newest(),
            "others",
            desk.people().all().stream()
                .filter(People.Listed::active)
                .map(People.Listed::person)
                .filter(one -> one.role().asks() && !one.id().equals(person.id()))
                .toList()));
  }

  void give(Context ctx) {
    then(
        ctx,
        "/shift",
        () ->
            desk.shift()
                .give(
                    person(ctx),
                    desk.people()
                        .find(field(ctx, "to"))
                        .orElseThrow(() -> new ActException("shift.other")),
                    field(ctx, "note")));
  }

  void take(Context ctx) {
    then(ctx, "/shift", () -> desk.shift().take(person(ctx), ctx.pathParam("id")));
  }

  void standing(Context ctx) {
    render(
        ctx,
        "standing.jte",
        Map.of("given", desk.standing().all(), "drafts", desk.standing().drafts()));
  }

  void write(Context ctx) {
    then(ctx, "/standing", () -> desk.standing().write(person(ctx), name -> field(ctx, name)));
  }

  void opinion(Context ctx) {
    then(
        ctx,
        "/standing",
        () -> desk.standing().opinion(person(ctx), ctx.pathParam("id"), field(ctx, "opinion")));
  }

  void sign(Context ctx) {
    then(ctx, "/standing", () -> desk.standing().sign(person(ctx), ctx.pathParam("id")));
  }

  void limit(Context ctx) {
    then(
        ctx,
        "/standing",
        () -> desk.standing().limit(person(ctx), ctx.pathParam("id"), name -> field(ctx, name)));
  }

  void revoke(Context ctx) {
    then(
        ctx,
        "/standing",
        () -> desk.standing().revoke(person(ctx), ctx.pathParam("id"), field(ctx, "reason")));
  }

  /** Does it and leads to {@code page}, or says why not on the page that asked. */
  private void then(Context ctx, String page, Runnable what) {
    try {
      what.run();
      desk.live().changed();
      ctx.header("HX-Redirect", page);
    } catch (ActException e) {
      fault(ctx, e);
    }
  }
}
