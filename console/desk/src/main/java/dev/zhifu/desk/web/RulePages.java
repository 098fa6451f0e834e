package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.rules.PublishedRule;
import dev.zhifu.desk.rules.RuleDraft;
import dev.zhifu.desk.rules.RuleStanding;
import dev.zhifu.desk.rules.RuleTrial;
import dev.zhifu.desk.rules.RuleWork;
import dev.zhifu.desk.rules.ShownTrial;
import dev.zhifu.rules.language.RuleExplainer;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules: the list, a page each, drafts, trials, and acts of author and approver. */
final class RulePages extends PageKit {
  RulePages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    render(
        ctx,
        "rules.jte",
        Map.of("rules", desk.rules().all(), "waiting", desk.ruleBook().waiting()));
  }

  void one(Context ctx) {
    render(ctx, "rule.jte", model(ctx, List.of(), null));
  }

  void part(Context ctx) {
    render(ctx, "rulePart.jte", model(ctx, List.of(), null));
  }

  /** Saves a draft; its faults are shown beside the text as it was typed. */
  void draft(Context ctx) {
    String document = raw(ctx, "document");
    String scenarios = raw(ctx, "scenarios");
    try {
      List<String> faults = desk.ruleWork().save(person(ctx), id(ctx), document, scenarios);
      if (faults.isEmpty()) {
        ctx.redirect("/rule/" + id(ctx));
        return;
      }
      ctx.status(422);
      RuleDraft typed =
          new RuleDraft(id(ctx), 0, document, scenarios, person(ctx).id(), desk.clock().get());
      render(ctx, "rule.jte", model(ctx, faults, typed));
    } catch (ActException e) {
      ctx.status(422);
      render(
          ctx,
          "rule.jte",
          model(
              ctx,
              List.of(words(ctx).t(e.key())),
              new RuleDraft(
                  id(ctx), 0, document, scenarios, person(ctx).id(), desk.clock().get())));
    }
  }

  void trial(Context ctx) {
    try {
      desk.ruleTrials().begin(person(ctx), id(ctx), RuleTrial.Kind.valueOf(field(ctx, "kind")));
    } catch (ActException e) {
      fault(ctx, e);
      return;
    } catch (IllegalArgumentException e) {
      fault(ctx, new ActException("act.unknown"));
      return;
    }
    part(ctx);
  }

  void ask(Context ctx) {
    try {
      PublicationStatus status = PublicationStatus.valueOf(field(ctx, "status"));
      desk.ruleWork().ask(person(ctx), id(ctx), status, field(ctx, "reason"));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    } catch (IllegalArgumentException e) {
      fault(ctx, new ActException("act.unknown"));
      return;
    }
    part(ctx);
  }

  void confirm(Context ctx) {
    decide(ctx, true);
  }

  void refuse(Context ctx) {
    decide(ctx, false);
  }

  private void decide(Context ctx, boolean confirms) {
    String actId = ctx.pathParam("id");
    try {
      if (confirms) {
        desk.ruleWork().confirm(person(ctx), actId);
      } else {
        desk.ruleWork().refuse(person(ctx), actId);
      }
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    ctx.header("HX-Refresh", "true");
  }

  /** A text's own line ends and spaces count. */
  private static String raw(Context ctx, String name) {
    String value = ctx.formParam(name);
    return value == null ? "" : value;
  }

  private static String id(Context ctx) {
    String id = ctx.pathParam("id");
    if (!RuleWork.isId(id)) {
      throw new NotFoundResponse();
    }
    return id;
  }

  private Map<String, Object> model(Context ctx, List<String> faults, RuleDraft typed) {
    String ruleId = id(ctx);
    List<RulePublication> publications = desk.ruleBook().publications(ruleId);
    Optional<RuleDraft> draft = desk.ruleBook().draft(ruleId);
    boolean author = person(ctx).role() == Role.RULE_AUTHOR;
    if (publications.isEmpty() && draft.isEmpty() && !author) {
      throw new NotFoundResponse();
    }
    List<RuleStatus> answers = desk.ruleBook().answers(ruleId);
    List<PublishedRule> published = new ArrayList<>();
    publications.forEach(
        one -> published.add(new PublishedRule(one, RuleStanding.of(one, answers))));
    String text =
        draft
            .map(RuleDraft::document)
            .orElseGet(() -> publications.isEmpty() ? "" : publications.get(0).getDocument());
    Map<String, Object> model = new HashMap<>();
    model.put("ruleId", ruleId);
    model.put("text", desk.rules().newest(ruleId));
    model.put("figures", desk.rules().figures(ruleId).orElse(null));
    model.put("hits", desk.rules().hits(ruleId));
    model.put("shadows", desk.ruleBook().shadows(ruleId));
    model.put("published", published);
    model.put("draft", draft.orElse(null));
    model.put("document", typed == null ? text : typed.document());
    model.put(
        "scenarios",
        typed == null ? draft.map(RuleDraft::scenarios).orElse("") : typed.scenarios());
    model.put("faults", faults);
    model.put("explained", explained(ruleId, text));
    model.put("offers", desk.ruleWork().offers(ruleId));
    model.put("acts", desk.ruleBook().actsOf(ruleId));
    model.put("trials", desk.ruleBook().trialsOf(ruleId).stream().map(ShownTrial::of).toList());
    model.put("writes", author && desk.ruleWork().writes());
    model.put("runs", desk.ruleTrials().runs());
    return model;
  }

  private static String explained(String ruleId, String text) {
    if (text.isEmpty()) {
      return "";
    }
    RuleResult result = RuleParser.parse(ruleId + "/rule.yaml", text);
    return result.ok() ? RuleExplainer.explain(result) : "";
  }
}
