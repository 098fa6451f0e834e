package dev.zhifu.desk.web;

import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.LifeOffer;
import dev.zhifu.desk.acts.RefundSheet;
import dev.zhifu.desk.acts.RefundWork;
import dev.zhifu.desk.intake.StatementForm;
import dev.zhifu.desk.people.Person;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.papers.RefundFile;
import dev.zhifu.papers.RefundPapers;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.wire.Referral;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refunds: the list, one frozen account's sums step by step, acts, papers. */
final class RefundPages extends PageKit {
  private static final int NUMBER_MAX = 80;

  RefundPages(Desk desk) {
    super(desk);
  }

  void all(Context ctx) {
    RefundWork.Listed listed = desk.refunds().all();
    render(ctx, "refunds.jte", Map.of("sheets", listed.sheets(), "more", listed.more()));
  }

  void one(Context ctx) {
    RefundSheet sheet = sheet(ctx);
    render(ctx, "refund.jte", model(ctx, sheet));
  }

  void part(Context ctx) {
    render(ctx, "refundPart.jte", model(ctx, sheet(ctx)));
  }

  private RefundSheet sheet(Context ctx) {
    return desk.refunds().sheet(ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
  }

  private Map<String, Object> model(Context ctx, RefundSheet sheet) {
    List<LifeOffer> offers = desk.refunds().offers(sheet, person(ctx));
    List<Act> acts = desk.refunds().acts(sheet);
    Map<String, Object> model = new HashMap<>();
    model.put("sheet", sheet);
    model.put("offers", offers);
    model.put("acts", acts);
    model.put("refusals", refusals(ctx, acts));
    model.put("papers", RefundPaper.offered(sheet));
    return model;
  }

  /** The sums anew under the compensation that is being typed. */
  void steps(Context ctx) {
    RefundSheet known = sheet(ctx);
    try {
      RefundSheet sheet =
          desk.refunds()
              .sheet(known.freeze().getObjectId(), compensations(ctx, known))
              .orElseThrow(NotFoundResponse::new);
      render(ctx, "refundSteps.jte", Map.of("sheet", sheet));
    } catch (ActException e) {
      fault(ctx, e);
    }
  }

  void ask(Context ctx) {
    RefundSheet sheet = sheet(ctx);
    try {
      desk.refunds().ask(sheet, person(ctx), field(ctx, "event"), typed(ctx, sheet));
      desk.live().changed();
    } catch (ActException e) {
      fault(ctx, e);
      return;
    }
    render(ctx, "refundPart.jte", model(ctx, sheet(ctx)));
  }

  private RefundWork.Typed typed(Context ctx, RefundSheet sheet) {
    RatioMode mode =
        field(ctx, "mode").equals(RatioMode.LITERAL.name())
            ? RatioMode.LITERAL
            : RatioMode.NORMALISED;
    Map<String, String> accounts = new HashMap<>();
    Map<String, Referral> referrals = new HashMap<>();
    for (int i = 0; i < sheet.victims().size(); i++) {
      String victim = sheet.victims().get(i).of().getVictim();
      String number = StatementForm.plain(field(ctx, "account" + i));
      if (!number.isEmpty()) {
        String token =
            desk.intake().tokenOf(number).orElseThrow(() -> new ActException("fault.bank"));
        desk.identities().keep(token, new ClearIdentity(TokenKind.ACCOUNT, "", number));
        accounts.put(victim, token);
      }
      String referral = field(ctx, "referral" + i);
      if (!referral.isEmpty()) {
        referrals.put(victim, referral(referral));
      }
    }
    return new RefundWork.Typed(
        field(ctx, "reason"),
        documents(ctx),
        mode,
        compensations(ctx, sheet),
        accounts,
        referrals,
        field(ctx, "ownershipClear").equals("yes"),
        field(ctx, "everyHopProved").equals("yes"),
        field(ctx, "by").equals("VICTIM"));
  }

  private static Referral referral(String name) {
    try {
      return Referral.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new ActException("act.unknown");
    }
  }

  /** Numbers of documents, each with the prefix by which the tables know its kind. */
  private static List<String> documents(Context ctx) {
    List<String> documents = new ArrayList<>();
    for (String kind : List.of("id", "publication", "notice", "ruling", "supplement", "answer")) {
      String number = field(ctx, kind);
      if (number.length() > NUMBER_MAX) {
        throw new ActException("refund.number");
      }
      if (!number.isEmpty()) {
        documents.add(kind + ":" + number);
      }
    }
    if (field(ctx, "agent").equals("yes")) {
      documents.add("agent");
      String power = field(ctx, "power");
      if (!power.isEmpty()) {
        documents.add("power:" + power);
      }
    }
    return documents;
  }

  private static Map<String, Long> compensations(Context ctx, RefundSheet sheet) {
    Map<String, Long> received = new HashMap<>();
    for (int i = 0; i < sheet.victims().size(); i++) {
      String yuan = field(ctx, "compensation" + i);
      if (!yuan.isEmpty()) {
        received.put(
            sheet.victims().get(i).of().getVictim(),
            yuan.matches("0+(\\.0{1,2})?") ? 0L : LifePages.fen(yuan));
      }
    }
    return received;
  }

  /** One paper as PDF, its names opened for this case and on record. */
  void paper(Context ctx) throws IOException {
    RefundSheet sheet = sheet(ctx);
    String which = field(ctx, "paper");
    Person person = person(ctx);
    try {
      if (!RefundPaper.offered(sheet).contains(which)) {
        throw new ActException("refund.noPaperYet");
      }
      String reason = field(ctx, "reason");
      if (reason.isBlank()) {
        throw new ActException("act.reason");
      }
      RefundFile file =
          new RefundPaper(names(ctx, sheet.caseId()), words(ctx))
              .file(
                  sheet,
                  new RefundPaper.Heading(
                      field(ctx, "caseNumber"),
                      field(ctx, "caseName"),
                      desk.lifeOffers().authority(),
                      field(ctx, "freezeNumber"),
                      officers(ctx)),
                  which,
                  desk.engine().tick());
      desk.audit().note(person.id(), "PAPER " + which, sheet.freeze().getObjectId(), reason);
      pdf(ctx, which, RefundPapers.of(file).get(which));
    } catch (ActException e) {
      ctx.status(422);
      render(ctx, "refund.jte", withFault(model(ctx, sheet), e.key()));
    }
  }

  private static Map<String, Object> withFault(Map<String, Object> model, String key) {
    model.put("fault", key);
    return model;
  }
}
