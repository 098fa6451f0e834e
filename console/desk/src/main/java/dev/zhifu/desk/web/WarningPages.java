package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.warnings.Step;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.desk.warnings.WarningScripts;
import dev.zhifu.desk.warnings.WarningTask;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.VaultPurpose;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Warnings as tasks, and the small page of whoever goes. */
final class WarningPages extends PageKit {
  private final WarningScripts scripts = new WarningScripts();

  WarningPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    render(ctx, "warnings.jte", model(ctx));
  }

  void lines(Context ctx) {
    render(ctx, "warningLines.jte", model(ctx));
  }

  private Map<String, Object> model(Context ctx) {
    WarningDesk.Live live = desk.warnings().live();
    List<WarningTask> tasks = live.tasks();
    Map<String, String> names = new HashMap<>();
    Map<String, Boolean> tells = new HashMap<>();
    Map<String, Map<String, String>> texts = new HashMap<>();
    Words words = words(ctx);
    for (WarningTask task : tasks) {
      String rule = task.warning().getTypology();
      names.computeIfAbsent(rule, id -> desk.rules().newest(id).name(words.isChinese()));
      texts.computeIfAbsent(rule, this::texts);
      tells.put(
          task.warning().getWarningId(), desk.warnings().forCase(person(ctx), task).isPresent());
    }
    return Map.of(
        "tasks",
        tasks,
        "more",
        live.more(),
        "names",
        names,
        "texts",
        texts,
        "tells",
        tells,
        "nearest",
        desk.warnings().nearest(tasks),
        "now",
        desk.engine().tick());
  }

  /** The script of a typology by language; empty where there is none. */
  private Map<String, String> texts(String typology) {
    Map<String, String> texts = new LinkedHashMap<>();
    WarningScripts.LANGUAGES.forEach(
        language -> texts.put(language, scripts.of(language, typology).orElse("")));
    return texts;
  }

  void send(Context ctx) {
    act(
        ctx,
        () -> {
          String id = ctx.pathParam("id");
          if (field(ctx, "contact").equals("hand")) {
            desk.warnings()
                .sendByHand(
                    person(ctx),
                    id,
                    field(ctx, "level"),
                    field(ctx, "name"),
                    field(ctx, "phone"),
                    field(ctx, "note"));
          } else {
            desk.warnings().send(person(ctx), id, field(ctx, "contact"), field(ctx, "note"));
          }
          tell(ctx);
        });
  }

  void step(Context ctx) {
    act(
        ctx,
        () -> {
          desk.warnings().step(person(ctx), ctx.pathParam("id"), kind(ctx), field(ctx, "note"));
          tell(ctx);
        });
  }

  void record(Context ctx) {
    act(ctx, () -> tell(ctx));
  }

  /**
   * What an officer notes, recovery hears at once; what the field notes, when an officer says so.
   */
  private void tell(Context ctx) {
    if (person(ctx).role().asks()) {
      desk.warnings()
          .tell(
              person(ctx),
              desk.warnings().find(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new));
    }
  }

  private static Step.Kind kind(Context ctx) {
    try {
      return Step.Kind.valueOf(field(ctx, "kind"));
    } catch (IllegalArgumentException e) {
      throw new ActException("act.unknown");
    }
  }

  private void act(Context ctx, Runnable what) {
    try {
      what.run();
      // The history of an open case shows each step.
      desk.warnings()
          .find(ctx.pathParam("id"))
          .ifPresentOrElse(
              task -> desk.live().changed(task.warning().getCaseId()), desk.live()::changed);
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    if (person(ctx).role() == Role.FIELD || field(ctx, "from").equals("go")) {
      ctx.redirect("/go");
    } else {
      render(ctx, "warningLines.jte", model(ctx));
    }
  }

  // --- the one who goes --------------------------------------------------------------------------

  void go(Context ctx) {
    Person person = person(ctx);
    render(ctx, "go.jte", Map.of("tasks", desk.warnings().of(person)));
  }

  void goTask(Context ctx) {
    Person person = person(ctx);
    WarningTask task =
        desk.warnings().of(person).stream()
            .filter(one -> one.warning().getWarningId().equals(ctx.pathParam("id")))
            .findFirst()
            .orElseThrow(NotFoundResponse::new);
    String typology = task.warning().getTypology();
    Map<String, Object> model = new HashMap<>();
    model.put("task", task);
    model.put("name", desk.rules().newest(typology).name(words(ctx).isChinese()));
    model.put("texts", texts(typology));
    model.put("now", desk.engine().tick());
    reach(person, task, model);
    render(ctx, "goTask.jte", model);
  }

  /**
   * Whom to see and by which number to call; what the vault does not know, or says no more to
   * somebody who asks so often, is left out.
   */
  private void reach(Person person, WarningTask task, Map<String, Object> model) {
    String holder = task.warning().getHolderToken();
    String caseId = task.warning().getCaseId();
    String reason = "warning " + task.warning().getTier();
    try {
      model.put(
          "who",
          desk.identities()
              .open(person, holder, caseId, VaultPurpose.WARNING, reason)
              .orElse(null));
      for (String number : desk.warnings().numbersOf(holder)) {
        Optional<String> clear = desk.identities().number(person, number, caseId, reason);
        if (clear.isPresent()) {
          model.put("phone", clear.get());
          return;
        }
      }
    } catch (ActException e) {
      // The refusal is in the audit; script and buttons are needed all the same.
      model.putIfAbsent("phone", "");
    }
  }
}
